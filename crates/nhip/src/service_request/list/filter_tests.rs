//! Addresses that people type, follow and break.

use super::*;
use crate::platform::pack_dir;

fn harbour() -> Pack {
    pack_dir::load_checked("harbour").unwrap()
}

fn problems(query: &str) -> Vec<(&'static str, String, &'static str)> {
    Asked::parse(query, &harbour())
        .problems
        .into_iter()
        .map(|p| (p.field, p.value, p.key))
        .collect()
}

#[test]
fn every_part_of_an_address_narrows() {
    let asked = Asked::parse(
        "q=b%C3%B3ng+%C4%91%C3%A8n&field=streets&service=pothole&area=quays&agency=works&state=closed&outcome=fixed&sort=oldest",
        &harbour(),
    );
    assert_eq!(asked.problems, []);
    assert_eq!(asked.filter.text.as_deref(), Some("bóng đèn"));
    assert_eq!(asked.filter.field, FieldCode::parse("streets").ok());
    assert_eq!(asked.filter.services, [ServiceCode::parse("pothole").unwrap()]);
    assert_eq!(asked.filter.area, AreaId::parse("quays").ok());
    assert_eq!(asked.filter.agency, AgencyId::parse("works").ok());
    assert_eq!(asked.filter.states, [State::Closed]);
    assert_eq!(asked.filter.outcome, Some(Outcome::Fixed));
    assert_eq!(asked.sort, Sort::Oldest);
    assert_eq!(asked.active(), 7);
}

#[test]
fn days_are_the_city_s_own_and_the_last_one_is_included() {
    // Copenhagen's summer time ended on 25 October 2026 at 03:00.
    let asked = Asked::parse("from=2026-10-25&to=2026-10-25", &harbour());
    assert_eq!(asked.problems, []);
    let Period { from, to } = asked.filter.received;
    let hours = to.unwrap().duration_since(from.unwrap()).as_hours();
    assert_eq!(hours, 25, "{from:?} {to:?}");
}

#[test]
fn what_means_nothing_is_named_beside_its_field_and_left_out() {
    let unknown = "filter-unknown";
    for (query, field, value, key) in [
        ("field=moon", "field", "moon", unknown),
        ("service=a%00b", "service", "a\0b", unknown),
        ("area=../etc", "area", "../etc", unknown),
        ("agency=%F0%9F%92%A9", "agency", "💩", unknown),
        ("state=lost", "state", "lost", unknown),
        ("outcome=lost", "outcome", "lost", unknown),
        ("sort=best", "sort", "best", unknown),
        ("from=yesterday", "from", "yesterday", "filter-date"),
        ("to=2026-13-01", "to", "2026-13-01", "filter-date"),
        ("to=9999-12-31", "to", "9999-12-31", "filter-date"),
        ("from=2026-02-02&to=2026-02-01", "to", "", "filter-period"),
        ("within=BF", "within", "BF", "filter-within"),
        ("within=10.5,55,10.7,55.1", "within", "10.5,55,10.7,55.1", "filter-within"),
        ("around=55.06,10.61", "around", "55.06,10.61", "filter-around"),
        ("around=55.06,10.61,1e9", "around", "55.06,10.61,1e9", "filter-around"),
        ("around=55.06,10.61,NaN", "around", "55.06,10.61,NaN", "filter-around"),
        ("around=95,10.61,100", "around", "95,10.61,100", "filter-around"),
    ] {
        assert_eq!(problems(query), [(field, value.to_owned(), key)], "{query}");
        let filter = Asked::parse(query, &harbour()).filter;
        assert!(
            filter.field.is_none() && filter.services.is_empty() && filter.received.to.is_none(),
            "{query}"
        );
    }
    for fine in ["", "q=", "q=%2B%2B", "x=1", "after=nonsense", "%%%", "from=2099-01-01", "late=0"]
    {
        assert_eq!(problems(fine), [], "{fine}");
        assert_eq!(Asked::parse(fine, &harbour()).filter.text, None);
    }
}

#[test]
fn open_stands_for_every_state_but_closed_and_late_runs_by_deadline() {
    let asked = Asked::parse("state=open&late=1", &harbour());
    assert_eq!(asked.filter.states.len(), State::ALL.len() - 1);
    assert!(!asked.filter.states.contains(&State::Closed));
    assert_eq!(asked.sort, Sort::Due);
}

#[test]
fn what_was_drawn_is_a_filter_like_every_other() {
    let text = "BFoz5xJ67i1B1B7PzIhaxL7Y";
    let asked = Asked::parse(&format!("within={text}&around=50.1,8.69,500"), &harbour());
    assert_eq!((asked.problems.len(), asked.active(), asked.filter.shapes().len()), (0, 2, 2));
    assert_eq!(asked.query(&[]), format!("within={text}&around=50.1%2C8.69%2C500"));
    assert_eq!(Asked::parse(&asked.query(&[]), &harbour()).filter, asked.filter);
}

#[test]
fn a_link_keeps_the_list_and_replaces_what_it_names() {
    let asked = Asked::parse("field=streets&q=a%26b&after=5-X&lang=en&state=closed", &harbour());
    assert_eq!(asked.after, Some(PageKey { at: 5, id: "X".into() }));
    assert_eq!(asked.query(&[("after", "9-Y"), ("state", "")]), "field=streets&q=a%26b&after=9-Y");
    assert_eq!(asked.query(&[]), "field=streets&q=a%26b&state=closed");
}
