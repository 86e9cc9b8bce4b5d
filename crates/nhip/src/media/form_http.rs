//! A form as it comes, of citizens and of staff alike: words by name, and files. Reads both encodings of HTML; bounded,
//! whatever is sent; and kept whole, so that a page that says no shows everything that was typed.

use crate::media::{self, Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::http::form::TRAP;
use crate::platform::http::typed::Typed;
use crate::platform::limits;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

/// Bytes kept of one field: a description of the longest kind in the widest letters, and some more, so that what is
/// too long is told to be too long.
const FIELD_BYTES: usize = 32 * 1024;
/// Fields of one form: all reports of a long list ticked, and what else is on that page.
const FIELDS: usize = 600;

/// The field that brings the ticket of a held photo.
pub const HELD: &str = "photo";

/// What belongs to one sending of a form and not to what somebody wrote.
const OF_SENDING: &[&str] =
    &["key", "seen", "step", "author", "looks", "title", "instead", "queue", TRAP];

/// What somebody sent.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
    /// Why a file could not be read, if so; the words are there all the same.
    pub file_error: Option<Error>,
    /// It was too large and broke off: what stood at its end is not there.
    pub cut: bool,
}

impl Form {
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// The first value of that name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Whether a field of that name was sent, even if it is empty.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The fields whose name begins so, without that beginning.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields
            .iter()
            .filter_map(move |(n, value)| Some((n.strip_prefix(start)?, value.as_str())))
    }

    /// Adds a field, as if it had been sent.
    pub fn push(&mut self, name: &str, value: String) {
        self.fields.push((name.to_owned(), value));
    }

    /// Lets go of the fields of that name but for these values.
    pub fn keep_only(&mut self, name: &str, values: &[String]) {
        self.fields.retain(|(n, value)| n != name || values.contains(value));
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// All that was written, chosen and photographed, as one number: the same for the same, also when a photo came
    /// ahead the second time.
    pub fn content(&self) -> String {
        let written = self.fields.iter().filter(|(name, value)| {
            !value.trim().is_empty() && name != HELD && !OF_SENDING.contains(&name.as_str())
        });
        let mut all: Vec<(&str, String)> = written
            .map(|(name, value)| (name.as_str(), value.trim().replace("\r\n", "\n")))
            .collect();
        let tickets = self.all(HELD).map(|ticket| media::held::original(ticket).to_owned());
        let files = self.files.iter().map(|file| media::hash_of(&file.bytes));
        all.extend(tickets.chain(files).map(|photo| (HELD, photo)));
        all.sort();
        media::hash_of(serde_json::json!(all).to_string().as_bytes())
    }

    /// The version of the report the person saw.
    pub fn version(&self) -> Option<i64> {
        self.get("version").parse().ok()
    }

    /// The files, or what was wrong with one of them.
    pub fn take_files(&mut self) -> Result<Vec<Upload>> {
        match self.file_error.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut self.files)),
        }
    }

    /// Reads a request to its end. What is no form is refused; a bad file is noted and the words are kept.
    pub async fn read(request: Request) -> Result<Self> {
        let typed = request.extensions().get::<Typed>().cloned().unwrap_or_default();
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let parts = Multipart::from_request(request, &()).await;
            return Self::of_parts(parts.map_err(|_| not_a_form())?, &typed).await;
        }
        let (parts, body) = request.into_parts();
        let bytes =
            axum::body::to_bytes(body, limits::FORM_BYTES).await.map_err(|_| too_large())?;
        let request = Request::from_parts(parts, bytes.into());
        let read = axum::Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let axum::Form(mut fields) = read.map_err(|_| not_a_form())?;
        fields.truncate(FIELDS);
        for (name, value) in &fields {
            typed.note(name, value);
        }
        Ok(Self::of(fields))
    }

    async fn of_parts(mut parts: Multipart, typed: &Typed) -> Result<Self> {
        let mut form = Self::default();
        for _ in 0..FIELDS {
            let field = match parts.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(broken) if form.fields.is_empty() => return Err(unread(&broken)),
                // What was read before is kept, and comes back to whoever wrote it.
                Err(broken) => {
                    (form.file_error, form.cut) = (Some(unread(&broken)), true);
                    break;
                }
            };
            if field.file_name().is_none() {
                let name = field.name().unwrap_or_default().to_owned();
                match words(field).await {
                    Ok(value) => {
                        typed.note(&name, &value);
                        form.fields.push((name, value));
                    }
                    Err(error) if form.fields.is_empty() => return Err(error),
                    Err(error) => {
                        (form.file_error, form.cut) = (Some(error), true);
                        break;
                    }
                }
                continue;
            }
            typed.note_file();
            match read_upload(field).await {
                // One more than allowed is enough to know that there are too many.
                Ok(Some(file)) if form.files.len() <= limits::PHOTOS => form.files.push(file),
                Ok(_) => {}
                Err(error) => form.file_error = Some(error),
            }
        }
        Ok(form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        Self::read(request).await
    }
}

async fn words(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|broken| unread(&broken))? {
        bytes.extend(chunk.iter().take(FIELD_BYTES - bytes.len()));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn not_a_form() -> Error {
    Error::unacceptable("form", "error-form", 400)
}

fn unread(broken: &MultipartError) -> Error {
    match broken.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => not_a_form(),
    }
}

fn too_large() -> Error {
    Error::unacceptable("form", "error-too-large", 413)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::DefaultBodyLimit;
    use axum::response::{IntoResponse as _, Response};
    use axum::routing::post;
    use futures_util::{StreamExt as _, stream};
    use std::iter::repeat_n;
    use tower::ServiceExt as _;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::of(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn the_content_of_a_form_is_what_was_written_however_it_was_sent() {
        let written = [("description", "A hole\n"), ("area", "")];
        let same = [("key", "K"), ("step", "send"), ("description", "A hole\r\n"), (TRAP, "")];
        assert_eq!(form(&written).content(), form(&same).content());
        for other in
            [[("description", "A hole."), ("area", "")], [("description", "A hole"), ("area", "x")]]
        {
            assert_ne!(form(&written).content(), form(&other).content());
        }
    }

    async fn show(form: Result<Form>) -> Response {
        let Ok(form) = form else { return StatusCode::BAD_REQUEST.into_response() };
        let why = form.file_error.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}|{}|{why}", form.get("description"), form.cut).into_response()
    }

    #[tokio::test]
    async fn a_form_that_is_too_large_keeps_what_came_before() {
        let app: Router = Router::new().route("/", post(show)).layer(DefaultBodyLimit::max(2_000));
        // In pieces, one after the other, as a network brings them: the photo comes after the words.
        let words =
            "--x\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nA hole\r\n--x\r\n";
        let photo = "Content-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\n";
        let pieces =
            [words, photo].map(str::to_owned).into_iter().chain(repeat_n("y".repeat(500), 10));
        let pieces = stream::iter(pieces).then(async |piece| {
            tokio::task::yield_now().await;
            Ok::<_, std::convert::Infallible>(piece)
        });
        let body = Body::from_stream(pieces);
        let request = Request::post("/")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(body)
            .unwrap();
        let answer = app.oneshot(request).await.unwrap();
        let said = to_bytes(answer.into_body(), 1_000).await.unwrap();
        assert_eq!(said, "A hole|true|form: error-too-large");
    }
}
