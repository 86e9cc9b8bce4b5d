//! The city's side of discussions, over HTTP: official answers and their letters, moderation, and who may do neither.

use crate::journey_talk::{seen, show_at_once, town};
use crate::support::city::{Answer, City};
use crate::support::letters::{email, report_by};
use crate::support::world::a_report;
use axum::http::StatusCode;
use domain::actor::Role;
use domain::service_request::ServiceRequest;
use jiff::SignedDuration;
use nhip::account::vault::{self, Identity};
use nhip::notification::follow::{Rhythm, Way, What, Wish};
use nhip::notification::{deliver, dispatch, follow, letters_of};
use nhip::platform::error::Error;

const PATH: &str = "/reports/P0TH01E1";
const COMMENTS: &str = "/reports/P0TH01E1/comments";

fn written(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location();
    to.rsplit_once("#comment-").unwrap_or_else(|| panic!("{to}")).1.to_owned()
}

/// The first comment a list of the desk offers to judge: its id.
fn first(page: &str) -> String {
    let id = page.split("action=\"/desk/comments/").nth(1).and_then(|rest| rest.split('/').next());
    id.unwrap_or_else(|| panic!("{page}")).to_owned()
}

#[tokio::test]
async fn where_the_city_reads_first_a_comment_is_seen_by_moderators_only_until_it_is_let_through() {
    let city = town([a_report("P0TH01E1", "pothole")]).await;
    show_at_once(&city, false);
    let mut hoa = city.visitor();
    assert!(seen(&city, PATH).await.contains("A moderator reads it before it is shown."));
    let said = hoa.post(COMMENTS, &[("text", "It is deep."), ("name", "Hoa")]).await;
    assert_eq!(said.location(), format!("{PATH}?done=waiting#write"));
    let page = hoa.follow(said).await.text();
    assert!(page.contains("A moderator reads your comment first"), "{page}");
    assert!(!page.contains("It is deep.") && !seen(&city, "/reports").await.contains("1 comment"));

    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let desk = operator.get("/desk").await.text();
    let tab = desk.split("href=\"/desk/comments\"").nth(1).unwrap();
    assert!(tab.split("</a>").next().unwrap().contains("class=\"desk-n\">1<"), "{desk}");
    let list = operator.get("/desk/comments").await.text();
    assert!(list.contains("It is deep.") && list.contains("Waiting for a moderator"), "{list}");
    let id = first(&list);
    let show = format!("/desk/comments/{id}/show");
    let done = operator.post(&show, &[("list", "waiting")]).await;
    assert_eq!(done.location(), "/desk/comments?list=waiting&done=show");
    let done = operator.follow(done).await.text();
    assert!(done.contains("Everyone can read it now.") && !done.contains("It is deep."), "{done}");
    assert!(seen(&city, PATH).await.contains("It is deep."));
    assert!(seen(&city, "/reports").await.contains("1 comment"), "on the card");
    let again = operator.post(&show, &[("list", "newest")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("Someone else was faster"), "{}", again.text());
}

#[tokio::test]
async fn what_is_hidden_leaves_a_line_with_the_reason_and_can_be_shown_again() {
    let city = town([a_report("P0TH01E1", "pothole")]).await;
    let said = [("text", "Call Mr Berg on 20 12 34 56"), ("name", "Hoa at number 5")];
    let id = written(&city.visitor().post(COMMENTS, &said).await);
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let hide = format!("/desk/comments/{id}/hide");
    for fields in [vec![("code", "other"), ("reason", "")], vec![("code", "")]] {
        let refused = operator.post(&hide, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    let wordy = [("code", "other"), ("reason", &"x".repeat(2_001)), ("list", "newest")];
    let refused = operator.post(&hide, &wordy).await.text();
    assert!(refused.contains("Too long") && refused.contains(&"x".repeat(2_001)), "it is kept");
    let fields = [("code", "personal"), ("reason", "a telephone number"), ("list", "newest")];
    let done = operator.post(&hide, &fields).await;
    let list = operator.follow(done).await.text();
    assert!(
        list.contains("Call Mr Berg") && list.contains("Show again"),
        "moderators keep the words"
    );
    // A colleague who had the list before it: the comment has left it, and their words have not.
    let late = [("code", "insult"), ("reason", "He is a fool"), ("list", "waiting")];
    let slow = city.staff("olga", &[Role::Operator], None).await.post(&hide, &late).await;
    assert_eq!(slow.status, StatusCode::CONFLICT);
    assert!(slow.text().contains("He is a fool</textarea>"), "{}", slow.text());
    let page = seen(&city, PATH).await;
    assert!(page.contains("Hidden by a moderator: personal data (a telephone number)"), "{page}");
    assert!(!page.contains("Mr Berg") && !page.contains("number 5"), "{page}");
    assert!(!seen(&city, "/reports").await.contains("1 comment"));
    let mut lan = city.visitor().at("192.0.2.2");
    let reply = lan.post(COMMENTS, &[("text", "Who is that?"), ("reply", id.as_str())]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing to answer is there");
    assert!(reply.text().contains("Who is that?</textarea>"));

    city.later(SignedDuration::from_secs(1));
    let done = operator.post(&format!("/desk/comments/{id}/show"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = seen(&city, PATH).await;
    assert!(page.contains("Mr Berg") && !page.contains("Hidden by a moderator"), "{page}");
    let trail = city.app.db.read(|conn| {
        let sql =
            "SELECT action, detail, account FROM audit WHERE action LIKE 'comment%' ORDER BY id";
        conn.query(sql, &[], |row| {
            assert!(row.get::<Option<String>>(2)?.is_some(), "by whom");
            Ok((row.get::<String>(0)?, row.get::<String>(1)?))
        })
    });
    let detail = format!("{id} on P0TH01E1");
    let hidden = ("comment_hidden".to_owned(), format!("{detail}: personal"));
    assert_eq!(trail.await.unwrap(), [hidden, ("comment_shown".to_owned(), detail)]);
}

#[tokio::test]
async fn anybody_reports_a_comment_once_and_a_moderator_looks() {
    let city = town([a_report("P0TH01E1", "pothole")]).await;
    let id = written(&city.visitor().post(COMMENTS, &[("text", "You fool.")]).await);
    let mut lan = city.visitor();
    let path = format!("{COMMENTS}/{id}/flag");
    assert!(lan.get(&path).await.text().contains("You fool."));
    let long = "x".repeat(501);
    let refused = lan.post(&path, &[("reason", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(&format!("\n{long}</textarea>")));
    for reason in ["It insults me <b>a lot</b>.", "Again."] {
        let sent = lan.post(&path, &[("reason", reason)]).await;
        let page = lan.follow(sent).await.text();
        assert!(page.contains("A moderator will look at the comment."), "{page}");
        assert!(page.contains("You fool."), "nothing happens by itself");
    }
    let mut robot = city.visitor();
    let trapped = robot.post(&path, &[("left-empty", "x"), ("reason", "Spam?")]).await;
    assert_eq!(trapped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(trapped.text().contains("Spam?</textarea>"));
    let mut reviewer = city.staff("ria", &[Role::Reviewer], None).await;
    let list = reviewer.get("/desk/comments").await.text();
    assert!(list.contains("Reported by 1 person") && list.contains("&#60;b&#62;a lot"), "{list}");
    assert!(!list.contains("Again."), "once per person");
    let done = reviewer.post(&format!("/desk/comments/{id}/keep"), &[("list", "flagged")]).await;
    let list = reviewer.follow(done).await.text();
    assert!(list.contains("Left as it is.") && list.contains("No comment is reported"), "{list}");
    assert!(seen(&city, PATH).await.contains("You fool."));
}

#[tokio::test]
async fn only_moderators_have_the_list_and_inspectors_find_none_of_the_others() {
    let city = town([a_report("P0TH01E1", "pothole")]).await;
    let id = written(&city.visitor().post(COMMENTS, &[("text", "It is deep.")]).await);
    let hide = format!("/desk/comments/{id}/hide");
    let fields = [("code", "insult")];
    for role in [Role::Officer, Role::Head, Role::Leader] {
        let mut who = city.staff(role.as_str(), &[role], Some("works")).await;
        assert_eq!(who.get("/desk/comments").await.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(who.post(&hide, &fields).await.status, StatusCode::FORBIDDEN, "{role}");
        assert!(!who.get("/desk").await.text().contains("/desk/comments"), "{role}");
    }
    let mut inspector = city.staff("ines", &[Role::Inspector], None).await;
    let list = inspector.get("/desk/comments?list=newest").await;
    assert!(list.status == StatusCode::OK && !list.text().contains("It is deep."));
    assert_eq!(inspector.post(&hide, &fields).await.status, StatusCode::NOT_FOUND);
    let stranger = city.visitor().post(&hide, &fields).await;
    assert!(stranger.location().starts_with("/sign-in"), "{}", stranger.text());
    assert!(seen(&city, PATH).await.contains("It is deep."));
}

/// A report with a reporter and a follower who have addresses, in the agency's hands.
async fn followed(city: &City) -> ServiceRequest {
    let (ctx, vault) = (city.acting(Role::Reporter, None), city.app.vault.clone());
    let report = city.app.db.write(move |conn| {
        let report = report_by(conn, &ctx, &vault, "pothole", "hoa@example.org")?;
        let lan = Identity { email: Some(email("lan@example.org")), ..Identity::default() };
        let lan = vault::keep(conn, &ctx, &vault, &lan, "vi")?;
        let wish = Wish { what: What::Report(report.id.clone()), rhythm: Rhythm::AtOnce };
        follow::now(conn, &ctx, &wish, Way::Mail, &lan)?;
        Ok::<_, Error>(report)
    });
    report.await.unwrap()
}

/// Both jobs, once, and the letters about an official answer written so far, soft line breaks undone.
async fn letters(city: &City) -> Vec<String> {
    dispatch::run(city.app.clone()).await.unwrap();
    deliver::run(city.app.clone()).await.unwrap();
    let files = std::fs::read_dir(city.app.config.data.join("letters")).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let texts = texts.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
    texts.filter(|text| text.contains("The crane is ordered.")).collect()
}

#[tokio::test]
async fn an_official_answer_speaks_for_the_office_and_goes_out_by_letter() {
    let city = City::new();
    let report = followed(&city).await;
    let path = format!("/reports/{}", report.id);
    let mut officer = city.staff("finn-the-officer", &[Role::Officer], Some("works")).await;
    assert_eq!(report.agency.as_str(), "works");
    let page = officer.get(&path).await.text();
    assert!(
        page.contains("name=\"as\" value=\"office\"") && !page.contains("name=\"name\""),
        "{page}"
    );
    assert!(
        officer
            .get(&format!("/desk/reports/{}", report.id))
            .await
            .text()
            .contains("id=\"official\"")
    );
    let fields = [("as", "office"), ("text", "The crane is ordered."), ("name", "Finn")];
    let said = officer.post(&format!("{path}/comments"), &fields).await;
    let id = written(&said);
    // Shown at once, although this town reads the comments of others first.
    let page = seen(&city, &path).await;
    let office = city.app.pack.load().agency(&report.agency).unwrap().name.text("en").to_owned();
    let said = page.split("comment-official").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(said.contains(&office) && said.contains("Official answer"), "{said}");
    assert!(!page.contains("finn-the-officer") && !page.contains("Finn"), "never the person");
    let told = letters(&city).await;
    let to = |address: &str| told.iter().filter(|l| l.contains(&format!("To: {address}"))).count();
    assert_eq!((told.len(), to("hoa@example.org"), to("lan@example.org")), (2, 1, 1), "{told:?}");
    assert!(told.iter().all(|letter| !letter.contains("finn-the-officer")));
    assert_eq!(letters(&city).await.len(), 2, "once");
    // Who wrote it is known inside.
    let account = city.app.db.read(move |conn| {
        let sql = "SELECT account FROM comment WHERE id = $1";
        conn.query_one(sql, nhip::platform::db::params![id], |row| row.get::<Option<String>>(0))
    });
    assert!(account.await.unwrap().is_some());
    // The centre answers too, in its own name.
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    written(
        &operator.post(&format!("{path}/comments"), &[("as", "office"), ("text", "Noted.")]).await,
    );
    let centre = city.app.pack.load();
    let centre = centre.agency(&centre.centre).unwrap().name.text("en").to_owned();
    assert!(seen(&city, &path).await.contains(&format!("<bdi>{centre}</bdi>")));
}

#[tokio::test]
async fn an_answer_that_is_hidden_before_its_letters_go_out_is_not_sent() {
    let city = City::new();
    let report = followed(&city).await;
    let path = format!("/reports/{}", report.id);
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let fields = [("as", "office"), ("text", "The crane is ordered.")];
    let id = written(&operator.post(&format!("{path}/comments"), &fields).await);
    dispatch::run(city.app.clone()).await.unwrap();
    operator.post(&format!("/desk/comments/{id}/hide"), &[("code", "off_topic")]).await;
    assert_eq!(letters(&city).await.len(), 0);
    let kept = city.app.db.read(move |conn| letters_of(conn, &report.id)).await.unwrap();
    let fate = kept.iter().filter(|l| l.detail.as_deref() == Some("comment_hidden")).count();
    assert_eq!(fate, 2, "{kept:?}");
}

#[tokio::test]
async fn nobody_else_speaks_for_an_office() {
    let city = City::new();
    let report = followed(&city).await;
    let path = format!("/reports/{}", report.id);
    let fields = [("as", "office"), ("text", "The crane is ordered.")];
    let roles = [
        ("wanda", Role::Officer, Some("waterworks")),
        ("ines", Role::Inspector, None),
        ("leo", Role::Leader, None),
        ("ada", Role::Administrator, None),
    ];
    for (login, role, agency) in roles {
        let mut who = city.staff(login, &[role], agency).await;
        let page = who.get(&path).await.text();
        assert!(!page.contains("value=\"office\"") && page.contains("name=\"name\""), "{role}");
        let refused = who.post(&format!("{path}/comments"), &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
        assert!(refused.text().contains("The crane is ordered.</textarea>"), "{role}");
    }
    // A session that ended meanwhile does not turn an official answer into a resident's.
    let mut nobody = city.visitor();
    let said = nobody.post(&format!("{path}/comments"), &fields).await;
    assert_ne!(said.status, StatusCode::SEE_OTHER, "{}", said.location());
    let mut citizen = city.citizen("hoa@example.org").await;
    assert_eq!(
        citizen.post(&format!("{path}/comments"), &fields).await.status,
        StatusCode::FORBIDDEN
    );
    city.later(SignedDuration::from_mins(2));
    assert!(letters(&city).await.is_empty());
    assert!(!seen(&city, &path).await.contains("comment-official"));
}

#[tokio::test]
async fn who_sent_the_report_counts_already() {
    let city = City::new();
    let report = followed(&city).await;
    let path = format!("/reports/{}", report.id);
    let mut hoa = city.citizen("hoa@example.org").await;
    let page = hoa.get(&path).await.text();
    assert!(page.contains("You sent this report") && !page.contains("/support"), "{page}");
    let refused = hoa.post(&format!("{path}/support"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let mut lan = city.citizen("lan@example.org").await;
    assert_eq!(lan.post(&format!("{path}/support"), &[]).await.status, StatusCode::SEE_OTHER);
    // From another of her browsers it is still her.
    let mut again = city.citizen("lan@example.org").await;
    again.post(&format!("{path}/support"), &[]).await;
    assert!(seen(&city, &path).await.contains("1 person also affected"));
}
