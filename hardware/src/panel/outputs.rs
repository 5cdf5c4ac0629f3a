//! Lamps and buzzer on switched lines, worked by a thread of their own: it blinks, ends each sound
//! in time, and leaves everything off.

use super::buzz::{Buzz, LONGEST_BUZZ};
use super::{BLINK_HALF, Lamp, LampColour, PanelError};
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Orders that wait for the thread.
const ORDERS: usize = 64;
/// Patterns that wait for the one that sounds; who comes after is heard in them.
const WAITING: usize = 4;
/// Silence between two patterns, so that they can be told apart.
const BETWEEN: Duration = Duration::from_millis(500);

/// Something that is switched; its polarity is its own affair.
pub(super) trait Line: Send + 'static {
    /// Switches it.
    fn set(&mut self, on: bool) -> Result<(), PanelError>;
}

/// The wired outputs.
pub(super) struct Lines<L> {
    pub(super) green: Option<L>,
    pub(super) amber: Option<L>,
    pub(super) red: Option<L>,
    pub(super) buzzer: Option<L>,
}

enum Order {
    Lamp(Lamp),
    Buzz(Buzz),
}

/// Works the lines until it is dropped; what a line said against it is kept.
pub(super) struct Outputs {
    orders: Option<SyncSender<Order>>,
    failure: Failure,
    thread: Option<JoinHandle<()>>,
}

/// Why a panel stopped working, shared by its threads.
#[derive(Clone, Default)]
pub(super) struct Failure(Arc<Mutex<Option<PanelError>>>);

impl Failure {
    /// Keeps the first one.
    pub(super) fn note(&self, error: PanelError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// What was noted.
    pub(super) fn check(&self) -> Result<(), PanelError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().map_or(Ok(()), Err)
    }
}

impl Outputs {
    /// Starts the thread with everything off.
    pub(super) fn start<L: Line>(lines: Lines<L>, failure: Failure) -> Result<Self, PanelError> {
        let (orders, received) = sync_channel(ORDERS);
        let noted = failure.clone();
        let thread = std::thread::Builder::new()
            .name("panel outputs".into())
            .spawn(move || {
                let mut player = Player::new(lines);
                let worked = player.obey(&received);
                if let Err(error) = worked.and(player.dark()) {
                    noted.note(error);
                }
            })
            .map_err(|error| PanelError::System(error.to_string()))?;
        Ok(Self { orders: Some(orders), failure, thread: Some(thread) })
    }

    /// Whether lines and thread still work.
    pub(super) fn check(&self) -> Result<(), PanelError> {
        self.failure.check()?;
        if self.thread.as_ref().is_some_and(JoinHandle::is_finished) {
            return Err(PanelError::Gone);
        }
        Ok(())
    }

    pub(super) fn lamp(&self, lamp: Lamp) -> Result<(), PanelError> {
        self.order(Order::Lamp(lamp))
    }

    pub(super) fn buzz(&self, buzz: Buzz) -> Result<(), PanelError> {
        self.order(Order::Buzz(buzz.bounded()))
    }

    fn order(&self, order: Order) -> Result<(), PanelError> {
        self.check()?;
        match self.orders.as_ref().map(|orders| orders.try_send(order)) {
            // Sixty-four waiting orders are a storm: the newest may go, the next call sets things right.
            Some(Ok(()) | Err(TrySendError::Full(_))) => Ok(()),
            Some(Err(TrySendError::Disconnected(_))) | None => Err(PanelError::Gone),
        }
    }
}

impl Drop for Outputs {
    /// Everything is off, and the lines are free, when this returns.
    fn drop(&mut self) {
        drop(self.orders.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the panel's thread broke down");
        }
    }
}

/// A pattern that sounds.
struct Playing {
    buzz: Buzz,
    left: u8,
    sounding: bool,
    until: Instant,
}

struct Player<L> {
    lines: Lines<L>,
    lamp: Lamp,
    lit: bool,
    next_blink: Instant,
    playing: Option<Playing>,
    waiting: VecDeque<Buzz>,
}

impl<L: Line> Player<L> {
    fn new(lines: Lines<L>) -> Self {
        Self {
            lines,
            lamp: Lamp::default(),
            lit: false,
            next_blink: Instant::now(),
            playing: None,
            waiting: VecDeque::new(),
        }
    }

    /// Obeys until nobody can give an order any more.
    fn obey(&mut self, orders: &Receiver<Order>) -> Result<(), PanelError> {
        self.dark()?;
        loop {
            let now = Instant::now();
            self.blink(now)?;
            self.sound(now)?;
            let wake = [
                self.lamp.blinking.then_some(self.next_blink),
                self.playing.as_ref().map(|playing| playing.until),
            ];
            let wake = wake.into_iter().flatten().min();
            let wait = wake.map_or(LONGEST_BUZZ, |at| at.saturating_duration_since(now));
            match orders.recv_timeout(wait) {
                Ok(Order::Lamp(wanted)) if wanted == self.lamp => {}
                Ok(Order::Lamp(wanted)) => {
                    (self.lamp, self.lit) = (wanted, true);
                    self.show(wanted.colour)?;
                    self.next_blink = Instant::now() + BLINK_HALF;
                }
                Ok(Order::Buzz(buzz)) if self.waiting.len() < WAITING => {
                    self.waiting.push_back(buzz);
                }
                Ok(Order::Buzz(_)) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn blink(&mut self, now: Instant) -> Result<(), PanelError> {
        if self.lamp.blinking && self.next_blink <= now {
            self.lit = !self.lit;
            self.show(if self.lit { self.lamp.colour } else { LampColour::Off })?;
            self.next_blink = now + BLINK_HALF;
        }
        Ok(())
    }

    /// Goes on with the pattern, and from one to the next.
    fn sound(&mut self, now: Instant) -> Result<(), PanelError> {
        if let Some(mut playing) = self.playing.take() {
            if playing.until > now {
                self.playing = Some(playing);
                return Ok(());
            }
            if playing.sounding {
                set(self.lines.buzzer.as_mut(), false)?;
                playing.sounding = false;
                playing.until = now + if playing.left > 0 { playing.buzz.off } else { BETWEEN };
                self.playing = Some(playing);
                return Ok(());
            }
            if playing.left > 0 {
                return self.begin(playing.buzz, playing.left, now);
            }
        }
        match self.waiting.pop_front() {
            Some(buzz) => self.begin(buzz, buzz.times, now),
            None => Ok(()),
        }
    }

    /// Begins one sound of a pattern that has `left` of them.
    fn begin(&mut self, buzz: Buzz, left: u8, now: Instant) -> Result<(), PanelError> {
        set(self.lines.buzzer.as_mut(), true)?;
        let until = now + buzz.on;
        self.playing = Some(Playing { buzz, left: left.saturating_sub(1), sounding: true, until });
        Ok(())
    }

    /// Without an amber lamp, green and red together are amber.
    fn show(&mut self, colour: LampColour) -> Result<(), PanelError> {
        let amber = colour == LampColour::Amber;
        let mixed = amber && self.lines.amber.is_none();
        set(self.lines.green.as_mut(), colour == LampColour::Green || mixed)?;
        set(self.lines.amber.as_mut(), amber)?;
        set(self.lines.red.as_mut(), colour == LampColour::Red || mixed)
    }

    /// Everything off; a line that fails does not keep the others on.
    fn dark(&mut self) -> Result<(), PanelError> {
        let Lines { green, amber, red, buzzer } = &mut self.lines;
        [buzzer, green, amber, red].map(|line| set(line.as_mut(), false)).into_iter().collect()
    }
}

fn set<L: Line>(line: Option<&mut L>, on: bool) -> Result<(), PanelError> {
    line.map_or(Ok(()), |line| line.set(on))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// Tells each change of itself; fails once nobody listens.
    struct Told(&'static str, bool, Sender<(&'static str, bool)>);

    impl Line for Told {
        fn set(&mut self, on: bool) -> Result<(), PanelError> {
            if std::mem::replace(&mut self.1, on) != on {
                self.2.send((self.0, on)).map_err(|_| PanelError::Stopped("gone".into()))?;
            }
            Ok(())
        }
    }

    fn two_lamps_and_a_buzzer() -> (Outputs, Receiver<(&'static str, bool)>) {
        let (sender, told) = channel();
        let line = |name| Some(Told(name, false, sender.clone()));
        let lines =
            Lines { green: line("green"), amber: None, red: line("red"), buzzer: line("buzzer") };
        (Outputs::start(lines, Failure::default()).unwrap(), told)
    }

    fn next(told: &Receiver<(&'static str, bool)>) -> (&'static str, bool) {
        told.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn amber_is_mixed_blinks_and_goes_out_with_the_panel() {
        let (outputs, told) = two_lamps_and_a_buzzer();
        outputs.lamp(Lamp::blinking(LampColour::Amber)).unwrap();
        for on in [true, false, true] {
            assert_eq!([next(&told), next(&told)], [("green", on), ("red", on)]);
        }
        drop(outputs);
        assert_eq!(told.iter().collect::<Vec<_>>(), [("green", false), ("red", false)]);
    }

    #[test]
    fn patterns_are_played_one_after_the_other_and_each_ends() {
        let (outputs, told) = two_lamps_and_a_buzzer();
        let start = Instant::now();
        let short = Duration::from_millis(10);
        outputs.buzz(Buzz::times(2, short, short)).unwrap();
        outputs.buzz(Buzz::once(short)).unwrap();
        for _ in 0..3 {
            assert_eq!([next(&told), next(&told)], [("buzzer", true), ("buzzer", false)]);
        }
        assert!(start.elapsed() >= BETWEEN, "two patterns were one");
        outputs.buzz(Buzz::once(LONGEST_BUZZ)).unwrap();
        assert_eq!(next(&told), ("buzzer", true));
        drop(outputs);
        assert_eq!(told.iter().collect::<Vec<_>>(), [("buzzer", false)], "it ends with the panel");
    }

    #[test]
    fn a_line_that_fails_is_told_at_the_next_call() {
        let (outputs, told) = two_lamps_and_a_buzzer();
        drop(told);
        outputs.lamp(Lamp::steady(LampColour::Red)).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while outputs.check().is_ok() {
            assert!(Instant::now() < deadline);
            std::thread::yield_now();
        }
        let stopped = Err(PanelError::Stopped("gone".into()));
        assert_eq!(outputs.lamp(Lamp::steady(LampColour::Green)), stopped);
    }
}
