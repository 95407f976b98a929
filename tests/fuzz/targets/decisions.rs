//! The log of decisions as somebody or a crash left it: read line by line, broken lines counted.
#![no_main]

use std::cell::LazyCell;
use std::fs;
use std::path::PathBuf;

use fajian::lang::Lang;
use fajian::store::review::Ledger;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static ROOT: LazyCell<PathBuf> = LazyCell::new(|| {
        let root = std::env::temp_dir().join(format!("fajian-fuzz-{}", std::process::id()));
        fs::create_dir_all(root.join(".fajian")).unwrap();
        root
    });
}

fuzz_target!(|data: &[u8]| {
    let root = ROOT.with(|root| root.to_path_buf());
    fs::write(root.join(".fajian/decisions.log"), data).unwrap();
    if let Ok(ledger) = Ledger::open(root) {
        let _ = ledger.problems(Lang::Zh);
        for decision in ledger.decisions().iter() {
            let _ = ledger.states().of_path(&decision.path);
        }
    }
});
