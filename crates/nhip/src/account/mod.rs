//! Who is who: staff and citizens who sign in, what each may do, and the vault that keeps reporters' identities apart.
//!
//! - [`vault`]: sealed identities, keyed hashes, the log of openings.
//! - [`policy`]: who may do what, where: one table. `Signed::actor_for` turns a person into the `Actor` of a verb.
//! - [`session`]: the cookie's other end. [`sign_in`] makes sessions from passwords and codes, [`link`] from letters.
//! - [`admin`], [`api_key`]: giving and taking accounts and keys, for the command line and the demo.
//! - [`staff`]: the same for the pages of the desk, where not everybody may do it to everybody.
//! - [`unasked`]: how many letters a stranger may have sent to an address.
//! - [`audit`]: what leaves no event on a report and must be known all the same.
//!
//! The way in: `account_pages/entry.rs` → `sign_in.rs` (throttle → password → second factor) → `session.rs` → cookie. Each later
//! request: cookie → `session::of_secret` → [`Signed`] → `policy`.

pub mod admin;
pub mod api_key;
pub mod audit;
pub mod device;
pub mod link;
pub mod password;
pub mod policy;
pub mod session;
pub mod sign_in;
pub mod staff;
mod staff_store;
mod store;
pub mod throttle;
pub mod totp;
pub mod unasked;
mod unasked_store;
pub mod vault;

pub use api_key::key_of;
pub use session::{Kind, Signed};
