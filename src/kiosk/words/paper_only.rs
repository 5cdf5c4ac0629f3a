//! Paper-only mode and slides in words.

use super::Lang;
use crate::paper_only::PaperOnly;

/// What to do while the screen takes no orders.
pub const fn paper_only_headline(lang: Lang) -> &'static str {
    lang.pick("请到窗口用纸点餐", "Please order on paper at the window")
}

/// What is safe.
pub const fn paper_only_text(lang: Lang) -> &'static str {
    lang.pick(
        "这台机器现在不收新的订单。\n已经订好的都在，照常取餐。",
        "This screen takes no new orders now. Orders already made are safe.",
    )
}

/// What became of the order that was just being made.
pub const fn nothing_ordered(lang: Lang) -> &'static str {
    lang.pick(
        "刚才这一单没有下成，也没有收钱。",
        "Your order was not placed, and nothing was paid.",
    )
}

/// What the staff should know and do.
pub const fn paper_only_reason(lang: Lang, why: PaperOnly) -> &'static str {
    match why {
        PaperOnly::Staff => lang.pick(
            "工作人员已改用纸。恢复：值班 → 工作人员",
            "Staff chose paper. To resume: Duty, Staff",
        ),
        PaperOnly::Clock => lang.pick(
            "工作人员：请核对时间，值班 → 工作人员 → 核对时间",
            "Staff: confirm the time under Duty, Staff, Clock",
        ),
        PaperOnly::DiskFull => lang.pick(
            "工作人员：硬盘满了，请腾出空间。腾好会自己恢复",
            "Staff: the disk is full. Make room; it resumes by itself",
        ),
        PaperOnly::ReadOnly => lang.pick(
            "工作人员：存储卡写不进去，请重开机器，不行就换卡",
            "Staff: the card can't be written. Restart, or change it",
        ),
        PaperOnly::Locked => lang.pick(
            "工作人员：数据库被别的程序占着，请关掉它。会自己恢复",
            "Staff: another program holds the database. End it",
        ),
        PaperOnly::Disk => lang.pick(
            "工作人员：硬盘读写出错，请用 doctor 检查",
            "Staff: the disk fails. Look at it with “doctor”",
        ),
    }
}

/// The photographer's first name.
pub fn photographer(lang: Lang, name: &str) -> String {
    match lang {
        _ if name.is_empty() => String::new(),
        Lang::Zh => format!("摄影：{name}"),
        Lang::En => format!("Photo: {name}"),
    }
}

/// The invitation on a slide.
pub const fn wake_up(lang: Lang, open: bool) -> &'static str {
    if open {
        lang.pick("碰一下点餐", "Touch to order")
    } else {
        lang.pick("碰一下看看", "Touch to look")
    }
}
