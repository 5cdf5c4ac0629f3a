//! Whatever answers, at whatever moment: a job returns in time and believes only a proof.

use crate::peer::Peer;
use crate::ways::{QUESTIONS, ticket};
use clubhouse_hardware::printer::{
    JobOptions, Outcome, PrintError, Proof, Status, encode, print, status_with,
};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_millis(250);
/// For a machine with other things to do.
const SLACK: Duration = Duration::from_millis(1500);
/// Peers at once: their time is waiting.
const AT_ONCE: usize = 12;

fn options(proof: Proof) -> JobOptions {
    JobOptions {
        deadline: DEADLINE,
        reply_timeout: Duration::from_millis(60),
        proof,
        ..JobOptions::default()
    }
}

/// A few cases as a rule; `PROPTEST_CASES` asks for more.
fn cases(few: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(few),
    }
}

#[derive(Debug, Clone)]
enum Act {
    Read(usize),
    ReadAll,
    Say(Vec<u8>),
    /// The honest answer to the question behind the document, if it was read.
    Prove,
    HalfClose,
    /// With bytes still unread, the system turns it into a reset.
    Close,
}

#[derive(Debug, Clone)]
struct Hostility {
    /// Whether the questions beforehand are answered well.
    is_ready: bool,
    proof: Proof,
    acts: Vec<Act>,
}

/// Bytes, most of them such as printers send.
fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => prop::sample::select(vec![0x00, 0x03, 0x0C, 0x0F, 0x12, 0x16, 0x37, 0x22, 0x10, 0x11, 0x13]),
        1 => any::<u8>(),
    ];
    prop::collection::vec(byte, 1..24)
}

fn hostility() -> impl Strategy<Value = Hostility> {
    let act = prop_oneof![
        3 => (1_usize..20_000).prop_map(Act::Read),
        2 => Just(Act::ReadAll),
        3 => some_bytes().prop_map(Act::Say),
        2 => Just(Act::Prove),
        1 => Just(Act::HalfClose),
        1 => Just(Act::Close),
    ];
    let proof = prop::sample::select(vec![Proof::PaperSensor, Proof::ProcessId]);
    (prop::bool::weighted(0.8), proof, prop::collection::vec(act, 0..7))
        .prop_map(|(is_ready, proof, acts)| Hostility { is_ready, proof, acts })
}

/// Bytes up to the end of the question behind the document.
fn whole(proof: Proof) -> usize {
    let question = if proof == Proof::PaperSensor { 3 } else { 11 };
    QUESTIONS + encode(&ticket()).unwrap().len() + question
}

/// The answer of a printer that has come to the question.
fn honest_answer(read: &[u8], proof: Proof) -> Option<Vec<u8>> {
    let last = read.get(..whole(proof))?.last_chunk::<4>()?;
    Some(match proof {
        Proof::PaperSensor => vec![0x00],
        Proof::ProcessId => [&[0x37, 0x22], &last[..], &[0x00]].concat(),
    })
}

fn be_hostile(peer: &mut Peer, hostility: &Hostility) {
    let time = DEADLINE + SLACK;
    if hostility.is_ready && !peer.is_ready() {
        return;
    }
    for act in &hostility.acts {
        let goes_on = match act {
            Act::Read(count) => peer.read_until(peer.read.len() + count, DEADLINE / 8),
            Act::ReadAll => peer.read_until(whole(hostility.proof), time),
            Act::Say(bytes) => peer.say(bytes),
            Act::Prove => {
                honest_answer(&peer.read, hostility.proof).is_none_or(|answer| peer.say(&answer))
            }
            Act::HalfClose => {
                peer.half_close();
                true
            }
            Act::Close => return,
        };
        if !goes_on && !matches!(act, Act::Read(_)) {
            return;
        }
    }
    peer.listen_on();
}

/// What must hold, whatever the peer did.
///
/// - The job returns by its deadline.
/// - `Confirmed` by process id: the peer has read the document and the question whole, and sent
///   that very id behind it (nobody can know the id before).
/// - `Confirmed` by paper sensor: behind the status answers the peer has sent a byte that says
///   there is paper. (A byte has no more in it: a peer that sends it while the document is still
///   in the network's buffers cannot be told from a printer that is done.)
/// - `NotSent`: the peer has read nothing of the document, only questions of status.
fn holds(hostility: &Hostility) -> Result<(), TestCaseError> {
    let story = hostility.clone();
    let (target, peer) = Peer::start(move |peer| be_hostile(peer, &story));
    let start = Instant::now();
    let outcome = print(&target, &ticket(), &options(hostility.proof));
    let took = start.elapsed();
    let peer = peer.join().unwrap().unwrap();
    prop_assert!(took < DEADLINE + SLACK, "{took:?}: {outcome:?}");
    match outcome {
        Outcome::Confirmed { .. } => match hostility.proof {
            Proof::ProcessId => {
                let answer = honest_answer(&peer.read, Proof::ProcessId);
                let proven = answer.is_some_and(|answer| {
                    let behind = |(at, _): &&(usize, Vec<u8>)| *at >= whole(Proof::ProcessId);
                    let said: Vec<u8> = peer
                        .sent
                        .iter()
                        .filter(behind)
                        .flat_map(|(_, said)| said.clone())
                        .collect();
                    said.windows(7).any(|seven| seven == answer)
                });
                prop_assert!(proven, "{} bytes read", peer.read.len());
            }
            Proof::PaperSensor => {
                let said = peer.sent.iter().filter(|(at, _)| *at >= QUESTIONS);
                let proven =
                    said.flat_map(|(_, said)| said).any(|byte| matches!(byte, 0x00 | 0x03));
                prop_assert!(proven, "{:?}", peer.sent);
            }
        },
        Outcome::NotSent { .. } => {
            let mut questions = peer.read.chunks(3);
            let only_questions =
                questions.all(|asked| [0x10, 0x04].starts_with(&asked[..asked.len().min(2)]));
            prop_assert!(only_questions, "{:?}", peer.read);
        }
        Outcome::Uncertain { .. } => {}
        Outcome::Sent => prop_assert!(false, "answers were expected"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(5))]

    #[test]
    fn no_peer_makes_a_job_late_or_believe_what_was_not_proven(
        peers in prop::collection::vec(hostility(), AT_ONCE)
    ) {
        let results: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> = peers.iter().map(|peer| scope.spawn(|| holds(peer))).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for result in results {
            result?;
        }
    }
}

/// The property above is worth something only if honest peers among them are believed.
#[test]
fn an_honest_peer_is_believed() {
    for proof in [Proof::PaperSensor, Proof::ProcessId] {
        let hostility = Hostility { is_ready: true, proof, acts: vec![Act::ReadAll, Act::Prove] };
        let (target, peer) = Peer::start(move |peer| {
            be_hostile(peer, &hostility);
        });
        let outcome = print(&target, &ticket(), &options(proof));
        // It answers no question afterwards, so the printer is not known to be ready any more.
        assert!(matches!(outcome, Outcome::Confirmed { .. }), "{outcome:?}");
        drop(peer);
    }
}

#[test]
fn the_wait_goes_on_past_the_ids_of_earlier_jobs() {
    let earlier = b"\x37\x220000\x00\x37\x22ZZZZ\x00";
    let (target, _peer) = Peer::start(move |peer| {
        if !peer.is_ready() || !peer.read_until(whole(Proof::ProcessId), DEADLINE) {
            return;
        }
        let answer = honest_answer(&peer.read, Proof::ProcessId).unwrap();
        // Late answers of the jobs before, one of them to a question for paper, then its own in pieces.
        for piece in [&earlier[..], &[0x0C], &[0x12, 0x00], &earlier[..5], &earlier[5..]] {
            peer.say(piece);
        }
        for byte in answer {
            peer.say(&[byte]);
        }
        peer.is_ready();
        peer.listen_on();
    });
    let patient = JobOptions { deadline: Duration::from_secs(5), ..options(Proof::ProcessId) };
    let outcome = print(&target, &ticket(), &patient);
    assert_eq!(outcome, Outcome::Confirmed { status: Status::Ready });
}

#[test]
fn ids_of_earlier_jobs_alone_prove_nothing() {
    let (target, _peer) = Peer::start(|peer| {
        if peer.is_ready() && peer.read_until(whole(Proof::ProcessId), DEADLINE) {
            let mut other = honest_answer(&peer.read, Proof::ProcessId).unwrap();
            other[2] ^= 1;
            peer.say(&other);
            peer.say(&[0x00]);
            peer.listen_on();
        }
    });
    let outcome = print(&target, &ticket(), &options(Proof::ProcessId));
    assert!(
        matches!(outcome, Outcome::Uncertain { reason: PrintError::NoProof, .. }),
        "{outcome:?}"
    );
}

#[test]
fn an_old_answer_that_comes_in_late_does_not_make_a_printer_unready() {
    let (target, _peer) = Peer::start(|peer| {
        // It is on its way already when the first question is asked.
        peer.read_until(3, DEADLINE);
        peer.say(&[0x12, 0x16]);
        for (total, answer) in [(6, 0x12), (9, 0x12), (12, 0x12)] {
            peer.read_until(total, DEADLINE);
            peer.say(&[answer]);
        }
        peer.is_ready();
        peer.listen_on();
    });
    let patient = JobOptions { deadline: Duration::from_secs(5), ..options(Proof::PaperSensor) };
    assert_eq!(status_with(&target, &patient), Status::Ready);
}

#[test]
fn a_question_of_status_is_over_in_time_too() {
    for said in [&b""[..], &[0x12; 2000], &[0xFF; 2000], &[0x37; 3]] {
        let (target, _peer) = Peer::start(move |peer| {
            peer.say(said);
            peer.listen_on();
        });
        let start = Instant::now();
        let state = status_with(&target, &options(Proof::PaperSensor));
        assert!(start.elapsed() < DEADLINE + SLACK);
        assert!(!state.prints() || said.contains(&0x12), "{state}");
    }
}
