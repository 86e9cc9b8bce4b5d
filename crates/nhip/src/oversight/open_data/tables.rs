//! The tables of the open data and their columns, in order. What each column means is said in the translations
//! (`data-TABLE-COLUMN`) and shown on `/open-data`; a test sees to it that none is missing.

use super::table::{Column, Kind};

/// A table, by the name of its files.
pub struct Described {
    pub name: &'static str,
    pub columns: &'static [Column],
    /// Also as `GeoJSON`.
    pub places: bool,
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}
const fn at(name: &'static str) -> Column {
    Column { name, kind: Kind::At }
}
const fn int(name: &'static str) -> Column {
    Column { name, kind: Kind::Int }
}
const fn real(name: &'static str) -> Column {
    Column { name, kind: Kind::Real }
}
const fn flag(name: &'static str) -> Column {
    Column { name, kind: Kind::Flag }
}

pub const REPORTS: &[Column] = &[
    text("report"),
    text("openness"),
    text("field"),
    text("service"),
    text("area"),
    text("agency"),
    text("channel"),
    real("lat"),
    real("long"),
    flag("place_exact"),
    at("received_at"),
    at("accepted_at"),
    at("responded_at"),
    at("due_at"),
    at("closed_at"),
    at("updated_at"),
    text("state"),
    text("outcome"),
    text("planned_for"),
    text("refusal_code"),
    text("rating"),
    text("merged_into"),
    int("attempt"),
    int("supports"),
    int("comments"),
    flag("by_own_staff"),
];

pub const EVENTS: &[Column] = &[
    text("event"),
    text("report"),
    at("at"),
    text("verb"),
    text("role"),
    text("from_state"),
    text("to_state"),
    int("attempt"),
    text("agency"),
    at("due_at"),
    text("outcome"),
    text("code"),
    text("planned_for"),
    text("rating"),
    text("step"),
    int("percent"),
    flag("reported_again"),
];

pub const SCORECARDS: &[Column] =
    &[text("part"), text("code"), text("period"), text("number"), text("value")];

pub const PROCEDURES: &[Column] = &[
    text("procedure"),
    int("version"),
    text("hash"),
    text("effective_from"),
    text("name"),
    text("owner"),
    text("promise"),
    text("first_response"),
    text("step"),
    text("role"),
    text("action"),
    text("product"),
    text("budget"),
    text("after"),
    text("begins_on"),
    text("done_by"),
    text("pauses_on"),
];

pub const CALENDAR: &[Column] = &[
    text("date"),
    int("weekday"),
    text("kind"),
    text("hours"),
    text("name"),
    text("basis"),
    text("source"),
];

pub const AGENCIES: &[Column] =
    &[text("agency"), text("parent"), text("kind"), text("name"), text("short")];

pub const AREAS: &[Column] =
    &[text("area"), text("name"), text("agency"), real("lat"), real("long")];

pub const SERVICES: &[Column] = &[
    text("service"),
    text("field"),
    text("name"),
    text("field_name"),
    text("procedure"),
    flag("offered"),
];

pub const ABOUT: &[Column] = &[text("key"), text("value")];

/// All of them, in the order of the page.
pub const ALL: &[Described] = &[
    Described { name: "reports", columns: REPORTS, places: true },
    Described { name: "events", columns: EVENTS, places: false },
    Described { name: "scorecards", columns: SCORECARDS, places: false },
    Described { name: "procedures", columns: PROCEDURES, places: false },
    Described { name: "calendar", columns: CALENDAR, places: false },
    Described { name: "agencies", columns: AGENCIES, places: false },
    Described { name: "areas", columns: AREAS, places: false },
    Described { name: "services", columns: SERVICES, places: false },
    Described { name: "about", columns: ABOUT, places: false },
];
