//! Keys of programs that use Open311: what each may do, and for which agencies it speaks. A key is shown once; only its
//! keyed hash is stored.

use super::audit::{self, What};
use super::store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::sealing::Vault;
use domain::ids::{AgencyId, ApiKeyId};
use domain::refusal::Refusal;
use jiff::Timestamp;

domain::word! {
    /// What a program may do with its key.
    Scope {
        Read = "read",
        /// Send reports.
        File = "file",
        /// Tell how reports stand: as an agency of the key's, else in its own name.
        Update = "update",
    }
}

/// A key in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: ApiKeyId,
    /// Whose it is; beside what it says in public.
    pub name: String,
    pub may: Vec<Scope>,
    /// The agencies it speaks for.
    pub agencies: Vec<AgencyId>,
}

/// Makes a key for whoever `name` says, that may read and file; the second value is the key itself.
pub fn add(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    name: &str,
) -> Result<(ApiKeyId, String)> {
    let name = super::admin::name(name)?;
    if name.is_empty() {
        return Err(Refusal::Missing { field: "name" }.into());
    }
    let id = ApiKeyId::try_from(ctx.new_id()).map_err(|e| Error::failed("make a key id", e))?;
    let key = format!("nhip_{}", ctx.ids.secret().to_lowercase());
    store::insert_key(conn, &id, &hash(vault, &key), &name, ctx.now)?;
    audit::note(conn, ctx, What::ApiKeyAdded, id.as_str())?;
    Ok((id, key))
}

fn hash(vault: &Vault, key: &str) -> String {
    vault.keyed_hash("api_key", key)
}

/// Which key this is, if it is one in use.
pub fn key_of(conn: &mut Conn<'_>, vault: &Vault, key: &str) -> Result<Option<Key>> {
    Ok(store::key_by_hash(conn, &hash(vault, key))?)
}

/// What a key may do from now on, and for which agencies. Who speaks for an agency must be named.
pub fn allow(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &ApiKeyId,
    may: &[Scope],
    agencies: &[AgencyId],
) -> Result<()> {
    if let Some(unknown) = agencies.iter().find(|id| ctx.pack.agency(id).is_none()) {
        return Err(Refusal::Unknown { what: "agency", code: unknown.to_string() }.into());
    }
    if !store::allow_key(conn, id, may, agencies)? {
        return Err(Refusal::Unknown { what: "key", code: id.to_string() }.into());
    }
    audit::note(conn, ctx, What::ApiKeyAllowed, id.as_str())
}

/// Takes a key out of use; it stays in the list.
pub fn revoke(conn: &mut Conn<'_>, ctx: &Ctx, id: &ApiKeyId) -> Result<()> {
    if !store::revoke_key(conn, id, ctx.now)? {
        return Err(Refusal::Unknown { what: "key", code: id.to_string() }.into());
    }
    audit::note(conn, ctx, What::ApiKeyRevoked, id.as_str())
}

/// A key as it is listed, without the key itself.
#[derive(Debug, Clone)]
pub struct ListedKey {
    pub key: Key,
    pub made_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Every key there ever was.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<ListedKey>> {
    Ok(store::keys(conn)?)
}
