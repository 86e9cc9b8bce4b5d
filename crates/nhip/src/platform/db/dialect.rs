//! Where the two engines truly differ, both ways side by side. Everything else is the same SQL.
//!
//! Tables: reads `report_text`, `report_text_index`, `report_word`, `service_request`.

use super::{Conn, DbError, Engine, params};
use std::collections::BTreeMap;
use std::iter;

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

/// The row of `report_text` of the report with the code in parameter `$n`. On SQLite its words lead to it: the code is one
/// of them, so that no further index has to be written for every report.
pub fn text_of(engine: Engine, n: usize) -> String {
    match engine {
        Engine::Sqlite => format!(
            "request = ${n} AND id IN (SELECT rowid FROM report_text_index WHERE report_text_index MATCH ${n})"
        ),
        Engine::Postgres => format!("request = ${n}"),
    }
}

/// The newest reports whose text matches parameter `$n`, at most `$limit`, with a column `request`. Other than
/// [`text_hits`] it does not look at all of them: a word that stands in every third report costs no more than a rare one.
/// `seen` says which of `service_request` its reader may find by words: others take no place among those counted.
pub fn newest_hits(engine: Engine, n: usize, limit: usize, seen: &str) -> String {
    match engine {
        // The order of the joined tables is the order they are read in: the index first, from its end.
        Engine::Sqlite => format!(
            "SELECT report_text.request AS request FROM report_text_index \
             CROSS JOIN report_text ON report_text.id = report_text_index.rowid \
             CROSS JOIN service_request ON service_request.id = report_text.request \
             WHERE report_text_index MATCH ${n} AND {seen} ORDER BY report_text_index.rowid DESC LIMIT ${limit}"
        ),
        Engine::Postgres => format!(
            "SELECT report_text.request AS request FROM report_text \
             JOIN service_request ON service_request.id = report_text.request \
             WHERE vector @@ to_tsquery('simple', ${n}) AND {seen} ORDER BY nth DESC LIMIT ${limit}"
        ),
    }
}

/// Words of a phrase: the places of more cost more to compare than their order tells.
const PHRASE_WORDS: usize = 3;

/// As [`text_query`], but the words stand one after the other, as they were typed. `None` for a single word, and for a
/// sentence, which nobody repeats.
pub fn phrase_query(engine: Engine, folded: &str) -> Option<String> {
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (quote, prefix, then) = match engine {
        Engine::Sqlite => ('"', "*", " + "),
        Engine::Postgres => ('\'', ":*", " <-> "),
    };
    let quoted: Vec<String> = words.iter().map(|word| format!("{quote}{word}{quote}")).collect();
    (2..=PHRASE_WORDS).contains(&quoted.len()).then(|| format!("{}{prefix}", quoted.join(then)))
}

/// What to search for: every word of `folded` (folded as the index is), the last one also as the
/// beginning of a word, because people search while they type; instead of a word also one of those that `also` has
/// for it. `None` when there is no word.
pub fn text_query(
    engine: Engine,
    folded: &str,
    also: &BTreeMap<String, Vec<String>>,
) -> Option<String> {
    // Letters and digits only: nothing of the query languages gets through.
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (quote, prefix, or, and) = match engine {
        Engine::Sqlite => ('"', "*", " OR ", " AND "),
        Engine::Postgres => ('\'', ":*", " | ", " & "),
    };
    let asked = words.iter().enumerate().map(|(n, word)| {
        let others = also.get(*word).into_iter().flatten().map(String::as_str);
        let any: Vec<String> =
            iter::once(*word).chain(others).map(|word| format!("{quote}{word}{quote}")).collect();
        let end = if n + 1 == words.len() { prefix } else { "" };
        if any.len() == 1 {
            format!("{}{end}", any.concat())
        } else {
            format!("({})", any.join(or))
        }
    });
    let asked: Vec<String> = asked.collect();
    (!asked.is_empty()).then(|| asked.join(and))
}

/// Words, each once, with the number of reports that hold it. SQLite's index counts all reports; PostgreSQL looks through the
/// texts for them, those of the newest reports that are open to all: see [`counts_all_words`].
pub fn words_used(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT term, doc FROM report_word",
        Engine::Postgres => {
            "SELECT word, ndoc FROM ts_stat('SELECT t.vector FROM report_text t \
             JOIN service_request r ON r.id = t.request WHERE r.open_to_all = 1 ORDER BY t.nth DESC LIMIT 50000')"
        }
    }
}

/// A row if a migration was ever applied.
pub(super) fn has_migrated(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'",
        Engine::Postgres => "SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL",
    }
}

/// Does [`words_used`] count reports that are not open to all?
pub fn counts_all_words(engine: Engine) -> bool {
    engine == Engine::Sqlite
}

/// Lets one node at a time migrate. SQLite has one writer anyway.
pub(super) fn lock_migrations(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        // Any number will do that nobody else uses in this database.
        // And what is there already is no news for the log.
        Engine::Postgres => {
            // A large table takes longer than any request may, and the other node is waited for.
            "SET LOCAL client_min_messages = warning; SET LOCAL statement_timeout = 0; \
             SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(20260701)"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_may_take_as_long_as_it_takes() {
        let lock = lock_migrations(Engine::Postgres);
        let (limits, waits) = lock.split_once("SELECT pg_advisory_xact_lock").unwrap();
        assert!(waits.starts_with('('));
        for limit in ["statement_timeout", "lock_timeout"] {
            assert!(limits.contains(&format!("SET LOCAL {limit} = 0")), "{limit}");
        }
    }

    #[test]
    fn a_query_keeps_only_words_and_prefixes_the_last() {
        let (typed, none) = ("o ga\" OR 'den:*", BTreeMap::new());
        assert_eq!(
            text_query(Engine::Sqlite, typed, &none).as_deref(),
            Some("\"o\" AND \"ga\" AND \"OR\" AND \"den\"*")
        );
        assert_eq!(
            text_query(Engine::Postgres, typed, &none).as_deref(),
            Some("'o' & 'ga' & 'OR' & 'den':*")
        );
        assert_eq!(text_query(Engine::Sqlite, " -- ' ", &none), None);
        let also =
            [("potholw".to_owned(), vec!["pothole".to_owned(), "potholes".to_owned()])].into();
        assert_eq!(
            text_query(Engine::Sqlite, "big potholw", &also).as_deref(),
            Some("\"big\" AND (\"potholw\" OR \"pothole\" OR \"potholes\")")
        );
        assert_eq!(
            text_query(Engine::Postgres, "potholw big", &also).as_deref(),
            Some("('potholw' | 'pothole' | 'potholes') & 'big':*")
        );
    }
}
