//! Why a file is not taken in, each with what to do next.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use super::format::Format;
use crate::lang::Lang;

/// Why a file or folder gives no report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeError {
    /// There is nothing under this path.
    Missing,
    /// The file or folder may not be read.
    Denied,
    /// A link that leads back to where it stands, or to nothing.
    BrokenLink,
    /// A link that leads out of the folders that may be read.
    Outside,
    /// A folder where a file is wanted.
    Folder,
    /// A pipe, socket or device.
    Special,
    /// A folder without any file that could be a report.
    EmptyFolder,
    /// A file without any text.
    Empty,
    /// Larger than the limit.
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A format that is known but not read.
    Unsupported(Format),
    /// A web page that holds no report.
    NoReportPage(NoReport),
    /// LibreOffice was asked for, and did not do it.
    Unconverted(NoConversion),
    /// Locked with a password.
    Encrypted(Format),
    /// Cut off or broken inside.
    Damaged(Format),
    /// Made the reader of its format stumble.
    Failed(Format),
    /// A PDF that holds pictures of pages and no text.
    Scanned,
    /// A PDF whose fonts do not tell what their glyphs say.
    Unmapped,
    /// An archive or document that grows beyond all measure when it is unpacked.
    Bomb,
    /// An archive inside an archive.
    Nested,
    /// An archive with more files than this.
    TooMany(usize),
    /// A text of more characters than this.
    TooLong(usize),
    /// Text that was read in the wrong encoding once and saved like that.
    Garbled,
    /// No text, and no format that is known.
    Binary,
    /// Text, but in no encoding that is known.
    Encoding,
    /// Passed over in a folder: its ending is not one of a report.
    OtherFile,
    /// Passed over in a folder: a read-me, a licence or a note, not a report.
    NotAReport,
    /// Passed over: the same file was named before.
    Repeated,
    /// Anything else that the system says.
    Io(String),
}

/// Why LibreOffice made nothing of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoConversion {
    /// It is not there.
    NotInstalled,
    /// It made no file.
    Failed,
    /// It did not end.
    TooSlow,
}

/// What a web page is instead of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoReport {
    /// It asks for a password.
    Login,
    /// The server's word that there is no such page.
    Missing,
    /// An empty frame that scripts fill.
    Scripted,
}

impl IntakeError {
    /// True where nothing is wrong: the file was only passed over.
    pub fn is_skip(&self) -> bool {
        matches!(self, IntakeError::OtherFile | IntakeError::NotAReport | IntakeError::Repeated)
    }

    /// The reason and the next step, without the path.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            IntakeError::TooLarge { bytes, limit } => too_large(*bytes, *limit, lang),
            IntakeError::Unsupported(format) => unsupported(*format, lang),
            IntakeError::Unconverted(why) => {
                let (zh, en) = unconverted(*why);
                lang.pick(zh, en).to_owned()
            }
            IntakeError::NoReportPage(what) => {
                let (zh, en) = no_report(*what);
                lang.pick(zh, en).to_owned()
            }
            IntakeError::Encrypted(format) => match lang {
                Lang::Zh => format!("{} 有密码保护；请去掉密码后重新保存", format.name()),
                Lang::En => format!("this {} is locked with a password; save it without one", format.name()),
            },
            IntakeError::Damaged(format) => match lang {
                Lang::Zh => format!("{} 文件已损坏或不完整；请重新下载", format.name()),
                Lang::En => format!("this {} is broken or cut off; fetch it again", format.name()),
            },
            IntakeError::Failed(format) => failed(*format, lang),
            IntakeError::TooMany(limit) => match lang {
                Lang::Zh => format!("压缩包内超过 {limit} 个文件；请解压后指定文件夹"),
                Lang::En => format!("more than {limit} files in the archive; unpack it and name the folder"),
            },
            IntakeError::TooLong(limit) => match lang {
                Lang::Zh => format!("正文超过 {limit} 个字符，不会是一份报告；请拆分文件"),
                Lang::En => format!("more than {limit} characters, which no report has; split the file"),
            },
            IntakeError::Io(message) => match lang {
                Lang::Zh => format!("读取失败：{message}"),
                Lang::En => format!("cannot be read: {message}"),
            },
            plain => {
                let (zh, en) = plain.fixed();
                lang.pick(zh, en).to_owned()
            }
        }
    }

    /// Messages that carry nothing of the file: Chinese, English.
    fn fixed(&self) -> (&'static str, &'static str) {
        match self {
            IntakeError::Missing => (
                "没有这个文件或文件夹；请检查路径的写法",
                "no such file or folder; check the spelling of the path",
            ),
            IntakeError::Denied => (
                "没有读取权限；请用 chmod u+r 授权，或请文件所有者授权",
                "may not be read; allow it with chmod u+r, or ask its owner",
            ),
            IntakeError::BrokenLink => (
                "链接指向自身或已不存在的文件；请修复或删除该链接",
                "a link to itself or to nothing; mend or remove the link",
            ),
            IntakeError::Outside => (
                "链接指向允许范围之外，没有打开；请把文件放进报告文件夹",
                "a link that leads out of what may be read, not opened; put the file itself into the folder",
            ),
            IntakeError::Folder => {
                ("这是文件夹，这里需要一个文件", "this is a folder, and a file is wanted here")
            }
            IntakeError::Special => (
                "不是普通文件（管道、套接字或设备）；请先存成文件",
                "not a regular file (a pipe, socket or device); save it as a file first",
            ),
            IntakeError::EmptyFolder => (
                "文件夹里没有报告；请放入 .html、.docx、.pdf 或 .txt 文件，或指定另一个文件夹",
                "no report in this folder; put .html, .docx, .pdf or .txt files there, or name another folder",
            ),
            IntakeError::Empty => (
                "文件是空的；请重新下载，或将其移出文件夹",
                "the file is empty; fetch it again, or take it out of the folder",
            ),
            IntakeError::Binary => (
                "不是文本；请将报告另存为 UTF-8 的 .txt",
                "not text; save the report as a .txt file in UTF-8",
            ),
            IntakeError::OtherFile
            | IntakeError::NotAReport
            | IntakeError::Repeated
            | IntakeError::Scanned
            | IntakeError::Unmapped
            | IntakeError::Bomb
            | IntakeError::Nested
            | IntakeError::Garbled
            | IntakeError::Encoding => self.of_content(),
            // Told with what they carry.
            IntakeError::TooLarge { .. }
            | IntakeError::Unsupported(_)
            | IntakeError::NoReportPage(_)
            | IntakeError::Unconverted(_)
            | IntakeError::Encrypted(_)
            | IntakeError::Damaged(_)
            | IntakeError::Failed(_)
            | IntakeError::TooMany(_)
            | IntakeError::TooLong(_)
            | IntakeError::Io(_) => ("", ""),
        }
    }

    /// Messages about what is inside the file, or why it was not even opened: Chinese, English.
    fn of_content(&self) -> (&'static str, &'static str) {
        match self {
            IntakeError::OtherFile => ("扩展名不是报告", "not a report by its ending"),
            IntakeError::NotAReport => {
                ("说明或许可文件，不是报告", "a read-me, licence or note, not a report")
            }
            IntakeError::Repeated => ("前面已读过同一文件", "the same file was read before"),
            IntakeError::Scanned => (
                "扫描件 PDF，只有图片没有文字；请先做文字识别：ocrmypdf -l chi_sim REPORT.pdf REPORT.pdf",
                "a scanned PDF, pictures without text; recognise the text first: ocrmypdf -l chi_sim REPORT.pdf REPORT.pdf",
            ),
            IntakeError::Unmapped => (
                "PDF 的字体没有字符对照表，取不出文字；请重新做文字识别：ocrmypdf --force-ocr -l chi_sim REPORT.pdf REPORT.pdf",
                "the fonts of this PDF do not tell what their glyphs say; recognise the text anew: \
                 ocrmypdf --force-ocr -l chi_sim REPORT.pdf REPORT.pdf",
            ),
            IntakeError::Bomb => (
                "解压后大得不合常理（疑似压缩炸弹）；请核对来源",
                "grows beyond all measure when unpacked (a zip bomb?); check where it came from",
            ),
            IntakeError::Encoding => {
                ("无法识别编码；请另存为 UTF-8", "the encoding is not recognised; save the file as UTF-8")
            }
            IntakeError::Nested => {
                ("压缩包中的压缩包；请先解压", "an archive inside an archive; unpack it first")
            }
            IntakeError::Garbled => (
                "乱码：UTF-8 文本曾被按其他编码读取后保存；请重新下载原文件",
                "garbled: UTF-8 that was read in another encoding and saved like that; fetch the original again",
            ),
            _ => ("", ""),
        }
    }
}

fn failed(format: Format, lang: Lang) -> String {
    let name = format.name();
    match lang {
        Lang::Zh => format!("读取 {name} 时出错，可能已损坏；请重新下载，或另存为 UTF-8 的 .txt"),
        Lang::En => format!(
            "reading this {name} failed, it may be broken; fetch it again, or save it as .txt in UTF-8"
        ),
    }
}

fn unconverted(why: NoConversion) -> (&'static str, &'static str) {
    match why {
        NoConversion::NotInstalled => (
            "没有找到 LibreOffice（soffice）；请安装后再用 --convert，或另存为 .docx",
            "LibreOffice (soffice) is not installed; install it for --convert, or save the report as .docx",
        ),
        NoConversion::Failed => (
            "LibreOffice 未能转换；请在 Word 或 WPS 中打开后另存为 .docx",
            "LibreOffice could not convert it; open it in Word or WPS and save it as .docx",
        ),
        NoConversion::TooSlow => (
            "LibreOffice 一分钟内没有转换完；请在 Word 或 WPS 中另存为 .docx",
            "LibreOffice did not finish within a minute; save it as .docx in Word or WPS",
        ),
    }
}

fn no_report(what: NoReport) -> (&'static str, &'static str) {
    match what {
        NoReport::Login => (
            "这是登录页，不是报告；请登录后另存报告页面",
            "a page to log in, not a report; log in and save the report's own page",
        ),
        NoReport::Missing => (
            "这是“页面不存在”的提示，不是报告；请核对网址后重新下载",
            "the server's notice of a missing page, not a report; check the address and fetch it again",
        ),
        NoReport::Scripted => (
            "页面正文由脚本生成，文件里没有；请在浏览器中打开后另存",
            "the text is filled in by scripts and is not in the file; open the page in a browser and save it there",
        ),
    }
}

fn too_large(bytes: u64, limit: u64, lang: Lang) -> String {
    let mb = |n: u64| n as f64 / f64::from(1 << 20);
    match lang {
        Lang::Zh => format!(
            "{:.1} MB，超过 {:.0} MB 的上限；报告很少超过 1 MB。请拆分文件，或用 --max-mb 提高上限",
            mb(bytes),
            mb(limit)
        ),
        Lang::En => format!(
            "{:.1} MB is above the limit of {:.0} MB, and a report is rarely above 1 MB; \
             split the file, or raise the limit with --max-mb",
            mb(bytes),
            mb(limit)
        ),
    }
}

fn unsupported(format: Format, lang: Lang) -> String {
    let name = format.name();
    match (format.advice(), lang) {
        _ if format == Format::Ofd => lang
            .pick(
                "这份 OFD 没有可取出的文字；请在 OFD 阅读器（数科、福昕、WPS）中另存为 PDF，再做文字识别",
                "this OFD holds no words that can be taken out; save it as PDF in an OFD reader (Suwell, Foxit, WPS) and recognise the text",
            )
            .to_owned(),
        (Some(command), Lang::Zh) if format.is_convertible() => {
            format!("暂不读取 {name}；加 --convert 由 LibreOffice 转换，或先转换：{command}")
        }
        (Some(command), Lang::En) if format.is_convertible() => {
            format!(
                "{name} is not read as it is; let LibreOffice convert it with --convert, or do so first: {command}"
            )
        }
        (Some(command), Lang::Zh) if format.is_convertible() => {
            format!("不能直接读取 {name}；请加 --convert（需安装 LibreOffice），或先转换：{command}")
        }
        (Some(command), Lang::En) if format.is_convertible() => format!(
            "{name} is not read as it is; add --convert, which runs LibreOffice, or convert it first: {command}"
        ),
        (Some(command), Lang::Zh) => format!("暂不读取 {name}；请先转换：{command}"),
        (Some(command), Lang::En) => format!("{name} is not read yet; convert it first: {command}"),
        (None, Lang::Zh) => format!("这是 {name}，其中没有报告文本；请将报告另存为 .txt"),
        (None, Lang::En) => format!("this is {name}, which holds no report text; save the report as .txt"),
    }
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for IntakeError {}

impl From<&io::Error> for IntakeError {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => IntakeError::Missing,
            io::ErrorKind::PermissionDenied => IntakeError::Denied,
            io::ErrorKind::IsADirectory => IntakeError::Folder,
            _ => IntakeError::Io(error.to_string()),
        }
    }
}
