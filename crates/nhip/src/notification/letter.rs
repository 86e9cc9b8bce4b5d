//! Writes one letter in its reader's language, or says why there is none to send.

use super::about::{self, About, Subject};
use super::deliver::Leased;
use super::follow::{self, Way, What, mine};
use super::stop::{Of, Stop};
use super::who::{self, FOLLOW_LIST, FOUND, NEWS, OFFICIAL_COMMENT};
use super::{bulletin, ready, store};
use crate::account::vault::{self, Enclosure};
use crate::case::event_store;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::http::view::dotted;
use crate::platform::i18n::{I18n, Lang};
use crate::platform::mail;
use crate::platform::sealing::Vault;
use crate::service_request::presenter::{Telling, area_name};
use crate::service_request::store as requests;
use crate::service_request::view::view;
use askama::Template;
use domain::actor::{Role, Visibility};
use domain::case::Event;
use domain::disclosure::Audience;
use domain::ids::{PersonId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use fluent_bundle::FluentValue;
use jiff::Timestamp;
use std::sync::Arc;

/// What a letter is written with.
#[derive(Clone)]
pub struct Desk {
    pub pack: Arc<Pack>,
    pub vault: Vault,
    pub public_url: String,
    pub now: Timestamp,
}

impl Desk {
    /// The reader's language, if the city speaks it.
    pub fn language(&self, wanted: &str) -> Lang {
        let spoken = self.pack.spoken().find(|code| *code == wanted);
        I18n::load().lang(spoken.unwrap_or(self.pack.default_language()))
    }

    /// Whom letters come from.
    pub fn sender(&self, t: Lang) -> String {
        let (service, city) = (&self.pack.service_name, &self.pack.name);
        format!("{} · {}", service.text(t.code()), city.text(t.code()))
    }

    /// The link that stops letters like this one.
    pub fn stop(&self, recipient: &str, of: Of) -> Option<String> {
        let stop = Stop { person: PersonId::parse(recipient).ok()?, of };
        Some(format!("{}/letters/stop/{}", self.public_url, stop.token(&self.vault)))
    }

    /// The link to all that the reader follows.
    pub fn mine(&self, recipient: &str) -> Option<String> {
        let person = PersonId::parse(recipient).ok()?;
        Some(format!("{}{}", self.public_url, mine::path(&self.vault, &person)))
    }
}

/// A letter, or the code of the reason why this reader gets none (`letters-dropped-…`).
pub enum Written {
    Letter(Box<mail::Letter>),
    Dropped(&'static str),
}

/// What a letter says, ready to read.
#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct Text<'a> {
    said: &'a Said,
}

#[derive(Debug)]
pub struct Said {
    pub t: Lang,
    pub subject: String,
    text: String,
    /// What the city said, by lines.
    quote: Vec<String>,
    /// The first is the code.
    pub facts: Vec<(String, String)>,
    pub link: String,
    link_label: String,
    sender: String,
    why: String,
    stop: Option<String>,
    /// Where the reader sees and stops all they follow.
    mine: Option<String>,
}

/// What a reader is told, by whatever way, or the code of the reason why they are not.
pub enum Composed {
    Said(Box<Said>),
    Dropped(&'static str),
}

pub fn write(conn: &mut Conn<'_>, desk: &Desk, leased: &Leased) -> Result<Written> {
    if leased.letter == bulletin::LETTER {
        return bulletin::letter::write(conn, desk, leased);
    }
    if leased.letter == ready::PERIODIC {
        return ready::write(conn, desk, leased);
    }
    let said = match compose(conn, desk, leased)? {
        Composed::Said(said) => said,
        Composed::Dropped(reason) => return Ok(Written::Dropped(reason)),
    };
    let Some(to) = address(conn, desk, leased)? else { return Ok(Written::Dropped("no_address")) };
    Ok(Written::Letter(Box::new(mail::Letter {
        id: format!("{}.{}", leased.id, leased.round),
        from_name: said.sender.clone(),
        to,
        text: rendered(&Text { said: &said })?,
        html: rendered(&Html { said: &said })?,
        subject: said.subject,
        stop: said.stop,
        at: desk.now,
    })))
}

/// Where a letter goes; `None` once it was erased.
pub fn address(conn: &mut Conn<'_>, desk: &Desk, leased: &Leased) -> Result<Option<String>> {
    let Ok(person) = PersonId::parse(&leased.recipient) else { return Ok(None) };
    let identity = vault::for_letters(conn, &desk.vault, &person)?;
    Ok(identity.and_then(|identity| identity.email).map(|email| email.as_str().to_owned()))
}

/// The words for this reader, as things stand now.
pub fn compose(conn: &mut Conn<'_>, desk: &Desk, leased: &Leased) -> Result<Composed> {
    let report = match &leased.request {
        Some(id) => Some(requests::find(conn, id)?.ok_or(Refusal::NotFound)?),
        None => None,
    };
    if let Some(reason) = unwanted(conn, leased, report.as_ref())? {
        return Ok(Composed::Dropped(reason));
    }
    let history = match &report {
        Some(report) => event_store::of(conn, &report.id)?,
        None => Vec::new(),
    };
    let comment = store::official_comment(conn, &leased.event)?;
    if comment.is_none() && leased.topic == OFFICIAL_COMMENT {
        return Ok(Composed::Dropped("comment_hidden"));
    }
    let about = about::read(conn, &leased.topic, &leased.event)?;
    let followed = match &leased.follow {
        Some(id) => follow::store::get(conn, id)?,
        None => follow::asked_for(conn, &leased.event)?,
    };
    let list = followed.map(|follow| follow.what);
    let report = report.as_ref();
    let story = Story { desk, leased, report, history: &history, comment, about, list };
    Ok(Composed::Said(Box::new(story.said()?)))
}

pub fn rendered(template: &impl Template) -> Result<String> {
    template.render().map_err(|e| Error::failed("write a letter", e))
}

/// Has something changed since the letter was called for, so that it should not go?
fn unwanted(
    conn: &mut Conn<'_>,
    leased: &Leased,
    report: Option<&ServiceRequest>,
) -> Result<Option<&'static str>> {
    if who::was_asked_for(&leased.letter) {
        return Ok(None);
    }
    if follow::store::has_stopped_all(conn, &leased.recipient)? {
        return Ok(Some("stopped"));
    }
    if let Some(id) = &leased.follow
        && !follow::store::get(conn, id)?.is_some_and(|follow| follow.is_running())
    {
        return Ok(Some("stopped"));
    }
    let Some(report) = report else { return Ok(None) };
    let is_staff = leased.reader == "staff";
    let of_report = What::Report(report.id.clone());
    let stopped = follow::store::find(conn, &leased.recipient, &of_report, Way::Mail)?
        .is_some_and(|follow| follow.stopped);
    if stopped && !is_staff {
        return Ok(Some("stopped"));
    }
    // It may have become one about an official meanwhile.
    if is_staff && report.confidential {
        let seats = store::seats_of(conn, &leased.recipient)?;
        return Ok((!seats.iter().any(|seat| seat.may_hear_of(report))).then_some("not_public"));
    }
    let is_follower = leased.reader == "follower";
    Ok((is_follower && !report.is_open_to_all()).then_some("not_public"))
}

/// All that the words of one letter are taken from.
struct Story<'a> {
    desk: &'a Desk,
    leased: &'a Leased,
    report: Option<&'a ServiceRequest>,
    history: &'a [Event<ServiceRequest>],
    /// The words of the official comment, if it is about one.
    comment: Option<String>,
    /// What it is about where it is about no report.
    about: Option<About>,
    /// What the reader follows, or is asked to confirm.
    list: Option<What>,
}

impl Story<'_> {
    fn said(&self) -> Result<Said> {
        let t = self.language();
        let letter = &self.leased.letter;
        let words = self.words(t);
        let say = |key: &str| t.with(key, &words).into_owned();
        let reader = &self.leased.reader;
        let (key, own) =
            if reader == "asker" { ("mail-link-", letter) } else { ("mail-link-", reader) };
        let list = letter == FOUND;
        let why = if list { t.with("mail-why-list", &words) } else { t.of("mail-why-", reader) };
        Ok(Said {
            t,
            subject: say(&format!("mail-{letter}-subject")),
            text: say(&format!("mail-{letter}-text")),
            quote: self.quote(t.code()),
            facts: self.facts(t),
            link: self.link()?,
            link_label: t.of(key, own).into_owned(),
            sender: self.desk.sender(t),
            why: why.into_owned(),
            stop: (!who::was_asked_for(letter)).then(|| self.stop()).flatten(),
            mine: matches!(reader.as_str(), "reporter" | "follower")
                .then(|| self.desk.mine(&self.leased.recipient))
                .flatten(),
        })
    }

    fn language(&self) -> Lang {
        self.desk.language(&self.leased.language)
    }

    fn stop(&self) -> Option<String> {
        let list = (self.leased.letter == FOUND).then_some(self.leased.follow.as_ref()).flatten();
        let report = self.leased.request.as_ref().filter(|_| self.leased.reader != "staff");
        let of = match (list, report) {
            (Some(follow), _) => Of::Follow(follow.clone()),
            (None, Some(report)) => Of::Report(report.clone()),
            (None, None) => Of::All,
        };
        self.desk.stop(&self.leased.recipient, of)
    }

    fn event(&self) -> Option<&Event<ServiceRequest>> {
        self.history.iter().find(|event| event.id.as_str() == self.leased.event)
    }

    /// What the sentences may be filled in with; what is not known is empty.
    fn words(&self, t: Lang) -> Vec<(&'static str, FluentValue<'static>)> {
        let (pack, language) = (&self.desk.pack, t.code());
        let report = self.report;
        let outcome =
            self.event().and_then(|e| e.data.outcome).or_else(|| report.and_then(|r| r.outcome));
        let what = if matches!(self.leased.letter.as_str(), NEWS | FOUND) {
            t.of("mail-what-", &self.leased.topic).into_owned()
        } else {
            String::new()
        };
        let words = [
            ("city", pack.name.text(language).to_owned()),
            ("code", report.map(|r| r.id.grouped()).unwrap_or_default()),
            (
                "agency",
                report
                    .map(|r| &r.agency)
                    .or_else(|| self.about.as_ref()?.agency.as_ref())
                    .or_else(|| self.about.as_ref().map(|_| &pack.centre))
                    .and_then(|id| pack.agency(id))
                    .map(|a| a.name.text(language).to_owned())
                    .unwrap_or_default(),
            ),
            (
                "other",
                report
                    .and_then(|r| r.merged_into.as_ref())
                    .map(ServiceRequestId::grouped)
                    .unwrap_or_default(),
            ),
            (
                "outcome",
                outcome
                    .map(|outcome| t.of("status-", outcome).into_owned())
                    .or_else(|| self.ruling(t))
                    .unwrap_or_default(),
            ),
            ("what", what),
            ("list", self.list(t)),
            (
                "service",
                report
                    .and_then(|r| pack.service(&r.service))
                    .map(|service| service.name.text(language).to_owned())
                    .unwrap_or_default(),
            ),
            ("area", self.area(t).unwrap_or_default()),
            ("subject", self.about.as_ref().map_or_else(String::new, |a| a.subject.told(pack, t))),
            ("nth", report.and_then(|r| r.again).map_or_else(String::new, |nth| nth.to_string())),
            ("step", self.step(language)),
            (
                "percent",
                self.event()
                    .and_then(|e| e.data.percent)
                    .map(|p| p.to_string())
                    .unwrap_or_default(),
            ),
        ];
        words.into_iter().map(|(name, word)| (name, FluentValue::from(word))).collect()
    }

    fn list(&self, t: Lang) -> String {
        let pack = &self.desk.pack;
        match &self.list {
            None => String::new(),
            Some(list) if self.leased.letter == FOLLOW_LIST => list.title_for_strangers(pack, t),
            Some(list) => list.title(pack, t),
        }
    }

    /// What was decided about an appeal against a lock.
    fn ruling(&self, t: Lang) -> Option<String> {
        match self.about.as_ref()?.subject {
            Subject::Lock(_, ruling) => Some(t.of("lock-ruled-", ruling?).into_owned()),
            Subject::Report(_) | Subject::Number(_) | Subject::Rule(_) => None,
        }
    }

    /// As whom the reader may see the report.
    fn audience(&self) -> Audience {
        match self.leased.reader.as_str() {
            "reporter" => Audience::Reporter,
            "staff" => Audience::Agency,
            _ => Audience::Public,
        }
    }

    /// The name of its area; for followers only where everybody may know it.
    fn area(&self, t: Lang) -> Option<String> {
        let (pack, report) = (&self.desk.pack, self.report?);
        let area = if self.leased.reader == "follower" {
            view(report.clone(), Audience::Public, pack).area?
        } else {
            report.area.clone()
        };
        pack.area(&area)?;
        Some(area_name(t, pack, &area))
    }

    /// The step of the procedure the event is about, by name; without one it is the whole procedure.
    fn step(&self, language: &str) -> String {
        let procedure = self.report.and_then(|report| self.desk.pack.procedure_of(report));
        let id = self.event().and_then(|event| event.data.step.as_deref());
        let name = procedure.map(|procedure| match id {
            Some(id) => procedure.step(id).map_or("", |step| step.name.text(language)),
            None => procedure.name.text(language),
        });
        name.unwrap_or_default().to_owned()
    }

    /// What the city said with the event. Never a citizen's words, never a note among staff.
    fn quote(&self, language: &str) -> Vec<String> {
        if let Some(comment) = &self.comment {
            return lines(comment);
        }
        if let Some(about) = &self.about {
            return lines(&about.quote);
        }
        let Some(event) = self.event() else { return Vec::new() };
        // A published result says what the agency answered.
        let answer = self
            .history
            .iter()
            .rev()
            .skip_while(|e| e.id != event.id)
            .find(|e| e.verb == Verb::Answer)
            .filter(|_| event.verb == Verb::Publish);
        let pack = &self.desk.pack;
        let coded = match (event.data.code.as_deref(), event.verb == Verb::Pause) {
            (Some(code), true) => pack.pause(code),
            (Some(code), false) => pack.refusal(code),
            (None, _) => None,
        };
        let coded = coded.map(|coded| coded.text.text(language).to_owned());
        let may_quote = |event: &&Event<ServiceRequest>| {
            event.actor.role != Role::Reporter && event.visibility != Visibility::Staff
        };
        let said = [answer, Some(event)]
            .into_iter()
            .flatten()
            .filter(may_quote)
            .filter_map(|event| event.data.text.clone());
        coded.into_iter().chain(said).flat_map(|text| lines(&text)).collect()
    }

    /// Code, service, place, who has it, what is owed next, by when; at the end how long it took. Of a confidential report
    /// the code only: mailboxes are read by others.
    fn facts(&self, t: Lang) -> Vec<(String, String)> {
        let (pack, language) = (&self.desk.pack, t.code());
        let Some(report) = self.report else {
            let due = self.about.as_ref().and_then(|about| about.due_at);
            let until = self.about.as_ref().and_then(|about| about.until);
            let at = |key: &str, at: Option<Timestamp>| {
                let said =
                    at.map(|at| t.when(self.desk.now, at, pack.calendar.zone()).into_owned());
                said.map(|said| (t.of("mail-fact-", key).into_owned(), said))
            };
            return at("reply", due).into_iter().chain(at("until", until)).collect();
        };
        let fact = |key: &str, value: String| (t.of("mail-fact-", key).into_owned(), value);
        let mut facts = vec![fact("code", report.id.grouped())];
        if report.confidential {
            return facts;
        }
        let zone = pack.calendar.zone();
        let tells = Telling::new(t, pack, self.desk.now);
        let seen = view(report.clone(), self.audience(), pack);
        let place = Some(tells.place(&seen)).filter(|place| !place.is_empty());
        let service = pack
            .service(&report.service)
            .map(|s| fact("service", s.name.text(language).to_owned()));
        facts.extend(service.into_iter().chain(place.map(|place| fact("area", place))));
        let clock = tells.clock(&seen);
        if report.closed_at.is_none() {
            let agency = pack
                .agency(&report.agency)
                .map(|a| fact("agency", a.name.text(language).to_owned()));
            let calls = pack.to_call_about(report).into_iter();
            let calls: Vec<String> =
                calls.map(|call| format!("{} {}", call.number, call.name.text(language))).collect();
            // Who is in danger is told whom to call, not how many days there are.
            let in_danger = !calls.is_empty() && self.leased.reader != "staff";
            let call = in_danger.then(|| fact("call", calls.join(" · ")));
            let clock = clock.filter(|_| !in_danger);
            let next = clock.as_ref().map(|clock| fact("next", clock.owed_by()));
            let due = clock.and_then(|clock| clock.promise).map(|promise| {
                let by = report.due_at.map(|due| t.when(self.desk.now, due, zone));
                fact("due", dotted([by.as_deref().unwrap_or_default(), &promise.left]))
            });
            let reply = report
                .question_until
                .map(|until| fact("reply", t.when(self.desk.now, until, zone).into_owned()));
            let facts_of_work = call.into_iter().chain(agency).chain(next).chain(due).chain(reply);
            facts.extend(facts_of_work);
        } else if report.outcome != Some(Outcome::Planned) {
            facts.extend(clock.map(|clock| fact("took", clock.left)));
        }
        let planned = report.planned_for.filter(|_| report.outcome == Some(Outcome::Planned));
        facts.extend(planned.map(|date| fact("planned", t.civil_date(date).into_owned())));
        facts
    }

    fn link(&self) -> Result<String> {
        let path = match (&self.leased.sealed, self.report) {
            (Some(sealed), _) => Enclosure::open(&self.desk.vault, sealed)?.path,
            (None, Some(report)) if self.leased.reader == "staff" => {
                format!("/desk/reports/{}", report.id)
            }
            (None, Some(report)) => format!("/reports/{}", report.id),
            (None, None) if self.about.is_some() => {
                self.about.as_ref().map_or_else(String::new, |about| about.path.clone())
            }
            (None, None) => {
                return Err(Error::Corrupt {
                    table: "delivery",
                    column: "sealed",
                    id: self.leased.id.to_string(),
                });
            }
        };
        Ok(format!("{}{path}", self.desk.public_url))
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}
