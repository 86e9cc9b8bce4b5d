//! The form that is open on a page which has several: what was typed into it and, where it could not be taken, why.

use crate::app::App;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::page::Page;
use crate::visitor::{Visitor, comes_back};
use axum::http::StatusCode;

#[derive(Debug, Default)]
pub struct OpenForm {
    /// Its name among the forms of the page: a verb, or the id of what it is about.
    pub name: String,
    pub field: &'static str,
    pub sentence: String,
    pub typed: Form,
}

impl OpenForm {
    /// A form to begin with, with words that are there already.
    pub fn begun(name: impl Into<String>, typed: Form) -> Self {
        Self { name: name.into(), typed, ..Self::default() }
    }

    /// The form that was not taken, and the status with which it comes back; the error where there is no use in that.
    pub fn refused(
        app: &App,
        visitor: &Visitor,
        name: impl Into<String>,
        typed: Form,
        error: Error,
    ) -> Result<(StatusCode, Self)> {
        let Some(status) = comes_back(app, visitor, &error) else { return Err(error) };
        let field = answer::field(&error).unwrap_or_default();
        let sentence = answer::sentence(&error, visitor.t);
        Ok((status, Self { name: name.into(), field, sentence, typed }))
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn is_wrong(&self) -> bool {
        !self.sentence.is_empty()
    }

    pub fn value(&self, name: &str, field: &str) -> &str {
        if self.is(name) { self.typed.get(field) } else { "" }
    }

    /// What is wrong with this field.
    pub fn error(&self, name: &str, field: &str) -> &str {
        if self.is(name) && self.field == field { &self.sentence } else { "" }
    }

    /// What is wrong with this form, whatever the field.
    pub fn said(&self, name: &str) -> &str {
        if self.is(name) { &self.sentence } else { "" }
    }

    /// The same, where none of these fields says it.
    pub fn said_beside(&self, name: &str, fields: &[&str]) -> &str {
        if fields.contains(&self.field) { "" } else { self.said(name) }
    }

    /// The page around the forms, which stand at `path`: one that answers a form has no address of its own.
    pub fn framed(&self, page: Page, path: &str) -> Page {
        if self.is_wrong() { Page { path: path.to_owned(), wrong: true, ..page } } else { page }
    }
}
