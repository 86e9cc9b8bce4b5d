//! Who did something sensitive that leaves no event on a report. Append-only; details never hold personal data.

use super::store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::AccountId;
use jiff::Timestamp;

/// What can be audited; the word is what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    SignIn,
    SignOutEverywhere,
    PasswordChanged,
    TotpOn,
    TotpOff,
    AccountAdded,
    /// Where somebody's letters go; not the address.
    AddressChanged,
    AccountReset,
    AccountLocked,
    AccountUnlocked,
    /// Another name, roles, agency or language; the roles, never the name.
    StaffChanged,
    SearchPeople,
    EraseIdentities,
    ApiKeyAdded,
    ApiKeyAllowed,
    ApiKeyRevoked,
    BoundariesImported,
    CalendarDayAdded,
    CalendarDayRemoved,
    CommentHidden,
    CommentShown,
    /// Looked at after people had reported it, and left as it was.
    CommentKept,
    CommenterLocked,
    /// By whom is not said.
    LockAppealed,
    LockRuled,
    /// The vault seals with a newer key; its name.
    VaultKeyUsed,
    VaultKeyForgotten,
    WebhookAdded,
    WebhookPaused,
    WebhookResumed,
    WebhookStopped,
    WebhookTested,
}

impl What {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignOutEverywhere => "sign_out_everywhere",
            Self::PasswordChanged => "password_changed",
            Self::TotpOn => "totp_on",
            Self::TotpOff => "totp_off",
            Self::AccountAdded => "account_added",
            Self::AddressChanged => "address_changed",
            Self::AccountReset => "account_reset",
            Self::AccountLocked => "account_locked",
            Self::AccountUnlocked => "account_unlocked",
            Self::StaffChanged => "staff_changed",
            Self::SearchPeople => "search_people",
            Self::EraseIdentities => "erase_identities",
            Self::ApiKeyAdded => "api_key_added",
            Self::ApiKeyAllowed => "api_key_allowed",
            Self::ApiKeyRevoked => "api_key_revoked",
            Self::BoundariesImported => "boundaries_imported",
            Self::CalendarDayAdded => "calendar_day_added",
            Self::CalendarDayRemoved => "calendar_day_removed",
            Self::CommentHidden => "comment_hidden",
            Self::CommentShown => "comment_shown",
            Self::CommentKept => "comment_kept",
            Self::CommenterLocked => "commenter_locked",
            Self::LockAppealed => "lock_appealed",
            Self::LockRuled => "lock_ruled",
            Self::VaultKeyUsed => "vault_key_used",
            Self::VaultKeyForgotten => "vault_key_forgotten",
            Self::WebhookAdded => "webhook_added",
            Self::WebhookPaused => "webhook_paused",
            Self::WebhookResumed => "webhook_resumed",
            Self::WebhookStopped => "webhook_stopped",
            Self::WebhookTested => "webhook_tested",
        }
    }
}

/// Forgets what nobody has to answer for any more.
pub fn forget(conn: &mut Conn<'_>, before: Timestamp, limit: usize) -> Result<()> {
    Ok(store::forget_audit(conn, before, limit)?)
}

/// Writes it down as done by the acting account, in the caller's transaction.
pub fn note(conn: &mut Conn<'_>, ctx: &Ctx, what: What, detail: &str) -> Result<()> {
    note_of(conn, ctx, ctx.actor.account.as_ref(), what, detail)
}

/// The same for an account that is only just becoming the acting one: a sign-in.
pub fn note_of(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    account: Option<&AccountId>,
    what: What,
    detail: &str,
) -> Result<()> {
    Ok(store::insert_audit(conn, &ctx.new_id(), ctx.now, account, what.as_str(), detail)?)
}
