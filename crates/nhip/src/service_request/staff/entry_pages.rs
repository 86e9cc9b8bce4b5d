//! Entry on behalf of somebody who called, wrote or came to the counter: the same checks as for everybody, and the
//! channel it came by.

use super::queue_pages::{areas, choice};
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::account::unasked::Origin;
use crate::account::vault::Identity;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::media::{self, Accept, Upload};
use crate::platform::ctx::Ctx;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::action::submit::{Submission, check_words, submit_from};
use crate::service_request::form::fields::Place;
use crate::service_request::form::key_http::KEY;
use crate::service_request::form::pages::{MANY, to_call};
use crate::service_request::form::{key_http as form_key, receipt};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{AreaId, ServiceCode};
use domain::place::{Exactness, Point};
use domain::refusal::Refusal;
use domain::service::{Datatype, Service};
use domain::service_request::workflow::Verb;
use domain::service_request::{Channel, ServiceRequest};
use domain::text::{EmailAddress, PhoneNumber};
use std::collections::BTreeMap;

/// How people reach the centre besides the web.
const CHANNELS: &[Channel] = &[
    Channel::Phone,
    Channel::Zalo,
    Channel::Facebook,
    Channel::Email,
    Channel::Counter,
    Channel::Employee,
];

#[derive(Template)]
#[template(path = "desk/new.html")]
struct NewPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    channels: Vec<Choice>,
    services: Vec<(String, Vec<Choice>)>,
    areas: Vec<Choice>,
    /// `left,bottom,right,top` of the city.
    bounds: String,
    /// Whom to call at once, where the words or the kind show a danger to life.
    to_call: Vec<(String, String)>,
    /// What the chosen service asks.
    questions: Vec<Question>,
    key: String,
    /// `new`.
    form: OpenForm,
}

/// A question of a service: a list to choose from, or a line to write when there is none.
struct Question {
    name: String,
    label: String,
    choices: Vec<Choice>,
    several: bool,
    /// A list that opens.
    long: bool,
    required: bool,
    value: String,
}

impl NewPage {
    fn value(&self, name: &str) -> &str {
        self.form.typed.get(name)
    }

    fn error(&self, name: &str) -> &str {
        self.form.error("new", name)
    }
}

pub async fn form(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    page(&app, &visitor, OpenForm::default()).await
}

async fn page(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (t, lang) = (visitor.t, visitor.t.code());
    let tabs = app.tabs(visitor, signed).await?;
    let pack = app.pack.load();
    let none = || choice("", &t.s("desk-choose"), "-");
    let typed = &form.typed;
    let service = typed.get("service_code");
    let kind = service.parse().ok().and_then(|code| pack.offered(&code));
    let of_field = |field: &domain::service::Field| {
        let own = pack.services.iter().filter(|s| s.field == field.code);
        let own = own.map(|s| choice(s.code.as_str(), s.name.text(lang), service)).collect();
        (field.name.text(lang).to_owned(), own)
    };
    let channels = CHANNELS.iter();
    let channels = channels.map(|c| choice(c.as_str(), &t.of("channel-", c), typed.get("channel")));
    let areas = std::iter::once(none()).chain(areas(&pack, t, typed.get("area")));
    Ok(show(&NewPage {
        page: visitor.page(app, t.s("desk-title-new")).with_mistakes(form.is_wrong()),
        t,
        tabs,
        channels: channels.collect(),
        services: pack.fields.iter().map(of_field).collect(),
        areas: areas.collect(),
        bounds: app.locator.load().city(&pack).map_or_else(String::new, |b| b.to_string()),
        to_call: to_call(&pack, typed.get("description"), kind, t),
        questions: kind.map_or_else(Vec::new, |kind| questions(kind, t, typed)),
        key: Some(typed.get(KEY))
            .filter(|key| !key.is_empty())
            .map_or_else(|| app.ids.secret(), str::to_owned),
        form,
    }))
}

fn questions(service: &Service, t: Lang, typed: &Form) -> Vec<Question> {
    let told = service.attributes.iter().map(|attribute| {
        let name = format!("attribute-{}", attribute.code);
        let values = attribute.values.iter();
        let none = (attribute.values.len() > MANY).then(|| choice("", &t.s("desk-choose"), "-"));
        let choices = values.map(|value| Choice {
            checked: typed.all(&name).any(|given| given == value.key),
            ..choice(&value.key, value.name.text(t.code()), "")
        });
        Question {
            label: attribute.question.text(t.code()).to_owned(),
            choices: none.into_iter().chain(choices).collect(),
            several: attribute.datatype == Datatype::MultiValueList,
            long: attribute.values.len() > MANY,
            required: attribute.required,
            value: typed.get(&name).to_owned(),
            name,
        }
    });
    told.collect()
}

pub async fn enter(
    State(app): State<Shared>,
    visitor: Visitor,
    mut typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let name = form_key::name(&app, "desk new", &[signed.account.as_str()], &typed);
    let files = typed.take_files();
    match file(&app, &visitor, signed, &typed, (files, name)).await {
        Ok(report) => {
            let to = if may(signed, Action::SeeDesk, Some(&report)) {
                format!("/desk/reports/{}?done={}", report.id, Verb::Submit)
            } else {
                format!("/desk?done={}&code={}", Verb::Submit, report.id)
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let (status, form) = OpenForm::refused(&app, &visitor, "new", typed, error)?;
            Ok((status, page(&app, &visitor, form).await?).into_response())
        }
    }
}

async fn file(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    typed: &Form,
    (files, name): (Result<Vec<Upload>>, Option<String>),
) -> Result<ServiceRequest> {
    let ctx = app.ctx(signed.actor_to(Action::EnterOnBehalf)?);
    let mut sent = read(app, &ctx, visitor.t, typed)?;
    let identity = identity(&ctx, typed)?;
    // An employee's own report is left out of the ranking of their agency.
    sent.filed_by = signed.agency.clone().filter(|_| sent.channel == Channel::Employee);
    sent.idempotency_key = name;
    sent.photos = media::receive(&app.media, files?, Accept::Photos, &ctx.ids, ctx.now).await?;
    let ctx = app.by_now(ctx);
    let holder = app.clone();
    let submitted = app
        .db
        .write(move |conn| {
            if !identity.is_empty() {
                sent.receipt = Some(receipt::make(&ctx, &holder.vault)?.0);
            }
            submit_from(conn, &ctx, &holder.vault, (&identity, &Origin::trusted()), sent)
        })
        .await?;
    if !submitted.repeated {
        app.tell(&submitted.report);
    }
    Ok(submitted.report)
}

fn read(app: &Shared, ctx: &Ctx, t: Lang, typed: &Form) -> Result<Submission> {
    let channel = Channel::parse(typed.get("channel"))
        .filter(|channel| CHANNELS.contains(channel))
        .ok_or(Refusal::Missing { field: "channel" })?;
    let service: ServiceCode = match typed.get("service_code") {
        "" => Err(Refusal::Missing { field: "service_code" }),
        text => text.parse().map_err(|_| Refusal::Invalid { field: "service_code" }),
    }?;
    let (description, address) = check_words(typed.get("description"), Some(typed.get("address")))?;
    let Place { point, exactness, area } = place(app, ctx, typed)?;
    let attributes = answers(typed);
    Ok(Submission {
        service,
        point,
        exactness,
        area,
        address,
        description,
        attributes,
        photos: Vec::new(),
        public: typed.get("private").is_empty(),
        language: t.code().to_owned(),
        channel,
        reporter: None,
        filed_by: None,
        idempotency_key: None,
        receipt: None,
    })
}

fn answers(typed: &Form) -> BTreeMap<String, Vec<String>> {
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, value) in typed.beginning("attribute-") {
        answers.entry(code.to_owned()).or_default().push(value.to_owned());
    }
    answers
}

/// Coordinates if there are any; else the area that was named, or that the address names, which is a guess.
fn place(app: &Shared, ctx: &Ctx, typed: &Form) -> Result<Place, Error> {
    let (lat, long) = (typed.get("lat").trim(), typed.get("long").trim());
    let chosen = typed.get("area").parse::<AreaId>().ok();
    let area = chosen.as_ref().and_then(|id| ctx.pack.heir(id));
    if lat.is_empty() && long.is_empty() {
        if let Some(area) = area {
            return Ok(Place::of_area(area));
        }
        let area = ctx.pack.area_in(typed.get("address"));
        let area = area.ok_or(Error::unacceptable("area", "new-place-missing", 422))?;
        return Ok(Place::guessed(area));
    }
    let point = Point::parse(lat, long).map_err(|_| Refusal::Invalid { field: "place" })?;
    let located = app.locator.load().locate_named(&ctx.pack, point, area)?;
    let area = (located.area, located.approximate);
    Ok(Place { point, exactness: Exactness::Pin, area })
}

fn identity(ctx: &Ctx, typed: &Form) -> Result<Identity, Refusal> {
    let (phone, email) = (typed.get("phone").trim(), typed.get("email").trim());
    let wrong = |field| move || Refusal::Invalid { field };
    Ok(Identity {
        name: typed.get("name").trim().to_owned(),
        phone: match phone {
            "" => None,
            text => Some(
                PhoneNumber::parse(text, &ctx.pack.phone_prefix).ok().ok_or_else(wrong("phone"))?,
            ),
        },
        email: match email {
            "" => None,
            text => Some(EmailAddress::parse(text).ok().ok_or_else(wrong("email"))?),
        },
    })
}
