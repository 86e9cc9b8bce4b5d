//! The front page, which shows every slice.

pub mod pages;
