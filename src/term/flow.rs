//! Frames on a slow line. Between us and the terminal lie buffers that take seconds to empty; whatever is in them is
//! shown in full, long after the key was released. So a question travels behind the frames, and while it is not
//! answered only little more is sent: frames in between are never made.

use std::time::{Duration, Instant};

/// Every terminal answers this with [`ANSWER`], in the order in which it draws.
pub const QUESTION: &str = "\x1b[5n";

/// The answer, without its Esc.
pub const ANSWER: &str = "[0n";

/// Bytes after which the question is worth its four.
const ASK: u64 = 400;

/// Bytes that may follow a question before its answer.
const MOST: u64 = 1024;

/// After this long an answer is lost, or the terminal gives none.
const LOST: Duration = Duration::from_secs(6);

/// What is under way.
#[derive(Debug, Clone, Copy)]
pub struct Flow {
    on: bool,
    /// Bytes since the last question.
    since: u64,
    /// When the question was put that is not answered yet.
    asked: Option<Instant>,
    /// An answer has come before.
    heard: bool,
}

impl Flow {
    /// Asks and holds back, or lets everything pass.
    pub fn new(on: bool) -> Self {
        Flow { on, since: 0, asked: None, heard: false }
    }

    /// So many bytes are sent. True where the question goes with them.
    pub fn sent(&mut self, bytes: u64, now: Instant) -> bool {
        self.since += bytes;
        let asks = self.on && self.asked.is_none() && self.since >= ASK;
        if asks {
            (self.since, self.asked) = (0, Some(now));
        }
        asks
    }

    /// The answer has come.
    pub fn answered(&mut self) {
        (self.asked, self.heard) = (None, true);
    }

    /// True while an answer is to come.
    pub fn waits(&self) -> bool {
        self.asked.is_some()
    }

    /// How long the next frame has to wait at most; none where it may be sent.
    pub fn holds(&mut self, now: Instant) -> Option<Duration> {
        let asked = self.asked?;
        match LOST.checked_sub(now.saturating_duration_since(asked)) {
            Some(left) => Some(left).filter(|_| self.since >= MOST),
            None => {
                self.asked = None;
                // A terminal that has never answered is not asked again.
                self.on = self.heard;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_follows_a_question_until_it_is_answered() {
        let (mut flow, now) = (Flow::new(true), Instant::now());
        assert!(!flow.sent(399, now) && flow.holds(now).is_none());
        assert!(flow.sent(7000, now));
        assert!(flow.holds(now).is_none());
        assert!(!flow.sent(1023, now) && flow.holds(now).is_none());
        assert!(!flow.sent(1, now) && flow.holds(now).is_some());
        flow.answered();
        assert!(flow.holds(now).is_none() && !flow.waits());
        // What was sent meanwhile counts for the next question.
        assert!(flow.sent(0, now));
    }

    #[test]
    fn a_lost_answer_holds_nothing_up_for_long() {
        let now = Instant::now();
        let mut deaf = Flow::new(true);
        deaf.sent(500, now);
        deaf.sent(5000, now);
        assert!(deaf.holds(now + LOST - Duration::from_millis(1)).is_some());
        assert!(deaf.holds(now + LOST + Duration::from_millis(1)).is_none());
        assert!(!deaf.sent(5000, now), "a deaf terminal is asked once");
        let mut heard = Flow::new(true);
        heard.sent(500, now);
        heard.answered();
        heard.sent(500, now);
        assert!(heard.holds(now + LOST + Duration::from_millis(1)).is_none());
        assert!(heard.sent(500, now));
        assert!(!Flow::new(false).sent(5000, now));
    }
}
