//! What the devices show, in words: Chinese, and English beneath.

use std::time::Duration;

use clubhouse_hardware::panel::{Lamp, LampColour};
use clubhouse_hardware::printer::Fault;

/// The same said twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// In Chinese.
    pub(super) zh: String,
    /// In English.
    pub(super) en: String,
}

impl Words {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// How the printer stands: its troubles, or that there are none.
pub(super) fn printer(faults: &[Fault], waiting_bytes: usize) -> Words {
    let (zh, en): (Vec<_>, Vec<_>) = faults.iter().map(|fault| trouble(*fault)).unzip();
    let mut words = if faults.is_empty() {
        Words::new("打印机就绪", "printer ready")
    } else {
        Words::new(zh.join("、"), en.join(", "))
    };
    if waiting_bytes > 0 {
        words.zh.push_str("，有内容待印");
        words.en.push_str("; more waits to be printed");
    }
    words
}

const fn trouble(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::PaperOut => ("缺纸", "paper out"),
        Fault::PaperLow => ("纸快用完", "paper low"),
        Fault::CoverOpen => ("机盖开着", "cover open"),
        Fault::Offline => ("已离线", "offline"),
        Fault::CutterError => ("切刀卡住", "cutter stuck"),
        Fault::Disconnected => ("电缆断开", "cable cut"),
        Fault::PoweredOff => ("没有通电", "no power"),
        Fault::Stalled => ("没有反应", "not answering"),
    }
}

/// What is left on the roll.
pub(super) fn roll(faults: &[Fault], left_mm: Option<u32>) -> Words {
    if faults.contains(&Fault::PaperOut) {
        return Words::new("没有纸卷", "no roll");
    }
    match left_mm {
        None => Words::new("纸卷不限长", "endless roll"),
        Some(mm) => {
            let metres = f64::from(mm) / 1000.0;
            Words::new(format!("纸卷余 {metres:.1} 米"), format!("{metres:.1} m left"))
        }
    }
}

/// The lamp's colour and whether it blinks.
pub(super) fn lamp(lamp: Lamp) -> Words {
    let (zh, en) = match lamp.colour {
        LampColour::Off => return Words::new("灯灭", "lamp off"),
        LampColour::Green => ("绿灯", "green"),
        LampColour::Amber => ("黄灯", "amber"),
        LampColour::Red => ("红灯", "red"),
    };
    if lamp.blinking {
        Words::new(format!("{zh}闪烁"), format!("{en}, blinking"))
    } else {
        Words::new(format!("{zh}常亮"), format!("{en}, steady"))
    }
}

/// The buzzer: sounding, or how often it has sounded, and for how long in all.
pub(super) fn buzzer(sounding: bool, times: u64, length: Duration) -> Words {
    if sounding {
        return Words::new("蜂鸣器在响", "buzzer sounding");
    }
    if times == 0 {
        return Words::new("蜂鸣器安静", "buzzer quiet");
    }
    let seconds = length.as_secs_f32();
    Words::new(format!("响过 {times} 次"), format!("buzzed {times}×, {seconds:.1} s"))
}
