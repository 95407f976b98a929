//! The explorer as the only thing behind a real OpenSSH server: browsing works, and every way out is closed.

mod cuts;
mod server;

use std::fs;
use std::io::Read;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use server::Server;

/// How an attempt was refused.
struct Table(Vec<[String; 2]>);

impl Table {
    fn row(&mut self, attempt: &str, refused: impl Into<String>) {
        self.0.push([attempt.to_owned(), refused.into()]);
    }

    /// A client's command fails, and says this.
    fn fails(&mut self, server: &Server, attempt: &str, run: (&str, &[&str], &[&str]), says: &str) {
        let (program, before, behind) = run;
        let (code, said) = server.client(program, before, behind);
        assert!(code.is_some_and(|code| code != 0), "{attempt}: {code:?} {said}");
        assert!(said.contains(says), "{attempt}: {said}");
        assert!(!said.contains("root:x:"), "{attempt}: {said}");
        self.row(attempt, format!("exit {}, “{says}”", code.unwrap()));
    }

    fn print(&self) {
        for [attempt, refused] in &self.0 {
            println!("{attempt:<58} {refused}");
        }
    }
}

/// Every file below a folder, with its length and what it holds.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn reports_are_explored_over_ssh() {
    let Some(server) = Server::start("explore") else { return };
    let before = everything(&server.folder.join("srv"));
    let mut terminal = server.log_in(&[], &[]);
    terminal.wait("法鉴 [受限]").wait(" 1/").send("\x1b[B").wait(" 2/").send("\r").wait("目录");
    terminal.send("n").wait("数字 1/").send("\x1b").wait(" 2/");
    // Look up an indicator, compare it, open the sentence behind a value, and step back to the comparison.
    terminal.send("/").wait("❯").send("ctysl").wait("出庭应诉率").send("\r").wait("指标 › ");
    terminal.wait("名次").send("\x1b[B").wait(" 2/").send("\r").wait("目录").send("\x1b").wait("指标 › ");
    terminal.resize(80, 24).settle();
    terminal.send("\x03");
    assert!(terminal.end().success(), "{}", terminal.text());
    terminal.is_clean();
    server.is_quiet(Duration::from_secs(5));
    assert_eq!(everything(&server.folder.join("srv")), before);
}

#[test]
fn there_is_no_way_out() {
    let Some(server) = Server::start("way-out") else { return };
    let before = everything(&server.folder.join("srv"));
    let mut table = Table(Vec::new());
    commands(&server, &mut table);
    forwardings(&server, &mut table);
    environment(&server, &mut table);
    inside(&server, &mut table);
    sessions(&server, &mut table);
    server.is_quiet(Duration::from_secs(5));
    assert_eq!(everything(&server.folder.join("srv")), before);
    table.print();
    assert!(table.0.len() >= 25);
}

fn commands(server: &Server, table: &mut Table) {
    let refused = "没有执行";
    for command in [
        &["cat", "/etc/passwd"][..],
        &["sh"],
        &["fajian", "extract", "/etc"],
        &["../../etc/passwd"],
        &["-", "--catalogue", "/etc"],
        &["a;cat /etc/passwd"],
        &["$(cat /etc/passwd)"],
        &["exit\ncat /etc/passwd"],
    ] {
        table.fails(
            server,
            &format!("ssh host {}", command.join(" ").escape_debug()),
            ("ssh", &[], command),
            refused,
        );
    }
    table.fails(server, "ssh -tt host sh -i", ("ssh", &["-tt"], &["sh", "-i"]), refused);
    table.fails(server, "ssh -T host", ("ssh", &["-T"], &[]), "需要终端");
    table.fails(server, "ssh -s host sftp", ("ssh", &["-s"], &["sftp"]), "");
    let remote = format!("{}:/etc/passwd", server.host());
    let here = server.folder.join("taken");
    let here = here.to_str().unwrap();
    table.fails(server, "sftp host:/etc/passwd", ("sftp", &[], &[&remote, here]), "");
    table.fails(server, "scp host:/etc/passwd", ("scp", &[], &[&remote, here]), "");
    table.fails(server, "scp -O host:/etc/passwd", ("scp", &["-O"], &[&remote, here]), "");
    let target = format!("{}:{}", server.host(), server.folder.join("srv/put.txt").display());
    let own = server.folder.join("client.pub");
    table.fails(server, "scp -O file host:srv", ("scp", &["-O"], &[own.to_str().unwrap(), &target]), "");
    assert!(!Path::new(here).exists());
}

/// A forwarding that the client sets up by itself leads to nothing; one that the server would set up is refused.
fn forwardings(server: &Server, table: &mut Table) {
    for (attempt, flag, port) in [("-N -L", "-L", 1), ("-N -D", "-D", 2)] {
        let local = format!("127.0.0.1:{}", 20_000 + (std::process::id() % 20_000) * 2 + port);
        let goal = format!("{local}:127.0.0.1:{}", server.port());
        let spec = if flag == "-L" { &goal } else { &local };
        let args = server.args(&["-N", flag, spec], &[]);
        let mut client =
            Command::new("ssh").args(args).stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = connect(&local);
        if flag == "-D" {
            use std::io::Write;
            // SOCKS 5 without a password, to the server itself.
            let port = server.port().to_be_bytes();
            line.write_all(&[5, 1, 0]).unwrap();
            line.write_all(&[5, 1, 0, 1, 127, 0, 0, 1, port[0], port[1]]).unwrap();
        }
        let mut got = Vec::new();
        let _ = line.read_to_end(&mut got);
        assert!(!String::from_utf8_lossy(&got).contains("SSH-"), "{attempt}: {got:?}");
        let _ = client.kill();
        let output = client.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("administratively prohibited"), "{attempt}: {said}");
        table.row(&format!("ssh {attempt}"), "“administratively prohibited”");
    }
    let strict = "ExitOnForwardFailure=yes";
    let back = format!("0:127.0.0.1:{}", server.port());
    table.fails(
        server,
        "ssh -N -R",
        ("ssh", &["-N", "-o", strict, "-R", &back], &[]),
        "remote port forwarding failed",
    );
    let socket = format!("{}/x:127.0.0.1:{}", server.folder.display(), server.port());
    table.fails(
        server,
        "ssh -N -R socket",
        ("ssh", &["-N", "-o", strict, "-R", &socket], &[]),
        "forwarding failed",
    );
    let own = format!("127.0.0.1:{}", server.port());
    table.fails(server, "ssh -W", ("ssh", &["-W", &own], &[]), "administratively prohibited");
}

fn connect(address: &str) -> TcpStream {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Ok(line) = TcpStream::connect(address) {
            line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            return line;
        }
        assert!(Instant::now() < deadline, "the client does not listen on {address}");
        sleep(Duration::from_millis(50));
    }
}

/// Nothing that the client sets gets into the environment of the explorer.
fn environment(server: &Server, table: &mut Table) {
    let names = [
        "LD_PRELOAD",
        "EDITOR",
        "VISUAL",
        "PAGER",
        "LESSOPEN",
        "ENV",
        "BASH_ENV",
        "TMUX",
        "FAJIAN_USER",
        "PATH",
    ];
    let sets = names.iter().map(|name| format!("{name}=/tmp/evil")).collect::<Vec<_>>().join(" ");
    let mut terminal = server.log_in(&["-A", "-X", "-o", &format!("SetEnv={sets}")], &[("DISPLAY", ":0")]);
    terminal.wait("[受限]").wait(" 1/");
    let id = server.explorers()[0];
    let found = fs::read(format!("/proc/{id}/environ")).unwrap();
    let found = String::from_utf8_lossy(&found).into_owned();
    assert!(!found.contains("/tmp/evil"), "{found}");
    for name in names {
        table.row(&format!("SetEnv {name}"), "not accepted by sshd");
    }
    for (name, flag) in [("SSH_AUTH_SOCK", "ssh -A"), ("DISPLAY", "ssh -X")] {
        assert!(!found.split('\0').any(|set| set.starts_with(name)), "{found}");
        table.row(flag, format!("no {name} in the explorer's environment"));
    }
    terminal.send("\x03").end();
}

/// What can be tried at the keyboard.
fn inside(server: &Server, table: &mut Table) {
    let mut terminal = server.log_in(&[], &[]);
    terminal.wait("[受限]").wait(" 1/").settle();
    assert!(!terminal.vt.shows("白银"));
    table.row("a link out of the folder", "listed as unreadable, not opened");
    terminal.send("\x1a").wait("受限登录");
    table.row("Ctrl-Z", "“受限登录”");
    terminal.send("\x1c").send("\x1b[B").wait(" 2/");
    table.row("Ctrl-\\", "no key");
    terminal.send("wc").wait("受限登录");
    table.row("w c, to write a file", "“受限登录”");
    terminal.send("/").wait("❯").send("../../../../etc/passwd").wait("etc/passwd").send("\r").settle();
    assert!(!terminal.text().contains("root:x:"));
    terminal.send("\x1b").settle();
    table.row("../../etc/passwd in the look-up", "a question like any other");
    terminal.send("\x1b[200~").send("!sh\r\x03\x1a\x1b[B".repeat(8_000)).send("\x1b[201~").wait("❯");
    terminal.send("\x15").send("ctysl").wait("出庭应诉率");
    table.row("a paste of 100 KB with control characters", "500 characters of text in a box");
    terminal.send("\x03");
    assert!(terminal.end().success(), "{}", terminal.text());
    terminal.is_clean();
    assert!(!terminal.text().contains("机密"));
}

/// One connection, one screen.
fn sessions(server: &Server, table: &mut Table) {
    let control = std::env::temp_dir().join(format!("fajian-{}", std::process::id()));
    let control = format!("ControlPath={}", control.display());
    let mut terminal = server.log_in(&["-M", "-o", &control], &[]);
    terminal.wait("[受限]").wait(" 1/");
    let (code, said) = server.client("ssh", &["-o", &control, "-o", "ControlMaster=no"], &["id"]);
    assert!(code != Some(0) && !said.contains("uid="), "{code:?} {said}");
    assert_eq!(server.explorers().len(), 1);
    table.row("a second session on the connection", "refused by MaxSessions");
    terminal.send("\x03").end();
}
