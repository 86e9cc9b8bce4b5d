//! Who does something, in which capacity, and who may read of it.

use crate::ids::{AccountId, AgencyId};
use crate::word;

word! {
    /// In which capacity someone acts.
    Role {
        Reporter = "reporter",
        /// Intake at the centre.
        Operator = "operator",
        /// Review at the centre.
        Reviewer = "reviewer",
        Officer = "officer",
        /// Head of an agency.
        Head = "head",
        Inspector = "inspector",
        Leader = "leader",
        Administrator = "administrator",
        /// A scheduled job.
        System = "system",
    }
}

/// Who did it: a role, and behind it an account where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub role: Role,
    pub account: Option<AccountId>,
    pub agency: Option<AgencyId>,
}

impl Actor {
    pub const fn system() -> Self {
        Self { role: Role::System, account: None, agency: None }
    }
    /// The person who reported, known by receipt or account.
    pub const fn reporter() -> Self {
        Self { role: Role::Reporter, account: None, agency: None }
    }
}

word! {
    /// Who may read an event.
    Visibility {
        Public = "public",
        /// The reporter and staff.
        Reporter = "reporter",
        Staff = "staff",
    }
}
