//! Older word processors' files through LibreOffice, where the user asks for it and it is installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{IntakeError, NoConversion};
use super::format::Format;

/// What LibreOffice is called.
const PROGRAMS: &[&str] = &["soffice", "libreoffice"];
/// A report takes a few seconds; what takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Conversions at one time, and folders that a crash may have left.
const MOST: u32 = 1000;

/// A folder of its own that goes when this value goes.
struct Workshop(PathBuf);

impl Workshop {
    fn open() -> io::Result<Self> {
        let mut number = 0;
        loop {
            let path = std::env::temp_dir().join(format!("fajian-convert-{}-{number}", std::process::id()));
            // Not `create_dir_all`: a folder that is there already is not ours.
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Workshop(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Ends the program with the value, however that comes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The bytes of a DOCX made from those of a DOC, WPS or RTF.
///
/// # Errors
/// `Unconverted`, and what the system says of its temporary folder.
pub(super) fn to_docx(bytes: &[u8], format: Format) -> Result<Vec<u8>, IntakeError> {
    let by = |program: &str| run(bytes, format, program, PATIENCE);
    let missing = |result: &Result<_, IntakeError>| {
        matches!(result, Err(IntakeError::Unconverted(NoConversion::NotInstalled)))
    };
    let mut last = Err(IntakeError::Unconverted(NoConversion::NotInstalled));
    for program in PROGRAMS {
        last = by(program);
        if !missing(&last) {
            break;
        }
    }
    last
}

fn run(bytes: &[u8], format: Format, program: &str, patience: Duration) -> Result<Vec<u8>, IntakeError> {
    let io = |error: io::Error| IntakeError::from(&error);
    let shop = Workshop::open().map_err(io)?;
    let ending = if format == Format::Rtf { "rtf" } else { "doc" };
    let source = shop.0.join("report").with_extension(ending);
    fs::write(&source, bytes).map_err(io)?;
    let child = Command::new(program)
        .arg(profile(&shop.0))
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .args([&shop.0, &source])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut running = match child {
        Ok(child) => Running(child),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(IntakeError::Unconverted(NoConversion::NotInstalled));
        }
        Err(error) => return Err(io(error)),
    };
    let start = Instant::now();
    while running.0.try_wait().map_err(io)?.is_none() {
        if start.elapsed() > patience {
            return Err(IntakeError::Unconverted(NoConversion::TooSlow));
        }
        thread::sleep(Duration::from_millis(50));
    }
    // What it says and how it ends tell nothing: only the file does.
    fs::read(source.with_extension("docx")).map_err(|_| IntakeError::Unconverted(NoConversion::Failed))
}

/// A profile of its own, so that a window of the user's is not waited for, and no macro of theirs runs.
fn profile(shop: &Path) -> String {
    format!("-env:UserInstallation=file://{}", shop.join("profile").display())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program that stands in for LibreOffice.
    fn program(name: &str, script: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("fajian-{name}-{}", std::process::id()));
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn left_behind() -> usize {
        let ours = format!("fajian-convert-{}-", std::process::id());
        let entries = fs::read_dir(std::env::temp_dir()).unwrap();
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&ours)).count()
    }

    #[test]
    fn a_file_is_made_and_nothing_stays_behind() {
        let patience = Duration::from_millis(300);
        let convert = |program: &Path| run(b"old", Format::Doc, program.to_str().unwrap(), patience);
        let fail = |why| Err(IntakeError::Unconverted(why));
        // The last argument is the file, the one before the folder.
        let good = program("good", "for last; do :; done; sed s/old/new/ \"$last\" > \"${last%.doc}.docx\"");
        assert_eq!(convert(&good), Ok(b"new".to_vec()));
        let bad = program("bad", "exit 0");
        assert_eq!(convert(&bad), fail(NoConversion::Failed));
        let slow = program("slow", "exec sleep 60");
        assert_eq!(convert(&slow), fail(NoConversion::TooSlow));
        assert_eq!(convert(Path::new("no-such-program-as-this")), fail(NoConversion::NotInstalled));
        assert_eq!(left_behind(), 0);
        [good, bad, slow].iter().for_each(|path| fs::remove_file(path).unwrap());
    }
}
