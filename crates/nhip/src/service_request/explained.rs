//! What agencies explained, and reports that come again at the same place, ready to draw.

use crate::case::explanation::Explanation;
use crate::platform::http::view::When;
use crate::service_request::action::recurrence::Link;
use crate::service_request::presenter::Telling;
use crate::service_request::view::view;
use domain::case::CaseRef;
use domain::disclosure::Audience;
use domain::ids::{AgencyId, ServiceRequestId};
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

/// A report of a chain.
pub struct Again {
    pub href: String,
    pub code: String,
    pub status: &'static str,
    pub sent: When,
    pub here: bool,
}

impl Telling<'_> {
    pub fn explained(&self, e: &Explanation) -> Explained {
        let until: Timestamp = e.answered_at.unwrap_or(self.now);
        let days = self.pack.calendar.working_days_between(e.due_at, until);
        let late_by = if days > 0 {
            self.t.s1("span-working-days", "n", days)
        } else {
            self.t.span(until.duration_since(e.due_at).as_secs().max(0))
        };
        let report = e.case.as_ref().and_then(CaseRef::report);
        Explained {
            id: e.id.clone(),
            agency_id: e.agency.clone(),
            agency: self.agency(&e.agency),
            subject: match &report {
                Some(id) => self.t.s1("explain-report", "code", id.grouped()).into_owned(),
                None => e.subject.clone(),
            },
            href: match (&report, &e.link) {
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
