//! By what a person without an account is the same tomorrow: a cookie of ours with a secret, made when they first say
//! something, and not before.

use super::author::Author;
use crate::app::App;
use crate::platform::http::pace;
use crate::visitor::{Visitor, cookie};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// Name of the cookie.
pub const COOKIE: &str = "device";
/// 400 days: browsers keep no cookie for longer. Whoever comes back renews it.
const KEPT_SECONDS: u32 = 34_560_000;
/// Characters of a secret of ours.
const SECRET_CHARS: usize = 25;

/// Who asks for a page, as far as we know them already.
pub fn reader(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Option<Author> {
    match &visitor.signed {
        Some(signed) => Some(Author::of_account(&app.vault, &signed.account)),
        None => secret(headers).map(|secret| of_device(app, visitor, secret)),
    }
}

/// Who says something; they are known from then on.
pub struct Writer {
    pub author: Author,
    secret: Option<String>,
}

impl Writer {
    pub fn of(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Self {
        if let Some(signed) = &visitor.signed {
            let author = Author::of_account(&app.vault, &signed.account);
            return Self { author, secret: None };
        }
        let secret = secret(headers).map_or_else(|| app.ids.secret(), str::to_owned);
        Self { author: of_device(app, visitor, &secret), secret: Some(secret) }
    }

    /// The answer to them, with the cookie.
    pub fn remembered(&self, app: &App, mut response: Response) -> Response {
        let Some(secret) = &self.secret else { return response };
        let secure = if app.config.is_https() { "; Secure" } else { "" };
        let cookie = format!(
            "{COOKIE}={secret}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

fn of_device(app: &App, visitor: &Visitor, secret: &str) -> Author {
    Author::of_device(&app.vault, secret, pace::network(visitor.address))
}

/// What the browser holds, if it is one of ours.
fn secret(headers: &HeaderMap) -> Option<&str> {
    let is_ours = |secret: &&str| {
        secret.len() == SECRET_CHARS && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    cookie(headers, COOKIE).filter(is_ours)
}
