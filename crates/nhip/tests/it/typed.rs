//! What is typed in a country's own way, or pasted from a word processor, at every door and on both databases.

use crate::support::city::Browser;
use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Actor;
use domain::service_request::ServiceRequest;
use nhip::account::api_key;

/// Sends the form of a new report with these fields; the page that comes.
async fn send(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let mut all = vec![("step", "send"), ("seen", "1")];
    all.extend_from_slice(fields);
    let answer = browser.post("/new?lang=vi", &all).await;
    let status = answer.status;
    (status, browser.follow(answer).await.text())
}

fn area(town: &Town) -> String {
    town.city.app.pack.load().areas.first().unwrap().id.to_string()
}

async fn newest(town: &Town) -> ServiceRequest {
    let sql = "SELECT id FROM service_request ORDER BY received_at DESC, id DESC LIMIT 1";
    let read =
        town.city.app.db.read(move |conn| conn.query_one(sql, &[], |row| row.get::<String>(0)));
    let code = read.await.unwrap();
    town.report(&code).await
}

/// A key of a program that files reports.
async fn key(town: &Town) -> String {
    let (ctx, vault) = (town.city.app.ctx(Actor::system()), town.city.app.vault.clone());
    let made = town.city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "A program"));
    made.await.unwrap().1
}

#[tokio::test]
async fn text_from_a_word_processor_is_taken_and_keeps_its_lines() {
    in_hue(async |town| {
        let area = area(&town);
        let words = "Dòng một\u{b}dòng\u{3} hai\u{c}dòng ba";
        let fields = [("description", words), ("area", &area), ("address", "12\u{85}Lê\u{202e} Lợi")];
        let (status, page) = send(&mut town.city.visitor(), &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let report = newest(&town).await;
        assert_eq!(report.description, "Dòng một\ndòng hai\ndòng ba");
        assert_eq!(report.address.as_deref(), Some("12 Lê Lợi"));

        let key = key(&town).await;
        let query = format!(
            "api_key={key}&service_code=pothole&address_id={area}&description=D%C3%B2ng+m%E1%BB%99t%0Bd%C3%B2ng%07+hai"
        );
        let sent = town.city.visitor().post(&format!("/open311/v2/requests.json?{query}"), &[]).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    })
    .await;
}

#[tokio::test]
async fn a_text_of_letters_nobody_sees_is_no_text() {
    in_hue(async |town| {
        let area = area(&town);
        for blank in ["\u{200b}\u{200b}", "\u{2800}", "\u{3164}", "\u{200e}"] {
            let fields = [("description", blank), ("area", area.as_str())];
            let (status, page) = send(&mut town.city.visitor(), &fields).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{blank:?}: {page}");
        }
        let fields = [("description", "ổ \0 gà"), ("area", area.as_str())];
        let (status, page) = send(&mut town.city.visitor(), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Ký tự thứ") && page.contains("U+0000"), "which and where: {page}");
    })
    .await;
}

#[tokio::test]
async fn one_of_pin_address_and_ward_is_enough_and_a_ward_is_read_out_of_the_address() {
    in_hue(async |town| {
        let words = ("description", "Ổ gà trước cổng chợ");
        let (status, page) = send(&mut town.city.visitor(), &[words]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Cần một trong ba"), "{page}");
        let address = ("address", "25 Nguyễn Huệ, phường Thuận Hóa");
        let (status, page) = send(&mut town.city.visitor(), &[words, address]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let report = newest(&town).await;
        let pack = town.city.app.pack.load_full();
        assert_eq!(pack.area(&report.area).unwrap().name.text("vi"), "Thuận Hóa");
        assert!(report.area_approximate, "it is a guess");
        let nowhere = ("address", "25 Nguyễn Huệ");
        let (status, page) = send(&mut town.city.visitor(), &[words, nowhere]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Chưa rõ địa chỉ này thuộc phường, xã nào"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_telephone_number_is_taken_as_people_write_it() {
    in_hue(async |town| {
        let area = area(&town);
        for phone in ["+840905123456", "+84 (0)905 123 456", "０９０５１２３４５６", "840905123456"]
        {
            let fields = [("description", "Ổ gà"), ("area", area.as_str()), ("phone", phone)];
            let (status, page) = send(&mut town.city.visitor(), &fields).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{phone}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_date_is_a_date_and_one_that_was_lies_before_now_at_every_door() {
    in_hue(async |town| {
        let area = area(&town);
        let key = key(&town).await;
        let file = async |when: &str| {
            let when: String = form_urlencoded::byte_serialize(when.as_bytes()).collect();
            let query = format!(
                "api_key={key}&service_code=rude-official&address_id={area}&description=x&attribute[office]=UBND&attribute[when]={when}"
            );
            let path = format!("/open311/v2/requests.json?{query}");
            town.city.visitor().post(&path, &[]).await
        };
        for wrong in ["yesterday", "2026-13-45", "2099-01-01T00:00", "29/11/2026 08:00"] {
            let answer = file(wrong).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}: {}", answer.text());
        }
        let answer = file("09/03/2026 08:00").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        assert_eq!(newest(&town).await.attributes["when"], ["2026-03-09T08:00:00"]);

        let fields = |when| {
            [
                ("description", "Cán bộ to tiếng"),
                ("area", area.as_str()),
                ("service", "rude-official"),
                ("q-office", "UBND"),
                ("q-when", when),
            ]
        };
        let (status, page) = send(&mut town.city.visitor(), &fields("2026-03-11")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Ngày này chưa đến"), "{page}");
        let (status, page) = send(&mut town.city.visitor(), &fields("2026-03-10")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_under_a_name_that_looks_like_an_office() {
    in_hue(async |town| {
        let area = area(&town);
        let fields = [("description", "Ổ gà trước cổng chợ"), ("area", area.as_str())];
        send(&mut town.city.visitor(), &fields).await;
        let code = newest(&town).await.id;
        for name in ["НuеIОС", "Hue\u{200b}IOC", "ＨｕｅＩＯＣ"] {
            let said = [("name", name), ("text", "Chúng tôi đã xử lý xong")];
            let path = format!("/reports/{code}/comments?lang=vi");
            let answer = town.city.visitor().post(&path, &said).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
    })
    .await;
}
