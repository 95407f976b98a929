//! Hard cases of numbers, units and bounds: `../shared/gold/phenomena.jsonl`, skipped where it is not there.

use fajian::core::figures;
use fajian::core::report::About;
use fajian::core::rules::Rules;
use fajian::core::text::Text;
use serde_json::Value;

/// Lines that have to be right; raised when passed, never lowered.
const WANTED: usize = 129;

fn number(value: &Value) -> Option<String> {
    serde_json::from_value::<fajian::core::decimal::Number>(value.clone()).ok().map(|n| n.to_string())
}

#[test]
fn hard_cases_are_read_as_written() {
    let Ok(lines) = std::fs::read_to_string("../shared/gold/phenomena.jsonl") else {
        eprintln!("skipped: ../shared/gold/phenomena.jsonl is not there");
        return;
    };
    let rules = Rules::builtin().unwrap();
    let about = About { year: Some(2023), ..About::default() };
    let (mut right, mut total) = (0, 0);
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = Text::new(case["text"].as_str().unwrap());
        let reading = figures::read(&text, text.span(), &[], &about, &rules);
        let got: Vec<String> = reading
            .figures
            .iter()
            .map(|f| {
                let q = &f.quantity;
                let high = q.value_high.map(|n| n.to_string());
                format!("{} {} {:?} {:?} {:?} {:?}", f.span.start, q.value, high, q.unit, q.bound, f.nature)
                    .to_lowercase()
            })
            .collect();
        let want: Vec<String> = case["figures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| {
                let unit = f["unit"].as_str();
                let text = |key: &str| f[key].as_str().unwrap_or_default().to_owned();
                let (bound, nature) = (text("bound"), text("nature"));
                format!(
                    "{} {} {:?} {unit:?} {bound} {nature}",
                    f["start"],
                    number(&f["value"]).unwrap(),
                    number(&f["value_high"])
                )
                .to_lowercase()
            })
            .collect();
        total += 1;
        if got == want {
            right += 1;
        } else {
            eprintln!("{}: {}\n  want {want:?}\n  got  {got:?}", case["id"], case["text"]);
        }
    }
    eprintln!("{right} of {total}");
    assert!(right >= WANTED.min(total), "{right} of {total} lines right, {WANTED} wanted");
}
