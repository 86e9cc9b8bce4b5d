//! Parts of a photo covered with black: everybody sees the boxes, the photo as it was sent stays for the moderators.

use crate::support::city::{Browser, City, Part};
use crate::support::db::for_each_engine;
use axum::http::StatusCode;
use domain::actor::Role;
use std::io::Cursor;

const FACE: [(&str, &str); 4] = [("left", "25"), ("top", "25"), ("width", "50"), ("height", "50")];

/// A picture all in one pale colour.
fn a_wall() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let wall = image::RgbImage::from_pixel(400, 300, image::Rgb([220, 200, 180]));
    wall.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A wall with somebody before it; see `crates/nhip/src/media/faces_tests.rs`.
fn a_face_at_the_left() -> Vec<u8> {
    let mut wall = image::load_from_memory(&a_wall()).unwrap().into_rgb8();
    let face = include_bytes!("../data/face.jpg");
    let face = image::load_from_memory(face).unwrap().into_rgb8();
    image::imageops::overlay(&mut wall, &face, 40, 60);
    let mut bytes = Cursor::new(Vec::new());
    wall.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The boxes in the form: left, top, width and height of each that is not empty.
fn typed_boxes(page: &str) -> Vec<[f64; 4]> {
    let rows = page.split("<li role=\"group\"").skip(1);
    let numbers = rows.map(|row| {
        let values = row.split("value=\"").skip(1);
        values.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect::<Vec<f64>>()
    });
    numbers.filter(|row| !row.is_empty()).map(|row| row.try_into().unwrap()).collect()
}

async fn sent(city: &City) -> (String, String) {
    sent_with(city, &a_wall()).await
}

/// Sends a report with a photo. Answers its code and the id of the photo.
async fn sent_with(city: &City, photo: &[u8]) -> (String, String) {
    let fields = [
        ("step", "send"),
        ("description", "Graffiti, and somebody in front of it"),
        ("service-any", "graffiti"),
        ("lat", "55.060"),
        ("long", "10.610"),
        ("public", "1"),
        ("seen", "1"),
    ];
    let mut parts: Vec<_> = fields.map(|(name, value)| Part::Text(name, value)).into();
    parts.push(Part::File { name: "photos", file: "wall.jpg", bytes: photo });
    let mut browser = city.visitor();
    let answer = browser.upload("/new", &parts).await;
    let page = browser.follow(answer).await.text();
    let after = |mark: &str| {
        page.split(mark).nth(1).unwrap().split(['"', '/', '?']).next().unwrap().to_owned()
    };
    (after("/my/"), after("/media/"))
}

/// The photos that anybody sees of the report.
async fn public_photos(city: &City, code: &str) -> Vec<String> {
    let page = city.visitor().get(&format!("/reports/{code}")).await.text();
    let mut ids: Vec<String> = page
        .split("/media/")
        .skip(1)
        .map(|rest| rest.split('/').next().unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The colour in the middle and near the corner of both sizes, from dark to light.
async fn shades(browser: &mut Browser<'_>, photo: &str) -> Vec<(u8, u8)> {
    let mut shades = Vec::new();
    for size in ["large", "small"] {
        let answer = browser.get(&format!("/media/{photo}/{size}.jpg")).await;
        assert_eq!(answer.status, StatusCode::OK, "{size}");
        let picture = image::load_from_memory(&answer.body).unwrap().into_luma8();
        let (w, h) = picture.dimensions();
        shades.push((picture.get_pixel(w / 2, h / 2).0[0], picture.get_pixel(w / 10, h / 10).0[0]));
    }
    shades
}

async fn cover(
    browser: &mut Browser<'_>,
    code: &str,
    photo: &str,
    version: &str,
    fields: &[(&str, &str)],
) -> crate::support::city::Answer {
    let fields = [&[("version", version)], fields].concat();
    browser.post(&format!("/desk/reports/{code}/cover/{photo}"), &fields).await
}

#[tokio::test]
async fn everybody_sees_the_boxes_and_only_staff_what_lies_under_them() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let (code, original) = sent(&city).await;
        let fields = [&FACE[..], &[("reason", "A face")]].concat();
        let done = cover(&mut operator, &code, &original, "1", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let photos = public_photos(&city, &code).await;
        let [covered] = photos.as_slice() else { panic!("{photos:?}") };
        assert_ne!(*covered, original);
        for (middle, corner) in shades(&mut city.visitor(), covered).await {
            assert!(middle < 10 && corner > 180, "{middle} {corner}");
        }
        let gone = city.visitor().get(&format!("/media/{original}/large.jpg")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        for (middle, _) in shades(&mut operator, &original).await {
            assert!(middle > 180, "the original stays for the moderators");
        }
        let list = city.visitor().get("/reports").await.text();
        assert!(list.contains(covered) && !list.contains(&original), "lists show the covered one");
        let updates = "/open311/v2/servicerequestupdates.json";
        let updates = city.visitor().get(updates).await.text();
        assert!(updates.contains(covered) && !updates.contains(&original), "{updates}");
        let page = city.visitor().get(&format!("/reports/{code}")).await.text();
        assert!(page.contains("A face") && page.contains("Private details covered"));
    })
    .await;
}

#[tokio::test]
async fn faces_are_proposed_as_boxes_and_nothing_is_covered_before_a_person_looked() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let (code, original) = sent_with(&city, &a_face_at_the_left()).await;
        let typed = [("step", "faces"), ("reason", "Somebody walks by")];
        let answer = cover(&mut operator, &code, &original, "1", &typed).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let page = answer.text();
        assert!(page.contains("One face was found"), "{page}");
        assert!(page.contains("Somebody walks by"), "what was typed is still there");
        let boxes = typed_boxes(&page);
        let [[left, top, width, height]] = boxes.as_slice() else { panic!("{boxes:?}") };
        assert!(*left < 20.0 && left + width > 20.0 && left + width < 50.0, "{boxes:?}");
        assert!(*top < 40.0 && top + height > 50.0, "{boxes:?}");
        assert_eq!(public_photos(&city, &code).await, std::slice::from_ref(&original));

        let again =
            [("step", "faces"), ("left", "0"), ("top", "0"), ("width", "50"), ("height", "100")];
        let page = cover(&mut operator, &code, &original, "1", &again).await.text();
        assert_eq!(typed_boxes(&page), [[0.0, 0.0, 50.0, 100.0]], "who is covered is covered once");
    })
    .await;
}

#[tokio::test]
async fn boxes_can_be_moved_and_taken_away_again() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let (code, original) = sent(&city).await;
        let fields = [&FACE[..], &[("reason", "A face")]].concat();
        cover(&mut operator, &code, &original, "1", &fields).await;
        let first = public_photos(&city, &code).await.remove(0);
        let form = operator.get(&format!("/desk/reports/{code}/cover/{first}")).await.text();
        assert!(form.contains(&format!("/media/{original}/large.jpg")), "drawn over the original");
        assert!(form.contains("name=\"left\" type=\"number\" min=\"0\" max=\"100\" step=\"0.1\" inputmode=\"decimal\" value=\"25\""), "{form}");
        let corner = [("left", "0"), ("top", "0"), ("width", "20"), ("height", "20"), ("reason", "It was the plate")];
        let moved = cover(&mut operator, &code, &first, "2", &corner).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text());
        let second = public_photos(&city, &code).await.remove(0);
        for (middle, corner) in shades(&mut city.visitor(), &second).await {
            assert!(middle > 180 && corner < 10, "{middle} {corner}");
        }
        let shown = cover(&mut operator, &code, &second, "3", &[("reason", "Nobody to be seen")]).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text());
        assert_eq!(public_photos(&city, &code).await, std::slice::from_ref(&original));
        for old in [first, second] {
            let gone = city.visitor().get(&format!("/media/{old}/large.jpg")).await;
            assert_eq!(gone.status, StatusCode::NOT_FOUND);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_drawn_comes_back_with_what_was_typed_and_why() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let (code, original) = sent(&city).await;
        let with = |left: &'static str, reason: &'static str| {
            vec![
                ("left", left),
                ("top", "0"),
                ("width", "20"),
                ("height", "20"),
                ("reason", reason),
            ]
        };
        for (fields, version, status) in [
            (with("far", "A face"), "1", StatusCode::UNPROCESSABLE_ENTITY),
            (with("120", "A face"), "1", StatusCode::UNPROCESSABLE_ENTITY),
            (with("31.5", ""), "1", StatusCode::UNPROCESSABLE_ENTITY),
            (vec![("reason", "A face")], "1", StatusCode::UNPROCESSABLE_ENTITY),
            (with("31.5", "A face"), "7", StatusCode::CONFLICT),
        ] {
            let answer = cover(&mut operator, &code, &original, version, &fields).await;
            assert_eq!(answer.status, status, "{fields:?}");
            let page = answer.text();
            for (_, typed) in &fields {
                assert!(page.contains(typed), "{typed} is gone:\n{page}");
            }
            assert!(
                page.contains("class=\"error\"") || page.contains("banner-attention"),
                "{page}"
            );
        }
        assert_eq!(public_photos(&city, &code).await, [original]);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_moderate_may_cover_and_only_photos_of_that_report() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let (code, original) = sent(&city).await;
        let (_, other) = sent(&city).await;
        let fields = [&FACE[..], &[("reason", "A face")]].concat();
        let elsewhere = cover(&mut operator, &code, &other, "1", &fields).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        let accepted =
            operator.post(&format!("/desk/reports/{code}/accept"), &[("version", "1")]).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER);
        for agency in ["works", "police"] {
            let mut officer =
                city.staff(&format!("finn-{agency}"), &[Role::Officer], Some(agency)).await;
            let answer = cover(&mut officer, &code, &original, "2", &fields).await;
            assert!(answer.status.is_client_error(), "{agency}: {}", answer.status);
        }
        let stranger = cover(&mut city.visitor(), &code, &original, "2", &fields).await;
        assert!(!stranger.status.is_success(), "{}", stranger.status);
        assert_eq!(public_photos(&city, &code).await, [original]);
    })
    .await;
}
