//! What a letter to staff is about when it is about no report: an explanation that is owed, a card.

use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::duty::store;
use domain::ids::AgencyId;
use domain::pack::Pack;
use jiff::Timestamp;

pub struct About {
    pub agency: AgencyId,
    /// What it is about, in the reader's words.
    pub subject: Subject,
    /// What was asked, answered, contested or ruled.
    pub quote: String,
    pub due_at: Option<Timestamp>,
    /// Of the link, from `/` on.
    pub path: String,
}

pub enum Subject {
    Report(String),
    Number(String),
    /// A rule of the pack, by code.
    Rule(String),
}

impl Subject {
    pub fn told(&self, pack: &Pack, language: &str) -> String {
        match self {
            Self::Report(code) | Self::Number(code) => code.clone(),
            Self::Rule(code) => {
                let rule = pack.cards.iter().find(|rule| rule.code == *code);
                rule.map_or_else(|| code.clone(), |rule| rule.name.text(language).to_owned())
            }
        }
    }
}

/// The event of the outbox row, if its topic is one of these.
pub fn read(conn: &mut Conn<'_>, topic: &str, event: &str) -> Result<Option<About>> {
    if topic.starts_with("explanation_") {
        let found = store::explanation(conn, event)?;
        return Ok(found.map(|e| About {
            subject: match &e.request {
                Some(code) => Subject::Report(code.grouped()),
                None => Subject::Number(e.subject.clone()),
            },
            quote: e.answer.unwrap_or(e.question),
            due_at: Some(e.due_at).filter(|_| e.answered_at.is_none()),
            path: format!("/desk/explanations#e-{}", e.id),
            agency: e.agency,
        }));
    }
    if topic.starts_with("card_") {
        return Ok(store::card(conn, event)?.map(|c| About {
            subject: Subject::Rule(c.rule.clone()),
            quote: c.ruling_words.or(c.contest).unwrap_or_default(),
            due_at: None,
            path: format!("/desk/cards#c-{}", c.id),
            agency: c.agency,
        }));
    }
    Ok(None)
}
