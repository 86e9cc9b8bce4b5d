//! What agencies owe when they are asked, and what they earn: explanations and cards.
//!
//! **Cast.** A *leader* asks an agency to explain a report or a number; its *head* answers, in public. A *rule* of the
//! pack gives cards; the head may contest one, a leader rules.
//!
//! One subject, one file: `explanation`, `card`; SQL in `store`; the pages are `*_pages`.

pub mod card;
pub mod card_pages;
pub mod explanation;
pub mod explanation_pages;
pub mod store;
pub mod summary_pages;
