//! `nhip duplicates --evaluate`: how often reports that tell of the same trouble find each other, on a demo city, which
//! knows the truth about itself.
//!
//! Every report asks as it asked when it came, among those that were open then: the same comparison as on the pages, by
//! rows in memory. Precision is the share of what is shown that is the same trouble; recall the share of those told
//! again whose trouble is shown.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::demo::TOLD_TWICE;
use crate::service_request::suggest::similar::{OFFERED, public_place};
use crate::service_request::suggest::store as suggest_store;
use crate::service_request::suggest::store::Stood;
use clap::Args;
use domain::duplicate::{LEAST, Told, Words, compare};
use domain::ids::FieldCode;
use domain::pack::Pack;
use domain::place::Point;
use domain::suggest::learnt::{Learner, Learnt};
use std::collections::HashMap;
use std::io::Write;

/// Thresholds that are tried: from, steps, and how far apart.
const TRIED: (f64, usize, f64) = (1.0, 17, 0.25);
/// Degrees of latitude beyond which nothing is near, and metres in one.
const DEGREE_M: f64 = 111_195.0;

#[derive(Debug, Clone, Args)]
pub struct DuplicatesOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Measure: the only thing this command does.
    #[arg(long, required = true)]
    pub evaluate: bool,
}

/// A report that came, and what it was shown.
struct Shown {
    /// The trouble is known already by an open report nearby.
    told_before: bool,
    /// Best first: how alike, and whether it is the same trouble.
    found: Vec<(f64, bool)>,
}

pub fn run(options: &DuplicatesOptions, out: &mut impl Write) -> Result<(), Stop> {
    let path = options.place.data.join(TOLD_TWICE);
    let truth = std::fs::read_to_string(&path).map_err(|e| {
        format!("{}: {e}; only a demo city knows which reports are the same", path.display())
    })?;
    let Place { db, ctx, .. } = options.place.open()?;
    let stood = db.read_blocking(suggest_store::all_open)?;
    let mut learner = Learner::default();
    for report in &stood {
        learner.hear(&report.text, &report.service);
    }
    let past = learner.learn();
    let troubles = troubles(&truth);
    for (name, with_pictures) in [("with pictures", true), ("without pictures", false)] {
        let shown = ask_all(&ctx.pack, &past, &stood, &troubles, with_pictures);
        table(name, &shown, out)?;
    }
    Ok(())
}

/// The first report of the trouble that each report tells of, where it is told more than once.
fn troubles(truth: &str) -> HashMap<&str, &str> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for (later, earlier) in truth.lines().skip(1).filter_map(|line| line.split_once(',')) {
        let root = first.get(earlier).copied().unwrap_or(earlier);
        first.insert(earlier, root);
        first.insert(later, root);
    }
    first
}

fn ask_all(
    pack: &Pack,
    past: &Learnt,
    stood: &[Stood],
    troubles: &HashMap<&str, &str>,
    with_pictures: bool,
) -> Vec<Shown> {
    let told: Vec<Told<'_>> = stood.iter().map(|r| told(pack, past, r, with_pictures)).collect();
    // Those that came before are where everybody knows them to be.
    let shown_at: Vec<Option<(Point, f64)>> =
        stood.iter().map(|r| public_place(pack, &r.service, r.point)).collect();
    let trouble = |n: usize| stood.get(n).and_then(|r| troubles.get(r.id.as_str()));
    let mut shown = Vec::new();
    for (n, (report, one)) in stood.iter().zip(&told).enumerate() {
        let mut found = Vec::new();
        let mut told_before = false;
        // In the order in which they came; those before this one.
        for (m, ((earlier, other), place)) in
            stood.iter().zip(&told).zip(&shown_at).take(n).enumerate()
        {
            let Some((point, reach)) = *place else { continue };
            let open = earlier.closed_at.is_none_or(|at| at > report.received_at);
            let far = (point.lat() - report.point.lat()).abs() * DEGREE_M > reach;
            if !open || far || report.point.distance_m(point) > reach {
                continue;
            }
            let same = trouble(n).is_some() && trouble(n) == trouble(m);
            told_before |= same;
            let other = Told { point, ..other.clone() };
            found.push((compare(one, &other, reach).score, same));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        shown.push(Shown { told_before, found });
    }
    shown
}

fn told<'a>(pack: &'a Pack, past: &Learnt, report: &'a Stood, with_pictures: bool) -> Told<'a> {
    let field: Option<&FieldCode> = pack.service(&report.service).map(|service| &service.field);
    Told {
        point: report.point,
        at: report.received_at,
        services: vec![&report.service],
        fields: field.into_iter().collect(),
        words: Words::of(&report.text, past),
        looks: if with_pictures { &report.looks } else { &[] },
    }
}

fn table(name: &str, shown: &[Shown], out: &mut impl Write) -> Result<(), Stop> {
    let told_before = shown.iter().filter(|s| s.told_before).count();
    writeln!(
        out,
        "{name}: {} reports, {told_before} of them tell what an open report nearby tells; at most {OFFERED} are shown",
        shown.len()
    )?;
    writeln!(
        out,
        "{:>10}{:>11}{:>9}{:>9}{:>16}",
        "threshold", "precision", "recall", "F1", "shown anything"
    )?;
    let (from, steps, step) = TRIED;
    for n in 0..steps {
        let least = step.mul_add(n as f64, from);
        let (mut right, mut all, mut reached, mut bothered) = (0, 0, 0, 0);
        for report in shown {
            let offered: Vec<bool> = report
                .found
                .iter()
                .filter(|(score, _)| *score >= least)
                .take(OFFERED)
                .map(|(_, same)| *same)
                .collect();
            right += offered.iter().filter(|same| **same).count();
            all += offered.len();
            reached += usize::from(offered.contains(&true));
            bothered += usize::from(!offered.is_empty());
        }
        let precision = right as f64 / all.max(1) as f64;
        let recall = reached as f64 / told_before.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
        let mark = if (least - LEAST).abs() < step / 2.0 { " *" } else { "" };
        writeln!(
            out,
            "{least:>10.2}{:>9.1} %{:>7.1} %{f1:>9.2}{:>14.1} %{mark}",
            precision * 100.0,
            recall * 100.0,
            bothered as f64 * 100.0 / shown.len().max(1) as f64
        )?;
    }
    Ok(())
}
