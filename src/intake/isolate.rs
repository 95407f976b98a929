//! What stands between a bad file and everything else: formats are read in a thread of their own.
//!
//! The libraries that read PDF, DOCX and HTML index and unwrap what a file promises them. Where it lies in a way that they did
//! not foresee they panic, and where it nests they recurse. The thread ends then, alone, with room for the recursion.

use std::panic;
use std::thread;

/// What the thread is called; [`hush`] knows it by that.
const NAME: &str = "fajian-intake";
/// Address space, not memory: what is not used costs nothing.
const STACK: usize = 64 << 20;

/// What `read` gives, or nothing where it panicked. The thread's locals are gone with it.
pub(super) fn isolated<T: Send>(read: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK).spawn_scoped(scope, read);
        // Without threads there is no isolation and no reading either: the file is told as not read.
        thread.ok().and_then(|thread| thread.join().ok())
    })
}

/// Keeps panics that [`crate::intake::from_bytes`] answers with a reason off the terminal. To be called behind everything else that
/// sets a hook: what is set later sees these panics first.
pub fn hush() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(NAME) {
            before(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deep(n: usize) -> usize {
        // Not a tail call: every level keeps its page.
        let page = std::hint::black_box([n; 512]);
        if n == 0 { 0 } else { deep(n - 1) + page[n % 512] / n.max(1) }
    }

    #[test]
    fn a_panic_ends_one_reading_only() {
        let list: Vec<u8> = Vec::new();
        assert_eq!(isolated(|| list[std::hint::black_box(3)]), None);
        assert_eq!(isolated(|| 3), Some(3));
        // Eight megabytes, four times what a worker has.
        assert_eq!(isolated(|| deep(2000)), Some(2000));
    }
}
