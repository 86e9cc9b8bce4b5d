//! Explain: a leader asks the agency that has a report about it.

use super::{Acted, On, act, text};
use crate::case::explanation::{self, Question};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::case::CaseRef;
use domain::service_request::workflow::Verb;

/// About a report: to the agency that has it.
pub fn ask_about_report(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    (question, days): (&str, Option<u32>),
) -> Result<Acted> {
    let question = text::needed(question, "reason")?;
    let (due_at, words) = (explanation::deadline(ctx, days), question.clone());
    let acted = act(conn, ctx, on, Verb::AskExplanation, |report, data| {
        data.agency = Some(report.agency.clone());
        data.due_at = due_at;
        data.text = Some(words);
        Ok(())
    })?;
    let (request, agency) = (acted.report.id.clone(), acted.report.agency.clone());
    explanation::ask(
        conn,
        ctx,
        Question {
            case: Some(CaseRef::from(&request)),
            agency,
            subject: String::new(),
            link: None,
            question,
            days,
        },
    )?;
    Ok(acted)
}
