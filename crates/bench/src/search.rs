//! `bench search`: CPU of the server per search on 100,000 reports, for what people type and for what nobody would.
//!
//! The texts are invented, with the shape of a language: a few words stand in very many reports, most in very few
//! (Zipf), the most frequent ones are the pack's own keywords, and one word stands in every third report.

use crate::process::Server;
use crate::{Case, Outcome, client, cost_of, say, seed, tempfile};
use domain::pack::Pack;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::path::Path;
use std::sync::Arc;

const REPORTS: usize = 100_000;
const TARGET_MS: f64 = 10.0;
/// Searches of each kind, in all rounds together.
const COUNT: usize = 240;
/// Words of a report, and words there are beside the keywords.
const WORDS: usize = 28;
const LONG_WORDS: usize = 20_000;
/// The exponent of the distribution; 1 is that of most languages.
const ZIPF: f64 = 0.9;
/// One report in so many holds the commonest word.
const COMMONEST: u64 = 3;

/// What reports are made of, the most frequent word first.
pub struct Talk {
    words: Vec<String>,
    /// How much all words up to each weigh.
    sums: Vec<f64>,
    pub commonest: String,
}

impl Talk {
    fn of(pack: &Pack) -> Outcome<Self> {
        let mut words: Vec<String> = Vec::new();
        let said = pack.services.iter().flat_map(|s| s.keywords.0.values().flatten());
        for word in said.flat_map(|keyword| keyword.split_whitespace()) {
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        let mut dice = StdRng::seed_from_u64(2);
        for _ in 0..LONG_WORDS {
            let length = dice.random_range(5..11_usize);
            let letter = |_| char::from(b'a' + dice.random_range(0..26_u8));
            words.push((0..length).map(letter).collect());
        }
        let mut sum = 0.0;
        let sums = (1..=words.len()).map(|rank| {
            sum += (rank as f64).powf(-ZIPF);
            sum
        });
        let sums = sums.collect();
        let commonest = words.first().cloned().ok_or("the pack has no keywords")?;
        Ok(Self { words, sums, commonest })
    }

    /// What one report says.
    pub fn text(&self, seed: u64) -> String {
        let mut dice = StdRng::seed_from_u64(seed);
        let all = self.sums.last().copied().unwrap_or(1.0);
        let mut said = Vec::with_capacity(WORDS + 1);
        for _ in 0..WORDS {
            let at = dice.random::<f64>() * all;
            let rank = self.sums.partition_point(|sum| *sum < at);
            // The first one is dealt out below, so that its share is known.
            said.extend(self.words.get(rank).filter(|_| rank > 0).map(String::as_str));
        }
        if seed.is_multiple_of(COMMONEST) {
            said.push(&self.commonest);
        }
        said.join(" ")
    }

    fn word(&self, rank: usize) -> &str {
        self.words.get(rank % self.words.len().max(1)).map_or("", String::as_str)
    }

    /// A rare word of the language, in which one letter is wrong.
    fn slip(&self, i: usize) -> String {
        let mut letters: Vec<char> = self.word(self.words.len() / 2 + i).chars().collect();
        if let Some(letter) = letters.get_mut(2) {
            *letter = if *letter == 'x' { 'y' } else { 'x' };
        }
        letters.into_iter().collect()
    }
}

fn asked(words: &str) -> Vec<u8> {
    let mut query = String::new();
    for byte in words.bytes() {
        query.push_str(&format!("%{byte:02X}"));
    }
    client::get(&format!("/reports?q={query}"))
}

static SILENCE: Talk = Talk { words: Vec::new(), sums: Vec::new(), commonest: String::new() };

/// The words of this world; only worlds that talk are searched.
fn talk(world: &seed::World) -> &Talk {
    world.talk().unwrap_or(&SILENCE)
}

const fn case(name: &'static str, request: fn(&seed::World, usize) -> Vec<u8>) -> Case {
    Case { name, target: TARGET_MS, count: COUNT, request }
}

const CASES: &[Case] = &[
    case("rare word", |w, i| asked(talk(w).word(5_000 + i))),
    case("frequent word", |w, i| asked(talk(w).word(3 + i % 20))),
    case("commonest word", |w, _| asked(&talk(w).commonest)),
    case("without diacritics", |w, i| asked(&domain::text::fold(talk(w).word(3 + i % 40)))),
    case("two words", |w, i| {
        asked(&format!("{} {}", talk(w).word(2 + i % 9), talk(w).word(60 + i)))
    }),
    case("commonest and frequent", |w, i| {
        asked(&format!("{} {}", talk(w).commonest, talk(w).word(1 + i % 5)))
    }),
    case("a sentence", |w, i| {
        let words: Vec<&str> = (0..6).map(|n| talk(w).word(n * n + i % 7)).collect();
        asked(&words.join(" "))
    }),
    case("one letter wrong", |w, i| asked(&talk(w).slip(i))),
    case("two words, one wrong", |w, i| asked(&format!("{} {}", talk(w).word(4), talk(w).slip(i)))),
    case("one letter", |_, i| asked(["n", "t", "c", "h"].get(i % 4).copied().unwrap_or("a"))),
    case("two letters", |_, i| asked(["th", "ng", "nh", "tr"].get(i % 4).copied().unwrap_or("a"))),
    case("code", |w, i| asked(w.code(i))),
    case("address", |_, i| asked(&format!("Quay Street {}", i % 200))),
    case("agency", |w, i| asked(w.agency(i))),
    case("area", |w, i| asked(w.area(i))),
    case("nonsense", |_, i| asked(&format!("xqzvk wqjfx{i}"))),
    case("200 letters of nonsense", |_, _| asked(&"ab cd ".repeat(33))),
    case("commonest word, one area", |w, i| {
        let request = asked(&talk(w).commonest);
        let line = String::from_utf8_lossy(&request).replacen(
            " HTTP",
            &format!("&area={} HTTP", w.area_id(i)),
            1,
        );
        line.into_bytes()
    }),
];

pub async fn run(nhip: &Path, pack: &str) -> Outcome<()> {
    let checked = nhip::platform::pack_dir::load_checked(pack)?;
    let talk = Arc::new(Talk::of(&checked)?);
    let folder = tempfile("bench-search")?;
    say(&format!("making {REPORTS} reports to search in"));
    let world = seed::make_talking(&folder, pack, REPORTS, Some(talk))?;
    let server = Server::start(nhip, pack, &folder).await?;
    server.settled().await?;
    say(&format!(
        "\nCPU of the server per search in {REPORTS} reports, in ms (target {TARGET_MS})"
    ));
    for case in CASES {
        let cost = cost_of(&server, case, &world).await?;
        let over = if cost > case.target { "  over" } else { "" };
        say(&format!("{:<28}{cost:>8.2}{over}", case.name));
    }
    server.stop();
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
