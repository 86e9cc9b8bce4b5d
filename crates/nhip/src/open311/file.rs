//! File: a program sends a report for somebody (`POST requests`). What it says is read here; `submit` takes it in.

use super::params::{Params, bad, bad_value};
use super::query::offered_service;
use crate::account::unasked::Origin;
use crate::account::vault::Identity;
use crate::area::Locator;
use crate::media::{self, StoredPhoto, Upload};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::sealing::Vault;
use crate::platform::{idempotency_store, limits};
use crate::service_request::action::attributes::{Here, check_attributes};
use crate::service_request::action::submit::{Submission, Submitted, check_words, submit_from};
use crate::service_request::form::fields::Place;
use crate::service_request::form::receipt;
use domain::ids::{AreaId, ServiceCode};
use domain::pack::Pack;
use domain::place::{Exactness, Point};
use domain::service_request::Channel;
use domain::text::{EmailAddress, PhoneNumber};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Characters of an idempotency key or a link to a photo.
const LINK_CHARS: usize = 2_000;
/// Parameters that say how a request is sent and not what it says.
const NOT_SAID: &[&str] = &["api_key", "idempotency_key", "jurisdiction_id", "lang"];

/// Languages in which the name of the family comes first.
const FAMILY_FIRST: [&str; 5] = ["vi", "zh", "ja", "ko", "hu"];

/// A report as a program sent it, checked as far as that needs no database.
#[derive(Debug, Clone)]
pub struct Filing {
    service: ServiceCode,
    point: Point,
    exactness: Exactness,
    area: (AreaId, bool),
    address: Option<String>,
    description: String,
    attributes: BTreeMap<String, Vec<String>>,
    identity: Identity,
    language: String,
}

impl Filing {
    pub fn parse(
        params: &Params,
        pack: &Pack,
        locator: &Locator,
        (language, now): (&str, Timestamp),
    ) -> Result<Self> {
        let code = params
            .get("service_code")
            .ok_or_else(|| bad("service_code", "open311-needs-service"))?;
        let service = offered_service(pack, code)?;
        let Place { point, exactness, area } = place(params, pack, locator)?;
        let (description, address) = words(params)?;
        let attributes = match pack.service(&service) {
            Some(asking) => check_attributes(asking, &params.attributes(), &Here::of(pack, now))?,
            None => BTreeMap::new(),
        };
        let identity = identity(params, pack)?;
        Ok(Self {
            service,
            point,
            exactness,
            area,
            address,
            description,
            attributes,
            identity,
            language: language.to_owned(),
        })
    }
}

/// What makes a request that is sent again the same one: who sends it, under which key, and all that it says.
#[derive(Debug, Clone)]
pub struct Same {
    key: String,
    whole: String,
}

impl Same {
    pub fn of(vault: &Vault, sender: &str, key: &str, said: &Params, photos: &[Upload]) -> Self {
        let mut all: Vec<(&str, String)> = said
            .pairs()
            .iter()
            .filter(|(name, _)| !NOT_SAID.contains(&name.as_str()))
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        all.extend(photos.iter().map(|photo| ("photo", media::hash_of(&photo.bytes))));
        all.sort();
        let whole = serde_json::json!([sender, key, all]).to_string();
        Self {
            key: vault.keyed_hash("open311", &format!("{sender}:{key}")),
            whole: vault.keyed_hash("open311", &whole),
        }
    }
}

/// Takes the report in. The same one sent twice is one report; another one under the same key is refused, so that its
/// sender does not take the first for the second.
pub fn file(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    filing: Filing,
    photos: Vec<StoredPhoto>,
    same: Option<Same>,
) -> Result<Submitted> {
    if let Some(same) = &same
        && idempotency_store::find(conn, &same.key)?.is_some()
        && idempotency_store::find(conn, &same.whole)?.is_none()
    {
        return Err(Error::unacceptable("idempotency_key", "open311-key-used", 422));
    }
    let receipt = match filing.identity.email {
        Some(_) => Some(receipt::make(ctx, vault)?.0),
        None => None,
    };
    let sent = Submission {
        service: filing.service,
        point: filing.point,
        exactness: filing.exactness,
        area: filing.area,
        address: filing.address,
        description: filing.description,
        attributes: filing.attributes,
        photos,
        public: true,
        language: filing.language,
        channel: Channel::Open311,
        reporter: None,
        filed_by: None,
        idempotency_key: same.as_ref().map(|same| same.whole.clone()),
        receipt,
    };
    let submitted = submit_from(conn, ctx, vault, (&filing.identity, &Origin::trusted()), sent)?;
    if let Some(same) = same.filter(|_| !submitted.repeated) {
        idempotency_store::insert(conn, &same.key, &submitted.report.id, ctx.now)?;
    }
    Ok(submitted)
}

/// By coordinates, else by `address_id` (the code of an area), else by the area that `address_string` names. Without
/// coordinates no more than the area is known: nothing here finds a house.
fn place(params: &Params, pack: &Pack, locator: &Locator) -> Result<Place> {
    let named = params
        .get("address_id")
        .and_then(|id| pack.areas.iter().find(|area| area.id.as_str() == id));
    if let Some(point) = params.point()? {
        let located = locator.locate_named(pack, point, named)?;
        let area = (located.area, located.approximate);
        return Ok(Place { point, exactness: Exactness::Pin, area });
    }
    // A code names an area; words that are found in an address are a guess.
    let (found, approximate) = match (named, params.get("address_string")) {
        (Some(area), _) => (area, false),
        (None, Some(address)) => pack
            .area_in(address)
            .map(|area| (area, true))
            .ok_or_else(|| bad("address_string", "open311-address-unknown"))?,
        (None, None) if params.get("address_id").is_some() => {
            return Err(bad("address_id", "open311-address-unknown"));
        }
        (None, None) => return Err(bad("lat", "open311-needs-place")),
    };
    Ok(Place { area: (found.id.clone(), approximate), ..Place::of_area(found) })
}

/// Description and address. Links to photos elsewhere stand under the description: nothing is fetched from others.
fn words(params: &Params) -> Result<(String, Option<String>)> {
    let links: Vec<&str> = params.all("media_url").collect();
    for link in &links {
        let web = link.starts_with("https://") || link.starts_with("http://");
        if !web || link.chars().count() > LINK_CHARS || links.len() > limits::PHOTOS {
            return Err(bad_value("media_url", "open311-media-url", link));
        }
    }
    let mut words = params.get("description").unwrap_or_default().to_owned();
    for link in links {
        words.push_str(if words.is_empty() { "" } else { "\n" });
        words.push_str(link);
    }
    let address = params.get("address_string");
    if words.is_empty() {
        return Ok((words, check_words("-", address)?.1));
    }
    Ok(check_words(&words, address)?)
}

fn identity(params: &Params, pack: &Pack) -> Result<Identity> {
    let email = params.get("email").map(EmailAddress::parse).transpose();
    let phone = params
        .get("phone")
        .map(|number| PhoneNumber::parse(number, &pack.phone_prefix))
        .transpose();
    let mut names = ["first_name", "last_name"];
    if FAMILY_FIRST.contains(&pack.default_language()) {
        names.reverse();
    }
    let names: Vec<&str> = names.into_iter().filter_map(|name| params.get(name)).collect();
    Ok(Identity {
        name: names.join(" "),
        email: email.map_err(|_| bad("email", "open311-email"))?,
        phone: phone.map_err(|_| bad("phone", "open311-phone"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;

    fn filing(query: &str) -> Result<Filing> {
        let pack = pack_dir::load_checked("cities/harbour").unwrap();
        let centre = pack.areas[0].centre;
        let query = query.replace("HERE", &format!("lat={}&long={}", centre.lat(), centre.long()));
        let now = "2026-11-29T12:00:00Z".parse().unwrap();
        let params = Params::parse(query.as_bytes()).unwrap();
        Filing::parse(&params, &pack, &Locator::default(), ("en", now))
    }

    #[test]
    fn a_place_is_a_point_an_area_or_an_address_that_names_one() {
        let pack = pack_dir::load_checked("cities/harbour").unwrap();
        let area = &pack.areas[1];
        let named = format!(
            "service_code=pavement&address_string=12,+The+{}!",
            area.name.text("en").to_uppercase().replace(' ', "+")
        );
        assert_eq!(filing(&named).unwrap().area.0, area.id);
        assert_eq!(
            filing(&format!("service_code=pavement&address_id={}", area.id)).unwrap().point,
            area.centre
        );
        assert_eq!(filing("service_code=pavement&HERE").unwrap().area.0, pack.areas[0].id);
    }

    #[test]
    fn what_is_missing_or_wrong_is_refused_by_its_name() {
        for (query, at_fault) in [
            ("HERE", "service_code"),
            ("service_code=nothing&HERE", "service_code"),
            ("service_code=pavement", "lat"),
            ("service_code=pavement&lat=1&long=1", "place"),
            ("service_code=pavement&address_string=the+moon", "address_string"),
            ("service_code=pothole&HERE", "attribute"),
            ("service_code=pothole&HERE&attribute[size]=huge", "attribute"),
            (
                "service_code=pothole&HERE&attribute[size]=plate&attribute[depth_cm]=deep",
                "attribute",
            ),
            ("service_code=pavement&HERE&email=x", "email"),
            ("service_code=pavement&HERE&media_url=javascript:alert(1)", "media_url"),
        ] {
            let refused: Error = filing(query).unwrap_err();
            assert_eq!(
                crate::platform::http::answer::field(&refused),
                Some(at_fault),
                "{query}: {refused}"
            );
        }
    }

    #[test]
    fn a_name_is_in_the_order_of_the_city_s_language() {
        let params = Params::parse("first_name=Văn An&last_name=Nguyễn".as_bytes()).unwrap();
        for (city, name) in [("hue", "Nguyễn Văn An"), ("harbour", "Văn An Nguyễn")] {
            let pack = pack_dir::load_checked(city).unwrap();
            assert_eq!(identity(&params, &pack).unwrap().name, name);
        }
    }
}
