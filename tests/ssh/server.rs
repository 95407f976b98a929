//! A real OpenSSH server on loopback, with exactly the settings that the script of `docs/SERVER.md` writes.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::pty::{Start, Terminal};

/// The server and all that lies around it.
pub struct Server {
    pub folder: PathBuf,
    port: u16,
    login: String,
    daemon: Child,
}

/// Where the program is, if anywhere.
fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/usr/local/sbin"]).map(Path::new);
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The script in the documentation.
fn script() -> String {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/SERVER.md")).unwrap();
    let (_, rest) = page.split_once("```sh setup\n").expect("docs/SERVER.md has no set-up script");
    rest.split_once("```").unwrap().0.to_owned()
}

fn run(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

impl Server {
    /// Sets a server up and starts it; none, with a message, where OpenSSH is not installed.
    pub fn start(name: &str) -> Option<Self> {
        Server::start_with(name, |settings| settings)
    }

    /// [`Server::start`] with some of the settings changed.
    pub fn start_with(name: &str, change: impl FnOnce(String) -> String) -> Option<Self> {
        let (Some(sshd), Some(keygen), Some(_)) = (which("sshd"), which("ssh-keygen"), which("ssh")) else {
            eprintln!("skipped: OpenSSH (sshd, ssh, ssh-keygen) is not installed");
            return None;
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ssh").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let login = String::from_utf8(run(Command::new("id").arg("-un")).stdout).unwrap().trim().to_owned();
        corpus(&folder);
        fs::write(folder.join("setup.sh"), script()).unwrap();
        run(Command::new("sh")
            .args(["setup.sh", "srv", &login])
            .env("TRIAL", folder.join("root"))
            .env("FAJIAN", env!("CARGO_BIN_EXE_fajian"))
            .current_dir(&folder));
        for key in ["host", "client"] {
            let file = folder.join(key);
            run(Command::new(&keygen).args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(file));
        }
        let root = folder.join("root/etc/ssh");
        fs::copy(folder.join("client.pub"), root.join(format!("fajian/{login}.keys"))).unwrap();
        let settings = root.join("sshd_config.d/10-fajian.conf");
        fs::write(&settings, change(fs::read_to_string(&settings).unwrap())).unwrap();
        // The system's user may run the server where it is root; its place for nobody has to be there then.
        let _ = fs::create_dir_all("/run/sshd");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (host, settings) = (folder.join("host"), settings.display());
        let config = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {}\nPidFile none\nStrictModes no\nUsePAM no\nInclude {settings}\n\
             AcceptEnv LANG LC_*\nSubsystem sftp internal-sftp\n",
            host.display()
        );
        let file = folder.join("sshd_config");
        fs::write(&file, config).unwrap();
        run(Command::new(&sshd).arg("-t").arg("-f").arg(&file));
        let log = fs::File::create(folder.join("log")).unwrap();
        let daemon = Command::new(&sshd).args(["-D", "-e", "-f"]).arg(&file).stderr(log).spawn().unwrap();
        let server = Server { folder, port, login, daemon };
        server.is_up();
        Some(server)
    }

    fn is_up(&self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "sshd does not answer: {}", self.log());
            sleep(Duration::from_millis(50));
        }
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The port that the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Options of every client, the port left out: each names that in its own way.
    fn options(&self) -> Vec<String> {
        let settings = [
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "IdentitiesOnly=yes",
            "ConnectTimeout=20",
            "LogLevel=INFO",
            "SendEnv=LANG",
        ];
        let mut options = vec!["-F".to_owned(), "/dev/null".into(), "-i".into()];
        options.push(self.folder.join("client").display().to_string());
        options.extend(settings.iter().flat_map(|setting| ["-o".to_owned(), (*setting).to_owned()]));
        options
    }

    pub fn host(&self) -> String {
        format!("{}@127.0.0.1", self.login)
    }

    /// Arguments of `ssh`: `before` the host and `behind` it.
    pub fn args(&self, before: &[&str], behind: &[&str]) -> Vec<String> {
        let mut args = self.options();
        args.extend(["-p".to_owned(), self.port.to_string()]);
        args.extend(before.iter().map(|arg| (*arg).to_owned()));
        args.push(self.host());
        args.extend(behind.iter().map(|arg| (*arg).to_owned()));
        args
    }

    /// Logs in with a terminal.
    pub fn log_in(&self, before: &[&str], env: &[(&'static str, &str)]) -> Terminal {
        let args = self.args(&[&["-tt"], before].concat(), &[]);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let start = Start::program("ssh", &args);
        env.iter().fold(start, |start, (name, value)| start.env(name, *value)).run()
    }

    /// Runs a client without a terminal: its exit code and what it said.
    pub fn client(&self, program: &str, before: &[&str], behind: &[&str]) -> (Option<i32>, String) {
        let args = match program {
            "ssh" => self.args(before, behind),
            _ => {
                let mut args = self.options();
                args.extend(["-P".to_owned(), self.port.to_string()]);
                args.extend(before.iter().chain(behind).map(|arg| (*arg).to_owned()));
                args
            }
        };
        let output = Command::new("timeout")
            .args(["-k", "1", "20", program])
            .env("LANG", "zh_CN.UTF-8")
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Processes of ours that this server started: their ids.
    pub fn explorers(&self) -> Vec<u32> {
        let wanted = self.folder.join("srv").display().to_string();
        let entries = fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let ours = |id: &u32| {
            let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).into_owned();
            line.starts_with(env!("CARGO_BIN_EXE_fajian")) && line.contains(&wanted)
        };
        ids.filter(ours).collect()
    }

    /// Waits until nothing of ours is left.
    pub fn is_quiet(&self, within: Duration) {
        let deadline = Instant::now() + within;
        while !self.explorers().is_empty() {
            assert!(Instant::now() < deadline, "left running: {:?}\n{}", self.explorers(), self.log());
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Reports to explore, and a secret that a link leads to.
fn corpus(folder: &Path) {
    let (srv, secret) = (folder.join("srv"), folder.join("secret"));
    fs::create_dir_all(&srv).unwrap();
    fs::create_dir_all(&secret).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    for entry in fs::read_dir(samples).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "txt") {
            fs::copy(entry.path(), srv.join(entry.file_name())).unwrap();
        }
    }
    let text = "白银市司法局关于2022年法治政府建设情况的报告\n\n一、机密\n受理行政复议案件99件，审结98件。\n";
    fs::write(secret.join("secret.txt"), text).unwrap();
    symlink(&secret, srv.join("link")).unwrap();
    symlink("../secret/secret.txt", srv.join("linked.txt")).unwrap();
    fs::set_permissions(&srv, fs::Permissions::from_mode(0o755)).unwrap();
}
