//! A page that says that something typed is wrong says so first in its title, which is what is read out first. Forms that
//! are sent are tried one and all, by everybody, in `hostile`; here are some by name, and the forms that are addresses.

use crate::support::city::City;
use axum::http::StatusCode;
use domain::actor::Role;

fn title(page: &str) -> String {
    let rest = page.split_once("<title>").unwrap().1;
    rest.split_once("</title>").unwrap().0.to_owned()
}

#[tokio::test]
async fn what_was_sent_with_a_mistake() {
    let city = City::new();
    let mut staff = city.staff("ada", &[Role::Administrator], None).await;
    let (short, wrong) =
        ([("old", "no"), ("new", "short")], [("name", "Ada"), ("email", "nobody")]);
    for (path, form) in [("/account/password", short), ("/account", wrong)] {
        let answer = staff.post(&format!("{path}?lang=en"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(
            title(&answer.text()).starts_with("Error: Your account"),
            "{}",
            title(&answer.text())
        );
    }
    let mut staff = city.staff("bo", &[Role::Operator], None).await;
    let contact = staff.post("/desk/search/people?lang=en", &[("contact", "nobody")]).await;
    assert!(title(&contact.text()).starts_with("Error: "), "{}", title(&contact.text()));
    let mut person = city.visitor();
    for (lang, first) in [("en", "Error: "), ("fr", "Erreur : ")] {
        let answer = person.post(&format!("/follow?lang={lang}"), &[("email", "nobody")]).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
        assert!(title(&answer.text()).starts_with(first), "{}", title(&answer.text()));
    }
}

#[tokio::test]
async fn what_was_asked_for_with_a_mistake() {
    let city = City::new();
    for path in ["/reports", "/map", "/stats", "/agencies", "/follow", "/account"] {
        let page = city.visitor().get(&format!("{path}?lang=en")).await;
        let page = page.text();
        assert!(!page.contains("<title>") || !title(&page).starts_with("Error"), "{path}");
    }
    for path in
        ["/reports?from=soon", "/map?area=atlantis", "/stats?area=atlantis", "/agencies?field=x"]
    {
        let page = city.visitor().get(&format!("{path}&lang=en")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(title(&page.text()).starts_with("Error: "), "{path}: {}", title(&page.text()));
    }
}
