//! Explain: a leader asks an agency about one report or one number; the agency's head answers in the system, by a deadline
//! of its own. Question and answer are public, unless the report is not.
//!
//! What is asked about a report is in its history too, by the verbs `ask_explanation` and `explain`.

use super::store;

use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::service_request::act::{Acted, On, act};
use crate::service_request::sweep::{self, Swept};
use crate::service_request::telling::shortened;
use crate::service_request::text;
use domain::ids::{AccountId, AgencyId, ServiceRequestId};
use domain::service_request::event::Actor;
use domain::service_request::refusal::Refusal;
use domain::service_request::workflow::{Role, Verb};
use domain::time::{self, Budget};
use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub id: String,
    /// The report it is about, if it is about one.
    pub request: Option<ServiceRequestId>,
    pub agency: AgencyId,
    /// What it is about otherwise, and the page that shows it.
    pub subject: String,
    pub link: Option<String>,
    pub question: String,
    pub asked_by: Option<AccountId>,
    pub asked_at: Timestamp,
    pub due_at: Timestamp,
    pub answer: Option<String>,
    pub answered_at: Option<Timestamp>,
}

impl Explanation {
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.answered_at.unwrap_or(now) > self.due_at
    }
}

/// Topics of the outbox; the event of such a row is the explanation.
pub const ASKED: &str = "explanation_asked";
pub const GIVEN: &str = "explanation_given";
pub const LATE: &str = "explanation_late";

/// Characters of what a question about a number is about.
const SUBJECT_CHARS: usize = 200;
/// Of a question that stands for its subject.
const SUBJECT_OF_QUESTION: usize = 80;

/// Working days a leader may give; who names none gives what the pack says.
pub const DAYS: [u32; 5] = [1, 2, 3, 5, 10];

/// The days that were chosen, as a form sends them.
pub fn days(typed: &str) -> Result<Option<u32>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let days = typed.parse().ok().filter(|days| DAYS.contains(days));
    days.map(Some).ok_or(Refusal::Invalid { field: "days" })
}

/// About a report: to the agency that has it.
pub fn ask_about_report(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    (question, days): (&str, Option<u32>),
) -> Result<Acted> {
    let question = text::needed(question, "reason")?;
    let (due_at, words) = (deadline(ctx, days), question.clone());
    let acted = act(conn, ctx, on, Verb::AskExplanation, |report, data| {
        data.agency = Some(report.agency.clone());
        data.due_at = due_at;
        data.text = Some(words);
        Ok(())
    })?;
    let (request, agency) = (acted.report.id.clone(), acted.report.agency.clone());
    keep(
        conn,
        ctx,
        Asked {
            request: Some(request),
            agency,
            subject: String::new(),
            link: None,
            question,
            days,
        },
    )?;
    Ok(acted)
}

/// What a leader asks about a number.
#[derive(Debug, Clone)]
pub struct AboutNumber {
    pub agency: AgencyId,
    pub subject: String,
    /// A page of this service, from `/` on.
    pub link: String,
    pub question: String,
    /// Working days to answer in.
    pub days: Option<u32>,
}

/// About a number: a scorecard, a table, anything that a page shows.
pub fn ask_about_number(conn: &mut Conn<'_>, ctx: &Ctx, asked: &AboutNumber) -> Result<String> {
    if ctx.actor.role != Role::Leader {
        return Err(Refusal::Forbidden.into());
    }
    if ctx.pack.agency(&asked.agency).is_none() {
        let code = asked.agency.to_string();
        return Err(Refusal::Unknown { what: "agency", code }.into());
    }
    let question = text::needed(&asked.question, "reason")?;
    // Who asks without coming from a number says in the question what it is about.
    let subject = match asked.subject.trim() {
        "" => shortened(question.lines().next().unwrap_or_default(), SUBJECT_OF_QUESTION),
        given => text::checked(given, "subject", SUBJECT_CHARS)?,
    };
    let link = link(&asked.link)?;
    let (agency, days) = (asked.agency.clone(), asked.days);
    keep(conn, ctx, Asked { request: None, agency, subject, link, question, days })
}

/// Only our own pages: a link of a leader must not lead anybody elsewhere.
fn link(typed: &str) -> Result<Option<String>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let path = typed
        .split_once("://")
        .map_or(typed, |(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"));
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', ' ']);
    if !plain || path.chars().count() > SUBJECT_CHARS || path.chars().any(char::is_control) {
        return Err(Refusal::Invalid { field: "link" });
    }
    Ok(Some(path.to_owned()))
}

struct Asked {
    request: Option<ServiceRequestId>,
    agency: AgencyId,
    subject: String,
    link: Option<String>,
    question: String,
    days: Option<u32>,
}

fn keep(conn: &mut Conn<'_>, ctx: &Ctx, asked: Asked) -> Result<String> {
    let explanation = Explanation {
        id: ctx.new_id(),
        request: asked.request,
        agency: asked.agency,
        subject: asked.subject,
        link: asked.link,
        question: asked.question,
        asked_by: ctx.actor.account.clone(),
        asked_at: ctx.now,
        due_at: deadline(ctx, asked.days).unwrap_or(ctx.now),
        answer: None,
        answered_at: None,
    };
    store::insert_explanation(conn, &explanation)?;
    outbox::store::put_topic(conn, ctx, &explanation.id, "", ASKED, None)?;
    Ok(explanation.id)
}

/// By when whoever is asked now has to answer.
fn deadline(ctx: &Ctx, days: Option<u32>) -> Option<Timestamp> {
    let budget = Budget::WorkingDays(days.unwrap_or(ctx.pack.settings.explanation_working_days));
    time::due(&ctx.pack.calendar, ctx.now, &budget, &[])
}

/// The head of the agency that was asked answers, once, whether it is late or not.
pub fn answer(conn: &mut Conn<'_>, ctx: &Ctx, id: &str, words: &str) -> Result<()> {
    let words = text::needed(words, "reason")?;
    let found = store::explanation(conn, id)?.ok_or(Refusal::NotFound)?;
    if ctx.actor.role != Role::Head || ctx.actor.agency.as_ref() != Some(&found.agency) {
        return Err(Refusal::NotYourAgency.into());
    }
    if !store::answer_explanation(conn, ctx, id, &words)? {
        return Err(Refusal::OnlyOnce { verb: Verb::Explain }.into());
    }
    if let Some(request) = found.request {
        let on = On { id: request, seen: None };
        act(conn, ctx, &on, Verb::Explain, |_, data| {
            data.agency = Some(found.agency.clone());
            data.due_at = Some(found.due_at);
            data.text = Some(words);
            Ok(())
        })?;
    }
    outbox::store::put_topic(conn, ctx, id, "", GIVEN, None)
}

/// Tells, once each, which explanations did not come in time. A job: safe to run at any time, on any number of nodes.
pub fn tell_late(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<String>> {
    let ctx = ctx.acting_as(Actor::system());
    let late = store::late_explanations(conn, ctx.now, limit)?;
    sweep::each(conn, late, String::as_str, |conn, id| {
        if !store::told_late(conn, id, ctx.now)? {
            return Ok(false);
        }
        outbox::store::put_topic(conn, &ctx, id, "", LATE, None).map(|()| true)
    })
}

/// What was asked about a report, oldest first.
pub fn about(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Explanation>> {
    Ok(store::explanations_about(conn, request)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_our_own_pages_only() {
        let known = [
            ("", None),
            ("/agencies/works?from=2026-01-01", Some("/agencies/works?from=2026-01-01")),
            ("https://city.example/reports?late=1", Some("/reports?late=1")),
        ];
        for (typed, expected) in known {
            assert_eq!(link(typed).unwrap().as_deref(), expected, "{typed}");
        }
        for typed in ["//evil.example", "javascript:alert(1)", "/a b", "/\\evil", "x"] {
            assert!(link(typed).is_err(), "{typed}");
        }
    }
}
