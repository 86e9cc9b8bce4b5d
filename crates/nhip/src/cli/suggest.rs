//! `nhip suggest`: what some words speak for in this city and why; with `--evaluate`, how often that is right.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::service_request::suggest::store as suggest_store;
use crate::service_request::suggest::store::Decision;
use crate::service_request::suggest::train::{self, MOST};
use clap::Args;
use domain::pack::Pack;
use domain::suggest::evaluate::{
    Decided, Score, Verdict, by_keywords, ceiling, cross_validate, tellings,
};
use domain::suggest::learnt::{Learner, Learnt};
use domain::suggest::suggest;
use domain::text::tokens;
use std::collections::BTreeSet;
use std::io::Write;
use std::time::Instant;

/// Parts of a cross-validation.
const FOLDS: usize = 5;
/// Services that are named as the worst, and reports they must have for that.
const WORST: usize = 10;
const WORST_LEAST: usize = 8;

#[derive(Debug, Clone, Args)]
pub struct SuggestOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Measure on all decided reports of the city, by cross-validation in five parts.
    #[arg(long)]
    pub evaluate: bool,
    /// Words as a citizen would type them.
    #[arg(value_name = "WORDS", required_unless_present = "evaluate")]
    pub words: Vec<String>,
}

pub fn run(options: &SuggestOptions, out: &mut impl Write) -> Result<(), Stop> {
    let Place { db, ctx, .. } = options.place.open()?;
    let pack = &ctx.pack;
    if options.evaluate {
        let decisions =
            db.read_blocking(|conn| suggest_store::decided_before(conn, (i64::MAX, ""), MOST))?;
        let decided: Vec<Decided> = decisions.into_iter().map(decided).collect();
        return evaluate(pack, &decided, out);
    }
    let runtime = crate::serve::runtime()?;
    let past = runtime.block_on(train::learn(&db, pack))?;
    let words = options.words.join(" ");
    for found in suggest(pack, &past, &words, pack.default_language()) {
        writeln!(out, "{:6.2}  {}  {}", found.score, found.service, found.because.join(", "))?;
    }
    Ok(())
}

/// Texts that differ only in numbers and in the words of their address are told alike.
fn decided(decision: Decision) -> Decided {
    let place: BTreeSet<String> = tokens(&decision.address).into_iter().collect();
    let told = |word: &String| !place.contains(word) && !word.chars().any(char::is_numeric);
    let kin: Vec<String> = tokens(&decision.text).into_iter().filter(told).collect();
    Decided {
        kin: kin.join(" "),
        text: decision.text,
        language: decision.language,
        service: decision.service,
    }
}

fn evaluate(pack: &Pack, decided: &[Decided], out: &mut impl Write) -> Result<(), Stop> {
    let services: BTreeSet<_> = decided.iter().map(|report| &report.service).collect();
    let (reports, told) = (decided.len(), tellings(decided));
    writeln!(out, "{reports} decided reports of {} services, told in {told} ways", services.len())?;
    writeln!(out, "{:<44}{:>8}{:>8}", "", "first", "three")?;
    let keywords = by_keywords(pack, decided);
    let apart = cross_validate(pack, decided, FOLDS, true);
    let mixed = cross_validate(pack, decided, FOLDS, false);
    for (name, score) in [
        ("keywords alone", keywords.all),
        ("learnt, never from a text told alike", apart.all),
        ("learnt, also from texts told alike", mixed.all),
        ("the most the text alone can tell", ceiling(decided)),
    ] {
        writeln!(out, "{name:<44}{}", shares(score))?;
    }
    worst(&apart, &keywords, out)?;
    cost(pack, decided, out)
}

fn shares(score: Score) -> String {
    format!("{:>6.1} %{:>6.1} %", score.first_share() * 100.0, score.three_share() * 100.0)
}

/// Where it is worst, and what stands first there instead.
fn worst(learnt: &Verdict, keywords: &Verdict, out: &mut impl Write) -> Result<(), Stop> {
    writeln!(
        out,
        "\nworst services, never learnt from a text told alike (in brackets: keywords alone)"
    )?;
    let mut services: Vec<_> =
        learnt.by_service.iter().filter(|(_, score)| score.asked >= WORST_LEAST).collect();
    services.sort_by(|a, b| a.1.three_share().total_cmp(&b.1.three_share()));
    for (service, score) in services.into_iter().take(WORST) {
        let before = keywords.by_service.get(service).copied().unwrap_or_default();
        let instead = learnt.instead.get(service).into_iter().flatten();
        let most = instead.max_by_key(|(_, count)| **count);
        let most = most.map_or_else(String::new, |(other, count)| {
            let other = other.as_ref().map_or("nothing", |other| other.as_str());
            format!("{count} × {other}")
        });
        writeln!(
            out,
            "{:<28}{:>4}{} ({} ) first instead: {most}",
            service.as_str(),
            score.asked,
            shares(*score),
            shares(before)
        )?;
    }
    Ok(())
}

fn cost(pack: &Pack, decided: &[Decided], out: &mut impl Write) -> Result<(), Stop> {
    let start = Instant::now();
    let mut learner = Learner::of(pack);
    for report in decided {
        learner.hear(&report.text, &report.service);
    }
    let learnt = learner.learn();
    let learning = start.elapsed();
    let time = |past: &Learnt| {
        let start = Instant::now();
        let asked = decided.get(..2_000).unwrap_or(decided);
        for report in asked {
            std::hint::black_box(suggest(pack, past, &report.text, &report.language));
        }
        start.elapsed().as_secs_f64() * 1e6 / asked.len().max(1) as f64
    };
    let (without, with) = (time(&Learnt::default()), time(&learnt));
    writeln!(
        out,
        "\nlearning: {:.2} s, {} words and pairs in about {:.1} MB; a suggestion takes {with:.0} µs, {without:.0} µs of it for the keywords",
        learning.as_secs_f64(),
        learnt.signs(),
        learnt.bytes() as f64 / 1e6
    )?;
    Ok(())
}
