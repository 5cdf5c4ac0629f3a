//! Words of updates, for staff.

use super::Lang;
use crate::kiosk::updates::{Trouble, UpdatesView};
use crate::update::{Outcome, Report};

/// How updates stand, in a few sentences.
pub fn updates(lang: Lang, view: &UpdatesView) -> String {
    if view.under_way {
        let said = lang.pick(
            "正在更新。请先到窗口用纸点餐，大约五分钟，好了会自己回来。",
            "The update is under way. Order on paper at the window; the screen is back in about five minutes.",
        );
        return said.to_owned();
    }
    let mut said = Vec::new();
    match view.trouble {
        Some(Trouble::Changed) => said.push(
            lang.pick(
                "这个文件和刚才的校验码不一样了，没有安装。请重新拷贝到 U 盘。",
                "The file is no longer the one with that checksum; nothing was installed. Copy it to the stick again.",
            )
            .to_owned(),
        ),
        Some(Trouble::Unreadable) => said.push(
            lang.pick(
                "没能开始更新，什么也没有改。看看 U 盘，再试一次。",
                "The update could not begin; nothing was changed. Look at the stick, then try again.",
            )
            .to_owned(),
        ),
        None => said.extend(view.failed_before().map(|report| failed(lang, report))),
    }
    let version = &view.installed;
    said.push(match (view.offered.is_empty(), lang) {
        (false, Lang::Zh) => format!("现在是 {version}。U 盘上有新的："),
        (false, Lang::En) => format!("Version {version} is installed. Newer ones on the stick:"),
        (true, Lang::Zh) => {
            format!("现在是 {version}。U 盘上没有更新的程序。U 盘的名字要叫 CLUBHOUSE。")
        }
        (true, Lang::En) => format!(
            "Version {version} is installed. The stick has none that is newer; it must be called CLUBHOUSE."
        ),
    });
    said.join(lang.pick("", " "))
}

/// How an update ended that did not get in.
fn failed(lang: Lang, report: &Report) -> String {
    let Report { from, to, .. } = report;
    match (report.outcome, lang) {
        (Outcome::Refused, Lang::Zh) => format!("上次的 {to} 没有安装，什么也没有改。"),
        (Outcome::Refused, Lang::En) => format!("{to} was not installed; nothing was changed."),
        (Outcome::Stuck, Lang::Zh) => {
            format!("上次的 {to} 不好用，也没能换回 {from}，请叫安装的人。")
        }
        (Outcome::Stuck, Lang::En) => {
            format!("{to} did not work, and {from} could not be put back: call the installer.")
        }
        (_, Lang::Zh) => format!("上次的 {to} 不好用，已经换回 {from}，数据都在。"),
        (_, Lang::En) => format!("{to} did not work; {from} is back with its data."),
    }
}

/// The question whether a checksum is the right one.
pub fn checksum(lang: Lang, groups: &str) -> String {
    let ask = lang.pick(
        "下面的校验码和提供者给的一样吗？一样才安装。安装时用纸点餐，大约五分钟。",
        "Is this the checksum that its maker says? Install it only then. Orders go on paper for about five minutes.",
    );
    format!("{ask}\n{groups}")
}
