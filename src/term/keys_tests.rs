//! Every sequence whole, cut at every byte, late and broken.

use super::*;

const PATIENCE: Duration = Duration::from_millis(50);

fn told(typed: &[Typed]) -> String {
    let one = |typed: &Typed| match typed {
        Typed::Key(key) => key.to_string(),
        Typed::Paste(text) => format!("paste:{text}"),
        Typed::Answer(_) => "answer".to_owned(),
    };
    typed.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// What pieces mean that come one by one, with `pause` between them.
fn pieces(pieces: &[&[u8]], pause: Duration) -> String {
    let (mut decoder, mut out) = (Decoder::new(PATIENCE), Vec::new());
    for piece in pieces {
        decoder.feed(piece, &mut out);
        let mut left = pause;
        while let Some(wait) = decoder.waits().filter(|wait| *wait <= left) {
            left -= wait;
            decoder.rest(&mut out);
        }
    }
    while decoder.waits().is_some() {
        decoder.rest(&mut out);
    }
    told(&out)
}

fn whole(bytes: &[u8]) -> String {
    pieces(&[bytes], Duration::ZERO)
}

const KEYS: &[(&[u8], &str)] = &[
    (b"\x1b[A", "Up"),
    (b"\x1bOB", "Down"),
    (b"\x1b[1;3D", "Alt-Left"),
    (b"\x1b[1;5C", "Ctrl-Right"),
    (b"\x1b[5~", "PgUp"),
    (b"\x1b[6~", "PgDn"),
    (b"\x1b[3;2~", "Shift-Delete"),
    (b"\x1b[1~", "Home"),
    (b"\x1b[8~", "End"),
    (b"\x1bOP", "F1"),
    (b"\x1b[[B", "F2"),
    (b"\x1b[13~", "F3"),
    (b"\x1b[15~", "F5"),
    (b"\x1b[21~", "F10"),
    (b"\x1b[24~", "F12"),
    (b"\x1b[Z", "Shift-Tab"),
    (b"\x1b[97;5u", "Ctrl-A"),
    ("法".as_bytes(), "法"),
    ("？".as_bytes(), "？"),
    ("𠀀".as_bytes(), "𠀀"),
];

/// Answers, reports and sequences that no key sends.
const NO_KEYS: &[&[u8]] = &[
    b"\x1b[?62;22;52c",
    b"\x1b[>41;354;0c",
    b"\x1b[12;40R",
    b"\x1b[?2026;2$y",
    b"\x1b[?997;1n",
    b"\x1b[8;36;120t",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b]10;rgb:ffff/ffff/ffff\x07",
    b"\x1b]52;c;cXFxcXE=\x1b\\",
    b"\x1bP>|xterm(380)\x1b\\",
    b"\x1bP1$r0 q\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b[<0;10;20M",
    b"\x1b[<0;10;20m",
    b"\x1b[M !!",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[?1u",
    b"\x1b[2;5R",
    b"\x1b[99~",
    b"\x80\xbf\xff",
    b"\xc2\x9b",
];

#[test]
fn sequences_are_keys() {
    for (bytes, key) in KEYS {
        assert_eq!(whole(bytes), *key);
    }
    assert_eq!(whole(b"a\x1bx\x03\r\x7f\x08\t"), "a Alt-x Ctrl-C Enter Backspace Backspace Tab");
    assert_eq!(whole(b"\x1b"), "Esc");
    assert_eq!(whole(b"\x1b\x1b[A"), "Esc Up");
    assert_eq!(whole("\x1b／法".as_bytes()), "Esc ／ 法");
    assert_eq!(whole(b"\x1c\x00"), "Ctrl-\\ Ctrl-Space");
}

#[test]
fn a_sequence_cut_anywhere_is_the_same_key() {
    for (bytes, key) in KEYS {
        for cut in 1..bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(pieces(&[head, tail], Duration::from_millis(20)), *key, "{bytes:?} at {cut}");
            // Far beyond the patience for an Esc, which is then a key too: it only steps back.
            let slow = pieces(&[head, tail], Duration::from_millis(700));
            let esc = if cut == 1 && bytes[0] == 0x1b { "Esc " } else { "" };
            assert_eq!(slow, format!("{esc}{key}"), "{bytes:?} at {cut}");
        }
        let each: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(pieces(&each, Duration::from_millis(20)), *key);
    }
}

#[test]
fn answers_are_never_keys_however_late_and_cut() {
    let none = |told: String| told.split_whitespace().all(|word| word == "answer");
    for bytes in NO_KEYS {
        assert!(none(whole(bytes)), "{bytes:?}: {}", whole(bytes));
        for cut in 1..bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            for pause in [20, 700] {
                let told = pieces(&[head, tail], Duration::from_millis(pause));
                let told = told.strip_prefix("Esc").filter(|_| cut == 1 && pause > 50).unwrap_or(&told);
                assert!(none(told.to_owned()), "{bytes:?} at {cut} after {pause}: {told}");
            }
        }
    }
}

#[test]
fn what_is_broken_off_swallows_nothing_that_comes_later() {
    for begun in [&b"\x1b["[..], b"\x1b[12;", b"\x1b]11;rgb:", b"\x1bP", b"\x1bO", b"\xe6\xb3", b"\x1b[M!"] {
        assert_eq!(pieces(&[begun, b"q"], Duration::from_secs(4)), "q", "{begun:?}");
        assert_eq!(pieces(&[begun, b"\x1b[A"], Duration::from_secs(4)), "Up", "{begun:?}");
    }
    // Ctrl-C gets through at once, even from within a string without end.
    assert_eq!(whole(b"\x1b]0;\x03"), "Ctrl-C");
    assert_eq!(whole(b"\x1b]0;x\x1b[B"), "Down");
    assert_eq!(pieces(&[b"\x1b[200~ab", b"q"], Duration::from_secs(4)), "paste:ab q");
}

#[test]
fn a_paste_is_one_whatever_is_in_it() {
    let text = "行政复议\n\u{1b}[31mq\u{1b}]0;x\u{7}\u{9b}法".to_owned();
    let bytes = format!("\x1b[200~{text}\x1b[201~x");
    assert_eq!(whole(bytes.as_bytes()), "paste:行政复议\n[31mq]0;x法 x");
    for cut in 1..bytes.len() - 1 {
        let (head, tail) = bytes.as_bytes().split_at(cut);
        let told = pieces(&[head, tail], Duration::from_millis(20));
        assert_eq!(told, "paste:行政复议\n[31mq]0;x法 x", "cut at {cut}");
    }
    let long = format!("\x1b[200~{}\x1b[201~x", "法治".repeat(20_000));
    let each: Vec<&[u8]> = long.as_bytes().chunks(1021).collect();
    let told = pieces(&each, Duration::from_millis(900));
    assert_eq!(told.len(), "paste:".len() + 120_000 + 2);
    let endless = [b"\x1b[200~".to_vec(), vec![b'a'; 2 * MOST], b"\x1b[201~q".to_vec()].concat();
    assert_eq!(whole(&endless).len(), "paste:".len() + MOST + 2);
}
