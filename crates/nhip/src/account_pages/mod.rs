//! The pages of accounts: in (`entry.rs`, `letter.rs`), one's own account (`own.rs`), its second factor
//! (`second_factor.rs`). Here is what they share: the cookie, and where to go next.

mod entry;
mod letter;
mod own;
mod second_factor;

pub use entry::{give_code, owe_code, sign_in, sign_in_form, sign_out};
pub use letter::{link_form, open_link, opened_link, send_link};
pub use own::{account, change, confirm, end_sessions, password, sessions};
pub use second_factor::{second_factor, set_second_factor};

use crate::account::session::{self, Kind, NewSession};
use crate::app::App;
use crate::platform::config::Config;
use crate::visitor::{Visitor, cookie, show};
use askama::Template;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// A page that is shown again because something in its form is wrong.
fn again(template: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, show(template)).into_response()
}

/// A form's mistakes as the components show them: the field (empty: the form as a whole) and the sentence.
type Mistakes = Vec<(String, String)>;

/// The sentence beside `field`, if it is wrong.
fn beside<'a>(mistakes: &'a Mistakes, field: &str) -> &'a str {
    mistakes.iter().find(|(name, _)| name == field).map_or("", |(_, sentence)| sentence)
}

fn mistake(visitor: &Visitor, field: &str, key: &str) -> Mistakes {
    vec![(field.to_owned(), visitor.t.s(key).into_owned())]
}

/// Leads on with the cookie of a new session. A citizen's stays in the browser, staff's goes when it is closed; how
/// long a session really lives is the server's to say.
fn with_session(app: &App, new: &NewSession, to: &str) -> Response {
    let stays = match new.kind {
        Kind::Citizen => "; Max-Age=34560000",
        Kind::Staff => "",
    };
    with_cookie(&app.config, &format!("{}={}; Path=/{stays}", session::COOKIE, new.secret), to)
}

fn without_session(app: &App, to: &str) -> Response {
    with_cookie(&app.config, &format!("{}=; Path=/; Max-Age=0", session::COOKIE), to)
}

fn with_cookie(config: &Config, cookie: &str, to: &str) -> Response {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let mut response = Redirect::to(to).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("{cookie}; HttpOnly; SameSite=Lax{secure}")) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// Name in the database of the session in the cookie, whole or half.
fn cookie_hash(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie(headers, session::COOKIE).map(|secret| session::hash(&app.vault, secret))
}

fn device(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Where to go after signing in: a path of ours that was asked for, else home.
fn next_or<'a>(next: &'a str, home: &'a str) -> &'a str {
    let is_path = next.starts_with('/') && !next.starts_with("//");
    // Browsers read a backslash as a slash, and drop tabs and line breaks.
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // Signing in is not where somebody who signed in wants to be.
    if is_path && is_plain && !next.starts_with("/sign-") { next } else { home }
}

fn home(kind: Kind) -> &'static str {
    match kind {
        Kind::Staff => "/desk",
        Kind::Citizen => "/account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for away in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "",
            "x",
            "/sign-out",
        ] {
            assert_eq!(next_or(away, "/desk"), "/desk", "{away:?}");
        }
        assert_eq!(next_or("/reports?state=open", "/desk"), "/reports?state=open");
    }
}
