//! Straight lines on a page: the frames of tables.

/// More lines than this are a drawing.
const MOST: usize = 4000;
/// So thick, in points, a filled strip is still a line.
const THICK: f32 = 3.0;
/// So far from level, or from upright, a line may be.
const SLANT: f32 = 1.0;
/// A line that is shorter than this is a stroke of something else.
const SHORT: f32 = 4.0;

/// A line along or down the page, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::intake) enum Rule {
    /// Height, left end, right end.
    Level(f32, f32, f32),
    /// Distance from the left, upper end, lower end.
    Upright(f32, f32, f32),
}

/// The path that is being drawn.
#[derive(Debug, Default)]
pub(in crate::intake) struct Ruler {
    start: (f32, f32),
    at: (f32, f32),
    rules: Vec<Rule>,
}

impl Ruler {
    /// The path goes on from here.
    pub fn start(&mut self, at: (f32, f32)) {
        (self.start, self.at) = (at, at);
    }

    /// A line to here.
    pub fn line(&mut self, to: (f32, f32)) {
        self.between(self.at, to);
        self.at = to;
    }

    /// A line back to where the path began.
    pub fn close(&mut self) {
        self.line(self.start);
    }

    /// A rectangle between two corners; a thin one is one line.
    pub fn rectangle(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        if (y1 - y0).abs() <= THICK {
            let y = (y0 + y1) / 2.0;
            self.between((x0, y), (x1, y));
        } else if (x1 - x0).abs() <= THICK {
            let x = (x0 + x1) / 2.0;
            self.between((x, y0), (x, y1));
        } else {
            for (from, to) in
                [((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))]
            {
                self.between(from, to);
            }
        }
    }

    fn between(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        let rule = if (y1 - y0).abs() <= SLANT && (x1 - x0).abs() >= SHORT {
            Rule::Level((y0 + y1) / 2.0, x0.min(x1), x0.max(x1))
        } else if (x1 - x0).abs() <= SLANT && (y1 - y0).abs() >= SHORT {
            Rule::Upright((x0 + x1) / 2.0, y0.min(y1), y0.max(y1))
        } else {
            return;
        };
        if self.rules.len() < MOST {
            self.rules.push(rule);
        }
    }

    /// The path shows.
    pub fn paint(&mut self, page: &mut Vec<Rule>) {
        let room = MOST.saturating_sub(page.len());
        page.extend(self.rules.drain(..).take(room));
    }

    /// The path only cut something else to shape.
    pub fn clear(&mut self) {
        self.rules.clear();
    }
}
