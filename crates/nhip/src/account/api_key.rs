//! Keys of whoever is no person: programs that use Open311, devices of the city, feeds. What each may do, for which
//! agencies it speaks, and when it ends. A key is shown once; only its keyed hash is stored.

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
    /// Whose key it is. A door takes keys of one kind.
    KeyKind {
        Program = "program",
        /// A sensor or a gateway of the city.
        Device = "device",
        /// A service that sends what happens elsewhere.
        Feed = "feed",
    }
}

impl KeyKind {
    /// What keys of this kind may do at most.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Program => &[Scope::Read, Scope::File, Scope::Update],
            Self::Device | Self::Feed => &[Scope::Observe],
        }
    }
}

domain::word! {
    /// What somebody may do with a key.
    Scope {
        Read = "read",
        /// Send reports.
        File = "file",
        /// Tell how reports stand: as an agency of the key's, else in its own name.
        Update = "update",
        /// Send what was measured or heard.
        Observe = "observe",
    }
}

/// A key in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: ApiKeyId,
    /// Whose it is; beside what it says in public.
    pub name: String,
    pub kind: KeyKind,
    pub may: Vec<Scope>,
    /// The agencies it speaks for.
    pub agencies: Vec<AgencyId>,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    pub name: String,
    pub kind: KeyKind,
    pub until: Option<Timestamp>,
}

/// Of a program, without an end.
impl From<&str> for NewKey {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), kind: KeyKind::Program, until: None }
    }
}

/// Makes a key: a program's may read and file, another's what its kind may; the second value is the key itself.
pub fn add(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    new: impl Into<NewKey>,
) -> Result<(ApiKeyId, String)> {
    let NewKey { name, kind, until } = new.into();
    let name = super::admin::name(&name)?;
    if name.is_empty() {
        return Err(Refusal::Missing { field: "name" }.into());
    }
    if until.is_some_and(|until| until <= ctx.now) {
        return Err(Refusal::DateInThePast.into());
    }
    let id = ApiKeyId::try_from(ctx.new_id()).map_err(|e| Error::failed("make a key id", e))?;
    let key = format!("nhip_{}", ctx.ids.secret().to_lowercase());
    let made = Key { id: id.clone(), name, kind, may: Vec::new(), agencies: Vec::new(), until };
    store::insert_key(conn, &made, &hash(vault, &key), ctx.now)?;
    let may: &[Scope] = match kind {
        KeyKind::Program => &[Scope::Read, Scope::File],
        KeyKind::Device | KeyKind::Feed => kind.scopes(),
    };
    store::allow_key(conn, &id, may, &[])?;
    audit::note(conn, ctx, What::ApiKeyAdded, id.as_str())?;
    Ok((id, key))
}

fn hash(vault: &Vault, key: &str) -> String {
    vault.keyed_hash("api_key", key)
}

/// Which key this is, if it is one of this kind and in use now.
pub fn key_of(
    conn: &mut Conn<'_>,
    vault: &Vault,
    key: &str,
    (kind, now): (KeyKind, Timestamp),
) -> Result<Option<Key>> {
    let known = store::key_by_hash(conn, &hash(vault, key))?;
    let in_use = |key: &Key| key.kind == kind && key.until.is_none_or(|until| now < until);
    Ok(known.filter(in_use))
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
    let unknown = || Refusal::Unknown { what: "key", code: id.to_string() };
    let kind = store::kind_of_key(conn, id)?.ok_or_else(unknown)?;
    if may.iter().any(|scope| !kind.scopes().contains(scope)) {
        return Err(Refusal::Invalid { field: "may" }.into());
    }
    if !store::allow_key(conn, id, may, agencies)? {
        return Err(unknown().into());
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
