//! All SQL of tasks.
//!
//! Tables: `task`, `task_number`.

use super::TaskSight;
use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, Row, Select, Value, dialect, params};
use domain::actor::Role;
use domain::case::{CaseRef, OwedStep};
use domain::ids::{AccountId, AgencyId, TaskId};
use domain::place::Point;
use domain::task::{Giver, Task, TaskDue, TaskOutcome, TaskState};
use domain::time::Budget;
use jiff::Timestamp;

const COLUMNS: &str = "id, version, changed_seq, state, outcome, giver_role, giver_account, giver_agency, agency, assignee, \
    about, what, product, needs_evidence, address, lat, long, public, confidential, given_budget, given_at, procedure, \
    procedure_version, procedure_hash, extension, extension_asked, attempt, created_at, updated_at, clock_from_at, due_at, \
    step, step_budget, step_from_at, step_due_at, accepted_at, done_at, done_by, closed_at, result, code";

fn ms(instant: Option<Timestamp>) -> Option<i64> {
    instant.map(Timestamp::as_millisecond)
}

fn budget(row: &Row<'_>, column: usize) -> Result<Option<Budget>, DbError> {
    row.optional_id(column)
}

fn to_task(row: &Row<'_>) -> Result<Task, DbError> {
    let given_due = match budget(row, 19)? {
        Some(budget) => TaskDue::Budget(budget),
        None => TaskDue::At(row.instant(20)?),
    };
    let point = row.get::<Option<f64>>(15)?.zip(row.get::<Option<f64>>(16)?);
    let step = row.get::<Option<String>>(31)?.zip(budget(row, 32)?);
    let step = step.zip(row.get::<Option<i64>>(33)?);
    let step_due = row.optional_instant(34)?;
    Ok(Task {
        id: row.id(0)?,
        version: row.get(1)?,
        changed_seq: row.get(2)?,
        state: row.word(3, TaskState::parse)?,
        outcome: row.optional_word(4, TaskOutcome::parse)?,
        giver: Giver {
            role: row.word(5, Role::parse)?,
            account: row.optional_id(6)?,
            agency: row.optional_id(7)?,
        },
        agency: row.id(8)?,
        assignee: row.optional_id(9)?,
        about: row.optional_id(10)?,
        what: row.get(11)?,
        product: row.get(12)?,
        needs_evidence: row.get(13)?,
        address: row.get(14)?,
        point: point.and_then(|(lat, long)| Point::new(lat, long).ok()),
        public: row.get(17)?,
        confidential: row.get(18)?,
        given_due,
        procedure: row.id(21)?,
        procedure_version: row.get::<i64>(22)? as u32,
        procedure_hash: row.get(23)?,
        extension: budget(row, 24)?,
        extension_asked: budget(row, 25)?,
        attempt: row.get(26)?,
        created_at: row.instant(27)?,
        updated_at: row.instant(28)?,
        clock_from: row.instant(29)?,
        due_at: row.optional_instant(30)?,
        step: step.map(|((id, budget), from)| OwedStep {
            id,
            budget,
            from: from_ms(from),
            due: step_due,
        }),
        accepted_at: row.optional_instant(35)?,
        done_at: row.optional_instant(36)?,
        done_by: row.optional_id(37)?,
        closed_at: row.optional_instant(38)?,
        result: row.get(39)?,
        code: row.get(40)?,
    })
}

/// The next number of a local year. Whoever comes at the same time waits for the other.
pub fn next_number(conn: &mut Conn<'_>, year: i16) -> Result<i64, DbError> {
    conn.execute(
        "INSERT INTO task_number (year, last) VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = task_number.last + 1",
        params![i64::from(year)],
    )?;
    let sql = "SELECT last FROM task_number WHERE year = $1";
    conn.query_one(sql, params![i64::from(year)], |row| row.get(0))
}

pub fn insert(conn: &mut Conn<'_>, t: &Task) -> Result<(), DbError> {
    let (budget, at) = match t.given_due {
        TaskDue::Budget(budget) => (Some(budget.to_string()), None),
        TaskDue::At(at) => (None, Some(at)),
    };
    conn.execute(
        "INSERT INTO task (id, version, changed_seq, state, giver_role, giver_account, giver_agency, agency, assignee, about, \
         what, product, needs_evidence, address, lat, long, public, confidential, given_budget, given_at, procedure, \
         procedure_version, procedure_hash, attempt, created_at, updated_at, clock_from_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, \
         $24, $25, $26, $27, $28)",
        params![
            t.id.as_str(), t.version, t.changed_seq, t.state.as_str(), t.giver.role.as_str(),
            t.giver.account.as_ref().map(AsRef::as_ref), t.giver.agency.as_ref().map(AsRef::as_ref), t.agency.as_str(),
            t.assignee.as_ref().map(AsRef::as_ref), t.about.as_ref().map(CaseRef::as_str), t.what.as_str(),
            t.product.as_str(), t.needs_evidence, t.address.as_deref(), t.point.map(Point::lat), t.point.map(Point::long),
            t.public, t.confidential, budget, ms(at), t.procedure.as_str(), i64::from(t.procedure_version),
            t.procedure_hash.as_str(), t.attempt, t.created_at.as_millisecond(), t.updated_at.as_millisecond(),
            t.clock_from.as_millisecond(), ms(t.due_at)
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, id: &TaskId) -> Result<Option<Task>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM task WHERE id = $1");
    conn.query_opt(&sql, params![id.as_str()], to_task)
}

/// As [`find`], for an action that will change it.
pub fn find_for_update(conn: &mut Conn<'_>, id: &TaskId) -> Result<Option<Task>, DbError> {
    let lock = dialect::for_update(conn.engine());
    let sql = format!("SELECT {COLUMNS} FROM task WHERE id = $1{lock}");
    conn.query_opt(&sql, params![id.as_str()], to_task)
}

/// Writes back what verbs change, if it is still at version `seen`; `false`: somebody else was first.
pub fn save(conn: &mut Conn<'_>, t: &Task, seen: i64) -> Result<bool, DbError> {
    let changed = conn.execute(
        "UPDATE task SET version = $1, changed_seq = $2, state = $3, outcome = $4, assignee = $5, extension = $6, \
         extension_asked = $7, attempt = $8, updated_at = $9, due_at = $10, accepted_at = $11, done_at = $12, done_by = $13, \
         closed_at = $14, result = $15, code = $16 WHERE id = $17 AND version = $18",
        params![
            t.version, t.changed_seq, t.state.as_str(), t.outcome.map(TaskOutcome::as_str),
            t.assignee.as_ref().map(AsRef::as_ref), t.extension.map(|b| b.to_string()),
            t.extension_asked.map(|b| b.to_string()), t.attempt, t.updated_at.as_millisecond(), ms(t.due_at),
            ms(t.accepted_at), ms(t.done_at), t.done_by.as_ref().map(AsRef::as_ref), ms(t.closed_at), t.result.as_deref(),
            t.code.as_deref(), t.id.as_str(), seen
        ],
    )?;
    Ok(changed == 1)
}

/// Writes the version alone: something was added, and nothing changed.
pub fn save_version(conn: &mut Conn<'_>, id: &TaskId, version: i64) -> Result<(), DbError> {
    conn.execute("UPDATE task SET version = $1 WHERE id = $2", params![version, id.as_str()])?;
    Ok(())
}

pub fn set_step(conn: &mut Conn<'_>, id: &TaskId, step: Option<&OwedStep>) -> Result<(), DbError> {
    conn.execute(
        "UPDATE task SET step = $1, step_budget = $2, step_from_at = $3, step_due_at = $4 WHERE id = $5",
        params![
            step.map(|step| step.id.as_str()),
            step.map(|step| step.budget.to_string()),
            step.map(|step| step.from.as_millisecond()),
            ms(step.and_then(|step| step.due)),
            id.as_str()
        ],
    )?;
    Ok(())
}

/// What is wanted of a list.
#[derive(Debug, Clone)]
pub struct TasksWanted {
    pub sight: TaskSight,
    pub agency: Option<AgencyId>,
    pub about: Option<CaseRef>,
    pub assignee: Option<AccountId>,
    /// Closed ones too, newest first; else open ones, the step that is due first at the top.
    pub closed: bool,
    /// Open ones whose time is over at this instant.
    pub late_at: Option<Timestamp>,
    /// A number, or words of what is to be done.
    pub words: Option<String>,
}

impl TasksWanted {
    /// All that is open and may be read.
    pub fn open(sight: TaskSight) -> Self {
        Self {
            sight,
            agency: None,
            about: None,
            assignee: None,
            closed: false,
            late_at: None,
            words: None,
        }
    }
}

fn may_read<'a>(select: &mut Select<'a>, sight: &'a TaskSight) {
    let own = select.place(Value::Text(sight.agency.as_ref().map_or("-", AsRef::as_ref)));
    let all = match (sight.all, sight.confidential) {
        (true, true) => "1 = 1",
        (true, false) => "confidential = 0",
        (false, _) => "1 = 0",
    };
    select.push(&format!(" AND (agency = {own} OR {all})"));
}

pub fn list(conn: &mut Conn<'_>, wanted: &TasksWanted, limit: usize) -> Result<Vec<Task>, DbError> {
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM task WHERE 1 = 1"));
    may_read(&mut select, &wanted.sight);
    let pattern = wanted.words.as_ref().map(|words| format!("%{}%", words.to_lowercase()));
    if let Some(agency) = &wanted.agency {
        select.and("agency =", Value::Text(agency.as_str()));
    }
    if let Some(about) = &wanted.about {
        select.and("about =", Value::Text(about.as_str()));
    }
    if let Some(assignee) = &wanted.assignee {
        select.and("assignee =", Value::Text(assignee.as_ref()));
    }
    if let Some(pattern) = &pattern {
        let pattern = select.place(Value::Text(pattern));
        select.push(&format!(" AND (id LIKE {pattern} OR LOWER(what) LIKE {pattern})"));
    }
    if !wanted.closed {
        select.push(" AND state <> 'closed'");
    }
    if let Some(now) = wanted.late_at {
        select.and("due_at <", Value::Int(now.as_millisecond()));
        select.push(" AND done_at IS NULL");
    }
    let order = if wanted.closed { "created_at DESC, id DESC" } else { "step_due_at, id" };
    select.push(&format!(" ORDER BY {order} LIMIT "));
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_task)
}

/// How the tasks of an agency stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStanding {
    pub agency: AgencyId,
    pub open: i64,
    /// Open ones whose time is over.
    pub late: i64,
    pub confirmed: i64,
    /// Those of the confirmed that were done in time.
    pub in_time: i64,
}

pub fn by_agency(
    conn: &mut Conn<'_>,
    sight: &TaskSight,
    now: Timestamp,
) -> Result<Vec<TaskStanding>, DbError> {
    let mut select = Select::new(
        "SELECT agency, COUNT(*) FILTER (WHERE state <> 'closed'), \
         COUNT(*) FILTER (WHERE state <> 'closed' AND done_at IS NULL AND due_at < ",
    );
    select.value(Value::Int(now.as_millisecond()));
    select.push(
        "), COUNT(*) FILTER (WHERE outcome = 'confirmed'), \
         COUNT(*) FILTER (WHERE outcome = 'confirmed' AND done_at <= due_at) FROM task WHERE 1 = 1",
    );
    may_read(&mut select, sight);
    select.push(" GROUP BY agency ORDER BY agency");
    conn.query(&select.sql, &select.values, |row| {
        Ok(TaskStanding {
            agency: row.id(0)?,
            open: row.get(1)?,
            late: row.get(2)?,
            confirmed: row.get(3)?,
            in_time: row.get(4)?,
        })
    })
}

/// How many wait for an agency, and for those who gave them in one of these roles: heads give to their own agency alone.
pub fn waiting(
    conn: &mut Conn<'_>,
    agency: Option<&AgencyId>,
    givers: &[Role],
) -> Result<i64, DbError> {
    let mut select = Select::new("SELECT COUNT(*) FROM task WHERE state <> 'closed' AND (");
    let own = select.place(Value::Text(agency.map_or("-", AsRef::as_ref)));
    select.push(&format!(
        "(agency = {own} AND state <> 'done') OR ((state = 'done' OR extension_asked IS NOT NULL) \
         AND (giver_role <> 'head' OR agency = {own})"
    ));
    select.one_of("giver_role", givers.iter().map(|role| role.as_str()));
    select.push("))");
    conn.query_one(&select.sql, &select.values, |row| row.get(0))
}
