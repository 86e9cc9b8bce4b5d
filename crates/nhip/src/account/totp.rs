//! The second factor: a one-time code from a telephone (RFC 6238), and eight recovery codes for when it is lost.
//!
//! Each code works once: the last step used is kept, and a recovery code is taken off the list.

use super::admin::Account;
use super::audit::{self, What};
use super::{session, store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::hex::{hex, unhex};
use crate::platform::sealing::Vault;
use domain::ids::AccountId;
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

/// Recovery codes given at enrolment.
const RECOVERY_CODES: usize = 8;

/// What is sealed in `account.totp_sealed`.
#[derive(Serialize, Deserialize)]
struct Factor {
    /// Base 32, as the telephone knows it.
    secret: String,
    /// Keyed hashes of the codes that are left.
    recovery: Vec<String>,
}

/// An enrolment that its owner has not confirmed yet. `sealed` goes through the form and back, so that nothing is
/// stored before the first right code.
#[derive(Clone)]
pub struct Enrolment {
    pub sealed: String,
    /// For typing by hand.
    pub secret: String,
    /// `otpauth://…`, for the QR code.
    pub uri: String,
}

fn pending_label(account: &AccountId) -> String {
    format!("totp-pending:{account}")
}

fn label(account: &AccountId) -> String {
    format!("totp:{account}")
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::failed("use the second factor", cause)
}

fn totp(secret: &str, issuer: &str, login: &str) -> Result<Totp> {
    // A colon would end the name in the address of the QR code.
    let clean = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(Secret::try_from_base32(secret).map_err(broken)?)
        .with_issuer(Some(clean(issuer)))
        .with_account_name(clean(login))
        .build()
        .map_err(broken)
}

/// Begins an enrolment: a fresh secret of 160 bits.
pub fn begin(
    ctx: &Ctx,
    vault: &Vault,
    account: &AccountId,
    issuer: &str,
    login: &str,
) -> Result<Enrolment> {
    let random = [ctx.ids.random().to_be_bytes(), ctx.ids.random().to_be_bytes()].concat();
    let secret = Secret::from(random.into_iter().take(20).collect::<Vec<u8>>()).to_base32();
    let sealed = hex(&vault.seal(&pending_label(account), secret.as_bytes()));
    resume(vault, account, &sealed, issuer, login)
}

/// The same enrolment again, after a wrong code.
pub fn resume(
    vault: &Vault,
    account: &AccountId,
    sealed: &str,
    issuer: &str,
    login: &str,
) -> Result<Enrolment> {
    // It went through a browser and came back: what does not open was changed there, or is somebody else's.
    let changed = || Error::unacceptable("form", "error-form", 400);
    let bytes = unhex(sealed).ok_or_else(changed)?;
    let opened = vault.open_sealed(&pending_label(account), &bytes).map_err(|_| changed())?;
    let secret = String::from_utf8(opened).map_err(broken)?;
    let uri = totp(&secret, issuer, login)?.to_url().map_err(broken)?;
    Ok(Enrolment { sealed: sealed.to_owned(), secret, uri })
}

/// Ends an enrolment if `code` is right: the second factor is on. Answers the recovery codes, shown once.
pub fn confirm(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    (account, session): (&AccountId, &str),
    enrolment: &Enrolment,
    code: &str,
) -> Result<Option<Vec<String>>> {
    if super::admin::has_second_factor(conn, account)? {
        return Err(Refusal::NothingToChange.into());
    }
    let Some(step) = step_of(&enrolment.secret, code, ctx.now)? else { return Ok(None) };
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(ctx)).collect();
    let recovery = codes.iter().map(|code| recovery_hash(vault, account, code)).collect();
    let sealed = seal(vault, account, &Factor { secret: enrolment.secret.clone(), recovery })?;
    store::set_totp(conn, account, Some(&sealed), Some(step))?;
    // Whoever came in elsewhere by the password alone owes the code now.
    session::end_all(conn, account, Some(session))?;
    audit::note(conn, ctx, What::TotpOn, "")?;
    Ok(Some(codes))
}

/// Is this the account's code of now, or one of its recovery codes? A code that is right is used up.
pub fn accept(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    account: &Account,
    code: &str,
) -> Result<bool> {
    let Some(sealed) = &account.totp_sealed else { return Ok(false) };
    let json = vault.open_sealed(&label(&account.id), sealed)?;
    let mut factor: Factor = serde_json::from_slice(&json).map_err(broken)?;
    if let Some(step) = step_of(&factor.secret, code, ctx.now)? {
        return Ok(store::use_totp_step(conn, &account.id, step)?);
    }
    let hash = recovery_hash(vault, &account.id, code);
    let before = factor.recovery.len();
    factor.recovery.retain(|known| *known != hash);
    if factor.recovery.len() == before {
        return Ok(false);
    }
    Ok(store::swap_totp(conn, &account.id, sealed, &seal(vault, &account.id, &factor)?)?)
}

/// Takes the second factor off.
pub fn remove(conn: &mut Conn<'_>, ctx: &Ctx, account: &AccountId) -> Result<()> {
    store::set_totp(conn, account, None, None)?;
    audit::note(conn, ctx, What::TotpOff, "")
}

fn seal(vault: &Vault, account: &AccountId, factor: &Factor) -> Result<Vec<u8>> {
    Ok(vault.seal(&label(account), &serde_json::to_vec(factor).map_err(broken)?))
}

/// The step a code belongs to: the present one, or one beside it, for clocks that are off.
fn step_of(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret, "-", "-")?.check(&code, now.as_second().unsigned_abs());
    Ok(step.map(|step| step as i64))
}

/// Fifty random bits, in two groups: `k7qm4-rtx2p`.
fn recovery_code(ctx: &Ctx) -> String {
    let code = domain::ids::base32(ctx.ids.random(), 10).to_lowercase();
    let (a, b) = code.split_at_checked(5).unwrap_or((&code, ""));
    format!("{a}-{b}")
}

fn recovery_hash(vault: &Vault, account: &AccountId, code: &str) -> String {
    let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    vault.keyed_hash("recovery", &format!("{account} {}", typed.to_lowercase()))
}

/// The QR code of an address as an SVG of our own: no colours, no size, so that the stylesheet decides. Who cannot see it
/// has the same in letters beside it.
pub fn qr_svg(text: &str) -> Result<String> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(broken)?;
    let (width, colors) = (code.width(), code.into_colors());
    let dark = colors.iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark);
    let mut path = String::new();
    for (n, _) in dark {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", n % width, n / width);
    }
    // Readers need four clear modules around.
    Ok(format!(
        r#"<svg class="qr" viewBox="-4 -4 {0} {0}" aria-hidden="true" focusable="false" shape-rendering="crispEdges"><path d="{path}"/></svg>"#,
        width + 8
    ))
}
