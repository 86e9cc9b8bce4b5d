//! The barest insert: one row, with the durability that reports have.

use nhip::platform::db::{Db, DbError, params};

pub fn make(db: &Db) -> Result<(), DbError> {
    db.write_blocking(|conn| {
        conn.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", params![])
            .map(drop)
    })
}

pub async fn insert(db: &Db, text: String) -> Result<u64, DbError> {
    db.write(move |conn| conn.execute("INSERT INTO report (text) VALUES ($1)", params![text])).await
}
