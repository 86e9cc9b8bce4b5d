//! From an event to a letter in somebody's hands.
//!
//! **Cast.** An *outbox row* says that something happened. A *reader* is told of it: the reporter, a follower, staff, or
//! whoever asked for this very letter. A *delivery* is one letter (or notification, or call) to one reader about one
//! event; an *attempt* is one try to send it.
//!
//! **Flow.** An action writes its event and an outbox row in one transaction → `dispatch` reads the row, asks `who`
//! (a table) and turns it into deliveries, in one transaction → `deliver` leases a delivery, `letter` writes it in the
//! reader's language, `platform::mail` sends it outside any transaction, and what came of it is noted. The process may
//! die at any point: what was not noted is done again, and only the one letter in flight may arrive twice.
//!
//! Letters quote what the city says, never what a citizen wrote: nobody can make us carry their words to a stranger's
//! mailbox, and nothing of theirs becomes a link.
//!
//! `follow` and `stop` are the ways in and out; `bulletin` gathers what followers hear of once a day or week; `push` and
//! `webhook` are ways to be told other than letters; `desk` shows staff what was sent and what failed.

pub mod about;
pub mod bulletin;
pub mod deliver;
pub mod desk;
pub mod dispatch;
pub mod follow;
pub mod letter;
pub mod pages;
pub mod push;
pub mod ready;
pub mod stop;
mod store;
pub mod webhook;
pub mod who;

pub use desk::letters_of;
pub use store::{Backlog, backlog, forget, release};
