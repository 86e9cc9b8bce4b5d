//! What agencies owe and earn, ready to draw: on the page of a report, of an agency, and on pages of their own.

use crate::accountability::card::Card;
use crate::accountability::store as accountability_store;
use crate::case::explanation::Explanation;
use crate::case::explanation_store;
use crate::platform::db::{Conn, DbError};
use crate::platform::http::view::When;
use crate::service_request::action::promise_store;
use crate::service_request::explained::Explained;
use crate::service_request::presenter::Telling;
use crate::service_request::view::view;
use domain::disclosure::Audience;
use domain::ids::AgencyId;
use domain::service_request::ServiceRequest;

/// A card, with the reports behind it.
pub struct CardShown {
    pub id: String,
    pub agency_id: AgencyId,
    pub agency: String,
    pub colour: &'static str,
    pub rule: String,
    pub period: String,
    pub given: When,
    pub reports: Vec<Behind>,
    pub contest: String,
    pub ruling: &'static str,
    pub ruling_words: String,
}

/// A report behind a number.
pub struct Behind {
    pub href: String,
    pub code: String,
    pub title: String,
    pub status: &'static str,
}

/// How an agency stands with its word, on its page.
pub struct Duties {
    pub kept: i64,
    pub broken: i64,
    pub open: i64,
    pub explanations: Vec<Explained>,
    pub cards: Vec<CardShown>,
}

/// Explanations and cards shown on the page of an agency.
const SHOWN: usize = 3;

/// What is read of an agency's duties.
pub struct Read {
    counts: Vec<promise_store::Count>,
    explanations: Vec<Explanation>,
    cards: Vec<(Card, Vec<ServiceRequest>)>,
}

pub fn read(conn: &mut Conn<'_>, agency: &AgencyId) -> Result<Read, DbError> {
    let wanted = explanation_store::Wanted {
        agency: Some(agency.clone()),
        ..explanation_store::Wanted::default()
    };
    let mut cards = Vec::new();
    for card in accountability_store::cards(conn, Some(agency), SHOWN)? {
        let reports = accountability_store::reports_behind(conn, &card.id)?;
        cards.push((card, reports));
    }
    Ok(Read {
        counts: promise_store::counts(conn, Some(agency))?,
        explanations: explanation_store::newest(conn, &wanted, SHOWN)?,
        cards,
    })
}

impl Telling<'_> {
    pub fn duties(&self, read: &Read) -> Duties {
        let count = |states: &[&str]| {
            let of = read.counts.iter().filter(|count| states.contains(&count.state.as_str()));
            of.map(|count| count.n).sum()
        };
        Duties {
            kept: count(&["kept"]),
            broken: count(&["broken"]),
            open: count(&["standing", "due"]),
            explanations: read.explanations.iter().map(|e| self.explained(e)).collect(),
            cards: read
                .cards
                .iter()
                .map(|(card, reports)| self.card_shown(card, reports))
                .collect(),
        }
    }

    pub fn card_shown(&self, card: &Card, reports: &[ServiceRequest]) -> CardShown {
        let rule = self.pack.cards.iter().find(|rule| rule.code == card.rule);
        let month = card.period.split_once('-').map_or((String::new(), String::new()), |(y, m)| {
            (m.trim_start_matches('0').to_owned(), y.to_owned())
        });
        let behind = |report: &ServiceRequest| {
            let view = view(report.clone(), Audience::Public, self.pack);
            Behind {
                href: format!("/reports/{}", view.id),
                code: view.id.grouped(),
                title: self.title(&view),
                status: view.status(),
            }
        };
        CardShown {
            id: card.id.clone(),
            agency_id: card.agency.clone(),
            agency: self.agency(&card.agency),
            colour: card.colour.as_str(),
            rule: rule.map_or_else(|| card.rule.clone(), |r| r.name.text(self.t.code()).to_owned()),
            period: format!("{} {}", self.t.of("month-", &month.0), month.1),
            given: self.moment(card.given_at),
            reports: reports.iter().map(behind).collect(),
            contest: card.contest.clone().unwrap_or_default(),
            ruling: card.ruling.map_or("", |ruling| ruling.as_str()),
            ruling_words: card.ruling_words.clone().unwrap_or_default(),
        }
    }
}
