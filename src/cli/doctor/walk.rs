//! `doctor --panel`: tries each wired thing with the person in front of it.

use clubhouse_hardware::panel::{
    Lamp, LampColour, Panel, PanelError, PanelEvent, PanelEvents, Pins, SimulatedPanel,
};
use std::time::Duration;

use super::Findings;
use super::person::{Answer, Person, next};
use crate::config::Settings;
use crate::panel_watch::{Opened, Sound, open};

/// What the kernel calls the holder of the running kiosk's lines.
const KIOSK: [&str; 2] = ["clubhouse-kiosk", "RPPAL"];

/// A wired input: its name, what is to be done, what comes of it, and, where a thing has two
/// states, the way back.
struct Step {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    wanted: PanelEvent,
}

const fn step(name: &'static str, wanted: PanelEvent, zh: &'static str, en: &'static str) -> Step {
    Step { name, zh, en, wanted }
}

/// Goes through lamps, buzzer, buttons, sensor and supply; each input is waited for so long.
pub fn walk(findings: &mut Findings, settings: &Settings, wait: Duration) {
    let twin = SimulatedPanel::new();
    let (opened, twin) = match (open(&settings.panel), settings.panel.backend.as_str()) {
        (Some(opened), _) => (opened, None),
        (None, "simulated") => {
            let (panel, events) = twin;
            let opened: Opened = (Box::new(panel.clone()), events);
            (Ok(opened), Some(panel))
        }
        (None, _) => {
            return findings.look("panel", "panel.backend is \"none\": there is nothing to try");
        }
    };
    let (panel, events) = match opened {
        Ok(opened) => opened,
        Err(PanelError::InUse { consumer, .. }) if KIOSK.contains(&consumer.as_str()) => {
            return findings.wrong(
                "panel",
                "点餐机正在运行，占用着这些引脚；先停下它 the kiosk is running and holds the pins; stop it first: sudo systemctl stop clubhouse-kiosk",
            );
        }
        Err(error) => return findings.wrong("panel", error),
    };
    let person = match Person::listen() {
        Ok(person) => person,
        Err(error) => return findings.wrong("panel", error),
    };
    if twin.is_some() {
        say!(
            "模拟面板：要按时输入 press 再回车。 A simulated panel: type “press” where something is to be pressed."
        );
    }
    let mut walk = Walk { panel, events, person, twin, wait, findings };
    walk.lamps(&settings.panel.pins);
    walk.buzzer(&settings.panel.pins);
    walk.inputs(&settings.panel.pins);
}

struct Walk<'a> {
    panel: Box<dyn Panel>,
    events: PanelEvents,
    person: Person,
    twin: Option<SimulatedPanel>,
    wait: Duration,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    fn lamps(&mut self, pins: &Pins) {
        let (green, red) = (pins.lamp_green.is_some(), pins.lamp_red.is_some());
        let amber = pins.lamp_amber.is_some() || (green && red);
        let lamps = [
            (green, LampColour::Green, "green lamp", "绿灯亮了吗？", "Is the green lamp on?"),
            (amber, LampColour::Amber, "amber lamp", "黄灯亮了吗？", "Is the lamp amber?"),
            (red, LampColour::Red, "red lamp", "红灯亮了吗？", "Is the red lamp on?"),
            (green || red, LampColour::Off, "lamp off", "灯都灭了吗？", "Are all lamps off?"),
        ];
        for (wired, colour, name, zh, en) in lamps {
            if !wired {
                self.findings.ok(name, "没有接线 not wired");
                continue;
            }
            let set = self.panel.set_lamp(Lamp::steady(colour));
            self.asked(name, set, zh, en);
        }
    }

    fn buzzer(&mut self, pins: &Pins) {
        if pins.buzzer.is_none() {
            return self.findings.ok("buzzer", "没有接线 not wired");
        }
        let played = self.panel.buzz(Sound::Help.pattern());
        self.asked("buzzer", played, "蜂鸣器响了三声吗？", "Did the buzzer sound three times?");
    }

    /// What the person saw of something that was switched.
    fn asked(&mut self, name: &str, done: Result<(), PanelError>, zh: &str, en: &str) {
        if let Err(error) = done.and_then(|()| self.panel.check()) {
            return self.findings.wrong(name, error);
        }
        match self.person.ask(zh, en) {
            Answer::Yes => self.findings.ok(name, "正常 works"),
            Answer::No => self.findings.wrong(
                name,
                "不对：检查接线、panel.pins 里的引脚和电平 look at its wire, and at its pin and level in panel.pins",
            ),
            Answer::Skipped => self.findings.look(name, "跳过了 skipped"),
        }
    }

    fn inputs(&mut self, pins: &Pins) {
        let help = step(
            "help button",
            PanelEvent::HelpPressed,
            "请按求助按钮",
            "Press the help button now",
        );
        let ready = step(
            "ready key",
            PanelEvent::ReadyKey,
            "请按厨房的出餐键",
            "Press the kitchen's ready key now",
        );
        let away = step(
            "presence",
            PanelEvent::Presence(false),
            "请离开屏幕",
            "Step away from the screen",
        );
        let there = step(
            "presence",
            PanelEvent::Presence(true),
            "请站到屏幕前",
            "Step in front of the screen",
        );
        let failing = step(
            "power fail",
            PanelEvent::PowerFailing,
            "请拔掉电源插头，留着电池",
            "Pull the plug of the supply, not the battery",
        );
        let back =
            step("power fail", PanelEvent::PowerBack, "请插回电源插头", "Put the plug back in");
        // What the panel said when it was opened: somebody who stands there has to step away first.
        let mut already = Vec::new();
        while let Some(event) = next(&self.events) {
            already.push(event);
        }
        let is_there = already.contains(&PanelEvent::Presence(true));
        let presence = if is_there { [away, there] } else { [there, away] };
        if already.contains(&PanelEvent::PowerFailing) {
            self.findings.wrong(
                "power fail",
                "电池板说现在停电：检查电源和 panel.pins.power_fail the supply says that there is no power: look at its plug, and at panel.pins.power_fail",
            );
        } else {
            self.tried(pins.power_fail.is_some(), &[failing, back]);
        }
        self.tried(pins.help.is_some(), &[help]);
        self.tried(pins.ready.is_some(), &[ready]);
        self.tried(pins.presence.is_some(), &presence);
    }

    /// Waits for each step of an input, and says how it went.
    fn tried(&mut self, wired: bool, steps: &[Step]) {
        let Some(name) = steps.first().map(|step| step.name) else { return };
        if !wired {
            return self.findings.ok(name, "没有接线 not wired");
        }
        for step in steps {
            let seconds = self.wait.as_secs();
            say!(
                "{}（{seconds} 秒内）。 {}, within {seconds} seconds.  [s 跳过 skip]",
                step.zh,
                step.en
            );
            let (events, twin) = (&self.events, &self.twin);
            let came = self.person.while_waiting(self.wait, |typed| {
                match (typed.as_deref(), twin) {
                    (Some("s" | "skip" | "跳过"), _) => return Some(false),
                    (Some("press"), Some(twin)) => {
                        twin.press(step.wanted);
                    }
                    _ => {}
                }
                next(events).filter(|event| *event == step.wanted).map(|_| true)
            });
            match came {
                Some(true) => {}
                Some(false) => return self.findings.look(name, "跳过了 skipped"),
                None => {
                    let error = self.panel.check().err();
                    return match error {
                        Some(error) => self.findings.wrong(name, error),
                        None => self.findings.wrong(
                            name,
                            "什么也没收到：检查接线、panel.pins 里的引脚、电平和电阻 nothing came: look at its wire, and at pin, level and pull in panel.pins",
                        ),
                    };
                }
            }
        }
        self.findings.ok(name, "正常 works");
    }
}
