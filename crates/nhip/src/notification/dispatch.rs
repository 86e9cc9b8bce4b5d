//! Turns outbox rows into deliveries: one row, one transaction. Sends nothing.

use super::bulletin::not_before_morning;
use super::follow::found::{Lists, Seen};
use super::follow::{self, Way, What};
use super::who::{self, Office, RECEIPT, Reader, Told};
use super::{about, store};
use crate::account::vault::Enclosure;
use crate::app::Shared;
use crate::case::{Case, event_store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::outbox::{self, OutboxRow};
use crate::platform::sealing::Vault;
use crate::service_request::form::receipt;
use crate::service_request::store as requests;
use domain::actor::{Actor, Role};
use domain::case::Event;
use domain::ids::{AccountId, AgencyId, FollowId, PersonId, ServiceRequestId};
use domain::pack::Pack;
use domain::procedure::{Procedure, StepRole};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;
use domain::task::Task;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows read at once.
const BATCH: usize = 100;
/// Deliveries of one row that are made in one transaction: a popular list has many followers, and others write too.
const AT_ONCE: usize = 500;
/// After the n-th failure a row waits n × n of these; the 20th is the last.
const WAIT: SignedDuration = SignedDuration::from_secs(10);

/// Somebody who has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub language: String,
}

/// Whom a delivery goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Of the person, the browser or the webhook.
    pub id: String,
    pub way: Way,
    /// Who that is, if they are a person; by whatever way they are told.
    pub person: Option<PersonId>,
    pub language: String,
    /// What called for it, if it was a follow.
    pub follow: Option<FollowId>,
}

impl From<Person> for Recipient {
    fn from(Person { id, language }: Person) -> Self {
        Self { id: id.to_string(), way: Way::Mail, person: Some(id), language, follow: None }
    }
}

/// A letter to be.
#[derive(Debug)]
pub struct NewDelivery<'a> {
    pub id: String,
    pub event: &'a str,
    pub topic: &'a str,
    pub request: Option<&'a ServiceRequestId>,
    pub to: &'a Recipient,
    pub reader: &'static str,
    pub letter: &'static str,
    pub sealed: Option<Vec<u8>>,
    /// What a bulletin tells.
    pub told: Option<String>,
    pub not_before: Timestamp,
}

/// The job: dispatches what is due. Safe to run at any time, any number of times, on any number of nodes.
pub async fn run(app: Shared) -> Result<()> {
    let now = app.clock.now();
    let due = app.db.read(move |conn| outbox::store::due(conn, now, BATCH)).await?;
    // Read once for the batch; a follow that stops meanwhile is seen when its letter is written.
    let lists = if due.iter().any(|row| who::is_for_lists(&row.topic)) {
        let pack = app.pack.load_full();
        app.db.read(move |conn| Lists::at_once(conn, &pack)).await?
    } else {
        Lists::default()
    };
    let lists = Arc::new(lists);
    for row in due {
        let lists = lists.clone();
        let (ctx, vault, id, tried) =
            (app.ctx(Actor::system()), app.vault.clone(), row.id.clone(), row.attempts);
        let topic = row.topic.clone();
        let done = app.db.write(move |conn| dispatch_to(conn, &ctx, &vault, &row, &lists)).await;
        if let Err(error) = done {
            tracing::error!(topic, %error, attempt = tried + 1, "outbox row could not be dispatched");
            let at = now + WAIT * i32::try_from((tried + 1) * (tried + 1)).unwrap_or(i32::MAX);
            app.db.write(move |conn| outbox::store::postpone(conn, &id, at)).await?;
        }
    }
    Ok(())
}

/// Makes the deliveries of one row and takes it out; answers how many. A row that another node took makes none; one with
/// more than [`AT_ONCE`] goes back for the rest.
pub fn dispatch(conn: &mut Conn<'_>, ctx: &Ctx, vault: &Vault, row: &OutboxRow) -> Result<usize> {
    let lists = Lists::at_once(conn, &ctx.pack)?;
    dispatch_to(conn, ctx, vault, row, &lists)
}

/// The same, where the lists that are followed were read already.
pub fn dispatch_to(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    row: &OutboxRow,
    lists: &Lists,
) -> Result<usize> {
    if !outbox::store::remove(conn, &row.id)? {
        return Ok(0);
    }
    let mut made = 0;
    let happened = Happened::read(conn, &ctx.pack, vault, row)?;
    let topic = who::topic(row);
    let with_the_day = who::WITH_THE_DAY.contains(&topic.as_str());
    let not_before = if with_the_day { not_before_morning(&ctx.pack, ctx.now) } else { ctx.now };
    let mut told = BTreeSet::new();
    for rule in who::told(&topic) {
        for to in happened.readers(conn, ctx, rule, lists)? {
            if !told.insert(to.id.clone()) {
                continue;
            }
            if store::is_made(conn, &row.event, rule.letter, &to.id)? {
                continue;
            }
            if made == AT_ONCE {
                outbox::store::put_back(conn, ctx, row)?;
                return Ok(made);
            }
            let delivery = NewDelivery {
                id: ctx.new_id(),
                event: &row.event,
                topic: &topic,
                request: happened.report.as_ref().map(|report| &report.id),
                sealed: happened.enclosed(conn, ctx, vault, rule, row)?,
                to: &to,
                reader: rule.reader.as_str(),
                letter: rule.letter,
                told: None,
                not_before,
            };
            made += usize::from(store::insert(conn, &delivery, ctx.now)?);
        }
    }
    if let Some(report) = happened.report.as_ref().filter(|_| topic == Verb::Merge.as_str()) {
        follow::go_along(conn, ctx, report)?;
    }
    Ok(made)
}

/// What an outbox row is about.
struct Happened {
    report: Option<ServiceRequest>,
    /// Whoever did it, if they are known; they are not told of what they did.
    doer: Option<PersonId>,
    by_reporter: bool,
    /// It encloses what one letter holds; a receipt without one is not sent.
    encloses: bool,
    /// Handed from one officer to another of the same agency: for nobody outside it is news.
    within_the_house: bool,
    asker: Option<PersonId>,
    /// Who wrote the comment it is about.
    author: Option<PersonId>,
    /// The agency it is addressed to where it is about no report.
    addressed: Option<AgencyId>,
    /// The rung of a ladder it is about: whom the procedure names for it, and whether it is the promise that is over.
    rung: Option<ReachedRung>,
    /// The task it is about.
    task: Option<Task>,
}

struct ReachedRung {
    tell: Vec<StepRole>,
    promise_is_over: bool,
}

impl Happened {
    fn read(conn: &mut Conn<'_>, pack: &Pack, vault: &Vault, row: &OutboxRow) -> Result<Self> {
        if let Some(about) = about::read(conn, &who::topic(row), &row.event)? {
            let mut person = |account: Option<&AccountId>| match account {
                Some(account) => store::person_of(conn, account),
                None => Ok(None),
            };
            return Ok(Self {
                report: None,
                doer: person(about.doer.as_ref())?,
                by_reporter: false,
                encloses: row.sealed.is_some(),
                within_the_house: false,
                asker: None,
                author: person(about.author.as_ref())?,
                addressed: about.agency,
                rung: about.task.as_deref().and_then(|(task, event)| {
                    let told = (event.data.step.as_deref(), event.data.percent?);
                    rung(Case::procedure(task, pack)?, told)
                }),
                task: about.task.map(|told| told.0),
            });
        }
        if row.case_ref.is_empty() {
            let sealed = row.sealed.as_deref().ok_or_else(|| corrupt("sealed", row))?;
            return Ok(Self {
                report: None,
                doer: None,
                by_reporter: false,
                encloses: row.sealed.is_some(),
                within_the_house: false,
                asker: Enclosure::open(vault, sealed)?.person,
                author: None,
                addressed: None,
                rung: None,
                task: None,
            });
        }
        let id = ServiceRequestId::parse(&row.case_ref).map_err(|_| corrupt("case_ref", row))?;
        let report = requests::find(conn, &id)?.ok_or(Refusal::NotFound)?;
        let history = event_store::of(conn, &id)?;
        let event = history.iter().find(|event| event.id.as_str() == row.event);
        Ok(Self {
            doer: match event.and_then(|event| event.actor.account.as_ref()) {
                Some(account) => store::person_of(conn, account)?,
                None => None,
            },
            by_reporter: event.is_some_and(is_by_reporter),
            encloses: row.sealed.is_some(),
            within_the_house: event.is_some_and(|event| is_within_the_house(event, &history)),
            asker: follow::asked_for(conn, &row.event)?
                .and_then(|follow| PersonId::parse(&follow.follower).ok()),
            author: None,
            addressed: None,
            rung: event.and_then(|event| {
                let told = (event.data.step.as_deref(), event.data.percent?);
                rung(pack.procedure_of(&report)?, told)
            }),
            task: None,
            report: Some(report),
        })
    }

    fn readers(
        &self,
        conn: &mut Conn<'_>,
        ctx: &Ctx,
        rule: &Told,
        lists: &Lists,
    ) -> Result<Vec<Recipient>> {
        if self.within_the_house {
            return Ok(Vec::new());
        }
        // Only the end of the promise itself is news outside: steps are the city's own affair.
        let within = self.rung.as_ref().is_some_and(|rung| !rung.promise_is_over);
        if within && !matches!(rule.reader, Reader::Staff(_)) {
            return Ok(Vec::new());
        }
        let is_receipt = rule.letter == RECEIPT;
        let mut readers = match (rule.reader, &self.report) {
            (Reader::Follower, Some(report)) if report.is_open_to_all() => {
                follow::store::told_at_once(conn, &What::Report(report.id.clone()))?
            }
            (Reader::FollowerOfList, Some(report)) => in_lists(conn, ctx, report, lists)?,
            _ => self.people(conn, ctx, rule)?.into_iter().map(Recipient::from).collect(),
        };
        if !is_receipt {
            let reporter = self
                .report
                .as_ref()
                .and_then(|report| report.reporter.as_ref())
                .filter(|_| self.by_reporter);
            let did_it = |to: &Recipient| {
                to.person.is_some() && (to.person == self.doer || to.person.as_ref() == reporter)
            };
            readers.retain(|to| !did_it(to));
        }
        Ok(readers)
    }

    /// Readers that are no followers: people with an address.
    fn people(&self, conn: &mut Conn<'_>, ctx: &Ctx, rule: &Told) -> Result<Vec<Person>> {
        match (rule.reader, &self.report) {
            (Reader::Asker, _) => of_one(conn, self.asker.as_ref()),
            (Reader::Author, _) => of_one(conn, self.author.as_ref()),
            (Reader::Reporter, Some(report))
                if if rule.letter == RECEIPT { self.encloses } else { !self.by_reporter } =>
            {
                of_one(conn, report.reporter.as_ref())
            }
            (Reader::Staff(office), Some(report)) => {
                let tell = self.rung.as_ref().map_or(&[][..], |rung| rung.tell.as_slice());
                staff(conn, ctx, report, office, tell)
            }
            (Reader::Staff(office), None) if self.task.is_some() => {
                let tell = self.rung.as_ref().map_or(&[][..], |rung| rung.tell.as_slice());
                self.task
                    .as_ref()
                    .map_or(Ok(Vec::new()), |task| around(conn, ctx, task, (office, tell)))
            }
            (Reader::Staff(Office::Addressed), None) if self.addressed.is_some() => {
                in_role(conn, self.addressed.as_ref(), Role::Head)
            }
            (Reader::Staff(Office::Leaders), None) => in_role(conn, None, Role::Leader),
            (Reader::Staff(Office::Reviewers), None) => {
                in_role(conn, Some(&ctx.pack.centre), Role::Reviewer)
            }
            (
                Reader::Reporter | Reader::Follower | Reader::FollowerOfList | Reader::Staff(_),
                _,
            ) => Ok(Vec::new()),
        }
    }

    /// The link with a secret that this letter encloses. Each letter to a reporter has its own.
    fn enclosed(
        &self,
        conn: &mut Conn<'_>,
        ctx: &Ctx,
        vault: &Vault,
        rule: &Told,
        row: &OutboxRow,
    ) -> Result<Option<Vec<u8>>> {
        match (rule.reader, &self.report, &row.sealed) {
            (Reader::Asker, None, Some(sealed)) => Ok(Some(sealed.clone())),
            (Reader::Asker, Some(_), _) => follow::enclosed(vault, &row.event).map(Some),
            (Reader::Reporter, Some(_), Some(sealed)) if rule.letter == RECEIPT => {
                Ok(Some(sealed.clone()))
            }
            (Reader::Reporter, Some(report), _) => {
                receipt::another(conn, ctx, vault, &report.id).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// Somebody on the staff who can be written to.
#[derive(Debug)]
pub struct Seated {
    pub person: Person,
    pub roles: Vec<Role>,
    pub agency: Option<AgencyId>,
}

impl Seated {
    /// What is confidential only inspectors hear of, and of what is about their own unit not even they.
    pub fn may_hear_of(&self, report: &ServiceRequest) -> bool {
        !report.confidential
            || (self.roles.contains(&Role::Inspector) && !report.is_about(self.agency.as_ref()))
    }
}

fn is_by_reporter(event: &Event<ServiceRequest>) -> bool {
    event.actor.role == Role::Reporter
}

fn is_within_the_house(event: &Event<ServiceRequest>, history: &[Event<ServiceRequest>]) -> bool {
    let before = history.iter().rev().skip_while(|e| e.id != event.id).skip(1);
    let mut agencies = before.filter_map(|event| event.data.agency.as_ref());
    event.verb == Verb::Assign && agencies.next() == event.data.agency.as_ref()
}

fn of_one(conn: &mut Conn<'_>, person: Option<&PersonId>) -> Result<Vec<Person>> {
    let Some(person) = person else { return Ok(Vec::new()) };
    Ok(store::person(conn, person)?.into_iter().collect())
}

/// Whoever follows a list in which everybody finds this report.
fn in_lists(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    lists: &Lists,
) -> Result<Vec<Recipient>> {
    let Some(seen) = Seen::of(report, &ctx.pack) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for what in lists.with(&seen) {
        found.extend(follow::store::told_at_once(conn, what)?);
    }
    Ok(found)
}

/// Confidential reports are for inspectors only; an agency hears of nothing that the centre has not accepted.
fn staff(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    office: Office,
    tell: &[StepRole],
) -> Result<Vec<Person>> {
    let (own, centre) = (Some(&report.agency), Some(&ctx.pack.centre));
    let offices: Vec<(Option<&AgencyId>, Role)> = match office {
        _ if report.confidential => vec![(None, Role::Inspector)],
        Office::InCharge | Office::Heads if report.accepted_at.is_none() => Vec::new(),
        Office::InCharge => vec![(own, Role::Officer), (own, Role::Head)],
        Office::Heads | Office::Addressed => vec![(own, Role::Head)],
        Office::Leaders => vec![(None, Role::Leader)],
        Office::Reviewers => vec![(centre, Role::Reviewer)],
        // Of tasks alone.
        Office::Doers | Office::Giver => Vec::new(),
        Office::Centre => vec![(centre, Role::Operator)],
        Office::Rung => tell.iter().map(|role| seat(*role, own, centre)).collect(),
    };
    let mut found: Vec<Person> = Vec::new();
    for (agency, role) in offices {
        let staff = store::staff(conn, agency)?;
        let told = |seated: &Seated| seated.roles.contains(&role) && seated.may_hear_of(report);
        for Seated { person, .. } in staff.into_iter().filter(told) {
            if !found.contains(&person) {
                found.push(person);
            }
        }
    }
    Ok(found)
}

/// Whom a task concerns: its agency, whoever gave it, those whom its procedure names for a rung.
fn around(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    task: &Task,
    (office, tell): (Office, &[StepRole]),
) -> Result<Vec<Person>> {
    let (own, centre) = (Some(&task.agency), Some(&ctx.pack.centre));
    let giver = &task.giver;
    if office == Office::Giver
        && let Some(account) = &giver.account
    {
        let person = store::person_of(conn, account)?;
        return of_one(conn, person.as_ref());
    }
    let offices: Vec<(Option<&AgencyId>, Role)> = match office {
        Office::Doers => {
            [Role::Officer, Role::Head, Role::Inspector].map(|role| (own, role)).into()
        }
        Office::Giver => vec![(giver.agency.as_ref(), giver.role)],
        Office::Rung => tell.iter().map(|role| seat(*role, own, centre)).collect(),
        Office::InCharge
        | Office::Centre
        | Office::Heads
        | Office::Addressed
        | Office::Leaders
        | Office::Reviewers => Vec::new(),
    };
    let mut found: Vec<Person> = Vec::new();
    for (agency, role) in offices {
        for person in in_role(conn, agency, role)? {
            if !found.contains(&person) {
                found.push(person);
            }
        }
    }
    Ok(found)
}

fn in_role(conn: &mut Conn<'_>, agency: Option<&AgencyId>, role: Role) -> Result<Vec<Person>> {
    let staff = store::staff(conn, agency)?.into_iter();
    Ok(staff.filter(|s| s.roles.contains(&role)).map(|s| s.person).collect())
}

/// Where somebody of this role sits; leaders are above all agencies.
fn seat<'a>(
    role: StepRole,
    own: Option<&'a AgencyId>,
    centre: Option<&'a AgencyId>,
) -> (Option<&'a AgencyId>, Role) {
    match role {
        StepRole::Operator => (centre, Role::Operator),
        StepRole::Reviewer => (centre, Role::Reviewer),
        StepRole::Officer => (own, Role::Officer),
        StepRole::Head => (own, Role::Head),
        StepRole::Inspector => (own, Role::Inspector),
        StepRole::Leader => (None, Role::Leader),
    }
}

fn rung(procedure: &Procedure, (step, percent): (Option<&str>, u32)) -> Option<ReachedRung> {
    let rungs = match step {
        Some(step) => &procedure.step(step)?.on_overdue,
        None => &procedure.on_overdue,
    };
    let tell = rungs.iter().find(|rung| rung.percent == percent).map(|rung| rung.tell.clone());
    let promise_is_over = step.is_none() && percent == 100;
    Some(ReachedRung { tell: tell.unwrap_or_default(), promise_is_over })
}

fn corrupt(column: &'static str, row: &OutboxRow) -> Error {
    Error::Corrupt { table: "outbox", column, id: row.id.clone() }
}
