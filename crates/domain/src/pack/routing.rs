//! Service × area → agency. The most specific rule wins; the default catches the rest, so that nothing goes to nobody.

use super::{Area, Pack};
use crate::ids::{AgencyId, AreaId, FieldCode, ServiceCode};
use crate::service::Service;

#[derive(Debug, Clone)]
pub struct Routing {
    pub default: Target,
    pub rules: Vec<Rule>,
}

/// Matches when everything that is named matches; a rule that names more is more specific.
#[derive(Debug, Clone)]
pub struct Rule {
    pub service: Option<ServiceCode>,
    pub field: Option<FieldCode>,
    pub areas: Vec<AreaId>,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Agency(AgencyId),
    /// The agency of the area the report lies in.
    OfArea,
}

impl Rule {
    fn specificity(&self) -> u8 {
        u8::from(self.service.is_some()) * 4
            + u8::from(!self.areas.is_empty()) * 2
            + u8::from(self.field.is_some())
    }
    fn matches(&self, service: &Service, area: &Area) -> bool {
        self.service.as_ref().is_none_or(|code| *code == service.code)
            && self.field.as_ref().is_none_or(|code| *code == service.field)
            && (self.areas.is_empty() || self.areas.contains(&area.id))
    }
}

impl Routing {
    /// The agency that answers for `service` in `area`. Among equally specific rules the first wins.
    pub fn agency(&self, service: &Service, area: &Area) -> AgencyId {
        let mut best: Option<&Rule> = None;
        for rule in self.rules.iter().filter(|rule| rule.matches(service, area)) {
            if best.is_none_or(|b| rule.specificity() > b.specificity()) {
                best = Some(rule);
            }
        }
        match best.map_or(&self.default, |rule| &rule.target) {
            Target::Agency(id) => id.clone(),
            Target::OfArea => area.agency.clone(),
        }
    }
}

impl Pack {
    pub fn route(&self, service: &Service, area: &Area) -> AgencyId {
        self.routing.agency(service, area)
    }

    /// The same for a report about a unit: where the unit itself would have it, the level above has.
    pub fn route_about(
        &self,
        service: &Service,
        area: &Area,
        concerns: Option<&AgencyId>,
    ) -> AgencyId {
        let agency = self.route(service, area);
        if concerns == Some(&agency) { self.above(&agency).clone() } else { agency }
    }
}
