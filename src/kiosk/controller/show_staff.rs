//! The state as a view: the numbers of the day, printers and papers, for staff.

use clubhouse_hardware::printer::Status;

use super::show_order::number_words;
use super::view::{self, Choice, Fact};
use super::{Action, Controller};
use crate::domain::{
    Fulfilment, Order, OrderId, OrderState, PaymentState, PrintJobId, PrintJobState, PrintQueue,
};
use crate::kiosk::protocol::{DoubtfulPaper, PapersView, ShownOrder, StaffView};
use crate::kiosk::words::{self, Lang};

impl Controller {
    pub(super) fn show_staff_list(&self, view: &StaffView) -> view::List {
        let lang = self.lang;
        view::List {
            text: match lang {
                Lang::Zh => format!("还有 {} 单。按号码做下一步。", view.open.len()),
                Lang::En => format!("{} open. Touch a number for its next step.", view.open.len()),
            },
            rows: view
                .open
                .iter()
                .map(|line| {
                    let order = &line.order;
                    let text = match lang {
                        Lang::Zh => format!("{} 号", order.number),
                        Lang::En => format!("No. {}", order.number),
                    };
                    let mut note = format!(
                        "{} · {}",
                        words::way(lang, order.fulfilment),
                        words::state(lang, order.state)
                    );
                    if order.payment == PaymentState::Due {
                        note.push_str(" · ");
                        note.push_str(&words::money(lang, order.total));
                    }
                    Choice::new(text, Action::Order(order.id))
                        .note(note)
                        .chosen(order.state == OrderState::Ready)
                })
                .collect(),
            next: staff_next(lang, view),
        }
    }

    pub(super) fn show_staff_order(&self, view: &StaffView, id: OrderId) -> view::Facts {
        let lang = self.lang;
        let Some(order) = view.open.iter().find(|l| l.order.id == id).map(|l| &l.order) else {
            return view::Facts::default();
        };
        let shown = ShownOrder { order: order.clone(), changeable: false };
        view::Facts {
            headline: number_words(lang, order.number, words::state(lang, order.state)),
            rows: self.order_facts(&shown),
            text: String::new(),
            ways: staff_ways(lang, order),
        }
    }

    pub(super) fn show_papers(&self, view: &PapersView) -> view::List {
        let lang = self.lang;
        let queues = view.queues.iter().map(|(queue, printer)| {
            let text = format!("{} → {printer}", words::queue(lang, *queue));
            let note = lang.pick("按这里改到另一台", "touch to send it elsewhere");
            let open = view.printers.len() > 1;
            Choice::new(text, Action::Queue(*queue)).note(if open { note } else { "" }).open(open)
        });
        let papers = view.troubled.iter().map(|paper| {
            Choice::new(paper_name(lang, paper), Action::Paper(paper.id))
                .note(words::paper_state(lang, paper.state))
                .chosen(paper.state == PrintJobState::Uncertain)
        });
        view::List {
            text: printers_in_words(lang, view),
            rows: papers.chain(queues).collect(),
            next: vec![Choice::new(lang.pick("再看一次", "Look again"), Action::Papers)],
        }
    }

    pub(super) fn show_queue(&self, view: &PapersView, queue: PrintQueue) -> view::List {
        let lang = self.lang;
        let serving = view.queues.iter().find(|(q, _)| *q == queue).map(|(_, printer)| printer);
        let rows = view.printers.iter().map(|(name, status, _)| {
            Choice::new(name.clone(), Action::Printer(name.clone()))
                .note(words::printer_state(lang, *status))
                .chosen(Some(name) == serving)
        });
        view::List {
            text: match lang {
                Lang::Zh => format!("{}从哪台打印机出来？", words::queue(lang, queue)),
                Lang::En => format!("{} papers: which printer?", words::queue(lang, queue)),
            },
            rows: rows.collect(),
            next: Vec::new(),
        }
    }

    pub(super) fn show_paper(&self, view: &PapersView, id: PrintJobId) -> view::Facts {
        let lang = self.lang;
        let Some(paper) = view.troubled.iter().find(|paper| paper.id == id) else {
            return view::Facts::default();
        };
        let doubt = lang.pick(
            "先到打印机旁找一找，真的没有再打。新的一张上面有“可能重复”。",
            "Look beside the printer first. If it is not there, print it; the new one is marked 可能重复.",
        );
        let other = match paper.state {
            PrintJobState::Uncertain => Choice::new(lang.pick("找到了", "Found it"), Action::Found),
            _ => leave_it(lang),
        };
        paper_facts(lang, paper, doubt, vec![print_again(lang), other])
    }
}

/// The question before a paper is printed again; `doubt` is said of one that may exist already.
pub(super) fn paper_facts(
    lang: Lang,
    paper: &DoubtfulPaper,
    doubt: &str,
    ways: Vec<Choice>,
) -> view::Facts {
    let never = lang.pick("这一张没有打出来过。", "This one never came out.");
    let state = words::paper_state(lang, paper.state).to_owned();
    view::Facts {
        headline: paper_name(lang, paper),
        rows: vec![Fact { name: lang.pick("现在", "Now").to_owned(), value: state }],
        text: if paper.state.may_be_on_paper() { doubt } else { never }.to_owned(),
        ways,
    }
}

/// The key that prints a paper again.
pub(super) fn print_again(lang: Lang) -> Choice {
    Choice::new(lang.pick("再打一张", "Print again"), Action::Confirm)
}

/// The key that leaves a paper as it is.
pub(super) fn leave_it(lang: Lang) -> Choice {
    Choice::new(lang.pick("不用打", "Leave it"), Action::Back)
}

/// Orders left half done, if there are any, and the printers.
fn staff_next(lang: Lang, view: &StaffView) -> Vec<Choice> {
    let mut next = Vec::new();
    if !view.unfinished.is_empty() {
        let count = view.unfinished.len();
        next.push(
            Choice::new(
                match lang {
                    Lang::Zh => format!("没有订完 {count}"),
                    Lang::En => format!("Begun {count}"),
                },
                Action::UnfinishedOrders,
            )
            .label(lang.pick("没有订完", "Unfinished")),
        );
    }
    next.push(Choice::new(lang.pick("输入号码", "Find one"), Action::FindNumber));
    next
}

/// What to mend, or that nothing is; and what waits.
fn printers_in_words(lang: Lang, view: &PapersView) -> String {
    let mut said: Vec<String> = view
        .printers
        .iter()
        .filter(|(_, status, _)| *status != Status::Ready)
        .map(|(name, status, _)| match lang {
            Lang::Zh => format!("{name}：{}。", words::to_do(lang, *status)),
            Lang::En => format!("{name}: {}.", words::to_do(lang, *status)),
        })
        .collect();
    if said.is_empty() {
        said.push(lang.pick("打印机都好。", "All printers work.").to_owned());
    }
    for (name, _, left) in &view.printers {
        if let Some(left) = left {
            said.push(match lang {
                Lang::Zh => format!("{name} 的纸约够 {left} 张。"),
                Lang::En => format!("{name} has paper for about {left}."),
            });
        }
    }
    if view.waiting > 0 {
        said.push(match lang {
            Lang::Zh => format!("{} 张在等。", view.waiting),
            Lang::En => format!("{} wait.", view.waiting),
        });
    }
    said.join(lang.pick("", " "))
}

pub(super) fn paper_name(lang: Lang, paper: &DoubtfulPaper) -> String {
    match (lang, paper.number) {
        (Lang::Zh, Some(number)) => format!("{number} 号 {}", paper.title),
        (Lang::En, Some(number)) => format!("No. {number} {}", paper.title),
        (_, None) => paper.title.to_owned(),
    }
}

pub(super) fn staff_ways(lang: Lang, order: &Order) -> Vec<Choice> {
    let mut ways = Vec::new();
    let owes = !matches!(order.state, OrderState::Returned | OrderState::Cancelled);
    if order.payment == PaymentState::Due && owes {
        ways.push(Choice::new(lang.pick("收到现金", "Cash received"), Action::PaidCash));
    }
    let collected_here = order.fulfilment != Fulfilment::Delivery;
    match order.state {
        OrderState::Placed if collected_here => {
            ways.push(Choice::new(lang.pick("可以取餐", "Ready"), Action::Advance));
        }
        OrderState::Ready if collected_here => {
            ways.push(Choice::new(lang.pick("已取走", "Collected"), Action::Advance));
        }
        _ => {}
    }
    if ways.is_empty() {
        ways.push(Choice::new(lang.pick("好的", "All right"), Action::Back));
    }
    ways
}
