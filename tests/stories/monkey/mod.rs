//! The chaos monkey: random touches, keys, cards, jumps of time and printer faults, with the real
//! clerk behind the screen. Nothing may panic, nobody may be caught, nobody may be seen by the next
//! person, and at the end every order and every fen must be where it belongs.
//!
//! `MONKEY_SEED` plays the same run again; `MONKEY_STEPS` makes it long.

mod books;
mod club;
mod eyes;
mod glass;
mod hand;
mod offers;
mod player;

use player::Monkey;

/// The seed if nobody says another.
const SEED: u64 = 20_261_124;
/// Steps of the short form, over all monkeys.
const SHORT: usize = 12_000;
/// Monkeys side by side, each in a clubhouse of its own.
const MONKEYS: u64 = 2;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

#[test]
fn whatever_is_touched_every_state_reaches_home_and_the_books_are_right() {
    let seed = number("MONKEY_SEED").unwrap_or(SEED);
    let steps = number("MONKEY_STEPS").map_or(SHORT, |n| n as usize);
    println!("MONKEY_SEED={seed} MONKEY_STEPS={steps}");
    std::thread::scope(|scope| {
        let monkeys: Vec<_> = (0..MONKEYS)
            .map(|stream| {
                scope.spawn(move || Monkey::new(seed, stream).play(steps / MONKEYS as usize))
            })
            .collect();
        for monkey in monkeys {
            monkey.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}
