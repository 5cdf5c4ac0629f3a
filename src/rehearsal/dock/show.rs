//! What the devices show, put into the window.

use clubhouse_hardware::panel::LampColour;
use clubhouse_hardware::printer::Fault;
use slint::{Color, ComponentHandle};

use super::{BEAT, Inner, moves, words};
use crate::kiosk::generated::DockAdapter;

/// A buzz is shown for at least this many beats, however short it was.
const SHORTEST_BUZZ: u32 = 4;

impl Inner {
    /// Shows how things stand; Slint redraws only what became different.
    pub(super) fn refresh(&self) {
        let adapter = self.window.global::<DockAdapter>();
        self.show_time(&adapter);
        self.show_panel(&adapter);
        self.show_card(&adapter);
        self.show_printer(&adapter);
    }

    fn show_time(&self, adapter: &DockAdapter) {
        let (calendar, now) = (&self.parts.calendar, self.parts.clock.now());
        let today = calendar.today(now);
        let time = calendar.local(now).time().strftime("%H:%M").to_string();
        adapter.set_time(time.into());
        adapter.set_date(today.zh().into());
        adapter.set_date_en(today.en().into());
        adapter.set_phase(moves::phase(calendar, now).into());
        adapter.set_more_days(calendar.next_open(today).is_some());
    }

    fn show_panel(&self, adapter: &DockAdapter) {
        let panel = &self.parts.panel;
        adapter.set_present(self.present.get());
        let version = panel.version();
        if self.panel_seen.replace(Some(version)) == Some(version) {
            return;
        }
        let (lamp, total) = (panel.lamp(), panel.buzzed_for());
        let fresh = total.saturating_sub(self.buzzed.replace(total));
        if !fresh.is_zero() {
            let beats = fresh.as_millis().div_ceil(BEAT.as_millis()) as u32;
            self.buzz_beats.set(beats.max(SHORTEST_BUZZ));
        }
        let sounding = self.buzz_beats.get() > 0;
        adapter.set_lamp(match lamp.colour {
            LampColour::Off => Color::from_rgb_u8(0xd9, 0xd2, 0xc6),
            LampColour::Green => Color::from_rgb_u8(0x2e, 0x9a, 0x5c),
            LampColour::Amber => Color::from_rgb_u8(0xf0, 0xa5, 0x00),
            LampColour::Red => Color::from_rgb_u8(0xcc, 0x22, 0x22),
        });
        adapter.set_blinking(lamp.blinking && lamp.colour != LampColour::Off);
        let lamp = words::lamp(lamp);
        adapter.set_lamp_words(lamp.zh.into());
        adapter.set_lamp_en(lamp.en.into());
        let buzzer = words::buzzer(sounding, panel.buzzes(), total);
        adapter.set_buzzing(sounding);
        adapter.set_buzzer(buzzer.zh.into());
        adapter.set_buzzer_en(buzzer.en.into());
    }

    fn show_card(&self, adapter: &DockAdapter) {
        let (cards, at) = (&self.parts.cards, self.card.get());
        adapter.set_has_cards(!cards.is_empty());
        if let Some((label, _)) = cards.get(at) {
            adapter.set_card(label.into());
            adapter.set_card_place(slint::format!("card {} of {}", at + 1, cards.len()));
        } else {
            adapter.set_card("没有样卡".into());
            adapter.set_card_place("no sample cards".into());
        }
    }

    fn show_printer(&self, adapter: &DockAdapter) {
        let printer = &self.parts.printer;
        // The version first: what changes meanwhile is drawn again at the next look.
        let (version, scale) = (printer.version(), self.window.window().scale_factor());
        let faults = printer.faults();
        let state = words::printer(&faults, printer.buffered_bytes());
        adapter.set_state(state.zh.into());
        adapter.set_state_en(state.en.into());

        if self.drawn.replace(Some((version, scale))) == Some((version, scale)) {
            return;
        }
        let has = |fault| faults.contains(&fault);
        adapter.set_trouble(!faults.is_empty());
        adapter.set_paper_out(has(Fault::PaperOut));
        adapter.set_cover_open(has(Fault::CoverOpen));
        adapter.set_cable_out(has(Fault::Disconnected));
        adapter.set_power_off(has(Fault::PoweredOff));
        let roll = words::roll(&faults, printer.paper_left_mm());
        adapter.set_roll(roll.zh.into());
        adapter.set_roll_en(roll.en.into());

        let (finished, unfinished) = (printer.receipts(), printer.unfinished());
        let newest = unfinished.as_ref().or_else(|| finished.last().map(AsRef::as_ref));
        let newest = newest.map_or(0, |receipt| receipt.number as i32);
        let pieces = finished.iter().map(AsRef::as_ref);
        let pieces = self.strip.borrow_mut().show(unfinished.as_ref(), pieces, scale);
        self.papers.set_vec(pieces);
        adapter.set_can_take(!finished.is_empty());
        adapter.set_newest(newest);
    }
}
