//! What the reporter does by receipt or account: follow, answer, rate, reopen, withdraw.

pub mod action_pages;
pub mod list_pages;
pub mod pages;
