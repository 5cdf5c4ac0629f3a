//! Numbers as Chinese says them: 二十三, 两份, 一二零三室, 十一点半, 十八元五角.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A count: `20` is 二十, `105` 一百零五, `12000` 一万二千.
pub(super) fn number(value: u32) -> String {
    let (high, low) = (value / 10_000, value % 10_000);
    if high > 0 {
        let gap = if low > 0 && low < 1000 { "零" } else { "" };
        let rest = if low > 0 { below_ten_thousand(low) } else { String::new() };
        return format!("{}万{gap}{rest}", number(high));
    }
    let said = below_ten_thousand(value);
    // 十二, not 一十二; but 一百一十二.
    said.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(said)
}

fn below_ten_thousand(value: u32) -> String {
    if value == 0 {
        return "零".to_owned();
    }
    let mut said = String::new();
    let mut gap = false;
    for (unit, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !said.is_empty();
            continue;
        }
        if gap {
            said.push('零');
            gap = false;
        }
        said.push(DIGITS[digit as usize]);
        said.push_str(word);
    }
    said
}

/// One digit after the other, as rooms and telephone numbers are said.
pub(super) fn one_by_one(digits: &str) -> String {
    digits.chars().filter_map(|c| c.to_digit(10)).map(|d| DIGITS[d as usize]).collect()
}

/// A count of things: two of them are 两, but number two is 二号.
pub(super) fn count_before(value: u32, following: &str) -> String {
    const COUNTED: [&str; 12] =
        ["份", "家", "张", "点", "次", "单", "分钟", "位", "元", "个", "人", "秒"];
    if value == 2 && COUNTED.iter().any(|word| following.starts_with(word)) {
        return "两".to_owned();
    }
    number(value)
}

/// A time of day: `11:00` 十一点, `11:30` 十一点半, `9:05` 九点零五分.
pub(super) fn time(hour: u32, minute: u32) -> String {
    let hour = count_before(hour, "点");
    match minute {
        0 => format!("{hour}点"),
        30 => format!("{hour}点半"),
        1..=9 => format!("{hour}点零{}分", number(minute)),
        _ => format!("{hour}点{}分", number(minute)),
    }
}

/// Money with hundredths: `18.50` 十八元五角, `18.05` 十八元零五分.
pub(super) fn money(yuan: u32, fen: u32) -> String {
    let yuan = format!("{}元", count_before(yuan, "元"));
    match (fen / 10, fen % 10) {
        (0, 0) => yuan,
        (0, fen) => format!("{yuan}零{}分", number(fen)),
        (jiao, 0) => format!("{yuan}{}角", number(jiao)),
        (jiao, fen) => format!("{yuan}{}角{}分", number(jiao), number(fen)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_as_in_the_queue() {
        for (value, said) in [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (23, "二十三"),
            (100, "一百"),
            (105, "一百零五"),
            (112, "一百一十二"),
            (126, "一百二十六"),
            (1005, "一千零五"),
            (1050, "一千零五十"),
            (2026, "二千零二十六"),
            (10_000, "一万"),
            (12_000, "一万二千"),
            (10_500, "一万零五百"),
            (110_003, "十一万零三"),
        ] {
            assert_eq!(number(value), said, "{value}");
        }
    }

    #[test]
    fn times_money_and_rooms_have_their_own_way() {
        assert_eq!(time(11, 0), "十一点");
        assert_eq!(time(2, 30), "两点半");
        assert_eq!(time(9, 5), "九点零五分");
        assert_eq!(time(12, 45), "十二点四十五分");
        assert_eq!(money(20, 0), "二十元");
        assert_eq!(money(18, 50), "十八元五角");
        assert_eq!(money(2, 5), "两元零五分");
        assert_eq!(money(1, 25), "一元二角五分");
        assert_eq!(one_by_one("1203"), "一二零三");
        assert_eq!(count_before(2, "份"), "两");
        assert_eq!(count_before(2, "号"), "二");
        assert_eq!(count_before(12, "份"), "十二");
    }
}
