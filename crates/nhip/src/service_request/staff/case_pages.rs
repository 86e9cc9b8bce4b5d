//! A case on the desk: its story, and exactly the actions that are allowed now to the one who looks.
//!
//! Not here: the actions themselves (`action_http`).

use super::allowed_action_pages::{Offers, offers};
use super::integrity_store::{Reused, reused_photos};
use super::list_pages::{Listed, Narrowed, Toast, Wish, limit, list};
use super::queue::Queue;
use super::store as staff_store;
use crate::account::policy::{self, Action, Sight, may};
use crate::account::session::Signed;
use crate::app::{App, Shared};
use crate::case::clock::{self, Kept};
use crate::case::event_store;
use crate::case::explanation::{self, Explanation};
use crate::media::attachment_store;
use crate::media::attachment_store::Attachment;
use crate::media::attachment_store::Stage;
use crate::media::form_http::Form;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::{ClockLine, Directions, Entry, Photo, Step, Tab, When};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::{Answered, Names, Telling};
use crate::service_request::store;
use crate::service_request::suggest::similar::{self, Found};
use crate::service_request::view::{ReportView, audience, view};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::Event;
use domain::ids::{AccountId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{ServiceRequest, State as Standing};
use domain::suggest::doubt;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Photos seen before that are shown; one is enough to look closely.
const TWINS: usize = 3;

/// A photo of the answer, and the same one where it was before.
struct Twin {
    here: String,
    there: String,
    href: String,
    code: String,
    said: String,
}

/// What staff may do to a report, in the order the desk offers it: what leads on comes first.
pub const OFFERED: &[Verb] = &[
    Verb::Accept,
    Verb::Start,
    Verb::Deliver,
    Verb::GrantExtension,
    Verb::DenyExtension,
    Verb::Answer,
    Verb::Publish,
    Verb::SendBack,
    Verb::Resume,
    Verb::Refuse,
    Verb::Ask,
    Verb::Merge,
    Verb::Correct,
    Verb::Assign,
    Verb::MarkUrgent,
    Verb::ClearUrgent,
    Verb::Progress,
    Verb::Extend,
    Verb::Pause,
    Verb::GiveBack,
    Verb::AskExplanation,
    Verb::Note,
    Verb::Redact,
    Verb::Hide,
    Verb::Unhide,
];

/// Steps whose words say what is to be done now: the newest of them stands above the story.
const LEADS: &[Verb] = &[
    Verb::Ask,
    Verb::Reply,
    Verb::Contest,
    Verb::GiveBack,
    Verb::Answer,
    Verb::SendBack,
    Verb::Reopen,
    Verb::Appeal,
];

/// All that is read of a case.
pub struct Read {
    pub events: Vec<Event<ServiceRequest>>,
    pub media: Vec<Attachment>,
    pub similar: Vec<Found>,
    pub reused: Vec<Reused>,
    pub names: Names,
    pub officers: Vec<(AccountId, String)>,
    pub clocks: Vec<Kept>,
    pub explanations: Vec<Explanation>,
}

/// The case as the template draws it.
struct Case {
    id: String,
    code: String,
    version: i64,
    title: String,
    words: String,
    /// The reporter's own words, when the public reads others.
    original: String,
    service: String,
    /// Who gets it when it is accepted.
    agency: String,
    /// Code and name of the language it is written in, where that is not the reader's.
    language: Option<(String, &'static str)>,
    place: String,
    approximate: bool,
    only_area: bool,
    directions: Directions,
    /// `lat,long`.
    at: String,
    status: &'static str,
    clock: ClockLine,
    sent: When,
    channel: String,
    flags: Vec<String>,
    answers: Vec<Answered>,
    /// The unit a report about an official is about, as it is known now, and the file: its number, and where all
    /// reports about it are.
    unit: String,
    dossier: Option<(String, String)>,
    before: Vec<Photo>,
    after: Vec<Photo>,
    /// What was said last and led here: the answer to be judged, or why there is something to do.
    led_here: Option<Entry>,
    /// Why the one who looks may not decide, although it is their work.
    barred: String,
    documents: Vec<(String, String)>,
    /// Photos of the answer that were seen before.
    reused: Vec<Twin>,
    story: Vec<Step>,
    supports: i64,
    comments: i64,
    /// In whose name they may answer in the public discussion; empty: they may not, or there is none.
    office: String,
    contact: bool,
    /// They may see which letters went out about it.
    letters: bool,
    /// It waits to be taken in.
    at_intake: bool,
    /// What the words speak for, at intake, where something else was chosen.
    meant: Option<Meant>,
}

/// A kind of report that the words speak for more than for the chosen one.
struct Meant {
    service: String,
    name: String,
    because: String,
}

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    listed: Listed,
    /// On a narrow screen the list is shown and not the case: it is the page of the queue.
    list_first: bool,
    queue: &'static str,
    case: Case,
    offers: Offers,
    form: OpenForm,
    /// `left,bottom,right,top` of the city.
    bounds: String,
    /// What happened since the version the person saw.
    meanwhile: Vec<Entry>,
    toast: Option<Toast>,
}

/// The report of a code in the address, if this person may see it on the desk; otherwise there is none.
pub async fn find(app: &App, signed: &Signed, code: &str) -> Result<ServiceRequest> {
    let id = ServiceRequestId::from_human(code)
        .or_else(|| ServiceRequestId::parse(code).ok())
        .ok_or(Refusal::NotFound)?;
    let found = app.db.read(move |conn| store::find(conn, &id)).await?;
    Ok(found.filter(|r| may(signed, Action::SeeDesk, Some(r))).ok_or(Refusal::NotFound)?)
}

pub async fn case(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let report = find(&app, signed, &code).await?;
    let toast = wish.toast(&app, visitor.t, signed, Some(&report.id)).await?;
    let queue = Queue::parse(&wish.queue).unwrap_or(Queue::Now);
    let asked = (Narrowed::of(queue, &wish), limit(queue, &wish));
    let listed = list(&app, &visitor, signed, asked).await?;
    let form = OpenForm::begun(wish.verb, Form::default());
    page(&app, &visitor, signed, report, Shown { listed, list_first: false, form, toast }).await
}

/// A form's own address has no page: back to the case, with the form open.
pub async fn form(Path((code, verb)): Path<(String, String)>) -> Response {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain(&code) && plain(&verb) {
        Redirect::to(&format!("/desk/reports/{code}?do={verb}#{verb}")).into_response()
    } else {
        Redirect::to("/desk").into_response()
    }
}

/// How a case is shown: beside which list, with which form open, after what was done.
pub struct Shown {
    pub listed: Listed,
    pub list_first: bool,
    pub form: OpenForm,
    pub toast: Option<Toast>,
}

/// The page of a case. A form that names an older version shows what changed meanwhile.
pub async fn page(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    report: ServiceRequest,
    mut shown: Shown,
) -> Result<Response> {
    let pack = app.pack.load_full();
    let (city, past) = (pack.clone(), app.past.load_full());
    let sight = Sight::of(signed, Action::SeeDesk);
    let may_assign = signed.actor_for(Verb::Assign, &report).is_ok();
    let (report, read) = app
        .db
        .read(move |conn| {
            let events = event_store::of(conn, &report.id)?;
            let media = attachment_store::of(conn, &report.id)?;
            let similar = if report.closed_at.is_none() {
                similar::find_for_staff(conn, (&city, &past.learnt), &report, &sight)?
            } else {
                Vec::new()
            };
            let reused = reused_photos(conn, &report, &sight)?;
            let names = staff_store::names(conn, &people_of(&report, &events))?;
            let officers = if may_assign {
                crate::account::admin::staff_of(conn, &report.agency)?
            } else {
                Vec::new()
            };
            let officers = officers.into_iter().map(|a| (a.id, a.name)).collect();
            let clocks = clock::of(conn, &report.id)?;
            let explanations = explanation::about(conn, &report.id)?;
            let read =
                Read { events, media, similar, reused, names, officers, clocks, explanations };
            Ok::<_, crate::platform::error::Error>((report, read))
        })
        .await?;
    let tells = Telling { t: visitor.t, pack: &pack, now: app.clock.now(), names: &read.names };
    let view = view(report.clone(), audience(Some(signed), &report), &pack);
    let missed = shown.form.typed.version().map_or(0, |seen| report.version.saturating_sub(seen));
    let missed = usize::try_from(missed).unwrap_or(0);
    let news = read.events.iter().skip(read.events.len().saturating_sub(missed));
    let queue = shown.listed.queue();
    let page = frame(app, visitor, &shown, (tells.title(&view), &report.id));
    Ok(show(&CasePage {
        page,
        t: visitor.t,
        tabs: std::mem::take(&mut shown.listed.tabs),
        listed: shown.listed,
        list_first: shown.list_first,
        queue,
        bounds: app.locator.load().city(&pack).map_or_else(String::new, |b| b.to_string()),
        meanwhile: news.map(|event| tells.entry(&view, event, &[])).collect(),
        offers: offers(&tells, &read, (&report, &view), signed, &shown.form),
        case: Case {
            meant: meant(app, &tells, &report, signed),
            ..told(&tells, &read, (&report, &view), signed)
        },
        form: shown.form,
        toast: shown.toast,
    }))
}

/// The page around a case: with the title of its queue where the list comes first.
fn frame(
    app: &Shared,
    visitor: &Visitor,
    shown: &Shown,
    (title, id): (String, &ServiceRequestId),
) -> Page {
    let queue = shown.listed.queue();
    if shown.list_first {
        return visitor.page(app, visitor.t.of("desk-title-", queue));
    }
    let mut page = visitor.page(app, title).with_mistakes(shown.form.is_wrong());
    // A page that answers a form has no address of its own.
    page.path = format!("/desk/reports/{id}?queue={queue}{}", shown.listed.rest());
    page
}

pub type Seen<'a> = (&'a ServiceRequest, &'a ReportView);

/// What is special about a case, in short.
fn flags(tells: &Telling<'_>, read: &Read, report: &ServiceRequest) -> Vec<String> {
    let t = tells.t;
    let flag = |on: bool, key: &str| on.then(|| t.s(key).into_owned());
    let flags = [
        flag(report.urgent && report.closed_at.is_none(), "desk-flag-urgent"),
        flag(report.confidential, "desk-flag-confidential"),
        flag(!report.public, "desk-flag-private"),
        flag(report.hidden.is_some(), "desk-flag-hidden"),
        flag(report.contested, "desk-flag-contested"),
        flag(report.appealed, "desk-flag-appealed"),
        flag(report.filed_by.is_some(), "desk-flag-staff"),
        report.again.map(|nth| t.s1("desk-flag-again", "nth", nth).into_owned()),
        read.explanations.iter().find(|e| e.answered_at.is_none()).map(|e| {
            let due = tells.moment(e.due_at).said;
            t.s2("desk-flag-explanation", "agency", tells.agency(&e.agency), "due", due)
                .into_owned()
        }),
    ];
    flags.into_iter().flatten().collect()
}

fn told(tells: &Telling<'_>, read: &Read, (report, view): Seen<'_>, signed: &Signed) -> Case {
    let t = tells.t;
    let flags = flags(tells, read, report);
    let led_here = read.events.iter().rfind(|event| LEADS.contains(&event.verb));
    // Of the photos from after, those of the answer that stands; a rejected one has its own in the story.
    let of_answer = |m: &Attachment| led_here.is_some_and(|event| event.id.as_str() == m.event);
    let photos = |stage: Stage| {
        let shown = |m: &&Attachment| {
            m.is_photo && m.stage == stage && (stage == Stage::Before || of_answer(m))
        };
        read.media.iter().filter(shown).map(|m| tells.stage_photo(view, m)).collect()
    };
    let own = |verb| match signed.actor_for(verb, report) {
        Err(refusal @ (Refusal::OwnRefusal | Refusal::OwnAnswer)) => Some(t.s(refusal.key())),
        Ok(_) | Err(_) => None,
    };
    let documents = read.media.iter().filter(|m| !m.is_photo).map(|m| {
        let name = m.name.clone().unwrap_or_else(|| t.s("desk-document").into_owned());
        (format!("/media/{}/large.jpg", m.media), name)
    });
    Case {
        id: report.id.to_string(),
        code: report.id.grouped(),
        version: report.version,
        title: tells.title(view),
        words: view.description.clone().unwrap_or_default(),
        original: view.original.clone().unwrap_or_default(),
        service: tells.service(view),
        agency: tells.agency(&report.agency),
        language: tells.foreign(&report.language),
        place: tells.place(view),
        approximate: report.area_approximate,
        directions: tells.directions(report, view),
        only_area: view.only_area,
        at: view.point.map_or_else(String::new, |point| point.to_string()),
        status: view.status(),
        clock: tells.clock(view).unwrap_or_default(),
        sent: tells.moment(report.received_at),
        channel: t.of("channel-", report.channel).into_owned(),
        flags,
        answers: tells.answers(view),
        unit: report.concerns.as_ref().map_or_else(String::new, |unit| tells.agency(unit)),
        dossier: report.dossier.clone().map(|n| (format!("/desk/search?{}", searched(&n)), n)),
        before: photos(Stage::Before),
        after: photos(Stage::After),
        led_here: led_here.map(|event| tells.entry(view, event, &[])),
        barred: own(Verb::Accept).or_else(|| own(Verb::Publish)).unwrap_or_default().into_owned(),
        documents: documents.collect(),
        reused: read.reused.iter().take(TWINS).map(|reused| twin(tells, reused)).collect(),
        story: tells.story(view, &read.events, &read.media),
        supports: report.supports,
        comments: report.comments,
        office: office_of(tells, report, signed),
        letters: may(signed, Action::SeeDeliveries, Some(report)),
        contact: report.reporter.is_some() && may(signed, Action::OpenIdentity, Some(report)),
        at_intake: report.state == Standing::Received,
        meant: None,
    }
}

fn meant(
    app: &App,
    tells: &Telling<'_>,
    report: &ServiceRequest,
    signed: &Signed,
) -> Option<Meant> {
    let at_intake =
        report.state == Standing::Received && signed.actor_for(Verb::Correct, report).is_ok();
    let past = app.past.load();
    let words = Some(&report.description).filter(|_| at_intake)?;
    let found = doubt(tells.pack, &past.learnt, words, &report.language, &report.service)?;
    Some(Meant {
        name: tells.pack.service(&found.service)?.name.text(tells.t.code()).to_owned(),
        service: found.service.to_string(),
        because: found.because.join(", "),
    })
}

fn office_of(tells: &Telling<'_>, report: &ServiceRequest, signed: &Signed) -> String {
    let actor = signed.actor_on(Action::SpeakOfficially, report);
    let office = actor.and_then(|actor| policy::office(&actor, report, tells.pack));
    let office = office.filter(|_| report.is_open_to_all());
    office.map_or_else(String::new, |office| tells.agency(&office))
}

fn searched(words: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish()
}

/// Everybody who did something on the case, or has it.
fn people_of(report: &ServiceRequest, events: &[Event<ServiceRequest>]) -> Vec<AccountId> {
    let mut people: BTreeSet<AccountId> = report.assignee.iter().cloned().collect();
    for event in events {
        people.extend(event.actor.account.clone());
        people.extend(event.data.assignee.clone());
    }
    people.into_iter().collect()
}

fn twin(tells: &Telling<'_>, reused: &Reused) -> Twin {
    let t = tells.t;
    let key = match (reused.own_before, reused.same_file) {
        (true, _) => "integrity-photo-own",
        (false, true) => "integrity-photo-same",
        (false, false) => "integrity-photo-alike",
    };
    let photo = |id: &domain::ids::MediaId| format!("/media/{id}/small.jpg");
    Twin {
        here: photo(&reused.here),
        there: photo(&reused.there),
        href: format!("/desk/reports/{}", reused.request),
        code: reused.request.grouped(),
        said: t.s(key).into_owned(),
    }
}

/// A date as forms send it.
pub fn date(typed: &str) -> Option<Date> {
    typed.trim().parse().ok()
}
