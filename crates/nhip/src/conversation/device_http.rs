//! By what a person without an account is the same tomorrow: a cookie of ours with a secret, made when they first say
//! something, and not before.

use super::author::Author;
use crate::app::App;
use crate::platform::http::pace;
use crate::visitor::{DEVICE, Visitor};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

/// 400 days: browsers keep no cookie for longer. Whoever comes back renews it.
const KEPT_SECONDS: u32 = 34_560_000;

/// Who asks for a page, as far as we know them already.
pub fn reader(app: &App, visitor: &Visitor) -> Option<Author> {
    match &visitor.signed {
        Some(signed) => Some(Author::of_account(&app.vault, &signed.account)),
        None => visitor.device.as_deref().map(|secret| of_device(app, visitor, secret)),
    }
}

/// Who says something; they are known from then on.
pub struct Writer {
    pub author: Author,
    secret: Option<String>,
}

impl Writer {
    pub fn of(app: &App, visitor: &Visitor) -> Self {
        if let Some(signed) = &visitor.signed {
            let author = Author::of_account(&app.vault, &signed.account);
            return Self { author, secret: None };
        }
        let secret = visitor.device.clone().unwrap_or_else(|| app.ids.secret());
        Self { author: of_device(app, visitor, &secret), secret: Some(secret) }
    }

    /// The answer to them, with the cookie.
    pub fn remembered(&self, app: &App, mut response: Response) -> Response {
        let Some(secret) = &self.secret else { return response };
        let secure = if app.config.is_https() { "; Secure" } else { "" };
        let cookie = format!(
            "{DEVICE}={secret}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax{secure}"
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
