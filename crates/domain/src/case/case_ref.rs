//! What a case is called among all kinds.

use crate::ids::{ServiceRequestId, TaskId};
use crate::word;
use serde::{Deserialize, Serialize};
use std::fmt;

word! {
    /// The kinds of cases there are.
    CaseKind {
        Report = "report",
        Task = "task",
    }
}

/// A case of any kind: `task:2026-0012`. A bare code (`K7QM4RTX`) is a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseRef {
    text: String,
    kind: CaseKind,
}

/// Text that names no case: an unknown kind, or what cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a case: {0:?}")]
pub struct InvalidCaseRef(pub String);

impl CaseRef {
    pub fn parse(text: &str) -> Result<Self, InvalidCaseRef> {
        let wrong = || InvalidCaseRef(text.to_owned());
        match text.split_once(':') {
            None => Ok(Self::from(&ServiceRequestId::parse(text).map_err(|_| wrong())?)),
            Some(("task", id)) => Ok(Self::from(&TaskId::parse(id).map_err(|_| wrong())?)),
            Some(_) => Err(wrong()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn kind(&self) -> CaseKind {
        self.kind
    }

    /// Its id among the cases of its kind.
    pub fn id(&self) -> &str {
        self.text.split_once(':').map_or(self.text.as_str(), |(_, id)| id)
    }

    /// The report it is, if it is one.
    pub fn report(&self) -> Option<ServiceRequestId> {
        (self.kind == CaseKind::Report).then(|| self.id().parse().ok())?
    }

    /// The task it is, if it is one.
    pub fn task(&self) -> Option<TaskId> {
        (self.kind == CaseKind::Task).then(|| self.id().parse().ok())?
    }
}

impl From<&ServiceRequestId> for CaseRef {
    fn from(id: &ServiceRequestId) -> Self {
        Self { text: id.as_str().to_owned(), kind: CaseKind::Report }
    }
}

impl From<&TaskId> for CaseRef {
    fn from(id: &TaskId) -> Self {
        Self { text: format!("{}:{id}", CaseKind::Task), kind: CaseKind::Task }
    }
}

impl From<&Self> for CaseRef {
    fn from(case: &Self) -> Self {
        case.clone()
    }
}

impl std::str::FromStr for CaseRef {
    type Err = InvalidCaseRef;
    fn from_str(text: &str) -> Result<Self, InvalidCaseRef> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CaseRef {
    type Error = InvalidCaseRef;
    fn try_from(text: String) -> Result<Self, InvalidCaseRef> {
        Self::parse(&text)
    }
}

impl From<CaseRef> for String {
    fn from(case: CaseRef) -> Self {
        case.text
    }
}

impl fmt::Display for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_code_is_a_report_and_every_other_kind_says_which() {
        let report = CaseRef::parse("K7QM4RTX").unwrap();
        assert_eq!((report.kind(), report.id()), (CaseKind::Report, "K7QM4RTX"));
        assert_eq!(report.report().unwrap().as_str(), "K7QM4RTX");
        let task = CaseRef::parse("task:2026-0012").unwrap();
        assert_eq!((task.kind(), task.id(), task.report()), (CaseKind::Task, "2026-0012", None));
        assert_eq!(CaseRef::from(&task.task().unwrap()), task);
        assert_eq!(task.to_string(), "task:2026-0012");
    }

    #[test]
    fn what_names_no_case_is_refused() {
        for text in ["", ":", "task:", "task:a b", "report:K7QM4RTX", "tasks:2026-0012", "a:b:c"] {
            assert!(CaseRef::parse(text).is_err(), "{text}");
        }
    }
}
