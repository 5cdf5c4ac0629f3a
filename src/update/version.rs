//! The order of Debian's version numbers, as deb-version(7) has it.

use std::cmp::Ordering;

/// Compares two versions: epoch, then upstream version, then revision.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (parts(a), parts(b));
    a.0.cmp(&b.0).then_with(|| piece(a.1, b.1)).then_with(|| piece(a.2, b.2))
}

/// Epoch, upstream version and revision; what is left out counts as 0 or nothing.
fn parts(version: &str) -> (u64, &str, &str) {
    let (epoch, rest) = version.split_once(':').unwrap_or(("0", version));
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
    (epoch.parse().unwrap_or(0), upstream, revision)
}

/// Stretches of other characters and of digits take turns, until one differs.
fn piece(mut a: &str, mut b: &str) -> Ordering {
    while !a.is_empty() || !b.is_empty() {
        let (wa, ra) = cut(a, |c| !c.is_ascii_digit());
        let (wb, rb) = cut(b, |c| !c.is_ascii_digit());
        let (na, ra) = cut(ra, |c| c.is_ascii_digit());
        let (nb, rb) = cut(rb, |c| c.is_ascii_digit());
        let order = words(wa, wb).then_with(|| numbers(na, nb));
        if order.is_ne() {
            return order;
        }
        (a, b) = (ra, rb);
    }
    Ordering::Equal
}

fn cut(text: &str, of: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !of(c)).unwrap_or(text.len()))
}

/// `~` sorts before the end, the end before letters, letters before everything else.
fn words(a: &str, b: &str) -> Ordering {
    let weight = |c: Option<char>| match c {
        Some('~') => -1,
        None => 0,
        Some(c) if c.is_ascii_alphabetic() => c as i64,
        Some(c) => c as i64 + 256,
    };
    let (mut a, mut b) = (a.chars(), b.chars());
    loop {
        let (x, y) = (a.next(), b.next());
        match weight(x).cmp(&weight(y)) {
            Ordering::Equal if x.is_none() && y.is_none() => return Ordering::Equal,
            Ordering::Equal => {}
            order => return order,
        }
    }
}

/// Numbers of any length, without their leading zeros.
fn numbers(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_dpkg_orders_them() {
        // Each is older than the next, by `dpkg --compare-versions`.
        let rising = [
            "0.1.0~~-1",
            "0.1.0~rc1-1",
            "0.1.0~rc2-1",
            "0.1.0~rc10-1",
            "0.1.0-1",
            "0.1.0-1+b1",
            "0.1.0-1.1",
            "0.1.0-2",
            "0.1.0a-1",
            "0.1.0+git1-1",
            "0.1.1-1",
            "0.2-1",
            "0.10-1",
            "1-1",
            "2:0.1-1",
            "10:0.1-1",
        ];
        for (i, a) in rising.iter().enumerate() {
            for (j, b) in rising.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a} against {b}");
            }
        }
        assert_eq!(compare("0.01-1", "0.1-01"), Ordering::Equal);
        assert_eq!(compare("0:0.1", "0.1"), Ordering::Equal);
    }
}
