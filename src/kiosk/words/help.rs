//! Help for each page: two sentences a neighbour would say.

use super::Lang;
use crate::kiosk::controller::page::{Keypad, Page};

/// What to do on this page.
pub const fn help(lang: Lang, page: &Page) -> &'static str {
    match page {
        Page::Home | Page::Slides(_) => lang.pick(
            "看好今天的菜，按“堂食”“自取”或“外送到家”。按错没关系，最后还会问您一次。",
            "Look at today's dishes and press how you want to eat. A wrong press is no harm: you are asked again at the end.",
        ),
        Page::Options => lang.pick(
            "用“加”和“减”选几份，有忌口就按下面的键，然后按“下一步”。",
            "Choose how many with plus and minus, press what the kitchen should do, then 'Next'.",
        ),
        Page::Door(_) | Page::Floor(..) | Page::Flat(..) => lang.pick(
            "把卡放到读卡处；没有卡就选楼号、楼层和房号。",
            "Hold your card to the reader; without a card, choose building, floor and room.",
        ),
        Page::Keypad(Keypad::Phone(..), _) => lang.pick(
            "输入您登记的电话号码的最后四位，再按“确定”。",
            "Enter the last four digits of the phone number the desk knows, then 'OK'.",
        ),
        Page::Keypad(..) => lang.pick(
            "输入数字，再按“确定”。忘记了请问工作人员。",
            "Enter the digits, then 'OK'. If you forgot them, ask the staff.",
        ),
        Page::Confirm => lang.pick(
            "看一看对不对，对就按“确认下单”。不对按“返回”。",
            "Check that all is right and press 'Place order'. If not, press 'Back'.",
        ),
        Page::Week(_) => lang.pick(
            "每天一行。要哪天，就在那天按“堂食”“自取”或“外送”；再按一下就取消。选好按“下一步”，最后还会问您一次。",
            "One row a day. Touch how you want to eat on that day; touch again to take it away. Then 'Next'; you are asked again at the end.",
        ),
        Page::WeekConfirm(_) => lang.pick(
            "看一看每天对不对，对就按“确认下单”。不对按“返回”。",
            "Check each day and press 'Place order'. If not, press 'Back'.",
        ),
        Page::WeekDone(_) => lang.pick(
            "写着号码的都订好了，每天一张小票。没有订成的可以叫人帮忙。",
            "Days with a number are ordered, with a slip each. For the others, call the staff.",
        ),
        Page::Done(_) => lang.pick(
            "已经订好了。记住号码，拿好小票。",
            "It is ordered. Remember the number and take the slip.",
        ),
        Page::MyOrder | Page::Letters(_) => lang.pick(
            "把小票上的码对准读卡处，或输入小票上的六个字母，或用房号查。",
            "Hold the code on the slip to the reader, type its six letters, or use your room.",
        ),
        Page::Orders(_) | Page::Order(_) | Page::CancelQuestion(_) => lang.pick(
            "这里可以看订单，也可以改或取消。取消前会再问您一次。",
            "Here you see your order and can change or cancel it. You are asked once more before it is cancelled.",
        ),
        Page::Called => lang.pick(
            "这里的号码已经做好，请到窗口取餐。",
            "Meals with these numbers stand at the window.",
        ),
        Page::Duty | Page::Round(_) | Page::HandIn(_) | Page::Stop(..) | Page::HandInQuestion(_) => {
            lang.pick(
                "拿单出发；回来只按没送到的那几家，其余算送到，再按“写好了”。",
                "Take the slip and go. When back, touch only the stops that failed; the rest counts as delivered.",
            )
        }
        Page::Unfinished(_) | Page::UnfinishedOne(..) => lang.pick(
            "有人没有订完就走了。打电话或上门问一问，问过了按“问过了”。",
            "Somebody left before ordering. Ask them, then press 'Asked'.",
        ),
        Page::StaffList(_) | Page::StaffOrder(..) => lang.pick(
            "按号码：做好了按“可以取餐”，取走了按“已取走”，收了钱按“收到现金”。",
            "Touch a number: 'Ready', then 'Collected'; 'Cash received' when it was paid.",
        ),
        Page::StaffMenu(_) | Page::Clock(_) | Page::SalesQuestion(_) => lang.pick(
            "按要做的事。停卖以后可以恢复，都会再问一次。",
            "Press what shall be done. Stopping the sale can be taken back; you are asked once more.",
        ),
        Page::OrderPapers(_) | Page::OrderPaperQuestion(..) => lang.pick(
            "按要再打的那一张。新的一张上面有“可能重复”。",
            "Press the paper to print again. The new one is marked 可能重复.",
        ),
        Page::StaffNumber(_) | Page::Correct(_) | Page::CorrectQuestion(..) => lang.pick(
            "记错了就按“更正”，再选其实怎样。原来记的也留着。",
            "If the record is wrong, press 'Correct' and say what really happened. The first record is kept.",
        ),
        Page::DayEnd(_) => lang.pick(
            "先把上面说的办好，再按“再看一次”。都好了就可以结束。",
            "Settle what is said here, then 'Look again'. When all is settled, the day can be closed.",
        ),
        Page::Updates(_) | Page::UpdateQuestion(..) => lang.pick(
            "按新的版本，把校验码和提供者给的对一对，一样才安装。不好用会自己换回来。",
            "Touch a version, and compare its checksum with its maker's. If it does not work, the one before comes back by itself.",
        ),
        Page::Papers(_) | Page::Queue(..) | Page::PaperQuestion(..) => lang.pick(
            "先看打印机旁有没有那张单子。没有就按它，再打一张，上面会有“可能重复”。打印机坏了，按单子种类改到另一台。",
            "Look for the paper beside the printer first. Touch it to print it again, marked. Touch a kind of paper to use another printer.",
        ),
        Page::Notice(_) => lang.pick(
            "按下面的键继续；不明白就叫人帮忙。",
            "Press a key below to go on, or call somebody.",
        ),
    }
}
