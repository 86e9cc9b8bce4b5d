//! `/dev/components`: every component in all its states, with made-up reports, to look at and to test.

use super::page::Page;
use super::view::{
    Card, Choice, ClockLine, Comment, Entry, Photo, Promised, Pulse, PulseDay, Side, Tone, When,
};
use crate::platform::assets::asset;
use crate::platform::i18n::Lang;
use askama::Template;

#[derive(Template)]
#[template(path = "dev/components.html")]
struct Components {
    page: Page,
    t: Lang,
    statuses: &'static [&'static str],
    clocks: Vec<ClockLine>,
    cards: Vec<Card>,
    sent: Vec<Entry>,
    technical: Vec<Entry>,
    again: Vec<Entry>,
    before: Photo,
    after: Photo,
    comments: Vec<Comment>,
    wards: Vec<Choice>,
    privacy: Vec<Choice>,
    nothing: Vec<Choice>,
    colours: Vec<Choice>,
    errors: Vec<(String, String)>,
    pulse: Pulse,
    newer: Option<String>,
    older: Option<String>,
}

const STATUSES: &[&str] = &[
    "received",
    "waiting_reporter",
    "assigned",
    "in_progress",
    "in_review",
    "closed",
    "fixed",
    "planned",
    "forwarded",
    "not_found",
    "no_authority",
    "no_budget",
    "refused",
    "duplicate",
    "withdrawn",
];

/// The page as HTML. Its title is set here.
pub fn components(mut page: Page) -> Result<String, askama::Error> {
    let t = page.t;
    page.title = t.s("dev-title").into_owned();
    let (before, after) = (photo("before", t), photo("after", t));
    Components {
        t,
        page,
        statuses: STATUSES,
        clocks: clocks(t),
        cards: cards(t),
        sent: first_attempt(t, &before),
        technical: vec![entry(t, Side::System, "dev-step-technical", "", "", "", Vec::new()); 2],
        again: second_attempt(t, &before, &after),
        before,
        after,
        comments: comments(t),
        wards: vec![choice(t, "dev-ward-1", "", true), choice(t, "dev-ward-2", "", false)],
        privacy: vec![
            choice(t, "dev-public", "dev-public-hint", true),
            choice(t, "dev-private", "dev-private-hint", false),
        ],
        nothing: vec![choice(t, "dev-public", "", false), choice(t, "dev-private", "", false)],
        colours: ["device", "day", "night"]
            .map(|word| Choice::new(word, t.of("dev-colours-", word), word == "device"))
            .to_vec(),
        errors: vec![("dev-mail-wrong".into(), t.s("dev-mail-error").into_owned())],
        pulse: Pulse::of((0..30).map(|n| pulse_day(t, n)).collect()),
        newer: Some("#newer".into()),
        older: Some("#older".into()),
    }
    .render()
}

fn first_attempt(t: Lang, before: &Photo) -> Vec<Entry> {
    let photos = vec![before.clone()];
    vec![
        entry(t, Side::Citizen, "dev-step-sent", "dev-you", "dev-what-value", "received", photos),
        entry(t, Side::City, "dev-step-accepted", "dev-office-center", "", "assigned", Vec::new()),
    ]
}

fn second_attempt(t: Lang, before: &Photo, after: &Photo) -> Vec<Entry> {
    let (office, photos) = ("dev-office-ward", vec![after.clone(), before.clone()]);
    let (again, you) = ("dev-step-not-satisfied", "dev-you");
    vec![
        entry(t, Side::City, "dev-step-answered", office, "dev-step-text", "fixed", photos),
        entry(t, Side::Citizen, again, you, "dev-reason", "assigned", Vec::new()),
    ]
}

fn photo(name: &str, t: Lang) -> Photo {
    let url = asset(&format!("dev/{name}.svg"));
    let [thumb, phone, small, large] = [url; 4].map(str::to_owned);
    Photo { thumb, phone, small, large, alt: t.of("dev-alt-", name).into_owned() }
}

fn due(t: Lang) -> When {
    let zone = jiff::tz::TimeZone::UTC;
    let at = jiff::Timestamp::UNIX_EPOCH;
    When::moment(t, at, at, &zone)
}

fn clock(t: Lang, who: &str, owes: &str, left: String, used: u8, tone: Tone) -> ClockLine {
    let owes = if owes.is_empty() { String::new() } else { t.s(owes).into_owned() };
    let promise = (tone != Tone::Paused && !owes.is_empty()).then(|| Promised {
        by: due(t),
        left: t.left_working_days(5).into_owned(),
        late: false,
    });
    ClockLine { who: t.s(who).into_owned(), owes, by: Some(due(t)), left, promise, used, tone }
}

fn clocks(t: Lang) -> Vec<ClockLine> {
    let days = |n| t.left_working_days(n).into_owned();
    vec![
        clock(t, "dev-office-center", "dev-owes-check", days(1), 22, Tone::Running),
        clock(t, "dev-office-ward", "dev-owes-result", days(4), 45, Tone::Running),
        clock(t, "dev-office-road", "dev-owes-result", days(0), 86, Tone::Soon),
        clock(t, "dev-office-ward", "dev-owes-result", days(-3), 100, Tone::Late),
        clock(t, "dev-you", "dev-owes-answer", t.s("clock-paused").into_owned(), 38, Tone::Paused),
        ClockLine {
            by: None,
            ..clock(t, "dev-office-ward", "", t.s("dev-done-in").into_owned(), 75, Tone::Done)
        },
    ]
}

fn cards(t: Lang) -> Vec<Card> {
    let clocks = clocks(t);
    let card =
        |n: usize, status: &str, photo: Option<Photo>, place: &str, clock: usize, supports: i64| {
            Card {
                href: format!("#report-{n}"),
                code: format!("7K2M-4R0{n}"),
                title: t.of("dev-card-", n).into_owned(),
                icon: "trash".into(),
                place: t.s(place).into_owned(),
                distance: (n == 1).then(|| t.distance(350.0)),
                sent: due(t),
                status: status.into(),
                photo,
                clock: clocks.get(clock).cloned(),
                supports,
                comments: supports / 4,
                found: None,
            }
        };
    vec![
        card(1, "in_progress", Some(photo("before", t)), "dev-place-1", 1, 12),
        card(2, "assigned", Some(photo("after", t)), "dev-place-2", 3, 1),
        card(3, "fixed", None, "dev-place-1", 5, 0),
        card(4, "waiting_reporter", None, "dev-place-2", 4, 123),
    ]
}

fn entry(
    t: Lang,
    side: Side,
    title: &str,
    who: &str,
    text: &str,
    status: &str,
    photos: Vec<Photo>,
) -> Entry {
    let word = |key: &str| if key.is_empty() { String::new() } else { t.s(key).into_owned() };
    Entry {
        side,
        title: word(title),
        who: word(who),
        when: due(t),
        text: word(text),
        status: status.into(),
        photos,
    }
}

fn comments(t: Lang) -> Vec<Comment> {
    let comment = |id: &str, name: &str, text: &str| Comment {
        id: id.into(),
        name: t.s(name).into_owned(),
        when: due(t),
        text: t.s(text).into_owned(),
        ..Comment::default()
    };
    let official = Comment { official: true, ..comment("2", "dev-office-ward", "dev-comment-2") };
    let asked = comment("1", "dev-name-1", "dev-comment-1");
    vec![
        Comment { replies: vec![official.clone()], ..asked },
        Comment { id: "3".into(), ..official },
        Comment {
            hidden: t.s("comment-hide-insult").into_owned(),
            text: String::new(),
            ..comment("4", "dev-name-1", "dev-comment-1")
        },
        Comment { held: true, ..comment("5", "dev-name-1", "dev-reason") },
    ]
}

fn choice(t: Lang, label: &str, hint: &str, checked: bool) -> Choice {
    let hint = if hint.is_empty() { String::new() } else { t.s(hint).into_owned() };
    Choice { value: label.into(), label: t.s(label).into_owned(), hint, checked }
}

fn pulse_day(t: Lang, n: i64) -> PulseDay {
    let day = jiff::civil::Date::constant(2026, 11, 1).saturating_add(jiff::Span::new().days(n));
    PulseDay {
        label: t.civil_date(day).into_owned(),
        received: 14 + (n * 5) % 9 + n / 3 - if n % 7 > 4 { 9 } else { 0 },
        settled: 9 + (n * 3) % 6 + n / 2 - if n % 7 > 4 { 8 } else { 0 },
    }
}
