//! Colours as they were seen: a photo that says which colours its numbers mean is told in those of the web (sRGB) before its
//! profile goes with the other metadata. iPhones photograph in Display P3; taken for sRGB, rust and signals come out pale.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The same picture in sRGB. What is no profile of three colours is left as it is: then the numbers are the best there is.
pub(super) fn in_srgb(picture: RgbImage, profile: Option<&[u8]>) -> RgbImage {
    profile.and_then(|profile| converted(&picture, profile)).unwrap_or(picture)
}

fn converted(picture: &RgbImage, profile: &[u8]) -> Option<RgbImage> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    let to = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = from.create_transform_8bit(Layout::Rgb, &to, Layout::Rgb, options).ok()?;
    let mut pixels = vec![0; picture.as_raw().len()];
    transform.transform(picture.as_raw(), &mut pixels).ok()?;
    RgbImage::from_raw(picture.width(), picture.height(), pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_red_of_an_iphone_stays_as_red_as_it_was() {
        let p3 = ColorProfile::new_display_p3().encode().unwrap();
        // sRGB (220, 30, 30), as a phone that photographs in Display P3 writes it.
        let photo = RgbImage::from_pixel(4, 4, image::Rgb([203, 52, 45]));
        let [red, green, blue] = in_srgb(photo.clone(), Some(&p3)).get_pixel(1, 1).0;
        assert!(
            red.abs_diff(220) < 6 && green.abs_diff(30) < 10 && blue.abs_diff(30) < 10,
            "{red} {green} {blue}"
        );
        assert_eq!(in_srgb(photo.clone(), None), photo);
        assert_eq!(in_srgb(photo.clone(), Some(b"no profile")), photo);
    }
}
