//! Who types somebody's address is not that person: what they say stays with their report, and few letters go out.

use crate::following::{in_town, letters_to};
use crate::support::city::Browser;
use crate::support::town::Town;
use axum::http::StatusCode;
use domain::actor::Role;

const ADDRESS: &str = "hoa@example.org";

/// Somebody without an account sends the form; the code of what they sent.
async fn sends(browser: &mut Browser<'_>, who: &[(&str, &str)]) -> String {
    let mut form = vec![
        ("step", "send"),
        ("seen", "1"),
        ("description", "See https://evil.example for your prize"),
        ("service-any", "graffiti"),
        ("lat", "55.060"),
        ("long", "10.610"),
        ("public", "1"),
    ];
    form.extend_from_slice(who);
    let answer = browser.post("/new", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let opened = browser.get(&answer.location()).await;
    opened.location().strip_prefix("/my/").unwrap().split('?').next().unwrap().to_owned()
}

async fn contact(town: &Town, code: &str) -> String {
    let mut operator = town.staff(Role::Operator, None).await;
    let path = format!("/desk/reports/{code}/contact");
    operator.post(&path, &[("reason", "to call back")]).await.text()
}

async fn found_by(town: &Town, contact: &str) -> String {
    let mut operator = town.staff(Role::Operator, None).await;
    operator.post("/desk/search/people?lang=en", &[("contact", contact)]).await.text()
}

#[tokio::test]
async fn what_is_said_beside_a_known_address_stays_with_its_report_and_finds_no_other() {
    in_town(async |town| {
        let hoas = [("name", "Hoa"), ("email", ADDRESS), ("phone", "+45 20 11 11 11")];
        let hers = sends(&mut town.city.visitor(), &hoas).await;
        let others = [("name", "Mallory"), ("email", ADDRESS), ("phone", "+45 20 66 66 66")];
        let theirs = sends(&mut town.city.visitor(), &others).await;
        let third = sends(&mut town.city.visitor(), &[("email", ADDRESS)]).await;

        let (hers_told, theirs_told) = (contact(&town, &hers).await, contact(&town, &theirs).await);
        assert!(hers_told.contains("Hoa") && hers_told.contains("20111111"), "{hers_told}");
        assert!(!hers_told.contains("Mallory") && !hers_told.contains("20666666"), "{hers_told}");
        assert!(theirs_told.contains("Mallory") && theirs_told.contains(ADDRESS), "{theirs_told}");
        let third_told = contact(&town, &third).await;
        assert!(!third_told.contains("Mallory") && !third_told.contains("Hoa"), "{third_told}");

        let by_number = found_by(&town, "+4520666666").await;
        assert!(by_number.contains(&format!("/desk/reports/{theirs}")), "{by_number}");
        assert!(!by_number.contains(&format!("/desk/reports/{hers}")), "{by_number}");
        let by_hers = found_by(&town, "+4520111111").await;
        assert!(by_hers.contains(&format!("/desk/reports/{hers}")), "{by_hers}");
        assert!(!by_hers.contains(&format!("/desk/reports/{theirs}")), "{by_hers}");
        let by_address = found_by(&town, ADDRESS).await;
        for code in [&hers, &theirs, &third] {
            assert!(by_address.contains(&format!("/desk/reports/{code}")), "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn few_letters_a_day_go_to_an_address_whatever_the_door_and_none_says_what_the_asker_wrote() {
    in_town(async |town| {
        let mut browser = town.city.visitor();
        for n in 0..4 {
            sends(&mut browser, &[("email", ADDRESS)]).await;
            let list = format!("/follow?q=https%3A%2F%2Fevil.example+prize+{n}");
            browser.post(&list, &[("email", ADDRESS), ("rhythm", "at_once")]).await;
        }
        let letters = letters_to(&town, ADDRESS).await;
        assert_eq!(letters.len(), 5, "of eight");
        for letter in &letters {
            assert!(!letter.contains("evil") && !letter.contains("prize"), "{letter}");
        }
        // The one who waits for a link to sign in gets it, and its number is bounded too.
        for _ in 0..9 {
            browser.post("/sign-in/link", &[("email", ADDRESS)]).await;
            town.city.later(jiff::SignedDuration::from_mins(31));
        }
        assert_eq!(letters_to(&town, ADDRESS).await.len(), 10);
        town.city.later(jiff::SignedDuration::from_hours(24));
        browser.post("/sign-in/link", &[("email", ADDRESS)]).await;
        assert_eq!(letters_to(&town, ADDRESS).await.len(), 11, "another day");
    })
    .await;
}

#[tokio::test]
async fn one_origin_causes_so_many_letters_a_day_and_another_is_not_kept_out() {
    in_town(async |town| {
        let mut flood = town.city.visitor().at("198.51.100.7");
        for n in 0..205 {
            let address = format!("neighbour{n}@example.org");
            let fields = [("email", address.as_str()), ("rhythm", "at_once")];
            flood.post("/follow?area=quays", &fields).await;
        }
        for _ in 0..3 {
            town.job("make letters of events").await;
        }
        assert_eq!(town.letters_named("follow_list_confirm").await, 200);
        let mut other = town.city.visitor().at("203.0.113.9");
        let fields = [("email", "lan@example.org"), ("rhythm", "at_once")];
        other.post("/follow?area=quays", &fields).await;
        assert_eq!(town.letters_named("follow_list_confirm").await, 201);
    })
    .await;
}
