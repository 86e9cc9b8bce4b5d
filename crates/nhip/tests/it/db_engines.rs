//! What each database engine must do by itself: group commit and a full disk on SQLite, lost
//! connections and locks on PostgreSQL.

use std::sync::mpsc;

use nhip::platform::db::{DbError, params};

use crate::db::{add, ids, with_table};
use crate::support::db::{on_postgres, on_sqlite};

#[tokio::test]
async fn when_the_commit_fails_everybody_in_it_is_told() {
    on_sqlite(async |db| {
        with_table(&db).await;
        db.write(|c| {
            c.execute(
                "CREATE TABLE later (thing BIGINT REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)",
                params![],
            )
        })
        .await
        .unwrap();
        let (release, wait) = mpsc::channel::<()>();
        // The first keeps the writer, so that the next two are certain to share a commit; the
        // reference is only checked there.
        let (_, innocent, guilty, ()) = tokio::join!(
            db.write(move |_| wait.recv().map_err(|e| DbError::Other(e.to_string()))),
            db.write(|c| add(c, 1, "a")),
            db.write(|c| c.execute("INSERT INTO later (thing) VALUES ($1)", params![99_i64])),
            async move { release.send(()).unwrap() },
        );
        assert!(matches!(innocent, Err(DbError::ForeignKey(_))), "{innocent:?}");
        assert!(matches!(guilty, Err(DbError::ForeignKey(_))), "{guilty:?}");
        assert!(ids(&db).await.is_empty());
        db.write(|c| add(c, 2, "b")).await.unwrap();
        assert_eq!(ids(&db).await, [2]);
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_loses_no_answer_and_reading_goes_on() {
    on_sqlite(async |db| {
        with_table(&db).await;
        let limit = |pages: i64| {
            db.write(move |c| {
                c.query_one(&format!("PRAGMA max_page_count = {pages}"), params![], |r| {
                    r.get::<i64>(0)
                })
            })
        };
        // Below what is in use: the engine takes that as "no more than now".
        limit(1).await.unwrap();
        let (release, wait) = mpsc::channel::<()>();
        let big = "x".repeat(1 << 20);
        let (_, before, full, after, ()) = tokio::join!(
            db.write(move |_| wait.recv().map_err(|e| DbError::Other(e.to_string()))),
            db.write(|c| add(c, 1, "a")),
            db.write(move |c| {
                // What a closure does after the engine gave up its transaction must not be kept.
                let _ = add(c, 2, &big);
                let _ = add(c, 3, "c");
                Ok::<_, DbError>(())
            }),
            db.write(|c| add(c, 4, "d")),
            async move { release.send(()).unwrap() },
        );
        assert!(matches!(full, Err(DbError::Full(_))), "{full:?}");
        let told: Vec<i64> =
            [(1, before.is_ok()), (4, after.is_ok())].iter().filter(|t| t.1).map(|t| t.0).collect();
        assert_eq!(ids(&db).await, told);
        limit(1_000_000).await.unwrap();
        db.write(|c| add(c, 5, "e")).await.unwrap();
        assert!(ids(&db).await.contains(&5));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_cut_its_connections_is_found_again() {
    on_postgres(async |db| {
        with_table(&db).await;
        for round in 0..3 {
            let cut = db
                .read(|c| {
                    c.query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()",
                        params![],
                        |r| r.get::<bool>(0),
                    )
                })
                .await;
            assert!(cut.is_ok(), "{cut:?}");
            db.write(move |c| add(c, round, &round.to_string())).await.unwrap();
        }
        assert_eq!(ids(&db).await, [0, 1, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_connection_cut_within_a_change_undoes_it_and_says_so() {
    on_postgres(async |db| {
        with_table(&db).await;
        let cut: Result<u64, DbError> = db
            .write(|c| {
                add(c, 1, "a")?;
                let _ = c.execute("SELECT pg_terminate_backend(pg_backend_pid())", params![]);
                add(c, 2, "b")
            })
            .await;
        assert!(matches!(cut, Err(DbError::Unavailable(_))), "{cut:?}");
        assert!(ids(&db).await.is_empty());
        db.write(|c| add(c, 3, "c")).await.unwrap();
        assert_eq!(ids(&db).await, [3]);
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_does_not_come_is_told_as_busy() {
    on_postgres(async |db| {
        with_table(&db).await;
        db.write(|c| add(c, 1, "a")).await.unwrap();
        let (held, holding) = mpsc::channel::<()>();
        let (release, wait) = mpsc::channel::<()>();
        let rename = "UPDATE thing SET name = $1 WHERE id = 1";
        let (first, second) = tokio::join!(
            db.write(move |c| {
                c.execute(rename, params!["b"])?;
                held.send(()).ok();
                wait.recv().map_err(|e| DbError::Other(e.to_string()))
            }),
            async {
                let second = db
                    .write(move |c| {
                        holding.recv().map_err(|e| DbError::Other(e.to_string()))?;
                        c.execute("SET LOCAL lock_timeout = '1ms'", params![])?;
                        c.execute(rename, params!["c"])
                    })
                    .await;
                release.send(()).unwrap();
                second
            },
        );
        first.unwrap();
        assert!(matches!(second, Err(DbError::Busy(_))), "{second:?}");
    })
    .await;
}
