//! What agencies owe and earn, ready to draw: on the page of a report, of an agency, and on pages of their own.

use super::cards::Card;
use super::explain::Explanation;
use super::recur::Link;
use super::store;
use crate::platform::db::{Conn, DbError};
use crate::platform::http::view::When;
use crate::service_request::promise_store;
use crate::service_request::telling::Telling;
use crate::service_request::view::view;
use domain::disclosure::Audience;
use domain::ids::{AgencyId, ServiceRequestId};
use domain::service_request::ServiceRequest;
use jiff::Timestamp;

/// A question to an agency, with its answer.
pub struct Explained {
    pub id: String,
    pub agency_id: AgencyId,
    pub agency: String,
    pub subject: String,
    /// The page of what it is about; empty: none was named.
    pub href: String,
    pub question: String,
    pub asked: When,
    pub due: When,
    pub answer: String,
    pub answered: Option<When>,
    pub late: bool,
    pub late_by: String,
}

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

/// A report of a chain.
pub struct Again {
    pub href: String,
    pub code: String,
    pub status: &'static str,
    pub sent: When,
    pub here: bool,
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
    let wanted = store::Wanted { agency: Some(agency.clone()), ..store::Wanted::default() };
    let mut cards = Vec::new();
    for card in store::cards(conn, Some(agency), SHOWN)? {
        let reports = store::reports_behind(conn, &card.id)?;
        cards.push((card, reports));
    }
    Ok(Read {
        counts: promise_store::counts(conn, Some(agency))?,
        explanations: store::explanations(conn, &wanted, SHOWN)?,
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

    pub fn explained(&self, e: &Explanation) -> Explained {
        let until: Timestamp = e.answered_at.unwrap_or(self.now);
        let days = self.pack.calendar.working_days_between(e.due_at, until);
        let late_by = if days > 0 {
            self.t.s1("span-working-days", "n", days)
        } else {
            self.t.span(until.duration_since(e.due_at).as_secs().max(0))
        };
        let report = e.request.as_ref();
        Explained {
            id: e.id.clone(),
            agency_id: e.agency.clone(),
            agency: self.agency(&e.agency),
            subject: match report {
                Some(id) => self.t.s1("explain-report", "code", id.grouped()).into_owned(),
                None => e.subject.clone(),
            },
            href: match (report, &e.link) {
                (Some(id), _) => format!("/reports/{id}"),
                (None, link) => link.clone().unwrap_or_default(),
            },
            question: e.question.clone(),
            asked: self.moment(e.asked_at),
            due: self.moment(e.due_at),
            answer: e.answer.clone().unwrap_or_default(),
            answered: e.answered_at.map(|at| self.moment(at)),
            late: e.is_late(self.now),
            late_by: late_by.into_owned(),
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

    /// A report of a chain as everybody may see it; `None` where not even that it is there is for everybody.
    pub fn again(&self, link: Link, here: &ServiceRequestId) -> Option<Again> {
        let view = view(link.report, Audience::Public, self.pack);
        view.service.as_ref()?;
        Some(Again {
            href: format!("/reports/{}", view.id),
            code: view.id.grouped(),
            status: view.status(),
            sent: self.moment(view.received_at),
            here: view.id == *here,
        })
    }
}
