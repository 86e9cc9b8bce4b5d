//! Who may do what, and where, as one table. What may be done to a report in which state is another table:
//! `domain::service_request::workflow`; [`Signed::actor_for`] asks it in the right capacity.

use super::session::{Kind, Signed};
use Action as A;
use Role::{Administrator, Head, Inspector, Leader, Officer, Operator, Reviewer};
use Scope::{Any, Confidential, Own};
use domain::actor::{Actor, Role};
use domain::ids::AgencyId;
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::{Verb, permit};

/// What staff do besides the verbs of a report's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    SeeDesk,
    Intake,
    Review,
    Work,
    SearchPeople,
    OpenIdentity,
    Moderate,
    /// See who may not write comments for a while, why, and what they say against it.
    SeeLocks,
    /// Decide about an appeal against a lock; never about one's own.
    RuleOnLock,
    /// Answer in a public discussion in the name of the office.
    SpeakOfficially,
    BulkAssign,
    EnterOnBehalf,
    SeeConfidential,
    SeeDeliveries,
    ResendDelivery,
    /// See how it goes as a whole, and have the open data written.
    Oversee,
    ManageAccounts,
    SeeStaffNames,
    /// How answers came about: without proof, within minutes, many at once.
    SeeIntegrity,
    /// Ask an agency to explain, and rule on a card it contests.
    AskExplanation,
    /// Explain when asked, and contest a card.
    Explain,
    Administer,
}

impl Action {
    pub const ALL: &'static [Self] = &[
        A::SeeDesk,
        A::Intake,
        A::Review,
        A::Work,
        A::SearchPeople,
        A::OpenIdentity,
        A::Moderate,
        A::SeeLocks,
        A::RuleOnLock,
        A::SpeakOfficially,
        A::BulkAssign,
        A::EnterOnBehalf,
        A::SeeConfidential,
        A::SeeDeliveries,
        A::ResendDelivery,
        A::Oversee,
        A::ManageAccounts,
        A::SeeStaffNames,
        A::SeeIntegrity,
        A::AskExplanation,
        A::Explain,
        A::Administer,
    ];
}

/// Which reports a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those the person's own agency has, unless confidential.
    Own,
    /// All but the confidential.
    Any,
    /// The confidential, and no others; and none that is about the person's own unit.
    Confidential,
}

/// A row of the table.
#[derive(Debug)]
pub struct Policy {
    pub action: Action,
    pub roles: &'static [Role],
    pub scope: Scope,
    pub why: &'static str,
}

const fn row(action: Action, roles: &'static [Role], scope: Scope, why: &'static str) -> Policy {
    Policy { action, roles, scope, why }
}

/// Whatever is not here is not allowed.
pub const POLICIES: &[Policy] = &[
    row(
        A::SeeDesk,
        &[Operator, Reviewer, Leader, Administrator],
        Any,
        "the centre and the leaders see the whole city",
    ),
    row(A::SeeDesk, &[Officer, Head], Own, "an agency sees what it has to do"),
    row(
        A::SeeDesk,
        &[Inspector],
        Confidential,
        "reports about officials stay out of those officials' sight",
    ),
    row(A::Intake, &[Operator], Any, "the centre takes in, classifies and routes"),
    row(A::Intake, &[Inspector], Confidential, "the inspectorate takes in its own"),
    row(A::Review, &[Reviewer], Any, "another one than who answered says whether it answers"),
    row(A::Review, &[Inspector], Confidential, "the inspectorate publishes its own"),
    row(A::Work, &[Officer, Head], Own, "the agency in charge does the work"),
    row(A::Work, &[Inspector], Confidential, "the inspectorate handles its own"),
    row(
        A::SearchPeople,
        &[Operator, Inspector],
        Any,
        "somebody calls and has lost the code; each search is audited",
    ),
    row(
        A::OpenIdentity,
        &[Operator],
        Any,
        "the centre calls back, with a reason, and the reporter sees it",
    ),
    row(
        A::OpenIdentity,
        &[Inspector],
        Confidential,
        "the inspectorate alone knows who complained of an official",
    ),
    row(
        A::Moderate,
        &[Operator, Reviewer, Administrator],
        Any,
        "what harms somebody leaves the public page, with a reason",
    ),
    row(A::Moderate, &[Inspector], Confidential, "the inspectorate moderates its own"),
    row(
        A::SeeLocks,
        &[Operator, Reviewer, Leader, Administrator],
        Any,
        "who locks and who decides about it look at the same list",
    ),
    row(
        A::RuleOnLock,
        &[Reviewer, Leader, Administrator],
        Any,
        "an appeal against a lock goes to somebody else than who locked",
    ),
    row(
        A::SpeakOfficially,
        &[Operator, Reviewer],
        Any,
        "the centre answers for the city; the inspectorate never speaks in public",
    ),
    row(A::SpeakOfficially, &[Officer, Head], Own, "who has the case answers for it"),
    row(A::BulkAssign, &[Operator], Any, "after a storm a hundred trees are one decision"),
    row(A::BulkAssign, &[Head], Own, "a head hands out the agency's own work"),
    row(A::BulkAssign, &[Inspector], Confidential, "the inspectorate hands out its own"),
    row(
        A::EnterOnBehalf,
        &[Operator, Inspector],
        Any,
        "people call, write and come to the counter",
    ),
    row(
        A::SeeConfidential,
        &[Inspector],
        Confidential,
        "only the inspectorate, not even the leaders",
    ),
    row(
        A::SeeDeliveries,
        &[Operator, Administrator],
        Any,
        "was the reporter told? the centre must know",
    ),
    row(A::SeeDeliveries, &[Inspector], Confidential, "the same for the inspectorate"),
    row(
        A::ResendDelivery,
        &[Operator, Administrator],
        Any,
        "a letter that failed is sent again by hand",
    ),
    row(A::ResendDelivery, &[Inspector], Confidential, "the same for the inspectorate"),
    row(A::Oversee, &[Leader, Administrator], Any, "leaders look over all of it"),
    row(A::Oversee, &[Head], Own, "a head sees what will be late before it is late"),
    row(A::ManageAccounts, &[Administrator], Any, "one office gives and takes accounts"),
    row(A::ManageAccounts, &[Head], Own, "a head knows who comes to the agency and who leaves"),
    row(
        A::SeeStaffNames,
        &[Operator, Reviewer, Leader, Administrator],
        Any,
        "colleagues must know whom to ask; the public sees roles",
    ),
    row(A::SeeStaffNames, &[Officer, Head], Own, "colleagues in one agency know each other"),
    row(A::SeeStaffNames, &[Inspector], Confidential, "the inspectorate must know who acted"),
    row(
        A::SeeIntegrity,
        &[Operator, Reviewer, Leader, Administrator],
        Any,
        "who judges agencies by numbers must see how the numbers came about",
    ),
    row(A::AskExplanation, &[Leader], Any, "the level above asks why, in public"),
    row(A::Explain, &[Head], Own, "the head of an agency answers for it"),
    row(A::Administer, &[Administrator], Any, "settings, keys and the audit log"),
];

/// May the signed-in person do this: to this report, or, without one, anywhere at all?
pub fn may(signed: &Signed, action: Action, report: Option<&ServiceRequest>) -> bool {
    let agency = signed.agency.as_ref();
    signed.kind == Kind::Staff
        && signed.roles.iter().any(|role| allows(*role, agency, action, report))
}

/// May somebody in this capacity do this to this report?
pub fn actor_may(actor: &Actor, action: Action, report: &ServiceRequest) -> bool {
    allows(actor.role, actor.agency.as_ref(), action, Some(report))
}

fn allows(
    role: Role,
    agency: Option<&AgencyId>,
    action: Action,
    report: Option<&ServiceRequest>,
) -> bool {
    POLICIES.iter().filter(|p| p.action == action && p.roles.contains(&role)).any(|p| {
        report.is_none_or(|report| match p.scope {
            Any => !report.confidential,
            Own => !report.confidential && agency == Some(&report.agency),
            Confidential => report.confidential && !report.is_about(agency),
        })
    })
}

/// Which half of the reports a list shows: all but the confidential; or these, but for those about the reader's own unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    pub confidential: bool,
    pub own_unit: Option<AgencyId>,
}

impl Sight {
    /// The confidential, as this person may know of them.
    pub fn confidential_to(signed: &Signed) -> Self {
        Self { confidential: true, own_unit: signed.agency.clone() }
    }

    /// Inspectors see the confidential and nothing else; whoever does this in another role too sees all the rest.
    pub fn of(signed: &Signed, action: Action) -> Self {
        let other = |role: &&Role| **role != Inspector && role_may(**role, action);
        if signed.roles.iter().any(|role| other(&role)) {
            Self::default()
        } else {
            Self::confidential_to(signed)
        }
    }

    /// The unit of which nothing is shown, for a store; no unit has an empty id.
    pub fn hidden_unit(&self) -> &str {
        self.own_unit.as_ref().map_or("-", AsRef::as_ref)
    }

    /// The same, asked of one report.
    pub fn sees(&self, report: &ServiceRequest) -> bool {
        report.confidential == self.confidential && !report.is_about(self.own_unit.as_ref())
    }
}

/// In whose name somebody may answer in public about this report: the agency in charge, or the centre.
pub fn office(actor: &Actor, report: &ServiceRequest, pack: &Pack) -> Option<AgencyId> {
    let in_charge = matches!(actor.role, Officer | Head);
    let office = if in_charge { &report.agency } else { &pack.centre };
    actor_may(actor, A::SpeakOfficially, report).then(|| office.clone())
}

/// Does this role allow the action anywhere?
pub fn role_may(role: Role, action: Action) -> bool {
    POLICIES.iter().any(|p| p.action == action && p.roles.contains(&role))
}

impl Signed {
    /// In which of their capacities may they do `verb` to `report`? The first that the workflow allows; else the
    /// refusal that says most: a wrong state rather than a wrong agency, and that rather than a wrong role.
    pub fn actor_for(&self, verb: Verb, report: &ServiceRequest) -> Result<Actor, Refusal> {
        let staff = self.roles.iter().map(|role| self.acting_as(*role));
        let is_reporter = self.person.is_some() && self.person == report.reporter;
        // A reporter leaves no account in the history: agencies read it.
        let mut best = Refusal::Forbidden;
        for actor in staff.chain(is_reporter.then(Actor::reporter)) {
            match permit(report, verb, &actor) {
                Ok(_) => return Ok(actor),
                Err(refusal) if weight(&refusal) > weight(&best) => best = refusal,
                Err(_) => {}
            }
        }
        Err(best)
    }

    /// This person in one of their roles.
    pub fn acting_as(&self, role: Role) -> Actor {
        Actor { role, account: Some(self.account.clone()), agency: self.agency.clone() }
    }

    /// In the first of their roles that allows `action` on this very report, for what is no verb.
    pub fn actor_on(&self, action: Action, report: &ServiceRequest) -> Option<Actor> {
        let mut actors = self.roles.iter().map(|role| self.acting_as(*role));
        actors.find(|actor| self.is_staff() && actor_may(actor, action, report))
    }

    /// In the first of their roles that allows `action`, for what is no verb: entering for somebody, searching.
    pub fn actor_to(&self, action: Action) -> Result<Actor, Refusal> {
        let role = self
            .roles
            .iter()
            .find(|role| role_may(**role, action))
            .filter(|_| self.kind == Kind::Staff);
        role.map(|role| self.acting_as(*role)).ok_or(Refusal::Forbidden)
    }
}

/// How much a refusal says: those of the state of the report say most.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest fit equally badly")]
fn weight(refusal: &Refusal) -> u8 {
    let little = [Refusal::Forbidden, Refusal::NotYourAgency];
    match refusal {
        Refusal::WrongRole { .. } => 1,
        other => little.iter().position(|r| r == other).map_or(3, |n| 2 * n as u8),
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
