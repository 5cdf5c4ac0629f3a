//! What is said of each kind of trouble.

use super::{Both, Cause};

/// The most letters of a detail: two lines on the smallest panel.
const MOST: usize = 110;

/// What happened, what is safe, what to do.
pub(super) struct Words {
    pub what: Both,
    pub safe: Both,
    pub todo: Both,
}

/// What residents do, whatever the trouble.
pub(super) fn title() -> Both {
    Both::new("请到窗口点餐", "Please order at the window")
}

fn words(what: [&str; 2], safe: [&str; 2], todo: [&str; 2]) -> Words {
    let both = |[zh, en]: [&str; 2]| Both::new(zh, en);
    Words { what: both(what), safe: both(safe), todo: both(todo) }
}

/// Orders on disk that the trouble does not touch.
const UNTOUCHED: [&str; 2] =
    ["下过的单都在机器里，没有动过。", "The orders taken are in the machine, untouched."];

#[rustfmt::skip]
pub(super) fn of(cause: Cause) -> Words {
    match cause {
        Cause::Settings => words(
            ["点餐机的设置有一处不对。", "A setting of the kiosk is not right."],
            UNTOUCHED,
            ["改回刚改过的设置；不清楚就打维护电话。", "Undo the last change of the settings, or call whoever looks after the machine."],
        ),
        Cause::Folder => words(
            ["放数据的文件夹打不开或写不了。", "The data folder can't be opened or written."],
            UNTOUCHED,
            ["关机再开一次；还不行就打维护电话。", "Switch the machine off and on; if that does not help, call whoever looks after it."],
        ),
        Cause::DiskFull => words(
            ["存储卡满了，新的单写不进去。", "The card is full: no order can be written."],
            UNTOUCHED,
            ["打维护电话，请人腾出地方。不要拔卡。", "Call whoever looks after the machine to make room. Leave the card in."],
        ),
        Cause::Disk => words(
            ["存储卡只能读，或者坏了。", "The card can only be read, or is failing."],
            ["写进去的单都在卡上。", "The orders written are on the card."],
            ["关机再开一次；又这样就换卡，打维护电话。", "Switch the machine off and on. If it comes back, the card must be changed: call whoever looks after it."],
        ),
        Cause::Damaged => words(
            ["存单的文件坏了。", "The file with the orders is damaged."],
            ["坏的文件原样留着；今天的单厨房有纸单。", "The file is kept as it is; the kitchen has today's orders on paper."],
            ["照厨房的纸单做；打维护电话。", "Cook by the kitchen's paper, and call whoever looks after the machine."],
        ),
        Cause::Newer => words(
            ["程序比数据旧，不敢打开。", "The program is older than its data, and does not open them."],
            UNTOUCHED,
            ["装回新的程序；打维护电话。", "The newer program must be installed again: call whoever looks after the machine."],
        ),
        Cause::Busy => words(
            ["别的程序正占着数据。", "Another program holds the data."],
            UNTOUCHED,
            ["等一分钟；不行就关机再开一次。", "Wait a minute; if that does not help, switch the machine off and on."],
        ),
        Cause::Fonts => words(
            ["机器里没有中文字体。", "The Chinese font is missing."],
            UNTOUCHED,
            ["打维护电话：装上 fonts-noto-cjk。", "Call whoever looks after the machine: fonts-noto-cjk must be installed."],
        ),
        Cause::Printers => words(
            ["打印机的设置不对。", "A printer's setting is not right."],
            UNTOUCHED,
            ["改回打印机的设置；不清楚就打维护电话。", "Undo the last change of the printer's settings, or call whoever looks after the machine."],
        ),
        Cause::Panel => words(
            ["灯和按钮接不上。", "The lamp and the buttons can't be reached."],
            UNTOUCHED,
            ["看看灯和按钮的线；打维护电话。", "Look at the wires of lamp and buttons, and call whoever looks after the machine."],
        ),
        Cause::Other => words(
            ["点餐机没能开起来。", "The kiosk could not start."],
            UNTOUCHED,
            ["关机再开一次；还不行就打维护电话。", "Switch the machine off and on; if that does not help, call whoever looks after it."],
        ),
    }
}

/// The message in one short line. Of a wrong settings file only the place is shown: the line itself
/// may hold a PIN.
pub(super) fn detail(cause: Cause, said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let place = lines.iter().find(|line| line.starts_with("TOML parse error"));
    let line = match place {
        Some(place) if cause == Cause::Settings => {
            let file = lines.first().filter(|first| *first != place);
            let file = file.and_then(|first| first.split_once(" are not right"));
            let file =
                file.map_or("settings", |(head, _)| head.trim_start_matches("the settings "));
            format!("{file}: {}", place.trim_start_matches("TOML parse error at "))
        }
        _ => lines.join(" "),
    };
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_in_the_settings_is_not_shown_to_the_room() {
        let said = "the settings /etc/clubhouse-kiosk/clubhouse.toml are not right:\nTOML parse error at line 3, column 7\n  |\n3 | pin = 739154\n  |       ^^^^^^\ninvalid type: integer `739154`, expected a string\n\nEvery key is explained in clubhouse.sample.toml";
        let detail = detail(Cause::Settings, said);
        assert_eq!(detail, "/etc/clubhouse-kiosk/clubhouse.toml: line 3, column 7");
    }

    #[test]
    fn a_detail_is_one_short_line() {
        let line = detail(Cause::Other, &format!("one\n\n  two\n{}", "long ".repeat(100)));
        assert!(line.starts_with("one two long") && line.chars().count() == MOST, "{line}");
    }
}
