//! Brings the schema up to date: the files of `migrations/`, in order, each once, and between them the copying of what
//! is too much for one transaction (`backfill`). One text serves
//! both engines; a block `-- sqlite:` … `-- postgres:` … `-- end` holds what only one of them
//! reads, and the type words are translated.
//!
//! Tables: `schema_migration`.

use crate::platform::hex::hex;

use sha2::{Digest, Sha256};

use super::{Conn, Db, DbError, Engine, backfill, dialect, params};

/// A step from one schema to the next.
enum Step {
    /// The text of a file; files that follow each other are applied in one transaction.
    File(&'static str),
    /// The text of a file that says which rows are copied, in batches, each committed for itself.
    Copies(&'static str),
}
use Step::{Copies, File};

/// Every migration, oldest first. A new file gets a line here; one that was released is never
/// changed again.
const MIGRATIONS: &[(&str, Step)] = &[
    ("0001_schema", File(include_str!("../../../../../migrations/0001_schema.sql"))),
    ("0002_conversation", File(include_str!("../../../../../migrations/0002_conversation.sql"))),
    ("0003_clocks", File(include_str!("../../../../../migrations/0003_clocks.sql"))),
    ("0004_lateness", File(include_str!("../../../../../migrations/0004_lateness.sql"))),
    (
        "0005_conduct_and_integrity",
        File(include_str!("../../../../../migrations/0005_conduct_and_integrity.sql")),
    ),
    ("0006_past_rounds", File(include_str!("../../../../../migrations/0006_past_rounds.sql"))),
    ("0007_search", File(include_str!("../../../../../migrations/0007_search.sql"))),
    ("0009_follows", File(include_str!("../../../../../migrations/0009_follows.sql"))),
    ("0010_newest_hits", File(include_str!("../../../../../migrations/0010_newest_hits.sql"))),
    ("0011_clock_indexes", File(include_str!("../../../../../migrations/0011_clock_indexes.sql"))),
    (
        "0012_covered_photos",
        File(include_str!("../../../../../migrations/0012_covered_photos.sql")),
    ),
    ("0013_reminders", File(include_str!("../../../../../migrations/0013_reminders.sql"))),
    ("0016_locks", File(include_str!("../../../../../migrations/0016_locks.sql"))),
    (
        "0023_history_by_version",
        File(include_str!("../../../../../migrations/0023_history_by_version.sql")),
    ),
    (
        "0024_letters_in_turn",
        File(include_str!("../../../../../migrations/0024_letters_in_turn.sql")),
    ),
    (
        "0025_what_is_forgotten",
        File(include_str!("../../../../../migrations/0025_what_is_forgotten.sql")),
    ),
    ("0027_sent_forms", File(include_str!("../../../../../migrations/0027_sent_forms.sql"))),
    (
        "0029_given_contacts",
        File(include_str!("../../../../../migrations/0029_given_contacts.sql")),
    ),
    (
        "0030_told_as_updated",
        File(include_str!("../../../../../migrations/0030_told_as_updated.sql")),
    ),
    ("0031_exactness", File(include_str!("../../../../../migrations/0031_exactness.sql"))),
    ("0033_owed_step", File(include_str!("../../../../../migrations/0033_owed_step.sql"))),
    ("0035_undo", File(include_str!("../../../../../migrations/0035_undo.sql"))),
    ("0038_urgent", File(include_str!("../../../../../migrations/0038_urgent.sql"))),
    ("0041_open_data", File(include_str!("../../../../../migrations/0041_open_data.sql"))),
    ("0042_services_kept", File(include_str!("../../../../../migrations/0042_services_kept.sql"))),
    ("0043_vault_keys", File(include_str!("../../../../../migrations/0043_vault_keys.sql"))),
    ("0046_cases", File(include_str!("../../../../../migrations/0046_cases.sql"))),
    ("0046_cases_copied", Copies(include_str!("../../../../../migrations/0046_cases_copied.sql"))),
    (
        "0047_cases_in_place",
        File(include_str!("../../../../../migrations/0047_cases_in_place.sql")),
    ),
    ("0049_kinds_of_keys", File(include_str!("../../../../../migrations/0049_kinds_of_keys.sql"))),
    ("0050_tasks", File(include_str!("../../../../../migrations/0050_tasks.sql"))),
];

/// Type words of the files that an engine has under another name. On SQLite only `INTEGER PRIMARY
/// KEY` is the row's own number.
const SQLITE_WORDS: &[(&str, &str)] = &[("BIGINT", "INTEGER")];
const POSTGRES_WORDS: &[(&str, &str)] = &[("BLOB", "BYTEA")];

/// Applies what is missing: the files in one transaction, up to where rows are copied, and so on.
pub(super) fn run(db: &Db) -> Result<(), DbError> {
    apply(db, MIGRATIONS)
}

pub(super) fn up_to(db: &Db, name: &str) -> Result<(), DbError> {
    let known = MIGRATIONS.iter().position(|(known, _)| *known == name);
    let last = known.ok_or_else(|| problem(name, "is no file of migrations/"))?;
    apply(db, MIGRATIONS.get(..=last).unwrap_or_default())
}

fn apply(db: &Db, migrations: &'static [(&'static str, Step)]) -> Result<(), DbError> {
    let known: Vec<&str> = migrations.iter().map(|(name, _)| *name).collect();
    db.write_blocking(move |conn| none_is_unknown(conn, &known))?;
    let mut rest = migrations;
    loop {
        let next = rest.iter().position(|(_, step)| matches!(step, Copies(_)));
        let (files, after) = rest.split_at(next.unwrap_or(rest.len()));
        db.write_blocking(move |conn| apply_files(conn, files))?;
        let Some(((name, Copies(text)), after)) = after.split_first() else { return Ok(()) };
        let done = db.read_blocking(move |conn| is_applied(conn, name))?;
        if !done {
            backfill::run(db, text)?;
            db.write_blocking(move |conn| note(conn, name, &checksum(text)))?;
        }
        rest = after;
    }
}

fn none_is_unknown(conn: &mut Conn<'_>, known: &[&str]) -> Result<(), DbError> {
    conn.batch(dialect::lock_migrations(conn.engine()))?;
    conn.batch(
        "CREATE TABLE IF NOT EXISTS schema_migration (
            name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL)",
    )?;
    let applied =
        conn.query("SELECT name FROM schema_migration ORDER BY name", params![], |row| {
            row.get::<String>(0)
        })?;
    match applied.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => {
            Err(problem(name, "is not known here: the database belongs to a newer version"))
        }
        None => Ok(()),
    }
}

fn apply_files(conn: &mut Conn<'_>, files: &[(&str, Step)]) -> Result<(), DbError> {
    let engine = conn.engine();
    conn.batch(dialect::lock_migrations(engine))?;
    let applied = conn.query(
        "SELECT name, checksum FROM schema_migration ORDER BY name",
        params![],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    for (name, step) in files {
        let File(text) = step else { continue };
        let checksum = checksum(text);
        match applied.iter().find(|(applied, _)| applied == name) {
            Some((_, before)) if *before == checksum => {}
            Some(_) => return Err(problem(name, "was changed after it had been applied here")),
            None => {
                conn.batch(&for_engine(text, engine))?;
                note(conn, name, &checksum)?;
            }
        }
    }
    Ok(())
}

fn is_applied(conn: &mut Conn<'_>, name: &str) -> Result<bool, DbError> {
    let sql = "SELECT 1 FROM schema_migration WHERE name = $1";
    Ok(conn.query_opt(sql, params![name], |row| row.get::<i64>(0))?.is_some())
}

/// Another node may have been as far at the same moment.
fn note(conn: &mut Conn<'_>, name: &str, checksum: &str) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO schema_migration (name, checksum) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        params![name, checksum],
    )?;
    Ok(())
}

fn problem(name: &str, problem: &str) -> DbError {
    DbError::Migration { name: name.to_owned(), problem: problem.to_owned() }
}

fn checksum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The lines that `engine` is to read, comments left out and type words translated.
fn for_engine(text: &str, engine: Engine) -> String {
    let words = match engine {
        Engine::Sqlite => SQLITE_WORDS,
        Engine::Postgres => POSTGRES_WORDS,
    };
    let mut only = None;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "-- sqlite:" => only = Some(Engine::Sqlite),
            "-- postgres:" => only = Some(Engine::Postgres),
            "-- end" => only = None,
            comment if comment.starts_with("--") => {}
            _ if only.is_some_and(|only| only != engine) => {}
            _ => {
                translate(line, words, &mut kept);
                kept.push('\n');
            }
        }
    }
    kept
}

/// Copies `line` with each whole word of `words` replaced.
fn translate(line: &str, words: &[(&str, &str)], into: &mut String) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = line;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        into.push_str(words.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to));
        let (gap, after) = after.split_at(after.find(is_word).unwrap_or(after.len()));
        into.push_str(gap);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_reads_its_own_lines_and_type_words() {
        let text = "-- a BLOB of words\nCREATE TABLE t (id BIGINT PRIMARY KEY, b BLOB, blobs TEXT);\n\
                    -- sqlite:\nS;\n-- postgres:\nP;\n-- end\nALL;\n";
        assert_eq!(
            for_engine(text, Engine::Sqlite),
            "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB, blobs TEXT);\nS;\nALL;\n"
        );
        assert_eq!(
            for_engine(text, Engine::Postgres),
            "CREATE TABLE t (id BIGINT PRIMARY KEY, b BYTEA, blobs TEXT);\nP;\nALL;\n"
        );
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder of migrations")
            .map(|file| file.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "sql"))
            .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
            .collect();
        files.sort();
        let listed: Vec<_> = MIGRATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(files, listed);
    }

    #[test]
    fn a_migration_changed_after_it_was_applied_is_refused_and_a_newer_database_too() {
        let folder = std::env::temp_dir().join(format!("nhip-migrate-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let db = super::super::Db::open_sqlite(&folder.join("t.db")).expect("a database");
        let step = |list: &'static [(&'static str, Step)]| apply(&db, list);
        step(&[("1", File("CREATE TABLE a (x BIGINT);"))]).expect("applied");
        step(&[
            ("1", File("CREATE TABLE a (x BIGINT);")),
            ("2", File("CREATE TABLE b (x BIGINT);")),
        ])
        .expect("the second only");
        let changed = step(&[("1", File("CREATE TABLE a (y BIGINT);")), ("2", File(""))]);
        assert!(matches!(changed, Err(DbError::Migration { name, .. }) if name == "1"));
        let older = step(&[("1", File("CREATE TABLE a (x BIGINT);"))]);
        assert!(matches!(older, Err(DbError::Migration { name, .. }) if name == "2"));
        drop(db);
        std::fs::remove_dir_all(folder).expect("cleared");
    }
}
