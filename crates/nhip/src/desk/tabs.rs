//! What stands around every page of the desk: which sections somebody has, and how much waits in each.

use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use crate::accountability::store as accountability_store;
use crate::app::App;
use crate::case::explanation_store;
use crate::conversation::lock::store as lock_store;
use crate::conversation::store as conversation_store;
use crate::platform::db::{Conn, DbError};
use crate::platform::error::Result;
use crate::platform::http::view::Tab;
use crate::platform::i18n::Lang;
use crate::service_request::staff::list_pages::tally;
use crate::service_request::staff::queue::{self, Queue, Share};
use crate::service_request::staff::store as staff_store;
use crate::service_request::staff::store::Count;
use crate::task;
use crate::visitor::Visitor;
use domain::actor::Role;
use domain::ids::{AccountId, AgencyId};
use domain::task::workflow::GIVERS;

/// The sections of the desk, and what the queues of this person hold.
pub struct Frame {
    pub tabs: Vec<Tab>,
    pub counts: Vec<(Share, Count)>,
}

impl App {
    /// The frame of a page of the desk. It shows every slice, so it is read up here; the pages of the slices below ask
    /// the service for it.
    pub async fn frame(&self, visitor: &Visitor, signed: &Signed) -> Result<Frame> {
        let (besides, shares) = (Besides::of(signed), queue::shares(signed, Queue::Now));
        let (account, now) = (signed.account.clone(), self.clock.now());
        let read = self.db.read(move |conn| {
            let mut counts: Vec<(Share, Count)> = Vec::new();
            for share in shares {
                for count in staff_store::counts(conn, &share, &account, now)? {
                    counts.push((share.clone(), count));
                }
            }
            Ok::<_, DbError>((counts, besides.read(conn)?))
        });
        let (counts, waiting) = read.await?;
        Ok(Frame { tabs: tabs(visitor.t, &visitor.path, signed, &counts, &waiting), counts })
    }

    /// The sections alone, for a page whose first interest is elsewhere.
    pub async fn tabs(&self, visitor: &Visitor, signed: &Signed) -> Result<Vec<Tab>> {
        Ok(self.frame(visitor, signed).await?.tabs)
    }

    /// The sections without what waits in them.
    pub fn bare_tabs(&self, visitor: &Visitor, signed: &Signed) -> Vec<Tab> {
        let tabs = tabs(visitor.t, &visitor.path, signed, &[], &Waiting::default());
        tabs.into_iter().map(|tab| Tab { n: None, ..tab }).collect()
    }
}

/// What else than reports this person is told of.
struct Besides {
    account: AccountId,
    judges: Option<Sight>,
    rules_on_locks: Option<Sight>,
    asked: Option<(bool, Option<AgencyId>)>,
    /// The agency whose tasks are theirs, and the roles in which they gave some.
    tasks: (Option<AgencyId>, Vec<Role>),
}

impl Besides {
    fn of(signed: &Signed) -> Self {
        Self {
            account: signed.account.clone(),
            judges: may(signed, Action::Moderate, None)
                .then(|| Sight::of(signed, Action::Moderate)),
            rules_on_locks: may(signed, Action::RuleOnLock, None)
                .then(|| Sight::of(signed, Action::RuleOnLock)),
            asked: duty_share(signed),
            tasks: (
                task::TaskSight::of(signed).agency,
                GIVERS.iter().copied().filter(|role| signed.has(*role)).collect(),
            ),
        }
    }

    fn read(self, conn: &mut Conn<'_>) -> Result<Waiting, DbError> {
        let to_judge = match &self.judges {
            Some(sight) => Some(conversation_store::to_judge(conn, sight)?),
            None => None,
        };
        let appeals = match &self.rules_on_locks {
            Some(sight) => Some(lock_store::appeals_to_rule(conn, &self.account, sight)?),
            None => None,
        };
        let asked = match self.asked {
            Some((rules, agency)) => {
                let owed = explanation_store::open(conn, agency.as_ref())?;
                let ruled = if rules { accountability_store::contested_cards(conn)? } else { 0 };
                Some((owed, ruled))
            }
            None => None,
        };
        let (agency, gave) = &self.tasks;
        let tasks = task::store::waiting(conn, agency.as_ref(), gave)?;
        Ok(Waiting { to_judge, appeals, asked, tasks })
    }
}

/// What waits on the desk besides reports.
#[derive(Default)]
struct Waiting {
    /// Comments that wait, and that were reported.
    to_judge: Option<(i64, i64)>,
    /// Appeals against locks.
    appeals: Option<i64>,
    /// Explanations that are owed, and cards that wait for a ruling.
    asked: Option<(i64, i64)>,
    /// Tasks whose next step is theirs.
    tasks: i64,
}

/// Whose explanations are shown to this person: a head's own agency's, or all to who may rule.
fn duty_share(signed: &Signed) -> Option<(bool, Option<AgencyId>)> {
    if may(signed, Action::AskExplanation, None) {
        return Some((true, None));
    }
    let own = signed.agency.clone().filter(|_| may(signed, Action::Explain, None));
    own.map(|agency| (false, Some(agency)))
}

/// The sections of this person; `path` is where they are.
fn tabs(
    t: Lang,
    path: &str,
    signed: &Signed,
    counts: &[(Share, Count)],
    waiting: &Waiting,
) -> Vec<Tab> {
    let here = path.split('?').next().unwrap_or_default();
    let tab = |href, icon, key, n| Tab {
        href,
        icon,
        label: t.s(key).into_owned(),
        n,
        current: href.split('?').next() == Some(here),
    };
    let mut tabs: Vec<Tab> = Queue::of(signed)
        .into_iter()
        .map(|queue| {
            let (icon, key) = match queue {
                Queue::Now => ("list", "desk-tab-now"),
                Queue::Intake => ("status-received", "desk-tab-intake"),
                Queue::Review => ("status-in_review", "desk-tab-review"),
                Queue::Mine => ("user", "desk-tab-mine"),
            };
            // Whoever watches begins with the overview; the list of what is late is one step behind it.
            let watches = queue == Queue::Now && queue::only_watches(signed);
            let path = if watches { "/desk?all=1" } else { queue.path() };
            tab(path, icon, key, Some(tally(counts, queue).0))
        })
        .collect();
    tabs.push(tab("/desk/tasks", "check", "desk-tab-tasks", Some(waiting.tasks)));
    if may(signed, Action::Work, None) {
        tabs.push(tab("/desk/on-site", "navigation", "on-site-tab", None));
    }
    if may(signed, Action::Oversee, None) {
        tabs.push(tab("/desk/overview", "eye", "overview-tab", None));
    }
    if may(signed, Action::Moderate, None) {
        let n = waiting.to_judge.map(|(waiting, flagged)| waiting + flagged);
        tabs.push(tab("/desk/comments", "message-circle", "desk-tab-comments", n));
    }
    if may(signed, Action::SeeLocks, None) {
        tabs.push(tab("/desk/locks", "lock", "desk-tab-locks", waiting.appeals));
    }
    tabs.push(tab("/desk/search", "search", "desk-tab-search", None));
    if may(signed, Action::EnterOnBehalf, None) {
        tabs.push(tab("/desk/new", "plus", "desk-tab-new", None));
    }
    if may(signed, Action::SeeIntegrity, None) {
        tabs.push(tab("/desk/integrity", "shield-check", "integrity-tab", None));
    }
    if may(signed, Action::SeeDeliveries, None) {
        tabs.push(tab("/desk/letters", "mail", "desk-tab-letters", None));
    }
    if let Some((owed, contested)) = waiting.asked {
        tabs.push(tab("/desk/explanations", "message-circle", "desk-tab-explanations", Some(owed)));
        tabs.push(tab("/desk/cards", "flag", "desk-tab-cards", Some(contested)));
    }
    if may(signed, Action::ManageAccounts, None) {
        tabs.push(tab("/desk/staff", "users", "desk-tab-staff", None));
    }
    if may(signed, Action::Administer, None) {
        tabs.push(tab("/desk/calendar", "calendar", "desk-tab-calendar", None));
        tabs.push(tab("/desk/webhooks", "plug-zap", "desk-tab-webhooks", None));
    }
    tabs
}
