//! `/procedures` and `/procedures/{code}`: any version as a table and as a drawing, with what changed since the one before.

use super::drawing::{Drawing, draw};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::ids::ProcedureCode;
use domain::pack::Pack;
use domain::procedure::changes::{Change, Part, changes};
use domain::procedure::{Procedure, Rung, Step};
use domain::refusal::Refusal;
use jiff::civil::Date;

/// Letters of a hash that tell one text from another.
const SHORT_HASH: usize = 12;

/// Where a version is shown; by its text where the pack has another one under the same number.
pub fn href(pack: &Pack, procedure: &Procedure) -> String {
    let Procedure { code, version, hash, .. } = procedure;
    let replaced = pack.procedure_version(code, *version).is_some_and(|p| p.hash != *hash);
    let text = if replaced { format!("&hash={}", short(hash)) } else { String::new() };
    format!("/procedures/{code}?version={version}{text}")
}

/// The beginning of a hash, enough to compare by eye.
pub fn short(hash: &str) -> String {
    hash.chars().take(SHORT_HASH).collect()
}

/// A procedure in the list.
struct Listed {
    href: String,
    name: String,
    promise: String,
    versions: usize,
    since: String,
    services: usize,
}

#[derive(Template)]
#[template(path = "public/procedures.html")]
struct ListPage {
    page: Page,
    t: Lang,
    procedures: Vec<Listed>,
}

pub async fn list(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let today = pack.local_date(app.clock.now());
    let mut codes: Vec<&ProcedureCode> = pack.procedures.iter().map(|p| &p.code).collect();
    codes.sort();
    codes.dedup();
    let listed = codes.into_iter().filter_map(|code| {
        let versions = versions(&pack, code);
        let now = pack.procedure(code, today).or(versions.last().copied())?;
        Some(Listed {
            href: format!("/procedures/{code}"),
            name: now.name.text(t.code()).to_owned(),
            promise: t.budget(now.promise).into_owned(),
            versions: versions.len(),
            since: t.civil_date(now.effective_from).into_owned(),
            services: pack.services.iter().filter(|s| s.procedure == *code).count(),
        })
    });
    Ok(show(&ListPage {
        page: visitor.page(&app, t.s("procedures-title")),
        t,
        procedures: listed.collect(),
    }))
}

/// All texts of a procedure, the oldest first.
fn versions<'p>(pack: &'p Pack, code: &ProcedureCode) -> Vec<&'p Procedure> {
    let all = pack.retired.iter().chain(&pack.procedures);
    let mut found: Vec<&Procedure> = all.filter(|p| p.code == *code).collect();
    found.sort_by_key(|p| (p.version, p.effective_from));
    found
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    version: String,
    hash: String,
}

/// A step as a row of the table.
struct StepLine {
    name: String,
    who: String,
    begins: String,
    action: String,
    product: String,
    budget: String,
    pauses: String,
    returns: String,
}

/// A difference: where, what, and how it was and is; empty where there is nothing.
struct Difference {
    place: String,
    what: String,
    before: String,
    after: String,
}

/// Another version, or this one.
struct VersionLink {
    href: String,
    label: String,
    standing: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "public/procedure.html")]
struct VersionPage {
    page: Page,
    t: Lang,
    version: u32,
    /// In force, to come, or no longer.
    standing: String,
    hash: String,
    legal_basis: String,
    owner: String,
    promise: String,
    first_response: String,
    appeal: String,
    drawing: Drawing,
    steps: Vec<StepLine>,
    /// The number of the version before, and what is different.
    before: Option<(u32, Vec<Difference>)>,
    versions: Vec<VersionLink>,
    services: Vec<(String, String)>,
}

pub async fn version(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let today = pack.local_date(app.clock.now());
    let code: ProcedureCode = code.parse().map_err(|_| Refusal::NotFound)?;
    let all = versions(&pack, &code);
    let found = chosen(&pack, &all, &asked, today).ok_or(Refusal::NotFound)?;
    let earlier = all.iter().rev().find(|p| p.version < found.version);
    let changed = earlier.map(|old| changes(old, found)).unwrap_or_default();
    let tells = Tells { t, pack: &pack, today };
    let of_it = pack.services.iter().filter(|service| service.procedure == code);
    Ok(show(&VersionPage {
        page: visitor.page(&app, found.name.text(t.code())),
        t,
        version: found.version,
        standing: tells.standing(found),
        hash: found.hash.clone(),
        legal_basis: found.legal_basis.text(t.code()).to_owned(),
        owner: tells.owner(found),
        promise: t.budget(found.promise).into_owned(),
        first_response: found
            .first_response
            .map(|budget| t.budget(budget).into_owned())
            .unwrap_or_default(),
        appeal: t.budget(found.appeal).into_owned(),
        drawing: draw(found, &changed, t),
        steps: found.steps.iter().map(|step| tells.line(found, step)).collect(),
        before: earlier.map(|old| {
            let told = changed.iter().map(|change| tells.difference(old, found, change));
            (old.version, told.collect())
        }),
        versions: all.iter().rev().map(|p| tells.link(p, found)).collect(),
        services: of_it
            .map(|s| (format!("/reports?service={}", s.code), s.name.text(t.code()).to_owned()))
            .collect(),
    }))
}

/// The text that was asked for; without a wish the one in force, else the first that will be.
fn chosen<'p>(
    pack: &'p Pack,
    all: &[&'p Procedure],
    asked: &Asked,
    today: Date,
) -> Option<&'p Procedure> {
    let code = &all.first()?.code;
    if asked.version.is_empty() && asked.hash.is_empty() {
        return pack.procedure(code, today).or(all.first().copied());
    }
    let number: Option<u32> =
        if asked.version.is_empty() { None } else { Some(asked.version.parse().ok()?) };
    let fits = |p: &&&Procedure| {
        number.is_none_or(|number| p.version == number) && p.hash.starts_with(&asked.hash)
    };
    // The pack's own text of a version comes last among those that were kept of it.
    all.iter().rfind(fits).copied()
}

struct Tells<'a> {
    t: Lang,
    pack: &'a Pack,
    today: Date,
}

impl Tells<'_> {
    fn text<'t>(&self, text: &'t domain::localized::Localized) -> &'t str {
        text.text(self.t.code())
    }

    fn owner(&self, procedure: &Procedure) -> String {
        let owner = self.pack.agency(&procedure.owner);
        owner.map_or_else(|| procedure.owner.to_string(), |a| self.text(&a.name).to_owned())
    }

    /// Whether it holds today, and since or until when.
    fn standing(&self, procedure: &Procedure) -> String {
        let Procedure { code, hash, effective_from, .. } = procedure;
        let in_force = self.pack.procedure(code, self.today).is_some_and(|p| p.hash == *hash);
        let replaced = !self.pack.procedures.iter().any(|p| p.hash == *hash);
        let key = match (in_force, replaced, *effective_from > self.today) {
            (_, true, _) => "procedure-retired",
            (true, false, _) => "procedure-in-force",
            (false, false, true) => "procedure-to-come",
            (false, false, false) => "procedure-earlier",
        };
        self.t.s1(key, "date", self.t.civil_date(*effective_from)).into_owned()
    }

    fn link(&self, procedure: &Procedure, shown: &Procedure) -> VersionLink {
        VersionLink {
            href: href(self.pack, procedure),
            label: self.t.s1("procedure-version-n", "n", procedure.version).into_owned(),
            standing: self.standing(procedure),
            current: procedure.hash == shown.hash,
        }
    }

    fn line(&self, procedure: &Procedure, step: &Step) -> StepLine {
        StepLine {
            name: self.text(&step.name).to_owned(),
            who: self.t.of("role-", step.role).into_owned(),
            begins: self.begins(procedure, step),
            action: self.text(&step.action).to_owned(),
            product: self.text(&step.product).to_owned(),
            budget: self.t.budget(step.budget).into_owned(),
            pauses: self.pauses(step),
            returns: self.names(procedure, &step.may_return_to),
        }
    }

    fn names(&self, procedure: &Procedure, ids: &[String]) -> String {
        let name = |id: &String| {
            procedure.step(id).map_or_else(|| id.clone(), |step| self.text(&step.name).to_owned())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// After which steps, and on what else.
    fn begins(&self, procedure: &Procedure, step: &Step) -> String {
        let after = self.names(procedure, &step.after);
        let after =
            (!after.is_empty()).then(|| self.t.s1("procedure-after", "steps", after).into_owned());
        let on = step.begins_on.iter().map(|verb| self.t.of("verb-", verb).into_owned());
        after.into_iter().chain(on).collect::<Vec<_>>().join(" · ")
    }

    fn pauses(&self, step: &Step) -> String {
        let name = |code: &String| {
            self.pack.pause(code).map_or_else(|| code.clone(), |p| self.text(&p.name).to_owned())
        };
        step.pauses_on.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn ladder(&self, rungs: &[Rung]) -> String {
        let told = rungs.iter().map(|rung| {
            let roles = rung.tell.iter().map(|role| self.t.of("role-", role).into_owned());
            let roles = roles.collect::<Vec<_>>().join(", ");
            self.t.s2("procedure-rung", "percent", rung.percent, "roles", roles).into_owned()
        });
        told.collect::<Vec<_>>().join(" · ")
    }

    fn difference(&self, old: &Procedure, new: &Procedure, change: &Change) -> Difference {
        let whole = || self.t.s("procedure-whole").into_owned();
        match change {
            Change::Added { step } => {
                let added = new.step(step).map(|step| self.line(new, step));
                self.step_difference("procedure-step-added", added, true)
            }
            Change::Removed { step } => {
                let gone = old.step(step).map(|step| self.line(old, step));
                self.step_difference("procedure-step-removed", gone, false)
            }
            Change::Changed { step: None, part } => Difference {
                place: whole(),
                what: self.t.of("procedure-part-", part).into_owned(),
                before: self.of_whole(old, *part),
                after: self.of_whole(new, *part),
            },
            Change::Changed { step: Some(id), part } => {
                let of = |p: &Procedure| p.step(id).map(|s| self.of_step(p, s, *part));
                Difference {
                    place: new.step(id).map_or_else(whole, |s| self.text(&s.name).to_owned()),
                    what: self.t.of("procedure-part-", part).into_owned(),
                    before: of(old).unwrap_or_default(),
                    after: of(new).unwrap_or_default(),
                }
            }
        }
    }

    fn step_difference(&self, key: &str, step: Option<StepLine>, is_new: bool) -> Difference {
        let (name, told) = step.map_or_else(Default::default, |line| {
            (line.name, format!("{} · {} · {}", line.who, line.product, line.budget))
        });
        let (before, after) = if is_new { (String::new(), told) } else { (told, String::new()) };
        Difference { place: name, what: self.t.s(key).into_owned(), before, after }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are parts of a step")]
    fn of_whole(&self, procedure: &Procedure, part: Part) -> String {
        match part {
            Part::Name => self.text(&procedure.name).to_owned(),
            Part::Promise => self.t.budget(procedure.promise).into_owned(),
            Part::FirstResponse => {
                procedure.first_response.map(|b| self.t.budget(b).into_owned()).unwrap_or_default()
            }
            Part::Appeal => self.t.budget(procedure.appeal).into_owned(),
            Part::Owner => self.owner(procedure),
            Part::Basis => self.text(&procedure.legal_basis).to_owned(),
            Part::Ladder => self.ladder(&procedure.on_overdue),
            _ => String::new(),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are parts of the whole")]
    fn of_step(&self, procedure: &Procedure, step: &Step, part: Part) -> String {
        let line = self.line(procedure, step);
        match part {
            Part::Name => line.name,
            Part::Role => line.who,
            Part::Action => line.action,
            Part::Product => line.product,
            Part::Budget => line.budget,
            Part::Begins => line.begins,
            Part::Ends => {
                let verbs = step.done_by.iter().map(|verb| self.t.of("verb-", verb).into_owned());
                verbs.collect::<Vec<_>>().join(" · ")
            }
            Part::Pauses => line.pauses,
            Part::Returns => line.returns,
            Part::Ladder => self.ladder(&step.on_overdue),
            _ => String::new(),
        }
    }
}
