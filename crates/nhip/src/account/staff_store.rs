//! The SQL of what is changed of somebody on the staff.
//!
//! Tables: `account`.

use super::admin::{Account, NewStaff};
use crate::platform::db::{Conn, DbError, params};
use domain::ids::AgencyId;

/// Name, roles, agency and language; the login stays.
pub fn set(conn: &mut Conn<'_>, account: &Account, new: &NewStaff) -> Result<(), DbError> {
    let roles = new.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ");
    let agency = new.agency.as_ref().map(AgencyId::as_str);
    conn.execute(
        "UPDATE account SET name = $1, roles = $2, agency = $3, language = $4 WHERE id = $5",
        params![new.name, roles, agency, new.language, account.id.as_str()],
    )?;
    Ok(())
}
