//! What everybody sees: front page, lists, reports, map, agencies, and how it all works. Everybody sees the same, signed
//! in or not; what staff and reporters see beyond it has pages of its own.

pub mod about;
pub mod base_map;
mod ending;
pub mod feeds;
pub mod map;
pub mod media_http;
pub mod places;
pub mod promises;
pub mod report;
pub mod reports;
pub mod slip;
pub mod tiles;

use crate::app::{App, Shared};
use crate::platform::error::Result;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::Asked;
use crate::service_request::list::store as list_store;
use crate::service_request::list::store::{Listing, Page as ListPage, Visibility};
use crate::service_request::presenter::{Telling, area_choices};
use crate::service_request::view::{ReportView, view};
use crate::visitor::Visitor;
use domain::disclosure::Audience;
use domain::pack::Pack;
use jiff::Timestamp;
use std::sync::Arc;

/// The teller of a page.
pub fn telling<'a>(visitor: &Visitor, pack: &'a Pack, now: Timestamp) -> Telling<'a> {
    Telling::new(visitor.t, pack, now)
}

/// What an address asks for, with slips in its words forgiven.
fn asked(app: &App, query: Option<&str>, pack: &Pack) -> Asked {
    let mut asked = Asked::parse(query.unwrap_or_default(), pack);
    asked.filter.forgive(&app.vocabulary.load());
    asked
}

/// A page of a list as everybody may see it.
pub async fn public_list(app: &Shared, asked: Asked, limit: usize) -> Result<ListPage<ReportView>> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let filter = asked.filter.clone();
    let found = app.db.read(move |conn| {
        let listing = Listing {
            filter: &asked.filter,
            visibility: &Visibility::Public,
            sort: asked.sort,
            after: asked.after.as_ref(),
            limit,
            now,
        };
        list_store::list(conn, &listing)
    });
    let found = found.await?;
    let views = found.rows.into_iter().map(|report| view(report, Audience::Public, &pack));
    Ok(ListPage {
        rows: views.filter(|view| view.agrees_with(&filter)).collect(),
        next: found.next,
    })
}

/// Choices of a filter, the first of which is "any".
pub fn choices(
    any: impl Into<String>,
    chosen: &str,
    all: impl Iterator<Item = (String, String)>,
) -> Vec<Choice> {
    let any = Choice::new("", any, chosen.is_empty());
    let all = all.map(|(value, label)| {
        let checked = value == chosen;
        Choice::new(value, label, checked)
    });
    std::iter::once(any).chain(all).collect()
}

/// The agencies of a filter, by their short names.
pub fn agency_choices(pack: &Pack, t: Lang, chosen: &str) -> Vec<Choice> {
    let names = pack.agencies.iter().map(|a| (a.id.to_string(), a.short.text(t.code()).to_owned()));
    choices(t.s("filter-any-agency"), chosen, names)
}

/// The fields of the filter bar, as they stand.
pub struct FilterBar {
    pub asked: Asked,
    pub fields: Vec<Choice>,
    pub services: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub agencies: Vec<Choice>,
    pub states: Vec<Choice>,
    pub outcomes: Vec<Choice>,
    pub sorts: Vec<Choice>,
}

impl FilterBar {
    fn new(visitor: &Visitor, pack: &Arc<Pack>, asked: Asked) -> Self {
        use crate::service_request::list::filter::Sort;
        use domain::service_request::{Outcome, State};
        let (t, code) = (visitor.t, visitor.t.code());
        let any = |key: &str| t.s(key).into_owned();
        let words = |word: &'static str| (word.to_owned(), t.of("status-", word).into_owned());
        let field = asked.value("field").to_owned();
        let services = pack
            .all_services()
            .filter(|service| field.is_empty() || service.field.as_str() == field);
        let states = State::ALL.iter().map(|state| words(state.as_str()));
        let open = std::iter::once(("open".to_owned(), any("filter-open")));
        let outcomes = Outcome::ALL.iter().map(|outcome| words(outcome.as_str()));
        let sort = |sort: &Sort| {
            Choice::new(sort.as_str(), t.of("sort-", sort), sort.as_str() == asked.sort.as_str())
        };
        Self {
            fields: choices(
                any("filter-any-field"),
                &field,
                pack.all_fields().map(|f| (f.code.to_string(), f.name.text(code).to_owned())),
            ),
            services: choices(
                any("filter-any-service"),
                asked.value("service"),
                services.map(|s| (s.code.to_string(), s.name.text(code).to_owned())),
            ),
            areas: choices(
                any("filter-any-area"),
                asked.value("area"),
                area_choices(t, pack).into_iter(),
            ),
            agencies: agency_choices(pack, t, asked.value("agency")),
            states: choices(any("filter-any-state"), asked.value("state"), open.chain(states)),
            outcomes: choices(any("filter-any-outcome"), asked.value("outcome"), outcomes),
            sorts: Sort::ALL.iter().map(sort).collect(),
            asked,
        }
    }

    /// What was chosen, in words, the words looked for first; of what has no words the address itself.
    pub fn said(&self) -> Vec<String> {
        let words = Some(self.typed("q")).filter(|words| !words.is_empty());
        let lists = [
            &self.fields,
            &self.services,
            &self.areas,
            &self.agencies,
            &self.states,
            &self.outcomes,
        ];
        let chosen = lists.into_iter().flatten();
        let chosen = chosen.filter(|choice| choice.checked && !choice.value.is_empty());
        let chosen = chosen.map(|choice| choice.label.clone());
        let said: Vec<String> =
            words.map(|words| format!("“{words}”")).into_iter().chain(chosen).collect();
        let query = self.asked.query(&[]);
        if said.is_empty() && !query.is_empty() { vec![query] } else { said }
    }

    /// What is wrong with a part of the address, in the reader's language.
    pub fn problem(&self, t: &Lang, field: &str) -> String {
        let problem = self.asked.problems.iter().find(|problem| problem.field == field);
        problem.map_or_else(String::new, |problem| t.s(problem.key).into_owned())
    }

    /// Metres around a place that are looked into.
    pub fn metres(&self) -> i64 {
        self.asked.filter.near.map_or(0, |near| near.metres.round() as i64)
    }

    /// What was typed into a field, also when it means nothing.
    pub fn typed(&self, field: &str) -> &str {
        self.asked.value(field)
    }
}
