//! Files that somebody asked for.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Names that are tried where one is taken.
const TRIES: u32 = 1000;

/// Writes a file into the current folder and says where; what is there already is never written over.
///
/// # Errors
/// Where nothing can be written.
pub fn beside(name: &str, text: &str) -> io::Result<String> {
    let path = Path::new(name);
    let (stem, ending) = (path.file_stem(), path.extension());
    let [stem, ending] = [stem, ending].map(|part| part.unwrap_or_default().to_string_lossy());
    let names = (1..TRIES).map(|n| if n == 1 { name.to_owned() } else { format!("{stem}-{n}.{ending}") });
    for name in names {
        match File::create_new(&name) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(std::fs::canonicalize(&name).map_or(name, |path| path.display().to_string()));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}
