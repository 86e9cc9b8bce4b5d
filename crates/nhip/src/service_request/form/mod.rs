//! The form of a new report: its fields and questions, photos sent ahead, similar reports, and the receipt.

pub mod fields;
pub mod key_http;
pub mod pages;
pub mod photos_http;
pub mod receipt;
pub mod receipt_store;
pub mod similar_pages;
