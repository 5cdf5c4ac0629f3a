//! A typed “no” in plain words: what happened, and what to do instead.

use super::closed::{closed, over};
use super::{Lang, allergens, category, date, money, state};
use crate::domain::Refusal;
use crate::kiosk::controller::WayOut;

/// A page of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened.
    pub headline: String,
    /// What to do instead.
    pub text: String,
    /// The ways out, the most likely one last.
    pub ways: Vec<WayOut>,
}

impl Words {
    /// What happened and what to do, in one line.
    pub fn one_line(&self) -> String {
        if self.text.is_empty() {
            self.headline.clone()
        } else {
            format!("{} {}", self.headline, self.text)
        }
    }

    pub(super) fn new(
        headline: impl Into<String>,
        text: impl Into<String>,
        ways: &[WayOut],
    ) -> Self {
        Self { headline: headline.into(), text: text.into(), ways: ways.to_vec() }
    }
}

/// A refusal, in words.
// A table of sentences, as long as the set of refusals.
#[allow(clippy::too_many_lines)]
pub fn refusal(lang: Lang, refusal: &Refusal) -> Words {
    use WayOut::{Again, CallStaff, Home, MyOrder, PayCash, WithSubstitute};
    let ask_staff = lang.pick("请叫工作人员帮忙。", "Please ask the staff for help.");
    let page = |zh: &str, en: &str, zh_text: &str, en_text: &str, ways: &[WayOut]| {
        Words::new(lang.pick(zh, en), lang.pick(zh_text, en_text), ways)
    };
    match refusal {
        Refusal::Closed { date: d, reason, next } => closed(lang, *d, reason, *next),
        Refusal::TooFarAhead { last, .. } => Words::new(
            lang.pick("这一天还不能订", "Too early for that day"),
            match lang {
                Lang::Zh => format!("现在最多可以订到{}。", date(lang, *last)),
                Lang::En => format!("You can order up to {}.", date(lang, *last)),
            },
            &[Home],
        ),
        Refusal::PastCutOff { fulfilment, cut_off } => {
            over(lang, *fulfilment, &cut_off.strftime("%-H:%M").to_string(), false)
        }
        Refusal::NoMenu { .. } => page(
            "这一天的菜单还没有",
            "No menu yet for that day",
            "厨房还没有写好菜单，请晚一点再来，或看别的日子。",
            "The kitchen has not written it yet. Come back later, or look at another day.",
            &[Home],
        ),
        Refusal::SoldOut { left: 0 } => page(
            "今天的饭订完了",
            "Lunch is sold out",
            "可以订后面几天的；需要帮忙请叫工作人员。",
            "You can order for another day, or ask the staff.",
            &[CallStaff, Home],
        ),
        Refusal::SoldOut { left } => {
            let fits = u8::try_from(*left).unwrap_or(u8::MAX).clamp(1, 4);
            Words::new(
                match lang {
                    Lang::Zh => format!("只剩 {left} 份了"),
                    Lang::En => format!("Only {left} left"),
                },
                lang.pick("可以少订几份。", "You can order fewer portions."),
                &[Home, WayOut::Portions(fits)],
            )
        }
        Refusal::DayClosed { .. } => page(
            "这一天已经结束了",
            "That day is closed",
            "不能再改了。有事请叫工作人员。",
            "Nothing can be changed any more. Please ask the staff.",
            &[CallStaff, Home],
        ),
        Refusal::NotEligible { category: c } => Words::new(
            match lang {
                Lang::Zh => format!("今天不卖“{}”", category(lang, *c)),
                Lang::En => format!("Not sold to '{}' today", category(lang, *c)),
            },
            ask_staff,
            &[CallStaff, Home],
        ),
        Refusal::DeliveryNeedsResident => page(
            "外送要先知道送到谁家",
            "Whose door is it?",
            "请刷卡，或选楼号和房号。",
            "Show your card, or choose your building and room.",
            &[Home, Again],
        ),
        Refusal::UnknownDoor { building, room } => Words::new(
            match lang {
                Lang::Zh => format!("没有 {building} 号楼 {room} 室"),
                Lang::En => format!("Building {building} has no room {room}"),
            },
            lang.pick("请再选一次。", "Please choose again."),
            &[Home, Again],
        ),
        Refusal::UnknownCard => page(
            "这张卡不认识",
            "This card is unknown",
            "请换一张卡，或选楼号和房号。",
            "Try another card, or choose your building and room.",
            &[CallStaff, Again],
        ),
        Refusal::BlockedCard => page(
            "这张卡已经停用",
            "This card is blocked",
            "换过新卡请用新卡；也可以选楼号和房号。",
            "If you have a new card, use it; or choose your building and room.",
            &[CallStaff, Again],
        ),
        Refusal::WrongDigits { tries_left } => Words::new(
            lang.pick("号码不对", "The digits don't match"),
            match lang {
                Lang::Zh => format!("请输入登记电话的最后四位。还可以试 {tries_left} 次。"),
                Lang::En => {
                    format!("Enter the last four digits of your phone. Tries left: {tries_left}.")
                }
            },
            &[CallStaff, Again],
        ),
        Refusal::LockedOut { .. } => page(
            "试了太多次",
            "Too many tries",
            "请过一会儿再试，或者刷卡，或叫工作人员。",
            "Try again later, show a card, or ask the staff.",
            &[CallStaff, Home],
        ),
        Refusal::NotEnoughMoney { balance, needed } => Words::new(
            lang.pick("账户里的钱不够", "The account is too low"),
            match lang {
                Lang::Zh => {
                    format!(
                        "账户有 {}，要付 {}。可以付现金。",
                        money(lang, *balance),
                        money(lang, *needed)
                    )
                }
                Lang::En => format!(
                    "It holds {}, and {} are needed. You can pay in cash.",
                    money(lang, *balance),
                    money(lang, *needed)
                ),
            },
            &[Home, PayCash],
        ),
        Refusal::Allergy { allergens: list, substitute_helps } => {
            let headline = match lang {
                Lang::Zh => format!("菜里有您不能吃的：{}", allergens(lang, list)),
                Lang::En => format!("Contains {}", allergens(lang, list)),
            };
            if *substitute_helps {
                let text = lang.pick(
                    "换一道菜就没有了。要换吗？",
                    "With the other dish it does not. Change it?",
                );
                Words::new(headline, text, &[Home, WithSubstitute])
            } else {
                let text = lang.pick(
                    "今天没有能换的菜。请叫工作人员，看厨房能做什么。",
                    "There is no other dish today. Please ask the staff what the kitchen can do.",
                );
                Words::new(headline, text, &[Home, CallStaff])
            }
        }
        Refusal::NoSubstitute => page(
            "今天没有能换的菜",
            "No other dish today",
            "可以照菜单订。",
            "You can order the menu as it is.",
            &[Home, Again],
        ),
        Refusal::NotYetOpen { from } => {
            let from = from.strftime("%-H:%M");
            Words::new(
                match lang {
                    Lang::Zh => format!("{from} 开始点餐"),
                    Lang::En => format!("Orders start at {from}"),
                },
                lang.pick(
                    "现在还早，请过一会儿再来。订好的可以按“我的订单”看。",
                    "It is early yet. Please come back later; orders you have made are under 'Orders'.",
                ),
                &[MyOrder, Home],
            )
        }
        Refusal::Portions { .. } => page(
            "一次可以订 1 到 4 份",
            "1 to 4 portions at a time",
            "要更多请叫工作人员。",
            "For more, please ask the staff.",
            &[CallStaff, Again],
        ),
        Refusal::ChangedMeanwhile { number } => Words::new(
            match lang {
                Lang::Zh => format!("{number} 号刚才有人改过了"),
                Lang::En => format!("No. {number} was just changed"),
            },
            lang.pick(
                "您的改动没有做。请再看一下这一单，再改。",
                "Your change was not made. Look at the order again, then change it.",
            ),
            &[CallStaff, Home],
        ),
        Refusal::UnknownOrder => page(
            "没有找到订单",
            "No such order",
            "请看看小票上的六个字母；或用房号查。",
            "Check the six letters on the slip, or look it up by your room.",
            &[Home, Again],
        ),
        Refusal::WrongState { number, state: s } => Words::new(
            match lang {
                Lang::Zh => format!("{number} 号{}，不能再改", state(lang, *s)),
                Lang::En => format!("Order {number} is {}", state(lang, *s)),
            },
            lang.pick("有事请叫工作人员。", "It can't be changed; please ask the staff."),
            &[CallStaff, Home],
        ),
        Refusal::NotDue { number } => Words::new(
            match lang {
                Lang::Zh => format!("{number} 号不用再付钱"),
                Lang::En => format!("Order {number} is already settled"),
            },
            lang.pick("钱已经付过，或者已经退了。", "It was paid, or the money was given back."),
            &[Home, Again],
        ),
        Refusal::UnknownVolunteer => page(
            "工号或密码不对",
            "Badge or PIN is wrong",
            "请再输入一次工号。",
            "Please enter your badge again.",
            &[CallStaff, Again],
        ),
        Refusal::NotOnDuty { .. } => page(
            "今天没有排您的班",
            "You are not on duty today",
            "想来帮忙请找工作人员登记。",
            "To help today, please see the staff.",
            &[CallStaff, Home],
        ),
        Refusal::NoRound => page(
            "还没有您的路线",
            "There is no round for you yet",
            "外送截止以后才排路线，请稍等。",
            "Rounds are planned after the delivery cut-off. Please wait a little.",
            &[Home, Again],
        ),
        Refusal::AlreadyVisited { .. } => page(
            "这一家已经登记过了",
            "This stop is already recorded",
            "要改请叫工作人员。",
            "To correct it, please ask the staff.",
            &[CallStaff, Again],
        ),
        Refusal::ClockUnknown | Refusal::ClockSetBack { .. } => page(
            "机器的时间不对",
            "The clock is wrong",
            "先不要点餐，请叫工作人员。已有的订单都在。",
            "Please call the staff before ordering. Orders already made are safe.",
            &[Home, CallStaff],
        ),
        Refusal::PaperUnderWay => page(
            "这张正在打印",
            "It is being printed",
            "不用再按，请到打印机那里看看。",
            "No need to press again; please look at the printer.",
            &[Again, Home],
        ),
        Refusal::Care(care) => super::care::refusal(lang, care),
        Refusal::NoOpenCheck | Refusal::FindingMissing => super::care::of_check(lang, refusal),
        Refusal::NoteTooLong { .. }
        | Refusal::UnknownPaper
        | Refusal::UnknownPrinter { .. }
        | Refusal::UnknownResident
        | Refusal::NotVisited { .. }
        | Refusal::BeforeCutOff { .. }
        | Refusal::NobodyOnDuty { .. }
        | Refusal::DutyEndsFirst { .. }
        | Refusal::PlanOutdated { .. }
        | Refusal::PlanChanged { .. }
        | Refusal::RosterChanged
        | Refusal::DayOver { .. }
        | Refusal::NoRounds { .. }
        | Refusal::NotOnRound { .. }
        | Refusal::RoundLeft { .. }
        | Refusal::UnknownBuilding { .. }
        | Refusal::NoSuchLift { .. }
        | Refusal::NotYetClosable { .. } => {
            super::rounds::refusal(lang, refusal).unwrap_or_else(|| {
                let ways = [MyOrder, CallStaff, Home];
                Words::new(lang.pick("现在做不了", "This can't be done now"), ask_staff, &ways)
            })
        }
        Refusal::HandInStands { .. } => page(
            "不能再撤回了",
            "It can't be taken back now",
            "交回已经记好。要改哪一号，请叫工作人员。",
            "The hand-in is recorded. To put a number right, ask the staff.",
            &[CallStaff, Home],
        ),
    }
}
