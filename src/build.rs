//! Numbers the state of everything that decides what is extracted from a report: the code of `core` and
//! `intake` and the data files. An index made by another state is made anew, and nobody has to remember to say so.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

const DECIDES: [&str; 3] = ["src/core", "src/intake", "src/data"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for folder in DECIDES {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut state = DefaultHasher::new();
    for file in files {
        (&file, fs::read(&file)?).hash(&mut state);
    }
    println!("cargo::rustc-env=FAJIAN_EXTRACTION={:016x}", state.finish());
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
