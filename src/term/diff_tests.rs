use super::*;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// As much of a terminal as the encoder needs: it says which cells it would show.
struct Emulator {
    screen: Buffer,
    x: u16,
    y: u16,
    style: Style,
}

impl Emulator {
    fn new(screen: Buffer) -> Self {
        Emulator { screen, x: 0, y: 0, style: Style::reset() }
    }

    fn feed(&mut self, bytes: &str) {
        let mut chars = bytes.chars();
        while let Some(c) = chars.next() {
            match c {
                '\x1b' => {
                    assert_eq!(chars.next(), Some('['));
                    let mut numbers = String::new();
                    let end = loop {
                        match chars.next().unwrap() {
                            c @ ('0'..='9' | ';') => numbers.push(c),
                            c => break c,
                        }
                    };
                    self.control(&numbers, end);
                }
                '\r' => self.x = 0,
                '\n' => self.y += 1,
                '\x08' => self.x -= 1,
                c => self.put(c),
            }
        }
    }

    fn control(&mut self, numbers: &str, end: char) {
        let parts: Vec<u16> = numbers.split(';').map(|part| part.parse().unwrap_or(0)).collect();
        let n = parts[0].max(1);
        match end {
            'H' => (self.y, self.x) = (n - 1, parts.get(1).map_or(0, |x| x - 1)),
            'A' => self.y -= n,
            'B' => self.y += n,
            'C' => self.x += n,
            'D' => self.x -= n,
            'G' => self.x = n - 1,
            'K' => (self.x..self.screen.area.width).for_each(|x| self.screen[(x, self.y)].reset()),
            'M' | 'L' => {
                let by = i32::from(n) * if end == 'M' { 1 } else { -1 };
                let shift = Shift { top: self.y, bottom: self.screen.area.height, by };
                shift::apply(&mut self.screen, shift);
                self.x = 0;
            }
            'm' => parts.iter().for_each(|code| self.style(*code)),
            other => panic!("{other}"),
        }
    }

    fn style(&mut self, code: u16) {
        self.style = match code {
            0 => Style::reset(),
            1 => self.style.add_modifier(Modifier::BOLD),
            4 => self.style.add_modifier(Modifier::UNDERLINED),
            7 => self.style.add_modifier(Modifier::REVERSED),
            31 => self.style.fg(Color::Red),
            39 => self.style.fg(Color::Reset),
            44 => self.style.bg(Color::Blue),
            49 => self.style.bg(Color::Reset),
            other => panic!("{other}"),
        }
    }

    fn put(&mut self, c: char) {
        let wide = cells::of(c) == 2;
        for x in self.x..=self.x + u16::from(wide) {
            // Writing over half of a wide character blanks its other half.
            if x > 0 && cells::width(self.screen[(x - 1, self.y)].symbol()) == 2 {
                self.screen[(x - 1, self.y)].set_symbol(" ");
            }
            self.screen[(x, self.y)].reset();
            self.screen[(x, self.y)].set_style(self.style);
        }
        self.screen[(self.x, self.y)].set_char(c).set_style(self.style);
        self.x += 1 + u16::from(wide);
    }
}

/// What can be seen: characters, and styles where they show.
fn seen(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    let show = |cell: &Cell| {
        let pen = if is_bare(cell) { RESET } else { Pen::of(cell) };
        let blank = cell.symbol() == " " && pen.same_blank(Pen::of(cell));
        format!("{}{:?}", cell.symbol(), if blank { None } else { Some(pen) })
    };
    let heads = |row: &[Cell]| heads(row);
    let row = |row: &[Cell]| {
        row.iter().zip(heads(row)).filter(|(_, head)| *head).map(|(cell, _)| show(cell)).collect::<String>()
    };
    buffer.content.chunks(width).map(row).collect()
}

fn sent(before: &Buffer, after: &Buffer) -> String {
    let mut encoder = Encoder { pen: Some(RESET), ..Encoder::default() };
    encoder.change(&mut before.clone(), after);
    encoder.frame
}

/// Numbers that look random and are the same every time.
fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}

fn scribble(buffer: &mut Buffer, seed: u64, strokes: u64) {
    let mut number = numbers(seed);
    let texts = ["受理", "a", "98.5%", "“八五”", "      ", "─", "审结案件，", "x y"];
    for _ in 0..strokes {
        let text = texts[number(8) as usize];
        let (x, y) = (number(24) as u16, number(12) as u16);
        let style = match number(6) {
            0 => Style::new().fg(Color::Red),
            1 => Style::new().add_modifier(Modifier::REVERSED),
            2 => Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            3 => Style::new().bg(Color::Blue),
            _ => Style::new(),
        };
        // Never halve a wide character: a canvas does not do that either.
        if x > 0 && cells::width(buffer[(x - 1, y)].symbol()) == 2 {
            buffer[(x - 1, y)].set_symbol(" ");
        }
        buffer.set_string(x, y, text, style);
    }
}

#[test]
fn whatever_changes_the_terminal_shows_the_new_screen() {
    for seed in 1..400 {
        let mut before = Buffer::empty(Rect::new(0, 0, 30, 12));
        scribble(&mut before, seed, 30);
        let mut after = before.clone();
        if seed % 3 > 0 {
            let by = (seed % 5) as i32 - 2;
            shift::apply(&mut after, Shift { top: 2, bottom: 9 + (seed % 4) as u16, by });
        }
        scribble(&mut after, seed + 1000, seed % 9);
        let mut emulator = Emulator::new(before.clone());
        emulator.feed(&sent(&before, &after));
        assert_eq!(seen(&emulator.screen), seen(&after), "seed {seed}");
    }
}

#[test]
fn chinese_text_costs_one_move_a_line() {
    let before = Buffer::empty(Rect::new(0, 0, 20, 2));
    let mut after = before.clone();
    after.set_string(0, 0, "受理行政复议案件", Style::new());
    after.set_string(0, 1, "审结 343 件", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[H受理行政复议案件\n\r审结 343 件");
}

#[test]
fn the_cursor_is_moved_after_what_may_be_wider() {
    let before = Buffer::empty(Rect::new(0, 0, 10, 1));
    let mut after = before.clone();
    after.set_string(0, 0, "“八五”", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[H“\x1b[2G八五”");
}

#[test]
fn a_box_line_to_the_edge_is_sent_in_one_go_and_one_within_the_row_is_not() {
    let before = Buffer::empty(Rect::new(0, 0, 6, 2));
    let mut after = before.clone();
    after.set_string(0, 0, "──┬───", Style::new());
    after.set_string(0, 1, "─│ab", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[H──┬───\n\r─\x1b[2G│\x1b[3Gab");
}

#[test]
fn a_row_that_is_quite_another_is_wiped_first() {
    let mut before = Buffer::empty(Rect::new(0, 0, 60, 1));
    before.set_string(0, 0, "a b  c   d    e     f      g       h        i         j", Style::new());
    let mut after = Buffer::empty(Rect::new(0, 0, 60, 1));
    after.set_string(0, 0, "受理", Style::new());
    after.set_string(50, 0, "审结", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[H\x1b[K受理\x1b[46C审结");
}

#[test]
fn a_style_is_sent_once_and_taken_back() {
    let before = Buffer::empty(Rect::new(0, 0, 10, 1));
    let mut after = before.clone();
    after.set_string(0, 0, "ab", Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
    after.set_string(2, 0, "c", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[H\x1b[1;36mab\x1b[mc");
}

#[test]
fn a_list_that_scrolls_by_a_line_sends_a_line() {
    let mut before = Buffer::empty(Rect::new(0, 0, 40, 20));
    for y in 0..20 {
        before.set_string(0, y, format!("第{y}行，受理案件{}件", u32::from(y) * 7919), Style::new());
    }
    let mut after = before.clone();
    shift::apply(&mut after, Shift { top: 3, bottom: 18, by: 1 });
    after.set_string(0, 17, "新行", Style::new());
    assert_eq!(sent(&before, &after), "\x1b[4H\x1b[M\x1b[18H\x1b[L新行");
}
