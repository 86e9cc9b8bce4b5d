//! What of a queue somebody looks at, in which order, and the list that shows it: on its own page and beside a case.
//!
//! The choice stands in the address of every page of the desk and in its forms, so that the next case is the next one of
//! the same list. Not here: whose queue holds what (`queue`), and the SQL (`store`).

use super::queue::{self, Queue, SHOWN, SHOWN_AT_MOST, Share};
use super::queue_pages::{agencies, areas, choice, people_of};
use super::queue_rows::Row;
use super::store as staff_store;
use super::store::Count;
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::App;
use crate::platform::db::DbError;
use crate::platform::error::{Error, Result};
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::Telling;
use crate::visitor::Visitor;
use domain::actor::Role;
use domain::ids::{AreaId, FieldCode, ServiceRequestId};
use domain::pack::Pack;
use domain::service_request::workflow::Verb;
use domain::service_request::{ServiceRequest, State as ReportState};
use domain::word;
use jiff::Timestamp;

word! {
    /// In which order a queue stands.
    Order {
        /// By the clock of the step that is owed.
        Due = "due",
        Oldest = "oldest",
        Newest = "newest",
        /// By area, and in it by kind: what is the same stands together.
        Place = "place",
        Kind = "kind",
    }
}

/// What an address of the desk asks for.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(default)]
pub struct Wish {
    pub queue: String,
    /// The form to open.
    #[serde(rename = "do")]
    pub verb: String,
    /// What was just done, to which report, and who has it now; said once.
    pub done: String,
    pub code: String,
    pub to: String,
    /// Show all of the queue.
    pub all: String,
    pub field: String,
    pub area: String,
    pub order: String,
}

/// A queue, and what of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    pub queue: Queue,
    pub field: Option<FieldCode>,
    pub area: Option<AreaId>,
    pub order: Order,
}

impl From<Queue> for Narrowed {
    fn from(queue: Queue) -> Self {
        Self { queue, field: None, area: None, order: Order::Due }
    }
}

impl Narrowed {
    pub fn of(queue: Queue, wish: &Wish) -> Self {
        Self {
            queue,
            field: wish.field.parse().ok(),
            area: wish.area.parse().ok(),
            order: Order::parse(&wish.order).unwrap_or(Order::Due),
        }
    }

    /// As a form of the desk sends it: the name of the queue, and the rest as it stands in addresses.
    pub fn sent(queue: &str, rest: &str) -> Option<Self> {
        let mut wish = Wish::default();
        for (name, value) in form_urlencoded::parse(rest.as_bytes()) {
            match name.as_ref() {
                "field" => wish.field = value.into_owned(),
                "area" => wish.area = value.into_owned(),
                "order" => wish.order = value.into_owned(),
                _ => {}
            }
        }
        Queue::parse(queue).map(|queue| Self::of(queue, &wish))
    }

    pub fn is_narrowed(&self) -> bool {
        self.field.is_some() || self.area.is_some()
    }

    /// What follows the queue in an address; empty, or from `&` on.
    pub fn rest(&self) -> String {
        let parts = [
            ("field", self.field.as_ref().map(AsRef::as_ref)),
            ("area", self.area.as_ref().map(AsRef::as_ref)),
            ("order", Some(self.order.as_str()).filter(|_| self.order != Order::Due)),
        ];
        let given = parts.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.map(|(name, value)| format!("&{name}={value}")).collect()
    }
}

/// What can be done to many ticked reports at once.
#[derive(Debug, Default)]
pub struct Many {
    /// Decisions of intake.
    pub decide: bool,
    pub refusals: Vec<Choice>,
    /// Agencies or colleagues to hand them to; empty for those who may not.
    pub hand_to: Vec<Choice>,
    pub hand_name: &'static str,
}

/// What the list of a queue shows, on its own page and beside a case.
#[derive(Debug)]
pub struct Listed {
    pub tabs: Vec<Tab>,
    pub rows: Vec<Row>,
    /// In this queue altogether, and how many of them late.
    pub total: i64,
    pub late: i64,
    pub narrowed: Narrowed,
    pub fields: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub orders: Vec<Choice>,
    pub many: Many,
    /// The address that shows all of it; empty when it does already.
    pub all: String,
}

impl Listed {
    pub fn queue(&self) -> &'static str {
        self.narrowed.queue.as_str()
    }

    pub fn path(&self) -> &'static str {
        self.narrowed.queue.path()
    }

    /// What it is narrowed to, as the forms beside it send it on.
    pub fn rest(&self) -> String {
        self.narrowed.rest()
    }

    /// Where a new part of the list begins, in its own order.
    pub fn begins(&self, at: usize) -> Option<&'static str> {
        let pressure = |n: usize| self.rows.get(n).map(|row| row.pressure);
        let now = pressure(at)?;
        let before = at.checked_sub(1).and_then(pressure);
        (self.narrowed.order == Order::Due && before != Some(now)).then(|| now.as_str())
    }

    /// Of the heading of a report: below its part, where there are parts.
    pub fn level(&self) -> u8 {
        if self.narrowed.order == Order::Due { 3 } else { 2 }
    }

    pub fn ticks(&self) -> bool {
        self.many.decide || !self.many.hand_to.is_empty()
    }

    /// How many more there are than are shown.
    pub fn more(&self) -> i64 {
        let shown = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        if self.narrowed.is_narrowed() { 0 } else { self.total.saturating_sub(shown) }
    }

    pub fn shown(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }
}

/// How many rows a page shows: intake shows all that can be worked through, so that many can be ticked.
pub fn limit(queue: Queue, wish: &Wish) -> usize {
    if queue == Queue::Intake || !wish.all.is_empty() { SHOWN_AT_MOST } else { SHOWN }
}

pub async fn list(
    app: &App,
    visitor: &Visitor,
    signed: &Signed,
    (narrowed, limit): (Narrowed, usize),
) -> Result<Listed> {
    let now = app.clock.now();
    let queue = narrowed.queue;
    let frame = app.frame(visitor, signed).await?;
    let (of, asked, house) = (signed.clone(), narrowed.clone(), of_one_house(signed));
    let read = app.db.read(move |conn| {
        let reports = read(conn, &of, &asked, (now, limit))?;
        let names = staff_store::names(conn, &people_of(&reports))?;
        let colleagues = match &house {
            Some(agency) => crate::account::admin::staff_of(conn, agency)?,
            None => Vec::new(),
        };
        Ok::<_, Error>((reports, names, colleagues))
    });
    let (reports, names, colleagues) = read.await?;
    let (pack, t) = (app.pack.load(), visitor.t);
    let tells = Telling { t, pack: &pack, now, names: &names };
    let (total, late) = tally(&frame.counts, queue);
    let rows: Vec<Row> = reports.iter().map(|report| tells.row(report, signed)).collect();
    let colleagues: Vec<Choice> =
        colleagues.into_iter().map(|a| choice(a.id.as_str(), &a.name, "")).collect();
    let whole = limit >= SHOWN_AT_MOST;
    Ok(Listed {
        tabs: frame.tabs,
        many: many(&pack, t, signed, &rows, colleagues),
        rows,
        total,
        late,
        fields: fields(&pack, t, &narrowed),
        areas: any(t, areas(&pack, t, narrowed.area.as_ref().map_or("", AsRef::as_ref))),
        orders: orders(t, narrowed.order),
        all: if whole {
            String::new()
        } else {
            format!("{}?all=1{}", queue.path(), narrowed.rest())
        },
        narrowed,
    })
}

/// The reports of a queue, over all shares of this person, in order.
fn read(
    conn: &mut crate::platform::db::Conn<'_>,
    signed: &Signed,
    narrowed: &Narrowed,
    (now, limit): (Timestamp, usize),
) -> Result<Vec<ServiceRequest>, DbError> {
    let mine = (narrowed.queue == Queue::Mine).then_some(&signed.account);
    let mut reports = Vec::new();
    for share in queue::shares(signed, narrowed.queue) {
        reports.extend(staff_store::queue(conn, &share, mine, narrowed, (now, limit))?);
    }
    queue::sort(&mut reports, narrowed.order, queue::grants(signed), now);
    reports.dedup_by(|a, b| a.id == b.id);
    reports.truncate(limit);
    Ok(reports)
}

/// The report that follows this one in the list, else the one before it: where somebody goes on who decided it.
pub async fn next(
    app: &App,
    signed: &Signed,
    narrowed: &Narrowed,
    id: &ServiceRequestId,
) -> Result<Option<ServiceRequestId>> {
    let (now, of, asked) = (app.clock.now(), signed.clone(), narrowed.clone());
    let found = app.db.read(move |conn| read(conn, &of, &asked, (now, SHOWN_AT_MOST))).await?;
    let Some(at) = found.iter().position(|report| report.id == *id) else {
        return Ok(found.into_iter().next().map(|report| report.id));
    };
    let beside = at + 1;
    let next = found.get(beside).or_else(|| at.checked_sub(1).and_then(|before| found.get(before)));
    Ok(next.map(|report| report.id.clone()))
}

pub fn tally(counts: &[(Share, Count)], queue: Queue) -> (i64, i64) {
    let mut sum = (0, 0);
    for (share, count) in counts {
        let all = if share.late_only { count.late } else { count.all };
        let n = match (queue, count.state) {
            (Queue::Now, _)
            | (Queue::Intake, ReportState::Received)
            | (Queue::Review, ReportState::InReview) => all,
            (Queue::Mine, _) => count.mine,
            (Queue::Intake | Queue::Review, _) => 0,
        };
        sum.0 += n;
        sum.1 += if queue == Queue::Mine { 0 } else { count.pressing.min(n) };
    }
    sum
}

/// The agency whose people a head hands reports to.
fn of_one_house(signed: &Signed) -> Option<domain::ids::AgencyId> {
    let head = may(signed, Action::BulkAssign, None)
        && signed.has(Role::Head)
        && !signed.has(Role::Operator);
    signed.agency.clone().filter(|_| head)
}

fn many(pack: &Pack, t: Lang, signed: &Signed, rows: &[Row], colleagues: Vec<Choice>) -> Many {
    let decide = rows.iter().any(|row| row.to_accept);
    let hands = may(signed, Action::BulkAssign, None) && rows.iter().any(|row| row.to_assign);
    let refusals = pack.refusals.iter().filter(|_| decide);
    let refusals = refusals.map(|c| choice(&c.code, c.name.text(t.code()), ""));
    let house = of_one_house(signed).is_some();
    let hand_to = match (hands, house) {
        (false, _) => Vec::new(),
        (true, true) => colleagues,
        (true, false) => agencies(pack, t, ""),
    };
    Many {
        decide,
        refusals: refusals.collect(),
        hand_to,
        hand_name: if house { "officer" } else { "agency" },
    }
}

fn any(t: Lang, mut list: Vec<Choice>) -> Vec<Choice> {
    list.insert(0, choice("", &t.s("desk-any"), "-"));
    list
}

fn fields(pack: &Pack, t: Lang, narrowed: &Narrowed) -> Vec<Choice> {
    let now = narrowed.field.as_ref().map_or("", AsRef::as_ref);
    let all = pack.all_fields().map(|f| choice(f.code.as_str(), f.name.text(t.code()), now));
    any(t, all.collect())
}

fn orders(t: Lang, now: Order) -> Vec<Choice> {
    let of = |order: &Order| choice(order.as_str(), &t.of("desk-order-", order), now.as_str());
    Order::ALL.iter().map(of).collect()
}

/// What was just done, said once, and for some seconds a way back.
#[derive(Debug, Clone, Default)]
pub struct Toast {
    pub text: String,
    pub undo: Option<Undoable>,
}

/// A decision that can still be taken back.
#[derive(Debug, Clone)]
pub struct Undoable {
    pub id: String,
    pub version: i64,
    /// Milliseconds that are left.
    pub left: i64,
}

impl Wish {
    /// What to say of what was done to `id`, or to the report the address names.
    pub async fn toast(
        &self,
        app: &App,
        t: Lang,
        signed: &Signed,
        id: Option<&ServiceRequestId>,
    ) -> Result<Option<Toast>> {
        let named = ServiceRequestId::from_human(&self.code);
        let (Some(verb), Some(id)) = (Verb::parse(&self.done), named.or_else(|| id.cloned()))
        else {
            return Ok(None);
        };
        let agency = self.to.parse().ok();
        let pack = app.pack.load();
        let agency = agency.and_then(|id| pack.agency(&id));
        let (verb, code) = (t.of("verb-", verb), id.grouped());
        let mut text = t.s2("desk-done", "verb", verb, "code", code).into_owned();
        if let Some(to) = agency {
            text = format!("{text} · {}", t.s1("desk-goes-to", "agency", to.short.text(t.code())));
        }
        let (now, account) = (app.clock.now(), signed.account.clone());
        let open = app
            .db
            .read(move |conn| {
                crate::service_request::action::undo::open_to(conn, &id, &account, now)
            })
            .await?;
        let undo = open.map(|decided| Undoable {
            id: decided.request.to_string(),
            version: decided.version,
            left: decided.until.as_millisecond() - now.as_millisecond(),
        });
        Ok(Some(Toast { text, undo }))
    }
}
