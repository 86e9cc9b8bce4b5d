//! `/healthz`: the process lives. (`/readyz`, which asks the database, is in `serve.rs` beside what it asks.)

pub async fn alive() -> &'static str {
    "ok"
}
