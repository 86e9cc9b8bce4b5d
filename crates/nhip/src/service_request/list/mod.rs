//! Lists of reports: what an address asks for, and the SQL that finds it by field, by place and by words.

pub mod filter;
pub mod geo_store;
pub mod search_store;
pub mod store;
