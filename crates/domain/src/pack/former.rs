//! Services that reports are of and that the pack has no longer, or on this node not yet, and their fields. They keep their
//! names, their questions and how precisely their places may be seen; nobody can choose them any more.

use super::Pack;
use crate::ids::{FieldCode, ProcedureCode, ServiceCode};
use crate::localized::Localized;
use crate::service::{Field, Precision, Service, Urgency};
use std::collections::BTreeMap;

/// Stands where a picture of its own is not known.
const ICON: &str = "map-pin";

/// What reports are of.
#[derive(Debug, Clone, Default)]
pub struct Former {
    pub services: Vec<Service>,
    pub fields: Vec<Field>,
}

fn called(code: &impl AsRef<str>) -> Localized {
    Localized(BTreeMap::from([("en".to_owned(), code.as_ref().to_owned())]))
}

impl Field {
    /// A field of which nothing is known but its code.
    pub fn of_code(code: FieldCode) -> Self {
        Self { name: called(&code), icon: ICON.to_owned(), code }
    }
}

impl Service {
    /// A service of which nothing is known but its code, its field and whether its reports are confidential. It follows no
    /// procedure there is, so that nobody accepts a report of it before it is corrected.
    pub fn of_code(code: ServiceCode, field: FieldCode, confidential: bool) -> Option<Self> {
        Some(Self {
            field,
            name: called(&code),
            hint: Localized::default(),
            keywords: Localized::default(),
            icon: ICON.to_owned(),
            urgency: Urgency::Normal,
            precision: if confidential { Precision::Hidden } else { Precision::Area },
            confidential,
            procedure: ProcedureCode::parse(code.as_str()).ok()?,
            attributes: Vec::new(),
            code,
        })
    }
}

impl Pack {
    /// The same pack with what it lacks of this.
    #[must_use]
    pub fn with_former(&self, former: &Former) -> Self {
        let services =
            former.services.iter().filter(|service| self.offered(&service.code).is_none());
        let fields =
            former.fields.iter().filter(|field| !self.index.fields.contains_key(&field.code));
        let former =
            Former { services: services.cloned().collect(), fields: fields.cloned().collect() };
        Self { former, ..self.clone() }
    }

    /// The service, if it can be chosen.
    pub fn offered(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.get(*self.index.services.get(code)?)
    }

    /// The service as it is or was.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        let former = || self.former.services.iter().find(|service| service.code == *code);
        self.offered(code).or_else(former)
    }

    /// The field as it is or was.
    pub fn field(&self, code: &FieldCode) -> Option<&Field> {
        let now = self.index.fields.get(code).and_then(|n| self.fields.get(*n));
        now.or_else(|| self.former.fields.iter().find(|field| field.code == *code))
    }

    /// Everything reports may be of: first what can be chosen.
    pub fn all_services(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().chain(&self.former.services)
    }

    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(&self.former.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::pack_of;
    use super::*;

    #[test]
    fn what_the_pack_has_is_as_the_pack_says_and_what_it_lacks_as_it_was() {
        let pack = pack_of("harbour");
        let (code, field): (ServiceCode, FieldCode) =
            ("trams".parse().unwrap(), "rails".parse().unwrap());
        let gone = Service::of_code(code.clone(), field.clone(), false).unwrap();
        let kept = Service { name: called(&"other"), ..pack.services[0].clone() };
        let former =
            Former { services: vec![gone, kept], fields: vec![Field::of_code(field.clone())] };
        let with = pack.with_former(&former);
        assert_eq!(with.service(&code).unwrap().name.text("vi"), "trams");
        assert_eq!(with.field(&field).unwrap().name.text("vi"), "rails");
        assert!(with.offered(&code).is_none() && pack.service(&code).is_none());
        assert_eq!(with.all_services().count(), pack.services.len() + 1);
        assert_eq!(with.all_fields().count(), pack.fields.len() + 1);
        let first = &pack.services[0];
        assert_eq!(with.service(&first.code).unwrap().name, first.name);
        assert_eq!(
            with.with_former(&Former::default()).all_services().count(),
            pack.services.len()
        );
    }
}
