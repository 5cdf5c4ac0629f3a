//! A device node, with a terminal line standing in for it.

use crate::terminal::Terminal;
use crate::ways::{Way, confirmed, patient, quick, recovered, ticket};
use clubhouse_hardware::printer::{
    Fault, JobOptions, Outcome, PaperWidth, PrintError, Proof, SimulatedPrinter, Status, encode,
    print, status,
};

#[test]
fn a_device_node_is_a_way_as_well() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = printer.serve_tcp("127.0.0.1:0").unwrap();
    let line = Terminal::new();
    line.connect(server.address());
    let target = line.target("device:", "");
    for proof in [Proof::PaperSensor, Proof::ProcessId] {
        assert_eq!(print(&target, &ticket(), &JobOptions { proof, ..patient() }), confirmed());
        assert_eq!(printer.take_paper()[0].bytes, encode(&ticket()).unwrap());
    }
    printer.set_fault(Fault::CoverOpen, true);
    assert_eq!(status(&target), Status::CoverOpen);
    printer.set_fault(Fault::CoverOpen, false);

    printer.load_paper(Some(10));
    let outcome = print(&target, &ticket(), &quick());
    assert!(
        matches!(outcome, Outcome::Uncertain { reason: PrintError::NoProof, .. }),
        "{outcome:?}"
    );
    assert_eq!(status(&target), Status::PaperOut);
    // The old job's answer comes only now, over the same line, and must not prove the new one.
    printer.load_paper(None);
    let way = Way::new("device", printer, target);
    assert_eq!(recovered(&way), confirmed());
    assert_eq!(way.printer.take_paper().len(), 2);
}
