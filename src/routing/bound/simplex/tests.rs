//! Small linear programs whose answers are known.

use super::{Sense, Simplex};

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-2, "{found} instead of {wanted}");
}

/// Two sorts of lunch from rice and greens: `min -3 a - 5 b`, `a <= 4`, `2 b <= 12`, `3 a + 2 b <= 18`.
fn lunches() -> (Simplex, usize, usize) {
    let mut lp = Simplex::default();
    for rhs in [4.0, 12.0, 18.0] {
        lp.add_row(Sense::AtMost, rhs, 1000.0);
    }
    let a = lp.add_column(-3.0, vec![(0, 1.0), (2, 3.0)]);
    let b = lp.add_column(-5.0, vec![(1, 2.0), (2, 2.0)]);
    lp.start_from(&[]);
    (lp, a, b)
}

#[test]
fn the_textbook_program_has_its_textbook_answer() {
    let (mut lp, a, b) = lunches();
    assert!(lp.solve(100));
    near(lp.values()[a], 2.0);
    near(lp.values()[b], 6.0);
    for (found, wanted) in lp.duals().iter().zip([0.0, -1.5, -1.0]) {
        near(*found, wanted);
    }
}

#[test]
fn a_new_column_goes_on_from_the_last_basis() {
    let (mut lp, a, b) = lunches();
    assert!(lp.solve(100));
    let c = lp.add_column(-2.0, vec![(2, 1.0)]);
    assert!(lp.solve(100));
    near(lp.values()[c], 18.0 - 12.0);
    near(lp.values()[b], 6.0);
    near(lp.values()[a], 0.0);
}

#[test]
fn rows_bounded_from_below_or_met_exactly_are_kept() {
    let mut lp = Simplex::default();
    lp.add_row(Sense::AtLeast, 3.0, 1000.0);
    lp.add_row(Sense::Exactly, 5.0, 1000.0);
    let cheap = lp.add_column(1.0, vec![(0, 1.0)]);
    let both = lp.add_column(10.0, vec![(0, 1.0), (1, 1.0)]);
    lp.start_from(&[]);
    assert!(lp.solve(100));
    near(lp.values()[both], 5.0);
    near(lp.values()[cheap], 0.0);
    near(lp.violation(), 0.0);
}

#[test]
fn what_cannot_be_met_is_paid_for() {
    let mut lp = Simplex::default();
    lp.add_row(Sense::AtLeast, 3.0, 1000.0);
    lp.add_row(Sense::AtMost, 1.0, 1000.0);
    lp.add_column(1.0, vec![(0, 1.0), (1, 1.0)]);
    lp.start_from(&[]);
    assert!(lp.solve(100));
    near(lp.violation(), 2.0);
    near(lp.duals()[0], 1000.0);
}

#[test]
fn a_basis_of_too_few_variables_is_filled_up() {
    let (mut lp, a, b) = lunches();
    assert!(lp.solve(100));
    lp.start_from(&[b]);
    assert!(lp.is_basic(b) && !lp.is_basic(a));
    assert!(lp.solve(100));
    near(lp.values()[a], 2.0);
    near(lp.values()[b], 6.0);
}
