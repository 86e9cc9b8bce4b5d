//! The attack itself: what is sent where.

use super::inputs::{self, Body};
use super::judge::{filled, lost, unpercent, untitled, wrong};
use super::shot::Shot;
use super::stage::{Scene, Stage, Who, without_codes};
use crate::support::city::Answer;
use crate::support::forms::{PageForm, forms, query_names};
use axum::http::StatusCode;
use nhip::gate::Access;
use nhip::router::{self, Route};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// For any answer to anything, in a build for development.
const LONGEST: Duration = Duration::from_secs(1);
const METHODS: [&str; 7] = ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"];

/// Attacks every route in every way.
pub async fn everything(stage: &Stage) {
    let mut attack = Attack {
        stage,
        forms_seen: BTreeSet::new(),
        sent: 0,
        step: 1,
        turn: stage.first(),
        problems: BTreeMap::new(),
    };
    for route in router::routes() {
        attack.route(&route).await;
    }
    assert!(attack.problems.is_empty(), "{}", told(&attack.problems));
    // Else the pages have changed so that this does not find its way any more.
    let (sent, forms) = (attack.sent, attack.forms_seen);
    assert!(sent > 500 && forms.len() >= stage.forms(), "only {sent} requests; {forms:?}");
}

struct Attack<'s> {
    stage: &'s Stage,
    /// Forms that were attacked already, by where they lead and what they ask.
    forms_seen: BTreeSet<String>,
    sent: usize,
    /// Of all there is to send, every so many-eth is.
    step: usize,
    turn: usize,
    /// By route and status, the first of its kind.
    problems: BTreeMap<String, String>,
}

fn told(problems: &BTreeMap<String, String>) -> String {
    let lines = problems.values().map(|problem| problem.chars().take(900).collect::<String>());
    format!("{} kinds of problem:\n{}", problems.len(), lines.collect::<Vec<_>>().join("\n\n"))
}

impl Attack<'_> {
    fn note(&mut self, kind: &str, shot: &Shot<'_>, answer: &Answer, problem: &str) {
        let places = shot.path.split('?').next().unwrap_or_default().split('/').take(3);
        let place = places.collect::<Vec<_>>().join("/").chars().take(40).collect::<String>();
        let key = format!("{kind} {} {place} {}", answer.status, shot.method);
        let told = format!("{} for {}: {problem}", answer.status, shot.told());
        self.problems.entry(key).or_insert(told);
    }

    async fn send(&mut self, shot: Shot<'_>) -> Answer {
        let mut took = Duration::MAX;
        // What the machine does beside is not ours: slow is what is slow three times.
        for _ in 0..3 {
            self.sent += 1;
            let started = Instant::now();
            let answer = self.stage.city.send(shot.request()).await;
            took = took.min(started.elapsed());
            if let Some(problem) = wrong(&shot, &answer) {
                self.note("wrong", &shot, &answer, &problem);
            }
            if took < LONGEST {
                return answer;
            }
        }
        panic!("{took:?} for {}", shot.told());
    }

    async fn route(&mut self, route: &Route) {
        let scene = self.stage.scene().await;
        let path = self.stage.path(route.path, &scene, &scene.codes[0]);
        let page = self.send(Shot::get(&path, &scene)).await;
        // The open pages are the same to all as to nobody; at a closed door all stand alike.
        let open = route.access == Access::Everyone && !route.path.starts_with("/my");
        if (open && self.stage.who != Who::Nobody) || self.is_closed(&page, &path, &scene).await {
            self.step = 40;
        } else {
            self.step = self.stage.step();
            self.forms(&page, &scene, &path).await;
            for code in scene.codes.iter().filter(|_| route.path.contains("{code}")) {
                let path = self.stage.path(route.path, &scene, code);
                let page = self.send(Shot::get(&path, &scene)).await;
                self.forms(&page, &scene, &path).await;
            }
        }
        self.paths(route, &scene, &path).await;
        self.queries(&page.text(), &scene, &path).await;
        self.headers(&scene, &path).await;
        self.methods(&scene, &path).await;
        self.bodies(&scene, &path).await;
    }

    /// Every so many-eth of the things to send, beginning elsewhere each time: over all routes and people, all are sent.
    fn some<T>(&mut self, all: Vec<T>) -> Vec<T> {
        self.turn += 1;
        let first = (self.turn * 11) % self.step;
        all.into_iter().skip(first).step_by(self.step).collect()
    }

    async fn is_closed(&mut self, page: &Answer, path: &str, scene: &Scene) -> bool {
        page.status == StatusCode::FORBIDDEN
            || page.location().starts_with("/sign-in?next=")
            || page.status == StatusCode::METHOD_NOT_ALLOWED && !self.takes_posts(path, scene).await
    }

    async fn takes_posts(&mut self, path: &str, scene: &Scene) -> bool {
        let empty = inputs::form(&[]);
        let answer = self.send(Shot::post(path, scene, &empty)).await;
        ![StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED].contains(&answer.status)
            && !answer.location().starts_with("/sign-in?next=")
    }

    /// Each place of the pattern filled with each part.
    async fn paths(&mut self, route: &Route, scene: &Scene, real: &str) {
        let places = route.path.split('/').enumerate().filter(|(_, part)| part.starts_with('{'));
        for (place, _) in places {
            for part in self.some(inputs::path_parts()) {
                let mut path: Vec<&str> = real.split('/').collect();
                path[place] = &part;
                self.send(Shot::get(&path.join("/"), scene)).await;
            }
        }
    }

    async fn queries(&mut self, page: &str, scene: &Scene, path: &str) {
        // Pages show what they understand in their links and forms; what is no page does not.
        let mut names = query_names(page);
        if !page.contains("<html") {
            names.extend(inputs::NAMES.map(str::to_owned));
        }
        // What is too long for an address the server turns away before us.
        let words =
            || inputs::words().into_iter().map(|w| w[..w.len().min(9_000)].to_owned()).collect();
        for word in self.some(words()) {
            let all: Vec<String> =
                names.iter().take(6).map(|name| format!("{name}={word}")).collect();
            self.send(Shot::get(&format!("{path}?{}", all.join("&")), scene)).await;
        }
        for name in &names {
            for word in self.some(words()) {
                self.send(Shot::get(&format!("{path}?{name}={word}"), scene)).await;
            }
        }
        for query in self.some(inputs::queries()) {
            self.send(Shot::get(&format!("{path}?{query}"), scene)).await;
        }
    }

    async fn headers(&mut self, scene: &Scene, path: &str) {
        for header in self.some(inputs::headers()) {
            self.send(Shot { header: Some(&header), ..Shot::get(path, scene) }).await;
        }
    }

    async fn methods(&mut self, scene: &Scene, path: &str) {
        for method in self.some(METHODS.to_vec()) {
            let answer = self.send(Shot { method, ..Shot::get(path, scene) }).await;
            let known = ["HEAD", "OPTIONS"].contains(&method);
            if !known && answer.status.is_success() {
                let shot = Shot { method, ..Shot::get(path, scene) };
                self.note("method", &shot, &answer, "a method that no route has");
            }
        }
    }

    async fn bodies(&mut self, scene: &Scene, path: &str) {
        let keyed =
            path.starts_with("/open311/").then(|| format!("{path}?api_key={}", self.stage.api_key));
        for path in [Some(path), keyed.as_deref()].into_iter().flatten() {
            for body in self.some(inputs::broken_bodies()) {
                let answer = self.send(Shot::post(path, scene, &body)).await;
                if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                    break;
                }
            }
        }
        if let Some(path) = keyed {
            self.filings(scene, &path).await;
        }
    }

    /// Open311: a report that would be taken in, but for one field.
    async fn filings(&mut self, scene: &Scene, path: &str) {
        let good = [
            ("service_code", "graffiti"),
            ("lat", "55.060"),
            ("long", "10.610"),
            ("description", "x"),
            ("email", "a@example.org"),
            ("phone", "20123456"),
            ("first_name", "A"),
            ("address_string", ""),
            ("media_url", ""),
            ("device_id", ""),
            ("attribute[size]", "plate"),
            ("service_request_id", scene.codes[1].as_str()),
            ("status", "OPEN"),
            ("updated_datetime", "2026-11-25T13:00:00Z"),
        ];
        let good = good.map(|(name, value)| (name.to_owned(), value.to_owned()));
        for place in 0..good.len() {
            for word in self.some(inputs::words()) {
                let mut fields = good.to_vec();
                fields[place].1 = word;
                self.send(Shot::post(path, scene, &inputs::form(&fields))).await;
            }
        }
        for (file, bytes) in self.some(inputs::photos()) {
            let body = inputs::with_file(&good, "media", file, &bytes);
            self.send(Shot::post(path, scene, &body)).await;
        }
    }

    /// The forms of a page: each field with each word, all others as a careful person fills them in.
    async fn forms(&mut self, page: &Answer, scene: &Scene, at: &str) {
        let html = page.text();
        for form in forms(&html).into_iter().filter(|form| form.posts) {
            let asks: BTreeSet<&str> = form.fields.iter().map(|f| f.name.as_str()).collect();
            let leads = without_codes(form.action.split(['?', '#']).next().unwrap_or_default());
            if leads == "/sign-out" || !self.forms_seen.insert(format!("{leads} {asks:?}")) {
                continue;
            }
            let action = if form.action.is_empty() { at.to_owned() } else { form.action.clone() };
            let action =
                action.strip_prefix("http://harbour.example").unwrap_or(&action).to_owned();
            self.form(&form, scene, &action).await;
        }
    }

    async fn form(&mut self, form: &PageForm, scene: &Scene, action: &str) {
        let form = &form.with_one_of_each();
        let careful: Vec<(String, String)> =
            form.fields.iter().map(|f| (f.name.clone(), filled(f))).collect();
        // Passwords are stretched for a tenth of a second each: a few are enough.
        let few = if form.fields.iter().any(|f| f.kind == "password") { 9 } else { 1 };
        for (place, field) in form.fields.iter().enumerate().filter(|(_, f)| f.kind != "file") {
            for word in self.some(inputs::words()).into_iter().step_by(few) {
                let mut fields = careful.clone();
                fields[place].1 = word;
                let body = inputs::form(&fields);
                self.filled_in(form, &field.name, action, scene, &body).await;
            }
        }
        for file in form.fields.iter().filter(|field| field.kind == "file") {
            let plain = form.fields.iter().filter(|f| f.kind != "file");
            let plain: Vec<_> = plain.map(|f| (f.name.clone(), unpercent(&filled(f)))).collect();
            for (name, bytes) in self.some(inputs::photos()) {
                let body = inputs::with_file(&plain, &file.name, name, &bytes);
                self.filled_in(form, &file.name, action, scene, &body).await;
            }
        }
    }

    async fn filled_in(
        &mut self,
        form: &PageForm,
        attacked: &str,
        action: &str,
        scene: &Scene,
        body: &Body,
    ) {
        let answer = self.send(Shot::post(action, scene, body)).await;
        if let Some(problem) = lost(form, attacked, &answer) {
            self.note("lost", &Shot::post(action, scene, body), &answer, &problem);
        }
        if let Some(problem) = untitled(form, &answer) {
            self.note("untitled", &Shot::post(action, scene, body), &answer, problem);
        }
    }
}
