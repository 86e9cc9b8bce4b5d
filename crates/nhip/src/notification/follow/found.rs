//! Which of the lists that people follow a report is in. Each list is read once and tested in memory, against what
//! everybody may see of the report: nobody learns by following what they could not find by looking.

use super::store;
use super::what::What;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::list::filter::Filter;
use crate::service_request::view::{ReportView, view};
use domain::disclosure::Audience;
use domain::pack::Pack;
use domain::service_request::ServiceRequest;

/// Lists, read, to be tested against any number of reports.
#[derive(Debug, Default)]
pub struct Lists(Vec<(What, Filter)>);

impl Lists {
    /// Those that somebody wants to hear of at once.
    pub fn at_once(conn: &mut Conn<'_>, pack: &Pack) -> Result<Self> {
        Ok(Self::of(store::lists_at_once(conn)?, pack))
    }

    /// What the pack does not understand any more finds nothing.
    pub fn of(all: impl IntoIterator<Item = What>, pack: &Pack) -> Self {
        Self(
            all.into_iter()
                .filter_map(|what| Some((what.filter(pack)?, what)))
                .map(|(f, w)| (w, f))
                .collect(),
        )
    }

    /// The lists in which everybody finds this.
    pub fn with(&self, seen: &Seen) -> impl Iterator<Item = &What> {
        self.0.iter().filter(|(_, filter)| seen.answers(filter)).map(|(what, _)| what)
    }
}

/// A report as everybody sees it, ready to be looked for.
#[derive(Debug)]
pub struct Seen {
    pub view: ReportView,
    words: Vec<String>,
}

impl Seen {
    /// `None`: it is not open to all, and no follower hears of it.
    pub fn of(report: &ServiceRequest, pack: &Pack) -> Option<Self> {
        if !report.is_open_to_all() {
            return None;
        }
        let view = view(report.clone(), Audience::Public, pack);
        let words = view.words();
        Some(Self { view, words })
    }

    fn answers(&self, filter: &Filter) -> bool {
        self.view.answers(filter, &self.words)
    }
}
