//! What the forms of a case offer to choose from, as far as it is allowed now to the one who looks.

use super::case_pages::{OFFERED, Read, Seen};
use super::queue_pages::{agencies, areas, choice};
use super::queue_rows::Row;
use crate::account::session::Signed;
use crate::case::clock;
use crate::case::explanation;
use crate::platform::http::view::{Choice, Photo};
use crate::platform::i18n::Lang;
use crate::service_request::action::deliver;
use crate::service_request::presenter::Telling;
use crate::service_request::suggest::similar::{self, Found};
use crate::visitor::open_form_http::OpenForm;
use domain::actor::Role;
use domain::ids::AccountId;
use domain::pack::Pack;
use domain::procedure::Step as ProcedureStep;
use domain::service::Service;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};

/// What the forms offer to choose from.
pub struct Offers {
    pub verbs: Vec<&'static str>,
    pub refusals: Vec<Choice>,
    pub pauses: Vec<Choice>,
    /// Steps whose product can be handed in now.
    pub steps: Vec<Choice>,
    /// The promise, of which at most as much again may be asked for.
    pub more_time: String,
    /// The extension that waits for the head.
    pub asked_for: String,
    /// It is late: who tells how it stands gives a date.
    pub needs_date: bool,
    /// In how many working days an explanation is asked for.
    pub days: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    pub services: Vec<(String, Vec<Choice>)>,
    pub areas: Vec<Choice>,
    pub agencies: Vec<Choice>,
    /// Units a report about an official may be about; empty where nobody is asked.
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
    pub photos: Vec<(String, Photo)>,
    /// Reports that may be the same, each with the reasons.
    pub similar: Vec<(Row, Vec<String>)>,
    /// By verb: the name and the words.
    pub templates: Vec<(&'static str, Vec<Choice>)>,
}

impl Offers {
    pub fn has(&self, verb: &str) -> bool {
        self.verbs.contains(&verb)
    }

    pub fn templates_of(&self, verb: &str) -> &[Choice] {
        self.templates.iter().find(|(of, _)| *of == verb).map_or(&[], |(_, list)| list.as_slice())
    }
}

pub fn offers(
    tells: &Telling<'_>,
    read: &Read,
    (report, view): Seen<'_>,
    signed: &Signed,
    form: &OpenForm,
) -> Offers {
    let (t, pack, lang) = (tells.t, tells.pack, tells.t.code());
    let procedure = pack.procedure_of(report);
    let steps: Vec<_> = procedure.map_or_else(Vec::new, |p| clock::to_deliver(&read.clocks, p));
    // Each hands in what their own role owes.
    let for_role =
        |step: &&ProcedureStep, role| deliver::is_for(step.role, role, report.confidential);
    let mine = |step: &&ProcedureStep| signed.roles.iter().any(|role| for_role(step, *role));
    let steps: Vec<_> = steps.into_iter().filter(mine).collect();
    let allowed = OFFERED.iter().filter(|verb| signed.actor_for(**verb, report).is_ok());
    let allowed = allowed.filter(|verb| **verb != Verb::Deliver || !steps.is_empty());
    let running: Vec<_> = read.clocks.iter().map(|kept| kept.clock.clone()).collect();
    let reasons = domain::clock::pauses_allowed(&running, pack);
    let pauses =
        pack.pauses.iter().filter(|p| running.is_empty() || reasons.contains(&p.code.as_str()));
    let step = |step: &&ProcedureStep| {
        choice(&step.id, step.product.text(lang), form.value("deliver", "step"))
    };
    let coded = |list: &[domain::pack::Coded], now: &str| {
        list.iter().map(|c| choice(&c.code, c.name.text(lang), now)).collect()
    };
    let outcome =
        |o: &Outcome| choice(o.as_str(), &t.of("status-", o), form.value("answer", "outcome"));
    let or =
        |typed: &str, now: &str| if typed.is_empty() { now.to_owned() } else { typed.to_owned() };
    let service = or(form.value("correct", "service_code"), report.service.as_str());
    let officer = report.assignee.as_ref().map_or("", AccountId::as_str);
    let officer = or(form.value("assign", "officer"), officer);
    let mut officers = vec![choice("", &t.s("desk-nobody"), &officer)];
    officers.extend(read.officers.iter().map(|(id, name)| choice(id.as_str(), name, &officer)));
    let agency = or(form.value("assign", "agency"), report.agency.as_str());
    // A head hands over within the house.
    let within =
        signed.has(Role::Head) && !signed.has(Role::Operator) && !signed.has(Role::Inspector);
    let agencies = agencies(pack, t, &agency).into_iter().filter(|c| !within || c.checked);
    // What the reporter reads is in their language, where the pack has it; what an agency reads in the desk's.
    let templates_of = |verb: Verb| {
        let own = pack.templates.iter().filter(|template| template.verb == verb.as_str());
        let read = if verb == Verb::SendBack { lang } else { report.language.as_str() };
        (verb.as_str(), own.map(|t| choice(t.text.text(read), t.name.text(lang), "")).collect())
    };
    let shown = read.media.iter().filter(|m| m.is_photo && m.hidden.is_none());
    Offers {
        verbs: allowed.map(|verb| verb.as_str()).collect(),
        refusals: coded(&pack.refusals, form.value("refuse", "code")),
        pauses: pauses
            .map(|p| choice(&p.code, p.name.text(lang), form.value("pause", "code")))
            .collect(),
        steps: steps.iter().map(step).collect(),
        more_time: procedure.map_or_else(String::new, |p| t.budget(p.promise).into_owned()),
        asked_for: report.extension_asked.map_or_else(String::new, |b| t.budget(b).into_owned()),
        needs_date: report.closed_at.is_none() && report.is_late(tells.now),
        days: days_to_choose(pack, t, form.value("ask_explanation", "days")),
        outcomes: Outcome::ANSWERS.iter().map(outcome).collect(),
        services: services(tells, &service),
        areas: areas(pack, t, &or(form.value("correct", "area"), report.area.as_str())),
        agencies: agencies.collect(),
        units: units(tells, report, form),
        officers,
        photos: shown.map(|m| (m.media.to_string(), tells.stage_photo(view, m))).collect(),
        similar: alike(tells, read, signed),
        templates: [Verb::Answer, Verb::Ask, Verb::Refuse, Verb::SendBack].map(templates_of).into(),
    }
}

/// Reports that may be the same, with the reasons.
fn alike(tells: &Telling<'_>, read: &Read, signed: &Signed) -> Vec<(Row, Vec<String>)> {
    let told = |found: &Found| {
        let reasons = similar::reasons(found, tells.pack, tells.t, tells.now);
        (tells.row(&found.report, signed), reasons)
    };
    read.similar.iter().map(told).collect()
}

/// Every kind of report, by field; what cannot be chosen any more only where it is chosen already.
fn services(tells: &Telling<'_>, now: &str) -> Vec<(String, Vec<Choice>)> {
    let (pack, lang) = (tells.pack, tells.t.code());
    let of_field = |field: &domain::service::Field| {
        let offered = |s: &&Service| pack.offered(&s.code).is_some() || s.code.as_str() == now;
        let own = pack.all_services().filter(|s| s.field == field.code).filter(offered);
        let own = own.map(|s| choice(s.code.as_str(), s.name.text(lang), now)).collect();
        (field.name.text(lang).to_owned(), own)
    };
    let all: Vec<(String, Vec<Choice>)> = pack.all_fields().map(of_field).collect();
    all.into_iter().filter(|(_, own)| !own.is_empty()).collect()
}

/// The units a report about an official may be about, and none; empty for other reports.
fn units(tells: &Telling<'_>, report: &ServiceRequest, form: &OpenForm) -> Vec<Choice> {
    if !report.confidential {
        return Vec::new();
    }
    let now = report.concerns.as_ref().map_or("", AsRef::as_ref);
    let now = if form.is("correct") { form.value("correct", "concerns") } else { now };
    let mut units = vec![choice("", &tells.t.s("conduct-unit-unknown"), now)];
    units.extend(agencies(tells.pack, tells.t, now));
    units
}

/// In how many working days an answer is asked for; what the pack says, unless something was chosen.
pub fn days_to_choose(pack: &Pack, t: Lang, chosen: &str) -> Vec<Choice> {
    let usual = pack.settings.explanation_working_days;
    let now = if chosen.is_empty() { usual.to_string() } else { chosen.to_owned() };
    let mut days: Vec<u32> = explanation::DAYS.to_vec();
    if !days.contains(&usual) {
        days.push(usual);
        days.sort_unstable();
    }
    let said = |days: &u32| {
        let value = if *days == usual { String::new() } else { days.to_string() };
        let label = t.s1("span-working-days", "n", i64::from(*days));
        Choice { checked: days.to_string() == now, ..choice(&value, &label, "-") }
    };
    days.iter().map(said).collect()
}
