//! The chaos monkey: random touches, keys, cards, jumps of time and printer faults, with the real
//! clerk behind the screen. Nothing may panic, nobody may be caught, nobody may be seen by the next
//! person, and at the end every order and every fen must be where it belongs.
//!
//! `MONKEY_SEED` plays the same run again; `MONKEY_STEPS` and `MONKEY_TOUCHES` make it long.

mod books;
mod club;
mod eyes;
mod finger;
mod glass;
mod hand;
mod offers;
mod pages;
mod player;

use std::time::Duration;

use clubhouse_kiosk::kiosk::Panel;

use crate::stories::campaign::chance::Chance;
use crate::support::screens::fonts;
use glass::Glass;
use player::Monkey;

/// The seed if nobody says another.
const SEED: u64 = 20_261_124;
/// Touches of the short form on the glass, over all panels.
const TOUCHES: usize = 2_000;
/// Touches of one visit to the glass, from a scene to the way home.
const VISIT: usize = 20;
/// Steps of the short form, over all monkeys.
const STEPS: usize = 12_000;
/// Monkeys side by side, each in a clubhouse of its own.
const MONKEYS: u64 = 2;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

#[test]
fn whatever_is_touched_every_state_reaches_home_and_the_books_are_right() {
    let seed = number("MONKEY_SEED").unwrap_or(SEED);
    let steps = number("MONKEY_STEPS").map_or(STEPS, |n| n as usize);
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

fn at_the_glass(seed: u64, stream: u64, panel: Panel, touches: usize) {
    let fonts = fonts();
    let mut chance = Chance::new(seed, stream);
    let (mut done, mut visits) = (0, 0);
    while done < touches {
        let mut glass = Glass::open(&mut chance, &fonts, panel);
        while glass.touches < VISIT {
            glass.any_stroke(&mut chance);
            glass.screen.pass(Duration::from_millis(500));
            if chance.percent(10) {
                glass.laid_out();
            }
        }
        glass.go_home(&mut chance);
        glass.is_forgotten();
        done += glass.touches;
        visits += 1;
    }
    println!("{panel}: {done} touches in {visits} visits");
}

#[test]
fn wherever_the_glass_is_touched_only_presses_count_and_home_is_near() {
    let seed = number("MONKEY_SEED").unwrap_or(SEED);
    let touches = number("MONKEY_TOUCHES").map_or(TOUCHES, |n| n as usize);
    println!("MONKEY_SEED={seed} MONKEY_TOUCHES={touches}");
    // The headless window belongs to its thread.
    std::thread::scope(|scope| {
        let panels: Vec<_> = (0..)
            .zip(Panel::ALL)
            .map(|(stream, panel)| {
                let play =
                    move || at_the_glass(seed, 100 + stream, panel, touches / Panel::ALL.len());
                std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, play).unwrap()
            })
            .collect();
        for panel in panels {
            panel.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}
