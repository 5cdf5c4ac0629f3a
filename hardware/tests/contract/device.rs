//! A device node, with a terminal line standing in for it.

use crate::ways::{Way, confirmed, patient, quick, recovered, ticket};
use clubhouse_hardware::printer::{
    Fault, JobOptions, Outcome, PaperWidth, PrintError, Proof, SimulatedPrinter, Status, Target,
    encode, print, status,
};

/// A terminal line with the served printer behind it: the other end of a device node.
fn device(address: std::net::SocketAddr) -> (Target, impl Sized) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let path = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    // Held open, as a line hangs up when its last user goes.
    let held = std::fs::File::options().read(true).write(true).open(&path).unwrap();
    let mut line = rustix::termios::tcgetattr(&held).unwrap();
    line.make_raw();
    rustix::termios::tcsetattr(&held, rustix::termios::OptionalActions::Now, &line).unwrap();
    let (mut there, mut back) =
        (std::fs::File::from(master.try_clone().unwrap()), std::fs::File::from(master));
    let socket = std::net::TcpStream::connect(address).unwrap();
    let (mut out, mut answers) = (socket.try_clone().unwrap(), socket);
    std::thread::spawn(move || std::io::copy(&mut there, &mut out));
    std::thread::spawn(move || std::io::copy(&mut answers, &mut back));
    (format!("device:{path}").parse().unwrap(), held)
}

#[test]
fn a_device_node_is_a_way_as_well() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = printer.serve_tcp("127.0.0.1:0").unwrap();
    let (target, _held) = device(server.address());
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
