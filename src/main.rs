//! 法鉴 (fajian): see the library for what it does, `fajian --help` for how to use it.

use std::process::ExitCode;

/// Texts come and go in buffers of all sizes, on threads of their own: this one gives them back, where the C library's keeps
/// twice to three times what is in use.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fajian::cli::main(std::env::args_os(), |name| std::env::var(name).ok())
}
