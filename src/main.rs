//! 法鉴 (fajian): see the library for what it does, `fajian --help` for how to use it.

use std::process::ExitCode;

fn main() -> ExitCode {
    fajian::cli::main(std::env::args_os(), |name| std::env::var(name).ok())
}
