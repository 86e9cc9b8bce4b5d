//! What a letter is about when it is about no report: an explanation that is owed, a card, a lock, a task.

use super::who;
use crate::accountability::store as accountability_store;
use crate::case::{event_store, explanation_store};
use crate::conversation::{lock, store as comments};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::i18n::Lang;
use crate::task::store as task_store;
use domain::actor::Role;
use domain::case::{CaseRef, Event};
use domain::ids::{AccountId, AgencyId, EventId, LockId};
use domain::lock::{LockReason, Ruling};
use domain::pack::Pack;
use domain::task::Task;
use jiff::Timestamp;

pub struct About {
    /// Who is asked, or given a card; of a lock nobody: it is the centre's.
    pub agency: Option<AgencyId>,
    /// Whom a lock is about, where they have an account.
    pub author: Option<AccountId>,
    /// Who did it, and need not be told.
    pub doer: Option<AccountId>,
    /// What it is about, in the reader's words.
    pub subject: Subject,
    /// What was asked, answered, contested or ruled.
    pub quote: String,
    pub due_at: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Of the link, from `/` on.
    pub path: String,
    /// The task, and what happened to it.
    pub task: Option<Box<(Task, Event<Task>)>>,
}

pub enum Subject {
    Report(String),
    Number(String),
    /// A rule of the pack, by code.
    Rule(String),
    /// Why somebody is locked, and what was decided about their appeal.
    Lock(LockReason, Option<Ruling>),
}

impl Subject {
    pub fn told(&self, pack: &Pack, t: Lang) -> String {
        match self {
            Self::Report(code) | Self::Number(code) => code.clone(),
            Self::Rule(code) => {
                let rule = pack.cards.iter().find(|rule| rule.code == *code);
                rule.map_or_else(|| code.clone(), |rule| rule.name.text(t.code()).to_owned())
            }
            Self::Lock(reason, _) => t.of("lock-reason-", reason).into_owned(),
        }
    }
}

/// The event of the outbox row, if its topic is one of these.
pub fn read(conn: &mut Conn<'_>, topic: &str, event: &str) -> Result<Option<About>> {
    if topic.starts_with("explanation_") {
        let found = explanation_store::find(conn, event)?;
        return Ok(found.map(|e| About {
            subject: match e.case.as_ref().and_then(CaseRef::report) {
                Some(code) => Subject::Report(code.grouped()),
                None => Subject::Number(e.subject.clone()),
            },
            quote: e.answer.unwrap_or(e.question),
            author: None,
            doer: None,
            due_at: Some(e.due_at).filter(|_| e.answered_at.is_none()),
            until: None,
            path: format!("/desk/explanations#e-{}", e.id),
            agency: Some(e.agency),
            task: None,
        }));
    }
    if topic.starts_with("card_") {
        return Ok(accountability_store::card(conn, event)?.map(|c| About {
            subject: Subject::Rule(c.rule.clone()),
            quote: c.ruling_words.or(c.contest).unwrap_or_default(),
            author: None,
            doer: None,
            due_at: None,
            until: None,
            path: format!("/desk/cards#c-{}", c.id),
            agency: Some(c.agency),
            task: None,
        }));
    }
    if topic.starts_with(who::TASK) {
        return of_task(conn, event);
    }
    if topic.starts_with("lock_") {
        return of_lock(conn, topic, event);
    }
    Ok(None)
}

/// Who gave it and whoever is to do it read what is to be done, and what was said last.
fn of_task(conn: &mut Conn<'_>, event: &str) -> Result<Option<About>> {
    let Ok(id) = EventId::parse(event) else { return Ok(None) };
    let Some(case) = event_store::case_of(conn, &id)? else { return Ok(None) };
    let Some(number) = case.task() else { return Ok(None) };
    let Some(task) = task_store::find(conn, &number)? else { return Ok(None) };
    let history = event_store::of::<Task>(conn, &case)?;
    let Some(event) = history.into_iter().find(|event| event.id == id) else { return Ok(None) };
    let quote = match event.data.text.clone().filter(|_| event.actor.role != Role::System) {
        Some(words) => format!("{}\n{words}", task.what),
        None => task.what.clone(),
    };
    Ok(Some(About {
        agency: Some(task.agency.clone()),
        author: None,
        doer: event.actor.account.clone(),
        subject: Subject::Number(number.to_string()),
        quote: if task.confidential { String::new() } else { quote },
        due_at: task.due_at.filter(|_| task.is_open()),
        until: None,
        path: format!("/desk/tasks/{number}"),
        task: Some(Box::new((task, event))),
    }))
}

/// What a person says against a lock is read on the desk, not in a letter.
fn of_lock(conn: &mut Conn<'_>, topic: &str, event: &str) -> Result<Option<About>> {
    let Ok(id) = LockId::parse(event) else { return Ok(None) };
    let Some(lock) = lock::store::find(conn, &id)? else { return Ok(None) };
    let comment = comments::find(conn, &lock.comment)?;
    let to_staff = topic == lock::APPEALED;
    let ruled = lock.ruled.as_ref();
    Ok(Some(About {
        agency: None,
        author: comment.and_then(|comment| comment.account),
        doer: lock.locked_by.clone().filter(|_| to_staff),
        subject: Subject::Lock(lock.reason, ruled.map(|ruled| ruled.ruling)),
        quote: match topic {
            lock::GIVEN => lock.words.clone(),
            lock::RULED => ruled.and_then(|ruled| ruled.words.clone()),
            _ => None,
        }
        .unwrap_or_default(),
        due_at: lock.course.appeal_due.filter(|_| to_staff),
        until: Some(lock.course.until),
        path: if to_staff { format!("/desk/locks#lock-{id}") } else { "/locked".to_owned() },
        task: None,
    }))
}
