//! A comment, as it is kept.

use domain::ids::{AccountId, AgencyId, CommentId, ServiceRequestId};
use jiff::Timestamp;

domain::word! {
    /// Who sees a comment.
    Standing {
        /// Moderators only, until one of them lets it through.
        Waiting = "waiting",
        Shown = "shown",
        /// Moderators only; everybody reads why.
        Hidden = "hidden",
    }
}

domain::word! {
    /// Why a moderator hides a comment; its sentence is `comment-hide-…` in the translation files.
    HideCode {
        Personal = "personal",
        Insult = "insult",
        Advertising = "advertising",
        OffTopic = "off_topic",
        /// Needs words.
        Other = "other",
    }
}

/// Why it is hidden: a code, and perhaps words. Everybody reads both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HideReason {
    pub code: HideCode,
    pub words: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub request: ServiceRequestId,
    /// The comment this one stands under; that one stands under none.
    pub reply_to: Option<CommentId>,
    /// What they want to be called; empty: nothing.
    pub name: String,
    pub author_key: String,
    pub account: Option<AccountId>,
    /// The office that speaks, in an official answer. The name is then empty.
    pub office: Option<AgencyId>,
    pub text: String,
    pub standing: Standing,
    /// While it is hidden.
    pub hidden: Option<HideReason>,
    pub created_at: Timestamp,
}
