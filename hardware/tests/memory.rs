//! Other ends that never stop talking cost neither time nor memory.
//!
//! One test in a program of its own: what is measured is the whole program's memory.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use clubhouse_hardware::printer::{
    Bitmap, Document, JobOptions, Outcome, Proof, Status, Target, print, status_with,
};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_millis(200);
const SLACK: Duration = Duration::from_millis(1500);
/// Bytes the program may have held at its worst beyond what it held before.
const MOST: usize = 8 << 20;
/// Bytes of rubbish offered to each conversation.
const FLOOD: usize = 64 << 20;

/// What an end does with a connection.
type Misbehaviour = fn(TcpStream);

/// Serves each connection with the same misbehaviour, on a thread of its own.
fn serve(misbehave: Misbehaviour) -> Target {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("tcp:{}", listener.local_addr().unwrap()).parse().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || misbehave(stream.unwrap()));
        }
    });
    target
}

fn flood(mut stream: TcpStream, piece: &[u8]) {
    stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut offered = 0;
    while offered < FLOOD && stream.write_all(piece).is_ok() {
        offered += piece.len();
    }
}

/// A byte every two milliseconds for ever; what comes in is read, so that the sender goes on.
fn drip(mut stream: TcpStream, byte: u8) {
    stream.set_read_timeout(Some(Duration::from_millis(2))).unwrap();
    let mut buffer = [0; 4096];
    while stream.write_all(&[byte]).is_ok() {
        while matches!(stream.read(&mut buffer), Ok(1..)) {}
    }
}

/// Most memory held since the last call, in bytes.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
    // 5: the mark begins again at what is held now.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    kilobytes << 10
}

#[test]
fn endless_answers_are_bounded_in_time_and_memory() {
    let document = Document::new().image(Bitmap::new(576, 400).unwrap());
    let options = |expects_replies, proof| JobOptions {
        deadline: DEADLINE,
        reply_timeout: Duration::from_millis(50),
        expects_replies,
        proof,
        ..JobOptions::default()
    };
    let ends: [(&str, Misbehaviour); 6] = [
        ("rubbish", |stream| flood(stream, &[0xFF; 16384])),
        ("status answers", |stream| flood(stream, &[0x12; 16384])),
        ("ids", |stream| flood(stream, &b"\x37\x220000\x00".repeat(9000))),
        ("a drip of rubbish", |stream| drip(stream, 0xFF)),
        ("a drip of status answers", |stream| drip(stream, 0x12)),
        ("a drip of beginnings", |stream| drip(stream, 0x37)),
    ];
    let jobs = |target: &Target, name: &str| {
        for (replies, proof) in
            [(true, Proof::PaperSensor), (true, Proof::ProcessId), (false, Proof::PaperSensor)]
        {
            let start = Instant::now();
            let outcome = print(target, &document, &options(replies, proof));
            assert!(start.elapsed() < DEADLINE + SLACK, "{name}: {:?}", start.elapsed());
            assert!(!matches!(outcome, Outcome::Confirmed { .. }), "{name}: {outcome:?}");
        }
        let start = Instant::now();
        let state = status_with(target, &options(true, Proof::PaperSensor));
        assert!(start.elapsed() < DEADLINE + SLACK, "{name}: {:?}", start.elapsed());
        assert!(state != Status::Ready || name.contains("status answers"), "{name}: {state}");
    };
    let targets = ends.map(|(name, misbehave)| (name, serve(misbehave)));
    // Threads, buffers and the allocator's own stock come once.
    jobs(&targets[0].1, targets[0].0);
    let before = most_memory();
    let before = before.min(most_memory());
    for (name, target) in &targets {
        jobs(target, name);
    }
    let grown = most_memory().saturating_sub(before);
    println!("{} kB more than before at the worst", grown >> 10);
    assert!(grown < MOST, "{grown} bytes");
}
