//! The receipt: a link with a secret by which a reporter without an account follows, answers, rates, reopens and
//! withdraws. The database keeps a keyed hash of the secret; a letter gets it sealed.

use super::receipt_store;
use crate::account::vault::Enclosure;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::sealing::Vault;
use crate::service_request::action::submit::Receipt;
use domain::ids::ServiceRequestId;

/// A new receipt for [`crate::service_request::action::submit::Submission`], and its secret for the page that says thank you.
pub fn make(ctx: &Ctx, vault: &Vault) -> Result<(Receipt, String)> {
    let secret = ctx.ids.secret();
    let sealed = Enclosure { person: None, path: path(&secret) }.seal(vault)?;
    Ok((Receipt { token_hash: hash(vault, &secret), sealed }, secret))
}

/// One more link to a report that is there, for another letter to its reporter. Sealed.
pub fn another(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    request: &ServiceRequestId,
) -> Result<Vec<u8>> {
    let (receipt, _) = make(ctx, vault)?;
    receipt_store::insert(conn, request, &receipt.token_hash, ctx.now)?;
    Ok(receipt.sealed)
}

/// The report of a secret that somebody came with.
pub fn request_of(
    conn: &mut Conn<'_>,
    vault: &Vault,
    secret: &str,
) -> Result<Option<ServiceRequestId>> {
    Ok(receipt_store::find(conn, &hash(vault, secret))?)
}

pub fn hash(vault: &Vault, secret: &str) -> String {
    vault.keyed_hash("receipt", secret)
}

pub fn path(secret: &str) -> String {
    format!("/receipt/{secret}")
}
