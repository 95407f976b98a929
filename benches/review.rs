//! The review over made-up reports: `cargo bench --bench review -- [REPORTS [BYTES]]`.
//!
//! All reports are accepted; then every tenth is published again with another value. Prints what somebody waits for who
//! opens that queue, decides about half of it in one go, takes that back, and gives an entry of the catalogue one alias more,
//! which every two-hundredth report holds. The corpus is made once and used again.

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fajian::app::review::{Clerk, Reviewing};
use fajian::core::catalogue::BUILTIN;
use fajian::core::rules::Rules;
use fajian::store::Options;
use fajian::store::decisions::Verdict;
use fajian::store::index::{Job, Whereabouts, update};
use fajian::store::load;
use fajian::store::review::{Docket, Review, Setup, Signature};
use fajian::ui::effect::Wish;
use fajian::ui::event::News;
use fajian::ui::state::queue::Queue;

/// Every so many reports are published again.
const CHANGED: usize = 10;
/// Every so many reports hold the words of the alias.
const HOLDING: usize = 200;
const ALIAS: &str = "法务便民亭";
/// What every report says, with a number behind it.
const AID: &str = "办理法律援助案件";

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let (reports, bytes) = (numbers.next().unwrap_or(2_000), numbers.next().unwrap_or(10_000));
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("review-{reports}-{bytes}"));
    let (folder, catalogue) = (base.join("reports"), base.join("catalogue"));
    write_catalogue(&catalogue, "");
    let rules = Arc::new(Rules::with_catalogue(load::catalogue(&catalogue).unwrap()).unwrap());
    let index = Some(Whereabouts::default());
    let setup = Setup { paths: vec![folder.clone()], rules, options: Options::default(), index };
    if !base.join("made").is_file() {
        make(&folder, reports, bytes, &setup);
        fs::write(base.join("made"), "").unwrap();
    }
    println!("{reports} reports, {} cores", rayon::current_num_threads());
    // What an earlier run decided and took back.
    bring_up_to_date(&setup);
    let reviewing =
        Reviewing { setup, who: Some("anna".to_owned()), now, catalogue: Some(catalogue.clone()) };
    let mut desk = Desk { clerk: Clerk::new(reviewing), told: Mutex::default() };

    let docket = open(&mut desk);
    let whole = timed(|| desk.poll());
    row("all decisions, files looked at", whole, format!("{} decisions", desk.docket().log.len()));
    row("memory", Duration::ZERO, format!("{} MB resident, at most {} MB", memory("VmRSS"), memory("VmHWM")));
    filter(&mut desk);
    decide(&mut desk, &docket);
    watch(&mut desk, &catalogue);
    write_catalogue(&catalogue, "");
}

fn now() -> String {
    "2024-03-01T08:30:00Z".to_owned()
}

/// Somebody who reviews, and what the clerk told.
struct Desk {
    clerk: Clerk,
    told: Mutex<Vec<News>>,
}

impl Desk {
    fn grant(&mut self, wish: Wish) {
        self.clerk.grant(wish, &|news| self.told.lock().unwrap().push(news));
    }

    fn poll(&mut self) {
        self.clerk.poll(&|news| self.told.lock().unwrap().push(news));
    }

    /// The queue as it was told last.
    fn docket(&self) -> Arc<Docket> {
        let told = self.told.lock().unwrap();
        let dockets = told.iter().rev().filter_map(|news| match news {
            News::Docket(docket) => Some(docket.clone()),
            News::Failed(error) => panic!("{error:?}"),
            _ => None,
        });
        dockets.into_iter().next().expect("a queue")
    }
}

/// From the wish to the groups and the first items of the first one.
fn open(desk: &mut Desk) -> Arc<Docket> {
    let mut queue = Queue::default();
    let opened = timed(|| {
        desk.grant(Wish::Open);
        queue.take(desk.docket());
        let shown = queue.entries().take(10).cloned().collect();
        desk.grant(Wish::Fetch(shown));
        queue.take(desk.docket());
    });
    let docket = desk.docket();
    let at_hand = queue.entries().take(10).filter(|entry| docket.item(entry).is_some()).count();
    row(
        "the queue opens",
        opened,
        format!("{} items in {} groups, {at_hand} shown", docket.entries.len(), queue.groups.len()),
    );
    docket
}

fn filter(desk: &mut Desk) {
    let mut queue = Queue::default();
    queue.take(desk.docket());
    queue.filter.field.set("2019");
    let first = timed(|| {
        desk.grant(Wish::FetchWords);
        queue.take(desk.docket());
        queue.arrange();
    });
    row("the first filter", first, format!("{} items", queue.matching()));
    queue.filter.field.set("2018");
    row("another filter", timed(|| queue.arrange()), format!("{} items", queue.matching()));
}

fn decide(desk: &mut Desk, docket: &Docket) {
    let half: Vec<_> = docket.entries.iter().step_by(2).cloned().collect();
    let (count, before) = (half.len(), desk.docket().entries.len());
    let decided = timed(|| desk.grant(Wish::Decide(half, Verdict::Accept, String::new())));
    assert_eq!(desk.docket().entries.len(), before - count);
    row("a group decision", decided, format!("{count} items, on the disk"));
    let one = desk.docket().entries[..1].to_vec();
    row(
        "one decision",
        timed(|| desk.grant(Wish::Decide(one, Verdict::Accept, String::new()))),
        String::new(),
    );
    let written = timed(|| {
        while desk.clerk.put_off() > 0 {
            desk.poll();
        }
    });
    row("accepted extractions follow", written, "behind the screen".to_owned());
    assert_eq!(desk.docket().entries.len(), before - count - 1);
    let log = &desk.docket().log;
    let ids = log[log.len() - count - 1..].iter().map(|one| one.id.clone()).collect();
    row("all of it taken back", timed(|| desk.grant(Wish::Undo(ids))), "on the disk".to_owned());
    let back = timed(|| {
        while desk.clerk.put_off() > 0 {
            desk.poll();
        }
    });
    row("and stands in the queue again", back, "behind the screen".to_owned());
    assert_eq!(desk.docket().entries.len(), before);
}

/// From the moment at which the catalogue is saved to the effect in the queue.
fn watch(desk: &mut Desk, catalogue: &Path) {
    desk.grant(Wish::Watch);
    desk.poll();
    let before = desk.docket().entries.len();
    write_catalogue(catalogue, ALIAS);
    desk.told.lock().unwrap().clear();
    // After a look the clerk leaves the machine to others for a while; that is not part of it.
    std::thread::sleep(Duration::from_secs(20));
    let seen = timed(|| desk.poll());
    let after = desk.docket().entries.len();
    let kept = desk.told.lock().unwrap().iter().find_map(|news| match news {
        News::Kept(kept) => Some(*kept),
        _ => None,
    });
    row("one alias more", seen, format!("{} items more, {kept:?}", after - before));
    assert!(after > before);
}

fn make(folder: &Path, reports: usize, bytes: usize, setup: &Setup) {
    println!("making {reports} reports, their index and their accepted extractions; this takes long");
    for n in 0..reports {
        let made = generate::report(1, n, bytes);
        let more =
            if n % HOLDING == 7 { format!("共有{ALIAS}{}个。\n", n % 90 + 2) } else { String::new() };
        let path = folder.join(&made.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, made.text.replacen(AID, &(more + AID), 1)).unwrap();
    }
    std::thread::sleep(Duration::from_secs(3));
    bring_up_to_date(setup);
    let start = Instant::now();
    let mut review = Review::at_once(setup).expect("an index");
    let all = review.docket().entries;
    let sign =
        Signature { who: "bo".to_owned(), when: "2024-02-01T09:00:00Z".to_owned(), why: String::new() };
    let outcome = review.decide(&all, &Verdict::Accept, &sign).expect("room for decisions");
    row("all accepted", start.elapsed(), format!("{} reports", outcome.made.len()));
    // Who has an index open keeps its writer from emptying the log of it, and that grows to gigabytes.
    drop(review);
    for n in (3..reports).step_by(CHANGED) {
        let path = folder.join(generate::report(1, n, bytes).path);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replacen(AID, &format!("{AID}1"), 1)).unwrap();
    }
    std::thread::sleep(Duration::from_secs(3));
    bring_up_to_date(setup);
}

fn bring_up_to_date(setup: &Setup) {
    let file: PathBuf = Whereabouts::default().prepare(&setup.paths).expect("a folder that can be written");
    let job = Job { paths: &setup.paths, rules: &setup.rules, options: &setup.options, rebuild: false };
    let start = Instant::now();
    let summary = update(&file, &job, &mut |_| {}).expect("an index");
    row("indexed", start.elapsed(), format!("{} written, {} unchanged", summary.written, summary.unchanged));
}

/// The built-in catalogue, with one more alias of an entry.
fn write_catalogue(folder: &Path, alias: &str) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in BUILTIN {
        let text = match (*name, alias) {
            ("legal_services", alias) if !alias.is_empty() => {
                let (before, after) = text.split_at(text.find("id = \"legal_services.stations\"").unwrap());
                before.to_owned() + &after.replacen("aliases = [", &format!("aliases = [\"{alias}\", "), 1)
            }
            _ => (*text).to_owned(),
        };
        fs::write(folder.join(format!("{name}.toml")), text).unwrap();
    }
}

/// Megabytes of this program, as Linux counts them.
fn memory(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn row(name: &str, time: Duration, more: String) {
    println!("{name:32} {:10.1} ms    {more}", time.as_secs_f64() * 1e3);
}
