//! Callers who are slow, many, endless or wrong.

use std::io::Read;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::domain::Role;

use super::door::{Door, get, heard, post, until};
use crate::support::Clubhouse;
use crate::support::pages::PASSWORD;

const HALF: &str = "GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";

#[test]
fn two_hundred_half_requests_keep_nobody_from_the_pages_and_are_given_up() {
    let door = Door::of(&Clubhouse::new());
    let slow: Vec<_> = (0..200).map(|_| door.say(HALF)).collect();
    let began = Instant::now();
    for path in ["/sign-in", "/display", "/static/desk.css"] {
        let page = door.ask(&get(path));
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {page}");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for mut stream in slow {
        heard(&mut stream);
    }
    assert!(began.elapsed() < Duration::from_secs(50), "given up: {:?}", began.elapsed());
}

#[test]
fn who_comes_when_everything_is_taken_waits_for_the_first_to_be_given_up() {
    let door = Door::of(&Clubhouse::new());
    let slow: Vec<_> = (0..300).map(|_| door.say(HALF)).collect();
    let page = door.ask(&get("/sign-in"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    drop(slow);
}

#[test]
fn a_head_without_end_is_refused() {
    let door = Door::of(&Clubhouse::new());
    let long = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    let lines = "X-Y: z\r\n".repeat(100);
    let many = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n");
    for words in [long, many] {
        let answer = door.ask(&words);
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}

fn cookie(door: &Door) -> String {
    let form = serde_urlencoded::to_string([("name", "chen"), ("password", PASSWORD)]).unwrap();
    let answer = door.ask(&post("/sign-in", &form));
    let kept = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    kept.split(';').next().unwrap().to_owned()
}

#[test]
fn a_session_follows_with_so_many_pages_and_gets_its_places_back() {
    let clubhouse = Clubhouse::new();
    Accounts::new(clubhouse.house.clone()).add("chen", Role::Office, None, PASSWORD).unwrap();
    let door = Door::of(&clubhouse);
    let follow = |cookie: &str| {
        let words = get("/today/events").replace("Connection: close", &format!("Cookie: {cookie}"));
        let mut stream = door.say(&words);
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        (String::from_utf8_lossy(&status).into_owned(), stream)
    };
    let (one, other) = (cookie(&door), cookie(&door));
    let mut open = Vec::new();
    let full = loop {
        let (status, stream) = follow(&one);
        if status != "HTTP/1.1 200" {
            break status;
        }
        open.push(stream);
        assert!(open.len() < 100, "there is a bound");
    };
    assert_eq!((full.as_str(), open.len()), ("HTTP/1.1 429", 24));
    assert_eq!(follow(&other).0, "HTTP/1.1 200", "another session has its own");
    drop(open);
    // The server notices when it next has something to say.
    until("the places are given back", || {
        door.changed.send_modify(|n| *n += 1);
        follow(&one).0 == "HTTP/1.1 200"
    });
}

#[test]
fn wrong_passwords_that_come_all_at_once_are_counted_like_any_others() {
    let clubhouse = Clubhouse::new();
    Accounts::new(clubhouse.house.clone()).add("chen", Role::Office, None, PASSWORD).unwrap();
    let door = Door::of(&clubhouse);
    let tries: Vec<String> = std::thread::scope(|threads| {
        let each: Vec<_> = (0..12)
            .map(|nth| {
                let door = &door;
                let form = format!("name=chen&password=a+wrong+one+{nth}");
                threads.spawn(move || door.ask(&post("/sign-in", &form)))
            })
            .collect();
        each.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count = |words: &str| tries.iter().filter(|answer| answer.contains(words)).count();
    let looked_at = count("名字或密码不对");
    let turned_away = count("请等一刻钟再试") + count("同时登录的人太多");
    assert!((1..=5).contains(&looked_at), "{looked_at} were looked at");
    assert_eq!(looked_at + turned_away, 12);
}

#[test]
fn the_pages_end_in_time_although_somebody_follows_them() {
    let mut door = Door::of(&Clubhouse::new());
    let words = get("/display/events").replace("Connection: close\r\n", "");
    let mut follower = door.say(&words);
    follower.read_exact(&mut [0; 12]).unwrap();
    door.stopping.store(true, Ordering::Relaxed);
    let serving = door.serving.take().unwrap();
    let ended = door
        .runtime
        .block_on(async { tokio::time::timeout(Duration::from_secs(20), serving).await });
    assert!(ended.is_ok(), "they end");
}
