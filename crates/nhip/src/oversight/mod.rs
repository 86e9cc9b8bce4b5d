//! Oversight: numbers that judge agencies, which anybody can check.
//!
//! **Cast.** A *fact* is what everybody may know of a report, small; a *measure* is a set of reports ("closed in the
//! period"); a *scorecard* has the numbers of one part of the city in one period; a *leader* reads them to act.
//!
//! **Flow.** A job reads what changed into `facts` → a page asks the `Book` for a `scorecard` of the scope and period in
//! its address → each number leads to `/stats/reports`, the list of the very reports it counted (`measure` decides both).
//!
//! Definitions are in `docs/guides/numbers.md`, the mathematics in `domain::statistics`.

pub mod again;
pub mod behind_pages;
pub mod deliver;
pub mod digest;
pub mod facts;
pub mod figures;
mod filter_bar;
pub mod integrity_pages;
mod league_order;
pub mod league_pages;
pub mod measure;
pub mod open_data;
pub mod overview_pages;
pub mod period;
pub mod scorecard;
pub mod stats_pages;
pub mod store;
