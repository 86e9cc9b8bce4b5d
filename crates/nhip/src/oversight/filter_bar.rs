//! The filter of a page of numbers: period, field, area, agency. All of it is in the address.

use super::period::Asked;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::service_request::presenter::area_choices;
use crate::service_request::public::{agency_choices, choices};
use domain::pack::Pack;

pub struct FilterBar {
    /// Where the form leads: the page it stands on.
    pub path: String,
    pub periods: Vec<Choice>,
    /// Empty where the path names it.
    pub fields: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub agencies: Vec<Choice>,
    pub from: String,
    pub to: String,
    pub active: usize,
    asked: Asked,
}

impl FilterBar {
    pub fn new(t: Lang, pack: &Pack, asked: &Asked, fixed: &str, path: String) -> Self {
        let (code, scope) = (t.code(), &asked.scope);
        let unless = |name: &str, choices: Vec<Choice>| {
            if name == fixed { Vec::new() } else { choices }
        };
        let period = |word: String| {
            let label = word.strip_suffix('d').map_or_else(
                || word.clone(),
                |days| t.s1("stats-last-days", "days", days.to_owned()).into_owned(),
            );
            (word, label)
        };
        let periods = asked.choices().into_iter().map(period);
        let own_dates = asked.period.is_empty();
        let set = [
            scope.field.is_some() && fixed != "field",
            scope.area.is_some() && fixed != "area",
            scope.agency.is_some() && fixed != "agency",
            asked.period != format!("{}d", super::period::DAYS),
        ];
        Self {
            periods: choices(t.s("stats-own-dates"), &asked.period, periods),
            fields: unless(
                "field",
                choices(
                    t.s("filter-any-field"),
                    scope.field.as_ref().map_or("", AsRef::as_ref),
                    pack.all_fields().map(|f| (f.code.to_string(), f.name.text(code).to_owned())),
                ),
            ),
            areas: unless(
                "area",
                choices(
                    t.s("filter-any-area"),
                    scope.area.as_ref().map_or("", AsRef::as_ref),
                    area_choices(t, pack).into_iter(),
                ),
            ),
            agencies: unless(
                "agency",
                agency_choices(pack, t, scope.agency.as_ref().map_or("", AsRef::as_ref)),
            ),
            from: if own_dates { asked.window.first.to_string() } else { String::new() },
            to: if own_dates { asked.window.last.to_string() } else { String::new() },
            active: set.into_iter().filter(|set| *set).count(),
            path,
            asked: asked.clone(),
        }
    }

    /// What the numbers are of, where they are not of everything the page is about: the parts that are chosen and the
    /// period. A page of numbers is passed on as a picture, without its filter.
    pub fn named(&self, title: &str, whole: &str) -> String {
        if self.active == 0 {
            return title.to_owned();
        }
        let chosen = |choices: &[Choice]| {
            let chosen = choices.iter().find(|choice| choice.checked && !choice.value.is_empty());
            chosen.map(|choice| choice.label.clone())
        };
        let parts = [&self.areas, &self.fields, &self.agencies, &self.periods].map(|c| chosen(c));
        let own = (title != whole).then(|| title.to_owned());
        let parts: Vec<String> = own.into_iter().chain(parts.into_iter().flatten()).collect();
        if parts.is_empty() { title.to_owned() } else { parts.join(" · ") }
    }

    pub fn is_wrong(&self) -> bool {
        !self.asked.problems.is_empty()
    }

    /// What is wrong with a part of the address, in the reader's language.
    pub fn problem(&self, t: Lang, field: &str) -> String {
        let problem = self.asked.problems.iter().find(|problem| problem.field == field);
        problem.map_or_else(String::new, |problem| t.s(problem.key).into_owned())
    }
}
