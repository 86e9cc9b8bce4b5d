//! A face is found where it is, and none where there is none. The face is Eileen Collins's (NASA, public domain).

use super::*;
use image::Rgb;

/// In pixels of the picture.
const EYES_AND_MOUTH: [(u32, u32); 3] = [(35, 67), (65, 68), (49, 97)];

fn face() -> RgbImage {
    image::load_from_memory(include_bytes!("../../tests/data/face.jpg")).unwrap().into_rgb8()
}

#[test]
fn a_face_is_covered_where_it_is_with_its_margin() {
    let mut street = RgbImage::from_pixel(320, 224, Rgb([150, 160, 170]));
    image::imageops::overlay(&mut street, &face(), 200, 16);
    let found = find(&street).unwrap();
    let [cover] = found.as_slice() else { panic!("{found:?}") };
    // Eyes, nose and mouth of the picture, in per mille of the street.
    for (x, y) in EYES_AND_MOUTH.map(|(x, y)| ((200 + x) * 1_000 / 320, (16 + y) * 1_000 / 224)) {
        let within =
            |at, from: u16, size: u16| (u32::from(from)..=u32::from(from + size)).contains(&at);
        assert!(
            within(x, cover.left, cover.width) && within(y, cover.top, cover.height),
            "{x} {y} {cover:?}"
        );
    }
    assert!(u32::from(cover.width) * 320 / 1_000 < 110, "not the whole picture: {cover:?}");
}

#[test]
fn where_nobody_is_nobody_is_found() {
    for shade in [0, 128, 255] {
        let wall = RgbImage::from_pixel(100, 70, Rgb([shade, shade, 200]));
        assert_eq!(find(&wall).unwrap(), [], "{shade}");
    }
}

#[test]
fn boxes_of_one_face_become_the_surest_of_them() {
    let face = |left: f32, sure: f32| Face { left, top: 0.0, width: 10.0, height: 10.0, sure };
    let kept = apart(vec![face(0.0, 0.5), face(2.0, 0.9), face(30.0, 0.4)]);
    assert_eq!(kept.iter().map(|face| face.sure).collect::<Vec<_>>(), [0.9, 0.4]);
}

#[test]
fn a_face_at_the_edge_is_cut_there_and_one_beside_it_is_none() {
    let face = |left: f32| Face { left, top: 10.0, width: 20.0, height: 20.0, sure: 1.0 };
    let at_the_edge = cover(face(-10.0), 100.0, 100.0);
    assert_eq!(at_the_edge, Some(Cover { left: 0, top: 70, width: 130, height: 260 }));
    assert_eq!(cover(face(-40.0), 100.0, 100.0), None);
}
