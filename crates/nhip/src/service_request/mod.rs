//! A report from the field: the heart of the service.
//!
//! **Cast.** A *reporter* sends it; an *operator* takes it in; an *agency* works on it; a *reviewer* publishes what came
//! of it; the reporter judges.
//!
//! **Flow.** A page or the API reads a form → one verb's file (`action/submit`, `action/accept`, `action/answer` …) →
//! `action` asks the workflow table in `domain` → `store` writes report, event and outbox row in one transaction →
//! letters and live pages follow. One verb, one file; all SQL in files that end so.
//!
//! **Pages.** `form` is the form of a new report, `public` what everybody sees, `reporter` what the reporter does by
//! receipt, `staff` the desk's pages. `list` and `map` find reports, `suggest` finds their kind and those like them.

pub mod action;
pub mod exactness_store;
pub mod explained;
pub mod form;
pub mod former;
mod former_store;
pub mod list;
pub mod map;
pub mod presenter;
pub mod public;
pub mod reporter;
pub mod signature;
pub mod staff;
pub mod store;
pub mod suggest;
pub mod support_store;
pub mod timeline;
pub mod view;
