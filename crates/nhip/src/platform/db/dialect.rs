//! Where the two engines truly differ, both ways side by side. Everything else is the same SQL.

use super::{Conn, DbError, Engine, params};

/// Ends a SELECT that takes work for itself: rows others hold are passed over. On SQLite there is
/// one writer, so nobody else can hold any.
pub fn skip_locked(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// Ends a SELECT whose rows must not change before this transaction ends.
pub fn for_update(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE",
    }
}

/// Lets one writer at a time look for `name` and write it if it is not there; the next finds what the first wrote. The
/// end of the transaction lets go. On SQLite there is one writer.
pub fn one_at_a_time(conn: &mut Conn<'_>, name: &str) -> Result<(), DbError> {
    match conn.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => conn
            .query_opt(
                "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))) AS held",
                params![name],
                |_| Ok(()),
            )
            .map(drop),
    }
}

/// Follows the name of a table: which of its indexes to read. `SQLite` plans without statistics and would sort a whole
/// city to show twenty rows; PostgreSQL knows its data and decides itself.
pub fn indexed_by(engine: Engine, index: &str) -> String {
    match engine {
        Engine::Sqlite => format!(" INDEXED BY {index}"),
        Engine::Postgres => String::new(),
    }
}

/// A sub-select of the reports whose text matches parameter `$n` (made by [`text_query`]), with
/// columns `request` and `rank` (lowest fits best):
/// `… JOIN ({hits}) AS hit ON hit.request = service_request.id ORDER BY hit.rank`.
pub fn text_hits(engine: Engine, n: usize) -> String {
    match engine {
        Engine::Sqlite => format!(
            "SELECT report_text.request AS request, report_text_index.rank AS rank \
             FROM report_text_index JOIN report_text ON report_text.id = report_text_index.rowid \
             WHERE report_text_index MATCH ${n}"
        ),
        Engine::Postgres => format!(
            "SELECT request, -ts_rank(vector, to_tsquery('simple', ${n})) AS rank \
             FROM report_text WHERE vector @@ to_tsquery('simple', ${n})"
        ),
    }
}

/// What to search for: every word of `folded` (folded as the index is), the last one also as the
/// beginning of a word, because people search while they type. `None` when there is no word.
pub fn text_query(engine: Engine, folded: &str) -> Option<String> {
    // Letters and digits only: nothing of the query languages gets through.
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return None;
    }
    Some(match engine {
        Engine::Sqlite => format!("\"{}\"*", words.join("\" \"")),
        Engine::Postgres => format!("'{}':*", words.join("' & '")),
    })
}

/// Lets one node at a time migrate. SQLite has one writer anyway.
pub(super) fn lock_migrations(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        // Any number will do that nobody else uses in this database.
        Engine::Postgres => "SELECT pg_advisory_xact_lock(20260701)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_keeps_only_words_and_prefixes_the_last() {
        let typed = "o ga\" OR 'den:*";
        assert_eq!(
            text_query(Engine::Sqlite, typed).as_deref(),
            Some("\"o\" \"ga\" \"OR\" \"den\"*")
        );
        assert_eq!(
            text_query(Engine::Postgres, typed).as_deref(),
            Some("'o' & 'ga' & 'OR' & 'den':*")
        );
        assert_eq!(text_query(Engine::Sqlite, " -- ' "), None);
    }
}
