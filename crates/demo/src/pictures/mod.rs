//! Drawn pictures for the demo: a street, something wrong in it, and the same street put right.
//!
//! The past of a demo city needs thousands of photos; none may be of a real person or place, and
//! none may come from a network. So they are drawn: plain shapes, a few colours, the same picture
//! for the same seed. The *after* of a seed is the scene of its *before*: the composition draws its
//! chances from one stream, the trouble from another.
//!
//! `canvas` is the paper and the light, `backdrop` the places, `props` what stands in them,
//! `roads`, `buildings`, `places` and `wheels` what goes wrong there and is put right, `papers` what is signed about it.

#![expect(clippy::unreadable_literal, reason = "a colour is read as RRGGBB")]

mod backdrop;
mod buildings;
mod canvas;
mod papers;
mod places;
mod props;
mod roads;
mod wheels;

use canvas::{Canvas, Chance, Light};
use image::RgbImage;

/// Size of every picture, in pixels.
pub const WIDTH: u32 = 800;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 600;

/// Where a subject is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Street,
    River,
    Park,
    Office,
}

/// One kind of trouble and how it is drawn. `true` asks for the scene put right.
struct Subject {
    name: &'static str,
    place: Place,
    /// Lamps are photographed in the evening, floods in the rain.
    light: Option<Light>,
    draw: fn(&mut Canvas, &mut Chance, bool),
}

const fn subject(
    name: &'static str,
    place: Place,
    draw: fn(&mut Canvas, &mut Chance, bool),
) -> Subject {
    Subject { name, place, light: None, draw }
}

impl Subject {
    const fn at(mut self, light: Light) -> Self {
        self.light = Some(light);
        self
    }
}

/// Everything we can draw; the names are what [`demo_picture`] takes.
const SUBJECTS: [Subject; 27] = [
    subject("pothole", Place::Street, roads::pothole),
    subject("pavement", Place::Street, roads::pavement),
    subject("drain", Place::Street, roads::drain),
    subject("flood", Place::Street, roads::flood).at(Light::Rain),
    subject("leak", Place::Street, roads::leak),
    subject("lamp", Place::Street, roads::lamp).at(Light::Dusk),
    subject("signal", Place::Street, roads::signal),
    subject("sign", Place::Street, roads::sign),
    subject("cables", Place::Street, roads::cables),
    subject("tree", Place::Street, roads::tree),
    subject("parking", Place::Street, roads::parking),
    subject("rubbish", Place::Street, places::rubbish),
    subject("smoke", Place::Park, places::smoke),
    subject("posters", Place::Street, buildings::posters),
    subject("noise", Place::Street, buildings::noise).at(Light::Dusk),
    subject("building", Place::Street, buildings::building),
    subject("rubble", Place::Street, buildings::rubble),
    subject("stall", Place::Street, buildings::stall),
    subject("river", Place::River, places::river),
    subject("boat", Place::River, places::boat),
    subject("bench", Place::Park, places::bench),
    subject("counter", Place::Office, places::counter),
    subject(RECORD, Place::Office, papers::record),
    subject("traffic", Place::Street, wheels::traffic),
    subject("taxi", Place::Street, wheels::taxi),
    subject("dog", Place::Street, wheels::dog),
    subject("gate", Place::Street, wheels::gate),
];

/// The names of everything we can draw.
pub fn subjects() -> impl Iterator<Item = &'static str> {
    SUBJECTS.iter().map(|subject| subject.name)
}

/// What shows that something was done where there is nothing to see: a signed record.
pub const RECORD: &str = "record";

/// The subject that shows what an icon stands for, if there is one: no picture is better than a wrong one.
pub fn subject_of(icon: &str) -> Option<&'static str> {
    BY_ICON.iter().find(|(known, _)| *known == icon).map(|(_, subject)| *subject)
}

/// The icons of a pack's services of which we can draw what they stand for.
const BY_ICON: [(&str, &str); 33] = [
    ("brick-wall", "rubble"),
    ("cable", "cables"),
    ("car", "traffic"),
    ("car-taxi-front", "taxi"),
    ("castle", "building"),
    ("circle-dot", "drain"),
    ("circle-parking-off", "parking"),
    ("cloud-rain", "flood"),
    ("construction", "pothole"),
    ("dog", "dog"),
    ("drill", "building"),
    ("droplets", "leak"),
    ("flame", "smoke"),
    ("footprints", "pavement"),
    ("hammer", "building"),
    ("hard-hat", "building"),
    ("landmark", "gate"),
    ("lightbulb-off", "lamp"),
    ("megaphone", "posters"),
    ("ship", "boat"),
    ("shovel", "rubble"),
    ("signpost", "sign"),
    ("store", "stall"),
    ("ticket", "counter"),
    ("traffic-cone", "signal"),
    ("trash", "rubbish"),
    ("trash-2", "rubbish"),
    ("tree-deciduous", "tree"),
    ("tree-palm", "bench"),
    ("utility-pole", "cables"),
    ("volume-2", "noise"),
    ("waves", "river"),
    ("zap-off", "lamp"),
];

fn named(name: &str) -> Option<&'static Subject> {
    let by_icon = BY_ICON.iter().find(|(icon, _)| *icon == name).map(|(_, subject)| *subject);
    SUBJECTS.iter().find(|known| known.name == by_icon.unwrap_or(name))
}

/// The picture of `seed`: the trouble, or the same scene put right. `subject` is a name of
/// [`subjects`] or the icon of a service; one we do not know is drawn as a heap of rubbish, the
/// most common trouble of all.
pub fn demo_picture(seed: u64, subject: &str, after: bool) -> RgbImage {
    let Some(subject) = named(subject).or_else(|| named("rubbish")) else {
        return RgbImage::new(WIDTH, HEIGHT);
    };
    let mut scene = Chance::new(seed);
    let light = scene.pick(&[Light::Day, Light::Day, Light::Dusk, Light::Rain]);
    let mut canvas = Canvas::new(subject.light.unwrap_or(light));
    match subject.place {
        Place::Street => backdrop::street(&mut canvas, &mut scene),
        Place::River => backdrop::river(&mut canvas, &mut scene),
        Place::Park => backdrop::park(&mut canvas, &mut scene),
        Place::Office => backdrop::office(&mut canvas, &mut scene),
    }
    (subject.draw)(&mut canvas, &mut Chance::new(seed ^ 0x0720_B1E5), after);
    if subject.place != Place::Office {
        backdrop::weather(&mut canvas, &mut scene);
    }
    canvas.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scene_stays_when_the_trouble_goes() {
        for name in subjects() {
            let [before, after] = [false, true].map(|after| demo_picture(3, name, after));
            assert_eq!(before.dimensions(), (WIDTH, HEIGHT));
            let pairs = before.as_raw().iter().zip(after.as_raw());
            let same = pairs.filter(|(a, b)| a.abs_diff(**b) < 24).count();
            let of = before.as_raw().len();
            assert!((of / 2..of).contains(&same), "{name}: {same} of {of}");
        }
    }

    #[test]
    fn every_icon_in_the_table_leads_to_a_subject() {
        for (icon, subject) in BY_ICON {
            assert_eq!(named(icon).map(|known| known.name), Some(subject), "{icon}");
        }
    }

    #[test]
    fn a_seed_is_a_picture_and_another_seed_another() {
        let picture = demo_picture(7, "stall", false);
        assert_eq!(picture, demo_picture(7, "stall", false));
        assert_ne!(picture, demo_picture(8, "stall", false));
    }

    #[test]
    fn an_unknown_subject_is_drawn_too() {
        assert_eq!(demo_picture(1, "no-such-thing", false), demo_picture(1, "rubbish", false));
    }
}
