//! The desk's pages for reports: queues, one case and what is done to it, many at once, work in the field.

pub mod action_http;
pub mod allowed_action_pages;
pub mod bulk_action_http;
pub mod bulk_assign_pages;
pub mod case_pages;
pub mod entry_pages;
pub mod field_http;
pub mod field_pages;
pub mod integrity_store;
pub mod list_pages;
pub mod mask_photo_pages;
pub mod queue;
pub mod queue_pages;
pub mod queue_rows;
pub mod store;
