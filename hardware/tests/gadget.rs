//! The kernel's own USB printer (`dummy_hcd` and `f_printer`) as the device, with the simulated
//! printer behind it: real USB transfers, the real `usblp`, no printer.
//!
//! It needs root and a kernel whose modules may be loaded, so it is left out unless asked for
//! (`--ignored`), best in a virtual machine. Before it, as root:
//!
//! ```text
//! modprobe -a dummy_hcd usb_f_printer usblp
//! cd /sys/kernel/config/usb_gadget && mkdir clubhouse && cd clubhouse
//! echo 0x0525 > idVendor; echo 0xa4a8 > idProduct
//! mkdir strings/0x409 configs/c.1 functions/printer.0
//! echo KITCHEN-1 > strings/0x409/serialnumber
//! echo 1 > functions/printer.0/q_len
//! ln -s functions/printer.0 configs/c.1
//! echo dummy_udc.0 > UDC
//! ```
//!
//! With `dummy_hcd num=2` and a second gadget like it (`second`, `KITCHEN-2`, `printer.1`, not yet
//! bound), two of one model are told apart as well. The end of the story unplugs the gadget while
//! its node is open, which Linux 6.1 itself does not always survive.

#![cfg(all(feature = "usb", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "watching/mod.rs"]
mod watching;

use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, Fault, JobOptions, Outcome, PaperWidth, PrintError, Proof,
    ServedPrinter, SimulatedPrinter, Status, Target, TextLine, TransportError, encode, print,
    status, status_with,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use watching::print_watched;

const BY_NUMBERS: &str = "usb:0525:a4a8";
const BY_SERIAL: &str = "usb:0525:a4a8:KITCHEN-1";
const BY_NODE: &str = "device:/dev/usb/lp0";
const CONTROLLER: &str = "/sys/kernel/config/usb_gadget/clubhouse/UDC";

/// The gadget with a simulated printer behind it; paused, it takes no bytes from the bus.
struct Gadget {
    printer: SimulatedPrinter,
    paused: Arc<AtomicBool>,
    _served: ServedPrinter,
}

impl Gadget {
    fn new() -> Self {
        let printer = SimulatedPrinter::new(PaperWidth::Mm80);
        let served = printer.serve_tcp("127.0.0.1:0").unwrap();
        let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
        let mut options = File::options();
        let node = options.read(true).write(true).custom_flags(flags);
        let gadget = node.open("/dev/g_printer0").unwrap();
        let inside = TcpStream::connect(served.address()).unwrap();
        let paused = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&paused);
        std::thread::spawn(move || move_bytes(gadget, inside, &seen));
        Self { printer, paused, _served: served }
    }

    fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::SeqCst);
    }
}

/// One thread for both ways: the gadget's node lets nobody write while somebody waits to read.
fn move_bytes(mut gadget: File, mut inside: TcpStream, paused: &AtomicBool) {
    let tick = Timespec { tv_sec: 0, tv_nsec: 2_000_000 };
    let mut buffer = [0; 4096];
    loop {
        let from_bus =
            if paused.load(Ordering::SeqCst) { PollFlags::empty() } else { PollFlags::IN };
        let mut ends = [PollFd::new(&gadget, from_bus), PollFd::new(&inside, PollFlags::IN)];
        poll(&mut ends, Some(&tick)).unwrap();
        let ready = [0, 1].map(|end: usize| ends[end].revents().contains(PollFlags::IN));
        // An unplugged gadget fails to be read; plugged in again it goes on.
        if ready[0]
            && let Ok(count) = gadget.read(&mut buffer)
        {
            inside.write_all(&buffer[..count]).unwrap();
        }
        if ready[1] {
            match inside.read(&mut buffer) {
                Ok(0) | Err(_) => return,
                Ok(count) => {
                    let _ = gadget.write_all(&buffer[..count]);
                }
            }
        }
    }
}

fn ticket(rows: u32) -> Document {
    let mut picture = Bitmap::new(576, rows).unwrap();
    for y in 0..rows {
        for x in 0..576 {
            picture.set(x, y, (x / 7 + y / 5) % 3 == 0);
        }
    }
    Document::new().image(picture).text(TextLine::new("红烧大排 ￥20")).cut(Cut::Partial)
}

fn patient() -> JobOptions {
    JobOptions { deadline: Duration::from_mins(1), ..JobOptions::default() }
}

fn quick() -> JobOptions {
    JobOptions { deadline: Duration::from_secs(3), ..JobOptions::default() }
}

fn target(text: &str) -> Target {
    text.parse().unwrap()
}

fn wait_for(what: &str, so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::yield_now();
    }
}

/// Another printer of the same model is plugged in and out again.
fn two_of_one_model() {
    let second = Path::new("/sys/kernel/config/usb_gadget/second/UDC");
    if !second.exists() {
        println!("no second gadget: two of one model are not tried");
        return;
    }
    std::fs::write(second, "dummy_udc.1").unwrap();
    let reason = || match print(&target(BY_NUMBERS), &ticket(8), &quick()) {
        Outcome::NotSent { reason, .. } => reason.to_string(),
        other => format!("{other:?}"),
    };
    wait_for("both are seen", || reason().starts_with("several USB printers match"));
    let words = reason();
    assert!(words.contains("KITCHEN-1") && words.contains("KITCHEN-2"), "{words}");
    println!("{words}");
    let outcome = print(&target(BY_SERIAL), &ticket(8), &patient());
    assert_eq!(outcome, Outcome::Confirmed { status: Status::Ready });
    std::fs::write(second, "\n").unwrap();
    wait_for("one is left", || status(&target(BY_NUMBERS)) == Status::Ready);
}

/// For a user that is not root and not in the group of the device.
#[test]
#[ignore = "needs the gadget, and a user who may not use it"]
fn a_printer_this_user_may_not_use_is_named() {
    let outcome = print(&target(BY_NUMBERS), &ticket(8), &quick());
    let Outcome::NotSent { reason, status: Status::Disconnected } = outcome else {
        panic!("{outcome:?}")
    };
    println!("{reason}");
    assert!(reason.to_string().contains("a udev rule has to say"), "{reason}");
}

/// One story: the gadget is one device.
#[test]
#[ignore = "needs the kernel's USB printer gadget, see the head of this file"]
fn the_kernels_printer_gadget_prints() {
    let gadget = Gadget::new();
    let confirmed = Outcome::Confirmed { status: Status::Ready };
    let node = || Path::new("/dev/usb/lp0").exists();
    wait_for("usblp takes the gadget first", node);

    two_of_one_model();
    gadget.printer.take_paper();
    for way in [BY_NUMBERS, BY_SERIAL, BY_NODE] {
        for proof in [Proof::PaperSensor, Proof::ProcessId] {
            let start = Instant::now();
            let options = JobOptions { proof, ..patient() };
            assert_eq!(print(&target(way), &ticket(200), &options), confirmed, "{way}");
            let paper = gadget.printer.take_paper();
            assert_eq!(paper.len(), 1, "{way}");
            assert_eq!(paper[0].bytes, encode(&ticket(200)).unwrap(), "{way}");
            println!("{way} {proof:?}: a ticket confirmed in {:?}", start.elapsed());
            wait_for("the system's driver comes back", node);
        }
        let start = Instant::now();
        assert_eq!(print(&target(way), &ticket(4000), &patient()), confirmed, "{way}");
        println!("{way}: 288,000 bytes confirmed in {:?}", start.elapsed());
        gadget.printer.take_paper();
        troubles(&gadget, way);
    }

    // Held by one job, it is busy to the other.
    let held = print_watched(&target(BY_NUMBERS), &ticket(8), &patient(), &mut |_| {
        assert_eq!(status_with(&target(BY_SERIAL), &quick()), Status::Offline);
        assert_eq!(status_with(&target(BY_NODE), &quick()), Status::Disconnected);
        ControlFlow::Continue(())
    });
    assert_eq!(held, confirmed);
    let other = print(&target("usb:0525:a4a8:KITCHEN-2"), &ticket(8), &quick());
    assert!(matches!(
        other,
        Outcome::NotSent { reason: PrintError::Transport(TransportError::UsbNotFound { .. }), .. }
    ));
    unplugged(&gadget);
}

/// What goes wrong on a way, and how it is got out of.
fn troubles(gadget: &Gadget, way: &str) {
    gadget.printer.set_fault(Fault::CoverOpen, true);
    assert_eq!(status(&target(way)), Status::CoverOpen, "{way}");
    gadget.printer.set_fault(Fault::CoverOpen, false);

    // The printer takes nothing more in the middle of a long ticket.
    let start = Instant::now();
    let mut seen = Vec::new();
    let outcome = print_watched(&target(way), &ticket(4000), &patient(), &mut |status| {
        if status == Status::Ready {
            gadget.pause(true);
        }
        seen.push(status);
        if status.prints() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    println!("{way}: stopped in the middle: {outcome:?} after {:?}", start.elapsed());
    assert_eq!(seen, [Status::Ready, Status::Offline], "{way}");
    assert!(
        matches!(outcome, Outcome::Uncertain { reason: PrintError::BrokenOff, sent, .. } if sent < 100_000),
        "{way}: {outcome:?}"
    );
    gadget.pause(false);
    let recovered = print(&target(way), &ticket(200), &JobOptions { recover: true, ..patient() });
    assert_eq!(recovered, Outcome::Confirmed { status: Status::Ready }, "{way}");
    let paper = gadget.printer.take_paper();
    let whole = encode(&ticket(200)).unwrap();
    assert!(paper.last().unwrap().bytes.ends_with(&whole), "{way}");
}

/// The cable comes out in the middle of a job.
fn unplugged(gadget: &Gadget) {
    let controller = std::fs::read_to_string(CONTROLLER).unwrap();
    let outcome = print_watched(&target(BY_NUMBERS), &ticket(4000), &patient(), &mut |status| {
        gadget.pause(true);
        if !status.prints() {
            std::fs::write(CONTROLLER, "\n").unwrap();
        }
        ControlFlow::Continue(())
    });
    println!("unplugged in the middle: {outcome:?}");
    assert!(
        matches!(
            outcome,
            Outcome::Uncertain {
                reason: PrintError::Transport(TransportError::Lost { .. }),
                status: Status::Disconnected,
                ..
            }
        ),
        "{outcome:?}"
    );
    for way in [BY_NUMBERS, BY_NODE] {
        assert_eq!(status(&target(way)), Status::Disconnected, "{way}");
    }
    gadget.pause(false);
    std::fs::write(CONTROLLER, controller).unwrap();
}
