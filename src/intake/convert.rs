//! Older word processors' files through LibreOffice, where the user asks for it and it is installed.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::error::{IntakeError, NoConversion};
use super::format::Format;

/// What LibreOffice is called; on a Mac it is not on the path.
const PROGRAMS: &[&str] = &["soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"];
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

/// Ends the program with the value, however that comes: the script that starts LibreOffice and whatever that started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.0), Signal::KILL);
        let _ = self.0.wait();
    }
}

/// The bytes of a DOCX made from those of a DOC, WPS or RTF.
///
/// # Errors
/// `Unconverted`, and what the system says of its temporary folder.
pub(super) fn to_docx(bytes: &[u8], format: Format, max_bytes: u64) -> Result<Vec<u8>, IntakeError> {
    let io = |error: io::Error| IntakeError::from(&error);
    let shop = Workshop::open().map_err(io)?;
    let ending = if format == Format::Rtf { "rtf" } else { "doc" };
    let source = shop.0.join("report").with_extension(ending);
    fs::write(&source, bytes).map_err(io)?;
    let missing = IntakeError::Unconverted(NoConversion::NotInstalled);
    let mut runs = PROGRAMS.iter().map(|program| run(&source, program, PATIENCE));
    runs.find(|result| result.as_ref() != Err(&missing)).unwrap_or(Err(missing))?;
    made(&source, max_bytes)
}

/// What it says and how it ends tell nothing: only the file does.
fn made(source: &Path, max_bytes: u64) -> Result<Vec<u8>, IntakeError> {
    let failed = IntakeError::Unconverted(NoConversion::Failed);
    super::bytes(&source.with_extension("docx"), max_bytes).map_err(|reason| match reason {
        IntakeError::TooLarge { .. } => reason,
        _ => failed,
    })
}

/// Lets a program lay a DOCX beside the file, if it can.
fn run(source: &Path, program: &str, patience: Duration) -> Result<(), IntakeError> {
    let io = |error: io::Error| IntakeError::from(&error);
    let shop = source.parent().unwrap_or(source);
    let child = Command::new(program)
        .arg(profile(shop))
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .args([shop, source])
        .process_group(0)
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
    Ok(())
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
        let patience = Duration::from_secs(1);
        let convert = |program: &Path| {
            let shop = Workshop::open().unwrap();
            let source = shop.0.join("report.doc");
            fs::write(&source, b"old").unwrap();
            run(&source, program.to_str().unwrap(), patience).and_then(|()| made(&source, 9))
        };
        let fail = |why| Err(IntakeError::Unconverted(why));
        // The last argument is the file, the one before the folder.
        let good = program("good", "for last; do :; done; sed s/old/new/ \"$last\" > \"${last%.doc}.docx\"");
        assert_eq!(convert(&good), Ok(b"new".to_vec()));
        let bad = program("bad", "exit 0");
        assert_eq!(convert(&bad), fail(NoConversion::Failed));
        // As LibreOffice is started: by a script that waits for it.
        let slow = program("slow", "echo $$ > \"${0}-pid\"; sleep 60; exit 0");
        assert_eq!(convert(&slow), fail(NoConversion::TooSlow));
        let pid = PathBuf::from(format!("{}-pid", slow.display()));
        let group = fs::read_to_string(&pid).unwrap().trim().parse().ok().and_then(Pid::from_raw).unwrap();
        // What was killed may take a moment until nothing is left of it.
        let gone = || rustix::process::test_kill_process_group(group).is_err();
        assert!((0..200).any(|_| gone() || {
            thread::sleep(Duration::from_millis(50));
            false
        }));
        let huge = program("huge", "for last; do :; done; echo 0123456789 > \"${last%.doc}.docx\"");
        assert!(matches!(convert(&huge), Err(IntakeError::TooLarge { .. })));
        assert_eq!(convert(Path::new("no-such-program-as-this")), fail(NoConversion::NotInstalled));
        assert_eq!(left_behind(), 0);
        [good, bad, slow, pid, huge].iter().for_each(|path| fs::remove_file(path).unwrap());
    }
}
