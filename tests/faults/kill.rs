//! Killed at any moment. The long run: `IBID_KILLS=100000 cargo test --test faults kill -- --nocapture`.

use crate::child::{said, say, start};
use crate::{LONG, Window, at, home, open};
use std::collections::BTreeSet;
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, Instant};

/// 53: killed at any moment, one to four windows at once: what was confirmed is there, and no file is damaged.
#[test]
fn kill_9_loses_no_confirmed_bookmark() {
    let kills: usize = std::env::var("IBID_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let (mut killed, mut confirmed, mut torn) = (0, 0, 0);
    let mut micros = Vec::new();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ u64::from(std::process::id()));
    while killed < kills {
        let home = home();
        let mut promised = BTreeSet::new();
        for _ in 0..4 {
            let windows: Vec<_> = (0..1 + chance.below(4))
                .map(|_| {
                    let mut child = start("keeps for ever", home.path()).spawn().unwrap();
                    let out = BufReader::new(child.stdout.take().unwrap());
                    let said = std::thread::spawn(move || said(out));
                    (child, said)
                })
                .collect();
            std::thread::sleep(Duration::from_millis(20));
            for (mut child, said) in windows {
                std::thread::sleep(Duration::from_micros(chance.below(60_000)));
                child.kill().unwrap();
                child.wait().unwrap();
                killed += 1;
                for line in said.join().unwrap() {
                    let mut words = line.split(' ').map(str::to_owned);
                    micros.push(words.next().unwrap().parse::<u64>().unwrap());
                    promised.extend(words);
                }
            }
        }
        let opened = open(home.path());
        let there: BTreeSet<String> = opened.shelf.items().iter().map(|item| item.id.to_string()).collect();
        let lost: Vec<_> = promised.difference(&there).collect();
        assert!(lost.is_empty(), "{} of {} confirmed bookmarks lost: {lost:?}", lost.len(), promised.len());
        assert_eq!(opened.complaints, []);
        assert!(opened.place.is_some() || promised.is_empty());
        confirmed += promised.len();
        torn += there.len() - promised.len();
    }
    assert!(confirmed > 0, "nothing was ever confirmed");
    micros.sort_unstable();
    let at = |share: usize| micros.get(micros.len() * share / 100).map_or(0.0, |&us| us as f64 / 1000.0);
    println!(
        "{killed} kills, {confirmed} bookmarks confirmed, 0 lost, {torn} on the disk before they were confirmed; \
         a bookmark took {:.2} ms (median), {:.2} ms (99th percentile)",
        at(50),
        at(99)
    );
}

/// Numbers without a dependency.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Keeps one bookmark after the other, and says of each when it was confirmed and how long that took.
pub fn keeps_for_ever(home: &Path) {
    let window = Window::open(home);
    for i in 0.. {
        let start = Instant::now();
        let ids = window.keep(&format!("bookmark {i}")).unwrap();
        say(&format!("{} {}", start.elapsed().as_micros(), ids.join(" ")));
        window.keeper.place(at(i % 40));
        if i % 5 == 0 {
            window.keeper.flush(LONG).unwrap();
        }
    }
}
