//! Passwords: argon2id with OWASP's parameters, made and checked off the async threads, few at a time.

use crate::platform::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Memory in KiB, passes, lanes: OWASP Password Storage Cheat Sheet, argon2id, first choice; about 30 ms.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// At once: each takes 19 MiB and a processor. Others wait their turn.
const AT_ONCE: usize = 2;
/// Characters of a password. NIST SP 800-63B: at least 8, no rules about which; we ask for 10.
pub const MIN_CHARS: usize = 10;
/// Bytes: more would be work for us and safety for nobody.
pub const MAX_BYTES: usize = 1_024;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Checked when there is no such login, so that the answer takes as long.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password", 0).unwrap_or_default());

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

pub fn is_long_enough(password: &str) -> bool {
    password.chars().count() >= MIN_CHARS && password.len() <= MAX_BYTES
}

/// The PHC string of a password; `salt` is 128 random bits. Slow: for the command line, or inside [`hash_later`].
pub fn hash(password: &str, salt: u128) -> Result<String> {
    let hash: argon2::password_hash::phc::PasswordHash = argon2()
        .hash_password_with_salt(password.as_bytes(), &salt.to_be_bytes())
        .map_err(|e| Error::failed("hash a password", e))?;
    Ok(hash.to_string())
}

/// The same for a handler.
pub async fn hash_later(password: String, salt: u128) -> Result<String> {
    in_turn(move || hash(&password, salt)).await?
}

/// Is it the password? With `None` (no such login) the work is done all the same, and the answer is no.
pub async fn verify(password: String, password_hash: Option<String>) -> Result<bool> {
    if password.len() > MAX_BYTES {
        return Ok(false);
    }
    in_turn(move || {
        let known = password_hash.is_some();
        let stored = password_hash.unwrap_or_else(|| NOBODY.clone());
        PasswordHash::new(&stored)
            .is_ok_and(|stored| argon2().verify_password(password.as_bytes(), &stored).is_ok())
            && known
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = TURNS.acquire().await.map_err(|e| Error::failed("wait for a turn", e))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::failed("work on a password", e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_opens_and_nobody_has_none() {
        let stored = hash("mười ký tự trở lên", 7).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("mười ký tự trở lên".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("muoi ky tu tro len".into(), Some(stored)).await.unwrap());
        assert!(!verify("nobody has this password".into(), None).await.unwrap());
    }

    #[test]
    fn a_password_has_ten_characters_whatever_they_are() {
        assert!(is_long_enough("đườngđường"));
        assert!(!is_long_enough("123456789"));
        assert!(!is_long_enough(&"x".repeat(MAX_BYTES + 1)));
    }
}
