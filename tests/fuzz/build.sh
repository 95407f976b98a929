#!/bin/sh
# Builds the targets with what libFuzzer needs, on the stable toolchain and without cargo-fuzz; release with checks on.
set -eu
cd "$(dirname "$0")"
sancov="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
sancov="$sancov -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
target=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="--cfg fuzzing $sancov -Cdebug-assertions -Coverflow-checks" cargo build --release --target "$target"
echo "tests/fuzz/target/$target/release"
