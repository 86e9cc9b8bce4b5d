//! The SQL of what searches know beyond the lists.

use crate::platform::db::{Conn, DbError, dialect};

/// Every word of every report, folded. Never shown: it also knows the words of reports that are not public.
pub fn words_used(conn: &mut Conn<'_>) -> Result<Vec<String>, DbError> {
    conn.query(dialect::words_used(conn.engine()), &[], |row| row.get(0))
}
