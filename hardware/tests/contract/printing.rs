//! What goes well, and what is refused before it is sent.

use crate::watching::print_watched;
use crate::ways::{confirmed, patient, quick, ticket, ways};
use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, JobOptions, Outcome, PaperWidth, PrintError, Proof, SimulatedPrinter,
    Status, Target, TextLine, encode, print, status, status_with,
};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

#[test]
fn a_document_is_confirmed_and_looks_as_it_was_drawn() {
    for way in ways() {
        for proof in [Proof::PaperSensor, Proof::ProcessId] {
            assert_eq!(
                print(&way.target, &ticket(), &JobOptions { proof, ..patient() }),
                confirmed(),
                "{}",
                way.name
            );
            let paper = way.printer.take_paper();
            assert_eq!(paper.len(), 1, "{}", way.name);
            assert_eq!(paper[0].bytes, encode(&ticket()).unwrap());
            assert_eq!(paper[0].text, ["红烧大排 ￥20"]);
            assert!(paper[0].cut);
            for y in (0..200).step_by(13) {
                for x in 0..576 {
                    assert_eq!(paper[0].bitmap.get(x, y), (x / 7 + y / 5) % 3 == 0);
                }
            }
            paper[0].bitmap.to_png().unwrap();
        }
    }
}

#[test]
fn a_printer_that_never_answers_is_sent_to() {
    let blind = JobOptions { expects_replies: false, ..patient() };
    for way in ways() {
        assert_eq!(print(&way.target, &ticket(), &blind), Outcome::Sent, "{}", way.name);
        let seen = wait_for_paper(&way.printer);
        assert_eq!(seen[0].bytes, encode(&ticket()).unwrap(), "{}", way.name);
    }
}

fn wait_for_paper(
    printer: &SimulatedPrinter,
) -> Vec<std::sync::Arc<clubhouse_hardware::printer::Receipt>> {
    let until = Instant::now() + Duration::from_secs(5);
    let mut version = printer.version();
    while printer.receipts().is_empty() && Instant::now() < until {
        version = printer.wait_for_change(version, Duration::from_millis(200));
    }
    printer.take_paper()
}

#[test]
fn a_document_that_cannot_be_encoded_sends_nothing() {
    for way in ways() {
        let document = Document::new().text(TextLine::new("㐂"));
        let outcome = print(&way.target, &document, &quick());
        assert!(
            matches!(
                outcome,
                Outcome::NotSent { reason: PrintError::Document(_), status: Status::Ready }
            ),
            "{outcome:?}"
        );
        assert!(way.printer.unfinished().is_none());
    }
}

#[test]
fn a_taken_printer_is_busy_and_then_free_again() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm58);
    let target = Target::Simulated(printer.clone());
    let small = Document::new().text(TextLine::new("1")).cut(Cut::Full);
    let inner = |_| {
        // Somebody asks while the job holds the line.
        assert_eq!(
            status_with(&target, &JobOptions { deadline: Duration::from_millis(20), ..quick() }),
            Status::Offline
        );
        ControlFlow::Continue(())
    };
    assert_eq!(print_watched(&target, &small, &patient(), &mut { inner }), confirmed());
    assert_eq!(printer.take_paper()[0].bitmap.width(), 384);
    assert_eq!(status(&target), Status::Ready);
}

#[test]
fn many_documents_come_out_once_each_and_in_order() {
    for way in ways() {
        for number in 1..=50 {
            let document =
                Document::new().text(TextLine::new(format!("{number:03}"))).cut(Cut::Partial);
            assert_eq!(print(&way.target, &document, &patient()), confirmed(), "{}", way.name);
        }
        let texts: Vec<String> =
            way.printer.take_paper().iter().flat_map(|paper| paper.text.clone()).collect();
        let wanted: Vec<String> = (1..=50).map(|number| format!("{number:03}")).collect();
        assert_eq!(texts, wanted, "{}", way.name);
    }
}

#[test]
fn letters_are_drawn_by_whoever_can() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    printer.set_glyphs(|glyph| {
        let mut all = Bitmap::new(glyph.width, glyph.height).ok()?;
        for y in 0..glyph.height {
            for x in 0..glyph.width {
                all.set(x, y, glyph.letter == '红');
            }
        }
        Some(all)
    });
    let document = Document::new().text(TextLine::new("红").sized(3, 2)).cut(Cut::Full);
    assert_eq!(print(&Target::Simulated(printer.clone()), &document, &patient()), confirmed());
    assert_eq!(printer.take_paper()[0].bitmap.black_dots(), 72 * 48);
}
