//! A discussion in words, for everybody: who said what when, what answers what, and what was hidden and why.

use super::author::Author;
use super::comment::{Comment, HideCode, HideReason};
use super::store::{self, After};
use super::{is_discussed, support};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::http::view::{Comment as View, When};
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::store as requests;
use domain::ids::ServiceRequestId;
use domain::pack::Pack;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;

/// What is read of a discussion.
#[derive(Debug)]
pub struct Heard {
    pub report: ServiceRequest,
    /// Oldest first.
    pub threads: Vec<Comment>,
    pub replies: Vec<Comment>,
    /// Where the page before this one begins, if there is one.
    pub earlier: Option<After>,
    /// The reader supports the report.
    pub supported: bool,
}

/// A page of the discussion: the newest, or the one before `before`. `None` where there is none.
pub fn read(
    conn: &mut Conn<'_>,
    id: &ServiceRequestId,
    before: Option<&After>,
    reader: Option<&Author>,
) -> Result<Option<Heard>> {
    let Some(report) = requests::find(conn, id)?.filter(is_discussed) else { return Ok(None) };
    let mut threads = store::threads(conn, id, before, limits::THREADS + 1)?;
    let more = threads.len() > limits::THREADS;
    threads.truncate(limits::THREADS);
    let oldest = threads.last().filter(|_| more);
    let earlier = oldest.map(|c| (c.created_at.as_millisecond(), c.id.to_string()));
    threads.reverse();
    let replies = store::replies(conn, &threads, limits::REPLIES)?;
    let supported = match reader {
        Some(reader) => support::supports(conn, reader, id)?,
        None => false,
    };
    Ok(Some(Heard { report, threads, replies, earlier, supported }))
}

/// Who speaks to whom, when, and in which city.
#[derive(Clone, Copy)]
pub struct Speaking<'a> {
    pub t: Lang,
    pub pack: &'a Pack,
    pub now: Timestamp,
}

impl Speaking<'_> {
    /// The comments with their answers under them.
    pub fn threads(&self, heard: &Heard) -> Vec<View> {
        let answers = |to: &Comment| {
            let own = heard.replies.iter().filter(|r| r.reply_to.as_ref() == Some(&to.id));
            own.map(|reply| self.everybody(reply)).collect()
        };
        let told = heard.threads.iter();
        told.map(|c| View { replies: answers(c), ..self.everybody(c) }).collect()
    }

    /// A comment as everybody sees it: a hidden one without its words and its name.
    fn everybody(&self, comment: &Comment) -> View {
        let told = self.whole(comment);
        if told.hidden.is_empty() {
            return told;
        }
        View { name: String::new(), text: String::new(), official: false, ..told }
    }

    /// A comment with all its words, for moderators.
    pub fn whole(&self, comment: &Comment) -> View {
        let zone = self.pack.calendar.zone();
        View {
            id: comment.id.to_string(),
            name: self.name(comment),
            official: comment.office.is_some(),
            held: false,
            hidden: comment.hidden.as_ref().map_or_else(String::new, |why| self.why(why)),
            when: When::ago(self.t, self.now, comment.created_at, zone),
            text: comment.text.clone(),
            replies: Vec::new(),
        }
    }

    /// The office, the pseudonym, or what we call somebody without one.
    pub fn name(&self, comment: &Comment) -> String {
        match (&comment.office, comment.name.as_str()) {
            (Some(office), _) => self.pack.agency(office).map_or_else(
                || office.to_string(),
                |agency| agency.name.text(self.t.code()).to_owned(),
            ),
            (None, "") => self.t.s("comment-nameless").into_owned(),
            (None, name) => name.to_owned(),
        }
    }

    fn why(&self, why: &HideReason) -> String {
        let code = self.t.of("comment-hide-", why.code);
        match (&why.words, why.code) {
            (Some(words), HideCode::Other) => words.clone(),
            (Some(words), _) => format!("{code} ({words})"),
            (None, _) => code.into_owned(),
        }
    }
}
