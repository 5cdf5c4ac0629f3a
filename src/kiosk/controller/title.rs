//! The question each page asks, as its title.

use super::Controller;
use super::page::{Keypad, Page, WhoFor};

impl Controller {
    /// The title of the page; the first screen and notices speak for themselves.
    pub(super) fn title(&self) -> String {
        let lang = self.lang;
        let editing = self.session.draft.editing.is_some();
        let title = match self.page() {
            Page::Home | Page::Notice(_) | Page::Slides(_) => "",
            Page::Options if editing => lang.pick("改订单", "Change order"),
            Page::Options => lang.pick("要几份？", "How many?"),
            Page::Confirm | Page::WeekConfirm(_) | Page::HandInQuestion(_) => {
                lang.pick("对不对？", "All right?")
            }
            Page::Done(_) => lang.pick("订好了", "Ordered"),
            Page::Door(WhoFor::Delivery) => lang.pick("送到哪里？", "Which door?"),
            Page::Door(_) => lang.pick("您住哪里？", "Your door?"),
            Page::Floor(..) => lang.pick("几楼？", "Which floor?"),
            Page::Flat(..) => lang.pick("哪一室？", "Which room?"),
            Page::Keypad(Keypad::Phone(..), _) => lang.pick("电话后四位", "Phone digits"),
            Page::Keypad(Keypad::Badge, _) => lang.pick("志愿者工号", "Badge"),
            Page::Keypad(Keypad::Reprint, _) => lang.pick("再打几号？", "Which number?"),
            Page::Keypad(Keypad::Number, _) => lang.pick("看几号？", "Which number?"),
            Page::Keypad(Keypad::Pin(_) | Keypad::StaffPin, _) => lang.pick("密码", "PIN"),
            Page::Week(_) => lang.pick("哪几天？", "Which days?"),
            Page::WeekDone(_) => lang.pick("结果", "Result"),
            Page::Unfinished(_) | Page::UnfinishedOne(..) => lang.pick("没有订完", "Not finished"),
            Page::MyOrder => lang.pick("查订单", "My order"),
            Page::Letters(_) => lang.pick("六个字母", "Six letters"),
            Page::Orders(_) => lang.pick("您的订单", "Your orders"),
            Page::Order(_) => lang.pick("您的订单", "Your order"),
            Page::CancelQuestion(_) => lang.pick("真的取消？", "Cancel it?"),
            Page::Called => lang.pick("请取餐", "Ready now"),
            Page::Duty => lang.pick("值班", "On duty"),
            Page::Round(_) => lang.pick("您的路线", "Your round"),
            Page::HandIn(_) => lang.pick("交回", "Hand in"),
            Page::Stop(..) => lang.pick("这一家", "This door"),
            Page::StaffList(_) => lang.pick("今天的号", "Today"),
            Page::StaffMenu(_) => lang.pick("工作人员", "Staff"),
            Page::Clock(_) => lang.pick("核对时间", "Clock"),
            Page::SalesQuestion(view) if view.held_back.is_some() => {
                lang.pick("恢复售卖", "Sell again")
            }
            Page::SalesQuestion(_) => lang.pick("今天停卖", "Stop selling"),
            Page::OrderPapers(_) => lang.pick("再打一张", "Print again"),
            Page::Correct(_) | Page::CorrectQuestion(..) => lang.pick("更正", "Correct"),
            Page::Updates(_) => lang.pick("更新", "Update"),
            Page::UpdateQuestion(..) => lang.pick("安装？", "Install?"),
            Page::DayEnd(_) => lang.pick("今天结束", "Day's end"),
            Page::StaffOrder(..) | Page::StaffNumber(_) => lang.pick("这一号", "Number"),
            Page::Papers(_) => lang.pick("打印", "Printing"),
            Page::Queue(..) => lang.pick("用哪台？", "Which printer?"),
            Page::PaperQuestion(..) | Page::OrderPaperQuestion(..) => {
                lang.pick("再打一张？", "Print again?")
            }
        };
        title.to_owned()
    }
}
