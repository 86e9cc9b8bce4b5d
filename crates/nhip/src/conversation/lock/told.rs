//! A lock in words: for the person it is about, and for the desk. Never who locked, outside the desk.

use super::Lock;
use crate::conversation::talk::Speaking;
use crate::platform::http::view::When;
use domain::lock::Standing;

/// A lock, ready to read.
pub struct Told {
    pub id: String,
    pub reason: String,
    pub term: String,
    /// `holds`, `suspended`, `ended`.
    pub standing: &'static str,
    pub until: When,
    /// What the moderator says to the person; may be empty.
    pub words: String,
    /// What the person says against it; empty: nothing yet.
    pub appeal: String,
    pub appeal_due: Option<When>,
    /// The sentence of the ruling, and its words; empty: none yet.
    pub ruling: String,
    pub ruling_words: String,
}

impl Told {
    pub fn of(speaking: &Speaking<'_>, lock: &Lock) -> Self {
        let (t, zone) = (speaking.t, speaking.pack.calendar.zone());
        let moment = |at| When::moment(t, speaking.now, at, zone);
        let ruled = lock.ruled.as_ref();
        Self {
            id: lock.id.to_string(),
            reason: t.of("lock-reason-", lock.reason).into_owned(),
            term: t.of("lock-term-", lock.course.term).into_owned(),
            standing: match lock.standing(speaking.now) {
                Standing::Holds => "holds",
                Standing::Suspended => "suspended",
                Standing::Ended => "ended",
            },
            until: moment(lock.course.until),
            words: lock.words.clone().unwrap_or_default(),
            appeal: lock.appeal.as_ref().map_or_else(String::new, |appeal| appeal.words.clone()),
            appeal_due: lock.course.appeal_due.map(moment),
            ruling: ruled.map_or_else(String::new, |r| t.of("lock-ruled-", r.ruling).into_owned()),
            ruling_words: ruled.and_then(|r| r.words.clone()).unwrap_or_default(),
        }
    }

    pub fn holds(&self) -> bool {
        self.standing == "holds"
    }

    pub fn may_appeal(&self) -> bool {
        self.standing != "ended" && self.appeal.is_empty() && self.ruling.is_empty()
    }
}

/// The office that locks and rules, by name: never a person.
pub fn office(speaking: &Speaking<'_>) -> String {
    let centre = &speaking.pack.centre;
    let agency = speaking.pack.agency(centre);
    agency.map_or_else(|| centre.to_string(), |a| a.name.text(speaking.t.code()).to_owned())
}
