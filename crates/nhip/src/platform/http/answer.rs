//! How errors look: a page for people, problem+json (RFC 9457) for programs. Open311 has its own form, in `open311`.
//!
//! A handler returns `Result<_, Error>`. The error travels in the response's extensions to [`dress`], which knows the
//! visitor's language and what they asked for.

use crate::platform::db::DbError;
use crate::platform::error::Error;
use crate::platform::i18n::Lang;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use fluent_bundle::FluentValue;
use std::sync::Arc;

/// An error on its way to be dressed.
#[derive(Clone)]
pub struct Undressed(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        if let Some(seconds) = wait(&self) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Undressed(Arc::new(self)));
        response
    }
}

/// Seconds after which the same may be tried again, if that is all there is to it.
pub fn wait(error: &Error) -> Option<u64> {
    match error {
        Error::Paced { seconds } | Error::Crowded { seconds } => Some(*seconds),
        Error::Refused(Refusal::TooSoon { seconds }) => u64::try_from(*seconds).ok(),
        Error::Refused(_)
        | Error::Unacceptable { .. }
        | Error::Full { .. }
        | Error::Database(_)
        | Error::Failed { .. }
        | Error::Corrupt { .. } => None,
    }
}

pub fn status(error: &Error) -> StatusCode {
    let code = match error {
        Error::Refused(refusal) => refusal.status(),
        Error::Unacceptable { status, .. } => *status,
        Error::Paced { .. } => 429,
        Error::Database(DbError::ZeroByte) => 400,
        Error::Crowded { .. }
        | Error::Full { .. }
        | Error::Database(DbError::Full(_) | DbError::Busy(_) | DbError::Unavailable(_)) => 503,
        Error::Database(_) | Error::Failed { .. } | Error::Corrupt { .. } => 500,
    };
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What a person reads. Failures say nothing of their cause: that is in the log, under the reference number.
pub fn sentence(error: &Error, t: Lang) -> String {
    match error {
        Error::Refused(refusal) => refusal_sentence(refusal, t),
        Error::Unacceptable { key, args, .. } => {
            let args: Vec<_> = args
                .iter()
                .map(|(name, value)| (*name, FluentValue::from(value.as_str())))
                .collect();
            t.with(key, &args).into_owned()
        }
        Error::Paced { seconds } => t.s1("error-paced", "seconds", *seconds as i64).into_owned(),
        Error::Crowded { seconds } => {
            t.s1("error-crowded", "seconds", *seconds as i64).into_owned()
        }
        Error::Full { .. } | Error::Database(DbError::Full(_)) => t.s("error-full").into_owned(),
        Error::Database(DbError::ZeroByte) => t.s("error-form").into_owned(),
        Error::Database(_) | Error::Failed { .. } | Error::Corrupt { .. } => {
            t.s("error-failure").into_owned()
        }
    }
}

fn refusal_sentence(refusal: &Refusal, t: Lang) -> String {
    use Refusal as R;
    match refusal {
        R::WrongState { verb, state } => {
            let verb = t.of("verb-", verb);
            let state = t.of("status-", state);
            t.s2(refusal.key(), "verb", verb.as_ref(), "state", state.as_ref()).into_owned()
        }
        R::TooLong { limit, .. } | R::TooManyPhotos { limit } => {
            t.s1(refusal.key(), "limit", *limit as i64).into_owned()
        }
        R::Nul { at, .. } => t.s1(refusal.key(), "at", *at as i64).into_owned(),
        R::TooSoon { seconds } => t.s1(refusal.key(), "seconds", *seconds).into_owned(),
        R::StepOwed { step } => t.s1(refusal.key(), "step", step.text(t.code())).into_owned(),
        R::Unknown { code, .. } => t.s1(refusal.key(), "code", code.as_str()).into_owned(),
        R::WrongRole { .. }
        | R::NotYourAgency
        | R::OwnAnswer
        | R::OwnRefusal
        | R::OnlyOnce { .. }
        | R::AppealInstead
        | R::ReopenFirst
        | R::NeedsEvidence(_)
        | R::NeedsDate
        | R::DateInThePast
        | R::NotAnAnswer(_)
        | R::NeedsReason
        | R::Missing { .. }
        | R::Invalid { .. }
        | R::NotADate
        | R::NotANumber
        | R::DateInTheFuture
        | R::OutsideTheCity
        | R::NoSuchStep
        | R::NoReasonToPause
        | R::AfterTheDeadline
        | R::TooMuchTime
        | R::BadMerge
        | R::DayAsItIs { .. }
        | R::TooLateToUndo
        | R::UnitConcerned
        | R::Stale { .. }
        | R::NothingToChange
        | R::Forbidden
        | R::NotFound => t.s(refusal.key()).into_owned(),
    }
}

/// The field an error is about, if any.
pub fn field(error: &Error) -> Option<&'static str> {
    match error {
        Error::Refused(refusal) => refusal.field(),
        Error::Unacceptable { field, .. } => Some(field),
        Error::Paced { .. }
        | Error::Crowded { .. }
        | Error::Database(_)
        | Error::Failed { .. }
        | Error::Full { .. }
        | Error::Corrupt { .. } => None,
    }
}

/// RFC 9457: `type`, `title`, `status`, and the member `field` where one is at fault.
pub fn problem(
    status: StatusCode,
    title: &str,
    field: Option<&str>,
    reference: Option<&str>,
) -> Response {
    let body = serde_json::json!({
        "type": "about:blank", "title": title, "status": status.as_u16(), "field": field, "reference": reference,
    });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
