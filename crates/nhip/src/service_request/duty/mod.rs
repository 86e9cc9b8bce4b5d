//! What agencies owe when they are asked, and what they earn: explanations, cards, and reports that come again.
//!
//! **Cast.** A *leader* asks an agency to explain a report or a number; its *head* answers, in public. A *rule* of the
//! pack gives cards; the head may contest one, a leader rules. The same thing at the same place again is a *chain*.
//!
//! One subject, one file: `explain`, `cards`, `recur`; all SQL in `store`; the pages are `*_pages`.

pub mod cards;
pub mod cards_pages;
pub mod duties_pages;
pub mod explain;
pub mod explain_pages;
pub mod recur;
pub mod store;
