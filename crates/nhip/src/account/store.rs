//! All SQL of accounts, sessions, sign-in links, keys and the audit; that of the vault is in `vault/store.rs`.
//!
//! Tables: `account`, `api_key`, `audit`, `login_link`, `session`; reads `person`.

use super::admin::Account;
use super::api_key::{Key, KeyKind, ListedKey, Scope};
use super::session::{Kind, Listed, Signed};
use crate::platform::db::{Conn, DbError, Row, params};
use domain::actor::Role;
use domain::ids::{AccountId, AgencyId, ApiKeyId, PersonId};
use jiff::Timestamp;

fn roles(text: &str) -> Option<Vec<Role>> {
    text.split_whitespace().map(Role::parse).collect()
}

fn roles_text(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
}

// --- accounts ---

const ACCOUNT: &str = "id, kind, login, name, roles, agency, person, password_hash, totp_sealed, totp_last_step, language, locked_at, locked_reason";

fn to_account(row: &Row<'_>) -> Result<Account, DbError> {
    Ok(Account {
        id: row.id(0)?,
        kind: row.word(1, Kind::parse)?,
        login: row.get(2)?,
        name: row.get(3)?,
        roles: row.parse(4, "roles", roles)?,
        agency: row.optional_id(5)?,
        person: row.optional_id(6)?,
        password_hash: row.get(7)?,
        totp_sealed: row.get(8)?,
        totp_last_step: row.get(9)?,
        language: row.get(10)?,
        locked_at: row.optional_instant(11)?,
        locked_reason: row.get(12)?,
    })
}

pub fn insert_account(
    conn: &mut Conn<'_>,
    account: &Account,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO account (id, kind, login, name, roles, agency, person, password_hash, language, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            account.id.as_str(),
            account.kind.as_str(),
            account.login,
            account.name,
            roles_text(&account.roles),
            account.agency.as_ref().map(AgencyId::as_str),
            account.person.as_ref().map(PersonId::as_str),
            account.password_hash,
            account.language,
            now.as_millisecond()
        ],
    )?;
    Ok(())
}

pub fn account(conn: &mut Conn<'_>, account: &AccountId) -> Result<Option<Account>, DbError> {
    conn.query_opt(
        &format!("SELECT {ACCOUNT} FROM account WHERE id = $1"),
        params![account.as_str()],
        to_account,
    )
}

pub fn by_login(conn: &mut Conn<'_>, login: &str) -> Result<Option<Account>, DbError> {
    conn.query_opt(
        &format!("SELECT {ACCOUNT} FROM account WHERE login = $1"),
        params![login],
        to_account,
    )
}

/// The citizen's account of a person.
pub fn by_person(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<Account>, DbError> {
    conn.query_opt(
        &format!("SELECT {ACCOUNT} FROM account WHERE person = $1 AND kind = 'citizen' ORDER BY id LIMIT 1"),
        params![person.as_str()],
        to_account,
    )
}

/// Staff accounts, by login.
pub fn staff(conn: &mut Conn<'_>) -> Result<Vec<Account>, DbError> {
    conn.query(
        &format!("SELECT {ACCOUNT} FROM account WHERE kind = 'staff' ORDER BY login"),
        params![],
        to_account,
    )
}

/// Staff of one agency who are not locked, by name.
pub fn staff_of(conn: &mut Conn<'_>, agency: &AgencyId) -> Result<Vec<Account>, DbError> {
    conn.query(
        &format!("SELECT {ACCOUNT} FROM account WHERE agency = $1 AND kind = 'staff' AND locked_at IS NULL ORDER BY name, id"),
        params![agency.as_str()],
        to_account,
    )
}

/// The agency of the member of staff who has the address or the number of this person.
pub fn agency_of(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<AgencyId>, DbError> {
    let found = conn.query_opt(
        "SELECT a.agency FROM person AS p JOIN person AS s ON s.email_hash = p.email_hash OR s.phone_hash = p.phone_hash \
         JOIN account AS a ON a.person = s.id WHERE p.id = $1 AND a.kind = 'staff' AND a.agency IS NOT NULL ORDER BY a.id LIMIT 1",
        params![person.as_str()],
        |row| row.get::<String>(0),
    )?;
    Ok(found.and_then(|text| text.parse().ok()))
}

pub fn set_password(
    conn: &mut Conn<'_>,
    account: &AccountId,
    password_hash: &str,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET password_hash = $1 WHERE id = $2",
        params![password_hash, account.as_str()],
    )?;
    Ok(())
}

pub fn set_profile(
    conn: &mut Conn<'_>,
    account: &AccountId,
    name: &str,
    language: &str,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET name = $1, language = $2 WHERE id = $3",
        params![name, language, account.as_str()],
    )?;
    Ok(())
}

pub fn set_shortcuts(conn: &mut Conn<'_>, account: &AccountId, on: bool) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET no_shortcuts = $1 WHERE id = $2",
        params![!on, account.as_str()],
    )?;
    Ok(())
}

pub fn set_person(
    conn: &mut Conn<'_>,
    account: &AccountId,
    person: Option<&PersonId>,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET person = $1 WHERE id = $2",
        params![person.map(PersonId::as_str), account.as_str()],
    )?;
    Ok(())
}

pub fn set_lock(
    conn: &mut Conn<'_>,
    account: &AccountId,
    at: Option<Timestamp>,
    reason: Option<&str>,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET locked_at = $1, locked_reason = $2 WHERE id = $3",
        params![at.map(Timestamp::as_millisecond), reason, account.as_str()],
    )?;
    Ok(())
}

pub fn set_totp(
    conn: &mut Conn<'_>,
    account: &AccountId,
    sealed: Option<&[u8]>,
    last_step: Option<i64>,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE account SET totp_sealed = $1, totp_last_step = $2 WHERE id = $3",
        params![sealed, last_step, account.as_str()],
    )?;
    Ok(())
}

/// Uses a step up; `false`: it, or a later one, was used before. One much later than can be was noted by a clock that was
/// wrong.
pub fn use_totp_step(conn: &mut Conn<'_>, account: &AccountId, step: i64) -> Result<bool, DbError> {
    let changed = conn.execute(
        "UPDATE account SET totp_last_step = $1 WHERE id = $2 AND (totp_last_step IS NULL OR totp_last_step < $1 OR totp_last_step > $1 + 20)",
        params![step, account.as_str()],
    )?;
    Ok(changed == 1)
}

/// Puts the sealed second factor in the place of the one that was read; `false`: another request did so meanwhile.
pub fn swap_totp(
    conn: &mut Conn<'_>,
    account: &AccountId,
    seen: &[u8],
    sealed: &[u8],
) -> Result<bool, DbError> {
    let changed = conn.execute(
        "UPDATE account SET totp_sealed = $1 WHERE id = $2 AND totp_sealed = $3",
        params![sealed, account.as_str(), seen],
    )?;
    Ok(changed == 1)
}

// --- sessions ---

/// One query, by primary keys.
pub fn find_session(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
    half: bool,
) -> Result<Option<Signed>, DbError> {
    conn.query_opt(
        "SELECT a.id, a.kind, a.login, a.name, a.roles, a.agency, a.person, a.language, s.seen_at, a.no_shortcuts \
         FROM session AS s JOIN account AS a ON a.id = s.account \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.half = $3 AND a.locked_at IS NULL",
        params![token_hash, now.as_millisecond(), half],
        |row| {
            Ok(Signed {
                account: row.id(0)?,
                kind: row.word(1, Kind::parse)?,
                login: row.get(2)?,
                name: row.get(3)?,
                roles: row.parse(4, "roles", roles)?,
                agency: row.optional_id(5)?,
                person: row.optional_id(6)?,
                language: row.get(7)?,
                session: token_hash.to_owned(),
                seen_at: row.instant(8)?,
                shortcuts: row.get::<i64>(9)? == 0,
            })
        },
    )
}

pub fn insert_session(
    conn: &mut Conn<'_>,
    token_hash: &str,
    account: &AccountId,
    now: Timestamp,
    until: Timestamp,
    half: bool,
    device: &str,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO session (token_hash, account, created_at, seen_at, expires_at, half, device) VALUES ($1, $2, $3, $3, $4, $5, $6)",
        params![token_hash, account.as_str(), now.as_millisecond(), until.as_millisecond(), half, device],
    )?;
    Ok(())
}

pub fn touch_session(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE session SET seen_at = $1, expires_at = $2 WHERE token_hash = $3",
        params![now.as_millisecond(), until.as_millisecond(), token_hash],
    )?;
    Ok(())
}

pub fn sessions_of(
    conn: &mut Conn<'_>,
    account: &AccountId,
    now: Timestamp,
) -> Result<Vec<Listed>, DbError> {
    conn.query(
        "SELECT token_hash, created_at, seen_at, device FROM session WHERE account = $1 AND expires_at > $2 AND half = 0 ORDER BY seen_at DESC, token_hash",
        params![account.as_str(), now.as_millisecond()],
        |row| {
            Ok(Listed { token_hash: row.get(0)?, created_at: row.instant(1)?, seen_at: row.instant(2)?, device: row.get(3)? })
        },
    )
}

pub fn delete_session(conn: &mut Conn<'_>, token_hash: &str) -> Result<(), DbError> {
    conn.execute("DELETE FROM session WHERE token_hash = $1", params![token_hash])?;
    Ok(())
}

pub fn delete_session_of(
    conn: &mut Conn<'_>,
    account: &AccountId,
    token_hash: &str,
) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM session WHERE account = $1 AND token_hash = $2",
        params![account.as_str(), token_hash],
    )?;
    Ok(())
}

pub fn delete_sessions(
    conn: &mut Conn<'_>,
    account: &AccountId,
    keep: Option<&str>,
) -> Result<(), DbError> {
    // No session has an empty hash.
    conn.execute(
        "DELETE FROM session WHERE account = $1 AND token_hash <> $2",
        params![account.as_str(), keep.unwrap_or("")],
    )?;
    Ok(())
}

/// Sessions and sign-in links whose time is over.
pub fn delete_expired(conn: &mut Conn<'_>, now: Timestamp) -> Result<(), DbError> {
    conn.execute("DELETE FROM session WHERE expires_at <= $1", params![now.as_millisecond()])?;
    conn.execute("DELETE FROM login_link WHERE expires_at <= $1", params![now.as_millisecond()])?;
    Ok(())
}

// --- links ---

pub fn insert_link(
    conn: &mut Conn<'_>,
    token_hash: &str,
    purpose: &str,
    person: &PersonId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO login_link (token_hash, purpose, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![token_hash, purpose, person.as_str(), now.as_millisecond(), until.as_millisecond()],
    )?;
    Ok(())
}

/// Whose link it is, if it may still be used.
pub fn fresh_link(
    conn: &mut Conn<'_>,
    token_hash: &str,
    purpose: &str,
    now: Timestamp,
) -> Result<Option<PersonId>, DbError> {
    conn.query_opt(
        "SELECT person FROM login_link WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3",
        params![token_hash, purpose, now.as_millisecond()],
        |row| row.id(0),
    )
}

/// `false`: it was used before.
pub fn use_link(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<bool, DbError> {
    let used = conn.execute(
        "UPDATE login_link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL",
        params![now.as_millisecond(), token_hash],
    )?;
    Ok(used == 1)
}

/// Links made for a person since `since`: for the pace of letters to one address.
pub fn links_since(
    conn: &mut Conn<'_>,
    person: &PersonId,
    since: Timestamp,
) -> Result<i64, DbError> {
    conn.query_one(
        "SELECT count(*) FROM login_link WHERE person = $1 AND created_at >= $2",
        params![person.as_str(), since.as_millisecond()],
        |row| row.get(0),
    )
}

// --- keys ---

pub fn insert_key(
    conn: &mut Conn<'_>,
    key: &Key,
    key_hash: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO api_key (id, key_hash, name, created_at, kind, until_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            key.id.as_str(), key_hash, key.name.as_str(), now.as_millisecond(), key.kind.as_str(),
            key.until.map(Timestamp::as_millisecond)
        ],
    )?;
    Ok(())
}

/// The kind of a key, whether it is in use or not.
pub fn kind_of_key(conn: &mut Conn<'_>, key: &ApiKeyId) -> Result<Option<KeyKind>, DbError> {
    let sql = "SELECT kind FROM api_key WHERE id = $1";
    conn.query_opt(sql, params![key.as_str()], |row| row.word(0, KeyKind::parse))
}

/// A key, from six columns: id, name, scopes, agencies, kind, when it ends.
fn to_key(row: &Row<'_>) -> Result<Key, DbError> {
    let words = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    Ok(Key {
        id: row.id(0)?,
        name: row.get(1)?,
        kind: row.word(4, KeyKind::parse)?,
        until: row.optional_instant(5)?,
        may: words(row.get(2)?).iter().filter_map(|word| Scope::parse(word)).collect(),
        agencies: words(row.get(3)?).iter().filter_map(|word| word.parse().ok()).collect(),
    })
}

pub fn key_by_hash(conn: &mut Conn<'_>, key_hash: &str) -> Result<Option<Key>, DbError> {
    conn.query_opt(
        "SELECT id, name, scopes, agencies, kind, until_at FROM api_key WHERE key_hash = $1 AND revoked_at IS NULL",
        params![key_hash],
        to_key,
    )
}

/// `false`: there is no such key in use.
pub fn allow_key(
    conn: &mut Conn<'_>,
    key: &ApiKeyId,
    may: &[Scope],
    agencies: &[AgencyId],
) -> Result<bool, DbError> {
    let may = may.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ");
    let agencies = agencies.iter().map(AgencyId::as_str).collect::<Vec<_>>().join(" ");
    let changed = conn.execute(
        "UPDATE api_key SET scopes = $1, agencies = $2 WHERE id = $3 AND revoked_at IS NULL",
        params![may, agencies, key.as_str()],
    )?;
    Ok(changed == 1)
}

/// Oldest first.
pub fn keys(conn: &mut Conn<'_>) -> Result<Vec<ListedKey>, DbError> {
    conn.query(
        "SELECT id, name, scopes, agencies, kind, until_at, created_at, revoked_at FROM api_key ORDER BY id",
        params![],
        |row| {
            let revoked_at = row.optional_instant(7)?;
            Ok(ListedKey { key: to_key(row)?, made_at: row.instant(6)?, revoked_at })
        },
    )
}

/// `false`: there is no such key in use.
pub fn revoke_key(conn: &mut Conn<'_>, key: &ApiKeyId, now: Timestamp) -> Result<bool, DbError> {
    let revoked = conn.execute(
        "UPDATE api_key SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
        params![now.as_millisecond(), key.as_str()],
    )?;
    Ok(revoked == 1)
}

// --- audit ---

pub fn forget_audit(conn: &mut Conn<'_>, before: Timestamp, limit: usize) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2)",
        params![before.as_millisecond(), limit as i64],
    )?;
    Ok(())
}

pub fn insert_audit(
    conn: &mut Conn<'_>,
    key: &str,
    now: Timestamp,
    account: Option<&AccountId>,
    action: &str,
    detail: &str,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO audit (id, at, account, action, detail) VALUES ($1, $2, $3, $4, $5)",
        params![key, now.as_millisecond(), account.map(AccountId::as_str), action, detail],
    )?;
    Ok(())
}
