//! The contract of `platform::db` that both engines keep.

use crate::support::db::for_each_engine;
use domain::ids::ServiceRequestId;
use nhip::platform::db::{Conn, Db, DbError, Engine, dialect, params};
use nhip::service_request::list::search_store;
use std::collections::BTreeMap;

type OfEveryKind = (Option<i64>, Option<f64>, Option<String>, Option<Vec<u8>>, bool);

pub async fn with_table(db: &Db) {
    db.write(|c| {
        c.execute(
            "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, name TEXT UNIQUE, size DOUBLE PRECISION)",
            params![],
        )
    })
    .await
    .unwrap();
}

pub fn add(c: &mut Conn<'_>, id: i64, name: &str) -> Result<u64, DbError> {
    c.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", params![id, name])
}

pub async fn ids(db: &Db) -> Vec<i64> {
    db.read(|c| c.query("SELECT id FROM thing ORDER BY id", params![], |row| row.get(0)))
        .await
        .unwrap()
}

#[tokio::test]
async fn what_was_written_is_read_at_once() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let changed = db.write(|c| add(c, 1, "đèn đường")).await.unwrap();
        assert_eq!(changed, 1);
        let name: String = db
            .read(|c| {
                c.query_one("SELECT name FROM thing WHERE id = $1", params![1_i64], |r| r.get(0))
            })
            .await
            .unwrap();
        assert_eq!(name, "đèn đường");
    })
    .await;
}

#[tokio::test]
async fn values_of_every_kind_come_back_as_they_went() {
    for_each_engine(async |db| {
        db.write(|c| {
            let blob = if c.engine() == Engine::Sqlite { "BLOB" } else { "BYTEA" };
            c.execute(
                &format!(
                    "CREATE TABLE kind (i BIGINT, r DOUBLE PRECISION, t TEXT, b {blob}, y BIGINT)"
                ),
                params![],
            )?;
            let insert = "INSERT INTO kind VALUES ($1, $2, $3, $4, $5)";
            c.execute(insert, params![i64::MIN, 0.1, "it's $1 \"x\"", vec![0_u8, 255], true])?;
            let (no_text, no_bytes) = (None::<String>, None::<Vec<u8>>);
            c.execute(insert, params![None::<i64>, None::<f64>, no_text, no_bytes, Some(false)])
        })
        .await
        .unwrap();
        let all: Vec<OfEveryKind> = db
            .read(|c| {
                c.query("SELECT i, r, t, b, y FROM kind ORDER BY y DESC", params![], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
                })
            })
            .await
            .unwrap();
        let full =
            (Some(i64::MIN), Some(0.1), Some("it's $1 \"x\"".to_owned()), Some(vec![0, 255]), true);
        assert_eq!(all, [full, (None, None, None, None, false)]);
    })
    .await;
}

#[tokio::test]
async fn parameters_bind_by_their_number_not_by_their_place() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let pair: (String, i64) = db
            .write(|c| {
                c.execute("INSERT INTO thing (name, id) VALUES ($2, $1)", params![7_i64, "b"])?;
                c.query_one(
                    "SELECT name, id FROM thing WHERE name = $2 AND id = $1 AND id + 0 = $1",
                    params![7_i64, "b"],
                    |r| Ok((r.get(0)?, r.get(1)?)),
                )
            })
            .await
            .unwrap();
        assert_eq!(pair, ("b".to_owned(), 7));
    })
    .await;
}

#[tokio::test]
async fn an_error_of_the_closure_undoes_all_it_wrote() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let refused: Result<(), DbError> = db
            .write(|c| {
                add(c, 1, "a")?;
                Err(DbError::Other("changed my mind".to_owned()))
            })
            .await;
        assert!(matches!(refused, Err(DbError::Other(said)) if said == "changed my mind"));
        assert!(ids(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_panic_undoes_its_own_change_and_nothing_else() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let (before, broken, after) = tokio::join!(
            db.write(|c| add(c, 1, "a")),
            db.write::<u64, DbError, _>(|c| {
                add(c, 2, "b")?;
                panic!("on purpose")
            }),
            db.write(|c| add(c, 3, "c")),
        );
        assert!(matches!(broken, Err(DbError::Panicked(said)) if said == "on purpose"));
        assert_eq!((before.unwrap(), after.unwrap()), (1, 1));
        assert_eq!(ids(&db).await, [1, 3]);
        let read: Result<(), DbError> = db.read(|_| panic!("on purpose, too")).await;
        assert!(matches!(read, Err(DbError::Panicked(_))));
        assert_eq!(ids(&db).await, [1, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_failed_statement_is_not_committed_over_even_when_its_error_is_dropped() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let result: Result<(), DbError> = db
            .write(|c| {
                add(c, 1, "a")?;
                let _ = add(c, 1, "again");
                Ok(())
            })
            .await;
        assert!(matches!(result, Err(DbError::Unique { .. })));
        assert!(ids(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_savepoint_that_fails_leaves_the_rest_of_the_change() {
    for_each_engine(async |db| {
        with_table(&db).await;
        db.write(|c| {
            add(c, 1, "a")?;
            let inner: Result<(), DbError> = c.savepoint(|c| {
                add(c, 2, "b")?;
                c.savepoint(|c| add(c, 3, "c"))?;
                add(c, 1, "again").map(drop)
            });
            assert!(matches!(inner, Err(DbError::Unique { .. })));
            c.savepoint(|c| add(c, 4, "d"))
        })
        .await
        .unwrap();
        assert_eq!(ids(&db).await, [1, 4]);
    })
    .await;
}

#[tokio::test]
async fn broken_rules_are_told_apart() {
    for_each_engine(async |db| {
        with_table(&db).await;
        db.write(|c| {
            add(c, 1, "a")?;
            c.execute("CREATE TABLE part (thing BIGINT REFERENCES thing (id))", params![])
        })
        .await
        .unwrap();
        let twice = db.write(|c| add(c, 2, "a")).await;
        let Err(DbError::Unique { constraint }) = twice else { panic!("{twice:?}") };
        assert!(constraint.contains("name"), "{constraint}");
        let orphan =
            db.write(|c| c.execute("INSERT INTO part (thing) VALUES ($1)", params![9_i64])).await;
        assert!(matches!(orphan, Err(DbError::ForeignKey(_))), "{orphan:?}");
        let none = db
            .read(|c| {
                c.query_one("SELECT id FROM thing WHERE id = 9", params![], |r| r.get::<i64>(0))
            })
            .await;
        assert!(matches!(none, Err(DbError::NoRow)));
        let wrong = db.read(|c| c.execute("SELEC", params![])).await;
        assert!(matches!(wrong, Err(DbError::Other(_))), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn a_zero_byte_is_refused_by_both_engines_alike() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let written = db.write(|c| add(c, 1, "a\0b")).await;
        assert!(matches!(written, Err(DbError::ZeroByte)), "{written:?}");
        let read = db.read(|c| c.query_opt("SELECT 1 WHERE $1 = 'a'", params!["a\0"], |_| Ok(())));
        assert!(matches!(read.await, Err(DbError::ZeroByte)));
        assert!(ids(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn reading_cannot_change_anything() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let result = db.read(|c| add(c, 1, "a")).await;
        assert!(matches!(result, Err(DbError::Other(_))), "{result:?}");
        assert!(ids(&db).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_writers_at_once_each_gets_its_own_answer() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let writers: Vec<_> = (0..300_i64)
            .map(|n| {
                let db = db.clone();
                // Every third takes a name that is taken.
                let name = if n % 3 == 0 { "same".to_owned() } else { format!("name {n}") };
                tokio::spawn(async move { (n, db.write(move |c| add(c, n, &name)).await.is_ok()) })
            })
            .collect();
        let mut stored = Vec::new();
        for writer in writers {
            let (n, ok) = writer.await.unwrap();
            if ok {
                stored.push(n);
            }
        }
        assert_eq!(stored.len(), 201);
        assert_eq!(ids(&db).await, stored);
    })
    .await;
}

#[tokio::test]
async fn a_value_of_the_wrong_kind_names_its_column() {
    for_each_engine(async |db| {
        with_table(&db).await;
        db.write(|c| add(c, 5, "five")).await.unwrap();
        let wrong = db
            .read(|c| c.query("SELECT id, name FROM thing", params![], |r| r.get::<i64>(1)))
            .await;
        let Err(DbError::Corrupt { column, .. }) = wrong else { panic!("{wrong:?}") };
        assert_eq!(column, "name");
        let not_a_bool =
            db.read(|c| c.query("SELECT id FROM thing", params![], |r| r.get::<bool>(0))).await;
        assert!(matches!(not_a_bool, Err(DbError::Corrupt { column, .. }) if column == "id"));
    })
    .await;
}

#[tokio::test]
async fn sums_averages_and_counts_come_back_alike() {
    for_each_engine(async |db| {
        with_table(&db).await;
        db.write(|c| {
            for id in [1_i64, 2, 1_000_000_000_000] {
                c.execute("INSERT INTO thing (id, size) VALUES ($1, $2)", params![id, 0.5])?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
        let (count, sum, minus, average, size): (i64, i64, i64, f64, f64) = db
            .read(|c| {
                c.query_one(
                    "SELECT COUNT(*), SUM(id), -SUM(id), AVG(CASE WHEN id < 3 THEN id END), SUM(size)
                     FROM thing",
                    params![],
                    |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
                )
            })
            .await
            .unwrap();
        assert_eq!((count, sum, minus), (3, 1_000_000_000_003, -1_000_000_000_003));
        assert!((average - 1.5).abs() < 1e-9 && (size - 1.5).abs() < 1e-9, "{average} {size}");
    })
    .await;
}

#[tokio::test]
async fn pages_continue_after_a_pair_of_keys() {
    for_each_engine(async |db| {
        with_table(&db).await;
        let found: Vec<i64> = db
            .write(|c| {
                for (id, name) in [(1, "a"), (2, "b"), (3, "c"), (4, "d")] {
                    add(c, id, name)?;
                }
                c.query(
                    "SELECT id FROM thing WHERE (name, id) < ($1, $2) ORDER BY name DESC, id DESC LIMIT $3",
                    params!["d", 4_i64, 2_i64],
                    |r| r.get(0),
                )
            })
            .await
            .unwrap();
        assert_eq!(found, [3, 2]);
    })
    .await;
}

#[tokio::test]
async fn words_are_found_after_each_change_and_by_their_beginning() {
    for_each_engine(async |db| {
        let id = |code: &str| ServiceRequestId::parse(code).unwrap();
        for (code, body) in [
            ("AAAAAAA1", "aaaaaaa1 den duong khong sang"),
            ("AAAAAAA2", "aaaaaaa2 o ga tren duong le loi"),
            ("AAAAAAA3", "aaaaaaa3 nhu aaaaaaa2 va aaaaaaa1"),
        ] {
            db.write(move |c| search_store::add_text(c, &id(code), body)).await.unwrap();
        }
        let change = "aaaaaaa2 o ga tren pho";
        db.write(move |c| search_store::change_text(c, &id("AAAAAAA2"), change)).await.unwrap();
        let find = async |typed: &'static str| -> Vec<String> {
            db.read(move |c| {
                let Some(query) = dialect::text_query(c.engine(), typed, &BTreeMap::new()) else {
                    return Ok(Vec::new());
                };
                let hits = dialect::text_hits(c.engine(), 1);
                let sql = format!(
                    "SELECT hit.request FROM ({hits}) AS hit ORDER BY hit.rank, hit.request"
                );
                c.query(&sql, params![query], |r| r.get(0))
            })
            .await
            .unwrap_or_else(|error: DbError| panic!("{error}"))
        };
        assert_eq!(find("duong den").await, ["AAAAAAA1"]);
        assert_eq!(find("o g").await, ["AAAAAAA2"]);
        assert_eq!(find("nhu").await, ["AAAAAAA3"], "its words name the others");
        assert!(find("le loi").await.is_empty());
        assert!(find("duong OR ' \" * : & |").await.is_empty());
        assert!(find("-").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn migrating_again_changes_nothing_and_work_can_be_taken() {
    for_each_engine(async |db| {
        db.migrate().unwrap();
        let taken = db
            .write(|c| {
                let sql = format!(
                    "SELECT id FROM outbox WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2{}",
                    dialect::skip_locked(c.engine())
                );
                c.query(&sql, params![0_i64, 10_i64], |r| r.get::<String>(0))
            })
            .await
            .unwrap();
        assert!(taken.is_empty());
    })
    .await;
}
