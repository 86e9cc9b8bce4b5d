//! The history of a report as a story: step by step, grouped by attempts, technical steps folded. One story for all
//! readers: what of it is theirs the view has decided; only the reporter is spoken to as "you".

use crate::case::time_passes::BY_PACK;
use crate::media::attachment_store::Attachment;
use crate::media::attachment_store::Stage;
use crate::platform::http::view::{Entry, Photo, Side, Step};
use crate::platform::i18n::Arg as _;
use crate::service_request::action::deliver::WITHOUT;
use crate::service_request::presenter::Telling;
use crate::service_request::view::ReportView;
use domain::actor::{Role, Visibility};
use domain::case::Event;
use domain::disclosure::Audience;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;

/// Steps that are told to the reporter in other words than to everybody: `my-step-…`.
const YOURS: &[Verb] = &[
    Verb::Ask,
    Verb::Reply,
    Verb::Contest,
    Verb::Rate,
    Verb::Reopen,
    Verb::Appeal,
    Verb::Withdraw,
];

impl Telling<'_> {
    /// `events` and `media` as the view shows them to its reader.
    pub fn story(
        &self,
        view: &ReportView,
        events: &[Event<ServiceRequest>],
        media: &[Attachment],
    ) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut attempt = 1;
        for event in events {
            if event.attempt > attempt {
                attempt = event.attempt;
                steps.push(Step::Attempt(attempt));
            }
            let entry = self.entry(view, event, media);
            if !is_technical(event) {
                steps.push(Step::Told(Box::new(entry)));
            } else if let Some(Step::Folded(entries)) = steps.last_mut() {
                entries.push(entry);
            } else {
                steps.push(Step::Folded(vec![entry]));
            }
        }
        steps
    }

    pub fn entry(
        &self,
        view: &ReportView,
        event: &Event<ServiceRequest>,
        media: &[Attachment],
    ) -> Entry {
        // Where the report's own photos stand beside its words, the story does not repeat them.
        let told = event.verb != Verb::Submit || view.audience == Audience::Reporter;
        let photos = media.iter().filter(|item| item.is_photo && item.event == event.id.as_str());
        let photos = photos.filter(|_| told);
        Entry {
            side: side(event.actor.role),
            title: self.done(view, event),
            who: self.who(view, event),
            when: self.moment(event.at),
            text: self.said(view, event),
            status: changed_to(view, event),
            photos: photos.map(|item| self.stage_photo(view, item)).collect(),
        }
    }

    fn done(&self, view: &ReportView, event: &Event<ServiceRequest>) -> String {
        let yours = view.audience == Audience::Reporter && YOURS.contains(&event.verb);
        let title = self.t.of(if yours { "my-step-" } else { "step-" }, event.verb);
        if event.visibility == Visibility::Staff {
            return self.t.s1("step-staff-only", "step", title).into_owned();
        }
        title.into_owned()
    }

    /// Office and role; a name only among colleagues.
    fn who(&self, view: &ReportView, event: &Event<ServiceRequest>) -> String {
        let role = event.actor.role;
        if role == Role::Reporter && view.audience == Audience::Reporter {
            return self.t.s("my-you").into_owned();
        }
        // Operators and reviewers are the centre, also where their accounts do not say so.
        let centre =
            Some(&self.pack.centre).filter(|_| matches!(role, Role::Operator | Role::Reviewer));
        let office = event.actor.agency.as_ref().or(centre).map(|id| self.agency(id));
        let name = event.actor.account.as_ref().and_then(|id| self.names.get(id)).cloned();
        let role = self.t.of("role-", role).into_owned();
        // What a program says for an office, no officer says.
        let who = event.data.program.clone().or(Some(role));
        let parts = [office, who, name].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// What a step says, each thing on its own line.
    fn said(&self, view: &ReportView, event: &Event<ServiceRequest>) -> String {
        let (t, data) = (self.t, &event.data);
        let lang = t.code();
        let coded = data.code.as_ref();
        let coded =
            coded.and_then(|code| self.pack.refusal(code).or_else(|| self.pack.pause(code)));
        // No report may be of it any more.
        let service = data.service.as_ref().map(|code| {
            let known = self.pack.service(code).map(|service| service.name.text(lang));
            known.unwrap_or(code.as_str()).to_owned()
        });
        let area = data.area.as_ref().and_then(|id| self.pack.area(id));
        let agency = data.agency.as_ref().filter(|_| hands_over(event.verb));
        let agency = agency.and_then(|id| self.pack.agency(id));
        let person = data.assignee.as_ref().and_then(|id| self.names.get(id));
        let step = data.step.as_ref().and_then(|id| self.procedure(view)?.step(id));
        let step = step.map(|step| step.name.text(lang));
        let used = data.percent.map(|percent| match step {
            Some(step) => t.s2("step-used-of-step", "percent", percent, "step", step),
            None => t.s1("step-used-of-promise", "percent", percent),
        });
        let delivered = step.filter(|_| event.verb == Verb::Deliver);
        let without = data.code.as_deref() == Some(WITHOUT);
        if event.verb == Verb::MoveDue {
            return self.moved(view, event);
        }
        let lines = [
            used,
            delivered.map(|step| t.s1("step-product-of", "step", step)),
            without.then(|| t.s("step-without-product")),
            data.budget.map(|more| t.budget(more)),
            data.rating.map(|rating| t.of("rating-", rating)),
            coded.map(|coded| coded.text.text(lang).to_owned().into()),
            service.map(Into::into),
            area.map(|area| area.name.text(lang).to_owned().into()),
            agency.map(|agency| t.s1("step-with", "agency", agency.name.text(lang))),
            person.map(|name| t.s1("step-to-person", "name", name)),
            data.planned_for.map(|date| t.s1("step-promised", "date", t.civil_date(date))),
            data.other.as_ref().map(|other| {
                let key = if event.verb == Verb::Recur { "step-recur-of" } else { "step-into" };
                t.s1(key, "code", other.grouped())
            }),
            data.due_at
                .filter(|_| event.verb == Verb::AskExplanation)
                .map(|due| t.s1("step-explain-by", "when", self.moment(due).said)),
            data.text.clone().map(Into::into),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// The old and the new deadlines, and what the change of the calendar rests on.
    fn moved(&self, view: &ReportView, event: &Event<ServiceRequest>) -> String {
        let t = self.t;
        let zone = self.pack.calendar.zone();
        let mut lines = Vec::new();
        for moved in &event.data.moved {
            let step = moved.step.as_ref().and_then(|id| self.procedure(view)?.step(id));
            let what = match (step, &moved.step) {
                (Some(step), _) => step.name.text(t.code()).into(),
                (None, None) => t.s("slip-promise"),
                (None, Some(_)) => t.s("slip-first-response"),
            };
            let when = |at| t.when(self.now, at, zone);
            let words = [("what", what), ("from", when(moved.from)), ("to", when(moved.to))];
            let words = words.each_ref().map(|(name, word)| (*name, word.value()));
            lines.push(t.with("step-moved", &words).into_owned());
        }
        let basis = event.data.text.as_deref();
        let by_pack = event.data.code.as_deref() == Some(BY_PACK);
        lines.extend(by_pack.then(|| t.s("step-because-pack").into_owned()));
        lines.extend(basis.map(|basis| t.s1("step-because", "basis", basis).into_owned()));
        lines.join("\n")
    }

    pub fn stage_photo(&self, view: &ReportView, item: &Attachment) -> Photo {
        let alt = if item.stage == Stage::After { "photo-after" } else { "photo-before" };
        self.photo(view, &item.media, alt)
    }

    /// The first photo as reported and the last of the result, to be laid side by side.
    pub fn before_after(&self, view: &ReportView) -> Option<(Photo, Photo)> {
        let (before, after) = (view.photo.as_ref()?, view.result_photo.as_ref()?);
        Some((self.photo(view, before, "photo-before"), self.photo(view, after, "photo-after")))
    }
}

/// Steps after which somebody else may have it; the others name an agency only for the record.
fn hands_over(verb: Verb) -> bool {
    matches!(verb, Verb::Accept | Verb::Assign | Verb::Correct | Verb::Appeal)
}

fn side(role: Role) -> Side {
    match role {
        Role::Reporter => Side::Citizen,
        Role::System => Side::System,
        Role::Operator
        | Role::Reviewer
        | Role::Officer
        | Role::Head
        | Role::Inspector
        | Role::Leader
        | Role::Administrator => Side::City,
    }
}

/// Steps that matter to the record and hardly to a reader.
fn is_technical(event: &Event<ServiceRequest>) -> bool {
    let quiet =
        matches!(event.verb, Verb::QuestionExpired | Verb::Resume | Verb::Correct | Verb::Unhide);
    // The end of the promise concerns everybody; that of a step those who work on it.
    let of_a_step = matches!(event.verb, Verb::Warn | Verb::Escalate) && event.data.step.is_some();
    let moved_steps = event.verb == Verb::MoveDue
        && !event.data.moved.is_empty()
        && event.data.moved.iter().all(|moved| moved.step.is_some());
    moved_steps || (quiet && event.data.text.is_none()) || of_a_step
}

/// The chip of a step that changed the state. What an answer claims is for those who judge it: for everybody it is the
/// publication that counts.
fn changed_to(view: &ReportView, event: &Event<ServiceRequest>) -> String {
    if event.from == Some(event.to) {
        return String::new();
    }
    let outcome = event.data.outcome.filter(|_| event.verb != Verb::Answer || view.is_inside());
    outcome.map_or_else(|| event.to.as_str().to_owned(), |outcome| outcome.as_str().to_owned())
}
