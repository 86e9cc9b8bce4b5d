//! The form of a new report: from what was typed to a [`Filled`] form, or to sentences beside the fields.

use crate::account::vault::Identity;
use crate::area::Locator;
use crate::media::form_http::{Form, HELD};
use crate::platform::error::Error;
use crate::platform::http::answer;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::action::attributes::{Here, check_attributes};
use crate::service_request::action::submit::check_words;
use domain::ids::{AreaId, ServiceCode};
use domain::pack::{Area, Pack};
use domain::place::{Exactness, Point};
use domain::refusal::Refusal;
use domain::service::Service;
use domain::suggest::learnt::Learnt;
use domain::suggest::suggest;
use domain::text::{EmailAddress, PhoneNumber, is_blank};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Procedure of services that are only answered, where a report goes that nobody can sort.
const ANSWER_ONLY: &str = "answer-only";
const OTHER: &str = "other";
/// Prefix of the fields that hold answers to a service's questions.
pub const QUESTION: &str = "q-";

/// Name of a field and the sentence beside it; "" for the form as a whole.
pub type Wrong = (String, String);

/// Everything checked, ready for the vault and for `submit`.
#[derive(Debug)]
pub struct Filled {
    pub service: ServiceCode,
    pub point: Point,
    pub exactness: Exactness,
    pub area: (AreaId, bool),
    pub address: Option<String>,
    pub description: String,
    pub attributes: BTreeMap<String, Vec<String>>,
    pub public: bool,
    pub identity: Identity,
}

impl Filled {
    pub fn place(&self) -> (Point, Exactness) {
        (self.point, self.exactness)
    }
}

/// The service somebody chose: in the whole list, or among the suggestions.
pub fn chosen<'a>(pack: &'a Pack, form: &Form) -> Option<&'a Service> {
    ["service-any", "service"]
        .iter()
        .filter_map(|name| ServiceCode::parse(form.get(name)).ok())
        .find_map(|code| pack.offered(&code))
}

/// Where a report goes whose sender did not choose: what their words are most like and what asks nothing more, else
/// where somebody will read it.
fn guessed<'a>(pack: &'a Pack, past: &Learnt, words: &str, t: Lang) -> Option<&'a Service> {
    let asks_nothing = |s: &&Service| !s.attributes.iter().any(|a| a.required) && !s.confidential;
    suggest(pack, past, words, t.code())
        .iter()
        .filter_map(|suggestion| pack.service(&suggestion.service))
        .find(asks_nothing)
        .or_else(|| pack.services.iter().find(|s| s.code.as_str() == OTHER))
        .or_else(|| pack.services.iter().find(|s| s.procedure.as_str() == ANSWER_ONLY))
        .or_else(|| pack.services.iter().find(asks_nothing))
        .or_else(|| pack.services.first())
}

/// Checks the whole form, so that every mistake is shown at once.
pub fn check(
    (pack, past): (&Pack, &Learnt),
    areas: &Locator,
    form: &Form,
    (t, now): (Lang, Timestamp),
) -> Result<Filled, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut say =
        |field: &str, error: Error| wrong.push((field.to_owned(), answer::sentence(&error, t)));
    let words = check_words(form.get("description"), None).map(|(words, _)| words);
    let words = words.map_err(|refusal| {
        let empty = Error::unacceptable("description", "new-description-missing", 422);
        let missing = matches!(refusal, Refusal::Missing { .. });
        say("description", if missing { empty } else { refusal.into() });
    });
    let words = words.ok();
    let address = check_words("-", Some(form.get("address"))).map(|(_, address)| address);
    let address = address.map_err(|e| say("address", e.into())).ok();
    let service = chosen(pack, form).or_else(|| guessed(pack, past, form.get("description"), t));
    let attributes =
        service.map(|service| answers(service, form, (t, &Here::of(pack, now)), &mut say));
    let place = place(pack, areas, form).map_err(|e| say("place", e)).ok();
    let identity = identity(pack, form, &mut say);
    if let Some(error) = too_many(form) {
        say("photos", error);
    }
    match (words, address, service, attributes, place) {
        (
            Some(description),
            Some(address),
            Some(service),
            Some(attributes),
            Some(Place { point, exactness, area }),
        ) if wrong.is_empty() => {
            let public = !form.is("public", "0");
            let service = service.code.clone();
            Ok(Filled {
                service,
                point,
                exactness,
                area,
                address,
                description,
                attributes,
                public,
                identity,
            })
        }
        _ => Err(wrong),
    }
}

fn too_many(form: &Form) -> Option<Error> {
    let limit = limits::PHOTOS;
    (form.files.len() + form.all(HELD).count() > limit)
        .then(|| Refusal::TooManyPhotos { limit }.into())
}

/// Answers to the questions of the service, each checked by itself so that each has its sentence.
fn answers(
    service: &Service,
    form: &Form,
    (t, here): (Lang, &Here<'_>),
    say: &mut impl FnMut(&str, Error),
) -> BTreeMap<String, Vec<String>> {
    let mut kept = BTreeMap::new();
    for attribute in &service.attributes {
        let field = format!("{QUESTION}{}", attribute.code);
        let given: Vec<String> = form.all(&field).map(str::to_owned).collect();
        let sent = BTreeMap::from([(attribute.code.clone(), given)]);
        let alone = Service { attributes: vec![attribute.clone()], ..service.clone() };
        match check_attributes(&alone, &sent, here) {
            Ok(answered) => kept.extend(answered),
            Err(Refusal::Missing { .. }) => {
                let question = attribute.question.text(t.code()).to_owned();
                say(&field, unanswered(question));
            }
            Err(error) => say(&field, error.into()),
        }
    }
    kept
}

/// Above the form the sentence stands without its question, so it repeats it.
fn unanswered(question: String) -> Error {
    Error::Unacceptable {
        field: "attribute",
        key: "new-question-missing",
        args: vec![("question", question)],
        status: 422,
    }
}

/// Where it is: the area, and whether that is a guess.
#[derive(Debug)]
pub struct Place {
    pub point: Point,
    pub exactness: Exactness,
    pub area: (AreaId, bool),
}

impl Place {
    /// Only the area is known, and is no guess. Its middle stands for it.
    pub fn of_area(area: &Area) -> Self {
        Self { point: area.centre, exactness: Exactness::Area, area: (area.id.clone(), false) }
    }

    /// The same, where an address names the area.
    pub fn guessed(area: &Area) -> Self {
        Self { area: (area.id.clone(), true), ..Self::of_area(area) }
    }
}

/// A point, from the map or the phone; else the area that was named, or that the address names.
pub fn place(pack: &Pack, areas: &Locator, form: &Form) -> Result<Place, Error> {
    let (lat, long) = (form.get("lat"), form.get("long"));
    let area = AreaId::parse(form.get("area")).ok().and_then(|id| pack.heir(&id));
    if !lat.is_empty() || !long.is_empty() {
        let point = Point::parse(lat, long).map_err(|_| Refusal::Invalid { field: "place" })?;
        let located = areas.locate_named(pack, point, area)?;
        let area = (located.area, located.approximate);
        return Ok(Place { point, exactness: Exactness::Pin, area });
    }
    let address = form.get("address");
    if let Some(area) = area {
        return Ok(Place::of_area(area));
    }
    let key = if is_blank(address) { "new-place-missing" } else { "new-place-no-area" };
    let area = pack.area_in(address).ok_or(Error::unacceptable("place", key, 422))?;
    Ok(Place::guessed(area))
}

fn identity(pack: &Pack, form: &Form, say: &mut impl FnMut(&str, Error)) -> Identity {
    let given = |name| Some(form.get(name)).filter(|value| !is_blank(value));
    let mut identity = Identity::default();
    match given("name")
        .map(|name| crate::service_request::action::text::line(name, "name", limits::NAME_CHARS))
    {
        Some(Ok(name)) => identity.name = name,
        Some(Err(refusal)) => say("name", refusal.into()),
        None => {}
    }
    match given("email").map(EmailAddress::parse) {
        Some(Err(_)) => say("email", Error::unacceptable("email", "new-email-wrong", 422)),
        email => identity.email = email.and_then(Result::ok),
    }
    match given("phone").map(|phone| PhoneNumber::parse(phone, &pack.phone_prefix)) {
        Some(Err(_)) => say("phone", Error::unacceptable("phone", "new-phone-wrong", 422)),
        phone => identity.phone = phone.and_then(Result::ok),
    }
    identity
}
