//! An explanation: an agency is asked about a case or a number, and its head answers by a deadline of its own.

use super::explanation_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use domain::case::CaseRef;
use domain::ids::{AccountId, AgencyId};
use domain::refusal::Refusal;
use domain::time::{self, Budget};
use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub id: String,
    /// The case it is about, if it is about one.
    pub case: Option<CaseRef>,
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

/// What is asked, and of whom.
pub struct Question {
    pub case: Option<CaseRef>,
    pub agency: AgencyId,
    pub subject: String,
    pub link: Option<String>,
    pub question: String,
    pub days: Option<u32>,
}

/// Writes it down and tells the agency; its id.
pub fn ask(conn: &mut Conn<'_>, ctx: &Ctx, asked: Question) -> Result<String> {
    let explanation = Explanation {
        id: ctx.new_id(),
        case: asked.case,
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
    explanation_store::insert(conn, &explanation)?;
    outbox::store::put_topic(conn, ctx, &explanation.id, "", ASKED, None)?;
    Ok(explanation.id)
}

/// By when whoever is asked now has to answer.
pub fn deadline(ctx: &Ctx, days: Option<u32>) -> Option<Timestamp> {
    let budget = Budget::WorkingDays(days.unwrap_or(ctx.pack.settings.explanation_working_days));
    time::due(&ctx.pack.calendar, ctx.now, &budget, &[])
}

/// What was asked about a case, oldest first.
pub fn about(conn: &mut Conn<'_>, case: impl Into<CaseRef>) -> Result<Vec<Explanation>> {
    Ok(explanation_store::about(conn, &case.into())?)
}
