//! Explain: a leader asks an agency about one report or one number; the agency's head answers in the system, by a deadline
//! of its own. Question and answer are public, unless the report is not.
//!
//! What is asked about a report is in its history too, by the verbs `ask_explanation` and `explain`.

use crate::case::explanation::{self, GIVEN, LATE, Question};
use crate::case::explanation_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::service_request::action::scheduled::{self, Swept};
use crate::service_request::action::{On, act, text};
use crate::service_request::presenter::shortened;
use domain::actor::{Actor, Role};
use domain::ids::AgencyId;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

/// Characters of what a question about a number is about.
const SUBJECT_CHARS: usize = 200;
/// Of a question that stands for its subject.
const SUBJECT_OF_QUESTION: usize = 80;

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
    explanation::ask(conn, ctx, Question { case: None, agency, subject, link, question, days })
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

/// The head of the agency that was asked answers, once, whether it is late or not.
pub fn answer(conn: &mut Conn<'_>, ctx: &Ctx, id: &str, words: &str) -> Result<()> {
    let words = text::needed(words, "reason")?;
    let found = explanation_store::find(conn, id)?.ok_or(Refusal::NotFound)?;
    if ctx.actor.role != Role::Head || ctx.actor.agency.as_ref() != Some(&found.agency) {
        return Err(Refusal::NotYourAgency.into());
    }
    if !explanation_store::answer(conn, ctx, id, &words)? {
        return Err(Refusal::OnlyOnce { verb: Verb::Explain.as_str() }.into());
    }
    if let Some(request) = found.case.and_then(|case| case.report()) {
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
    let late = explanation_store::late(conn, ctx.now, limit)?;
    scheduled::each(conn, late, String::as_str, |conn, id| {
        if !explanation_store::told_late(conn, id, ctx.now)? {
            return Ok(false);
        }
        outbox::store::put_topic(conn, &ctx, id, "", LATE, None).map(|()| true)
    })
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
