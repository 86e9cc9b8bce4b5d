//! Services that reports are of, kept as the packs had them: a report outlives the service it was sent for, and keeps its
//! name, its questions, its procedure and how precisely its place may be seen.

use super::former_store as store;
use crate::platform::db::{Conn, DbError};
use domain::ids::FieldCode;
use domain::pack::Pack;
use domain::pack::former::Former;
use domain::service::{Field, Service};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is kept of a service.
#[derive(Serialize, Deserialize)]
struct Kept {
    service: Service,
    field: Field,
}

/// Keeps every service of a pack that is about to be in use, and gives it those it has no longer but reports are of.
pub fn remember(conn: &mut Conn<'_>, pack: &Pack, now: Timestamp) -> Result<Pack, DbError> {
    let kept = store::kept(conn)?;
    for service in &pack.services {
        let Some(field) = pack.field(&service.field) else { continue };
        let text = Kept { service: service.clone(), field: field.clone() };
        let text = serde_json::to_string(&text).map_err(|e| DbError::Other(e.to_string()))?;
        // What is kept is not written again: a server starts on a full disk, too.
        if kept.get(service.code.as_str()) != Some(&text) {
            store::keep(conn, &service.code, &text, now)?;
        }
    }
    let pack = pack.with_former(&recall(conn)?);
    for service in &pack.former.services {
        let open = store::open(conn, &service.code)?;
        if open > 0 {
            tracing::warn!(service = %service.code, open, "open reports are of a service that the pack has no longer");
        }
    }
    Ok(pack)
}

/// Every service and field that a report is of, as a pack last had it; where none of ours did, its code has to do.
pub fn recall(conn: &mut Conn<'_>) -> Result<Former, DbError> {
    let (kept, mut former) = (store::kept(conn)?, Former::default());
    for code in store::services(conn)? {
        let text = kept.get(code.as_str()).and_then(|text| serde_json::from_str::<Kept>(text).ok());
        if let Some(Kept { service, field }) = text {
            former.services.push(service);
            add(&mut former.fields, field);
            continue;
        }
        let (field, confidential) = store::told_by_reports(conn, &code)?;
        let field = field.or_else(|| FieldCode::parse(code.as_str()).ok());
        let service = field.and_then(|field| Service::of_code(code, field, confidential));
        former.services.extend(service);
    }
    let fields = former.services.iter().map(|service| service.field.clone());
    for code in fields.chain(store::fields(conn)?).collect::<Vec<_>>() {
        add(&mut former.fields, Field::of_code(code));
    }
    Ok(former)
}

fn add(fields: &mut Vec<Field>, field: Field) {
    if fields.iter().all(|known| known.code != field.code) {
        fields.push(field);
    }
}
