//! The places: a street of narrow houses, a river bank, a small park, an office with a counter.
//!
//! All are seen straight on, like a stage: what happens stands around the middle of the front.

use std::f32::consts::TAU;

use super::canvas::{Canvas, Chance, Ink, Light, shining, tone, veil};
use super::props;
use super::{HEIGHT, WIDTH};

/// Where the houses meet the pavement.
pub const HOUSES: f32 = 372.0;
/// Where the pavement ends and the kerb begins.
pub const KERB: f32 = 434.0;

const WALLS: [u32; 8] =
    [0xF0D9A8, 0xE9C48D, 0xD9E2CF, 0xF2E6D5, 0xE7B9A0, 0xC9DAD9, 0xF4DFC0, 0xDCC9D8];
const SHUTTERS: [u32; 4] = [0x4C7F72, 0x3F6C8A, 0x8A5A44, 0x6F8B4E];
const AWNINGS: [u32; 5] = [0xC84B3C, 0x3E7D6B, 0xD9973A, 0x39678E, 0x7C4F86];

fn width() -> f32 {
    WIDTH as f32
}

/// The sky of the hour, with what hangs in it, down to `y`.
fn sky(canvas: &mut Canvas, chance: &mut Chance, y: f32) {
    let sun = chance.between(90.0, 710.0);
    let (top, bottom) = match canvas.light {
        Light::Day => (0x8FC3E0, 0xEAF3EC),
        Light::Dusk => (0x3B3A6B, 0xF2A675),
        Light::Rain => (0x8E9AA6, 0xCBD2D3),
    };
    canvas.fade(0.0, y, shining(top, 1.0), shining(bottom, 1.0));
    match canvas.light {
        Light::Day => canvas.oval(sun, 70.0, 30.0, 30.0, shining(0xFFF3C9, 0.95)),
        Light::Dusk => {
            canvas.halo(sun, y - 90.0, 220.0, shining(0xFFD08A, 0.75));
            canvas.oval(sun, y - 90.0, 34.0, 34.0, shining(0xFFE2A8, 0.9));
        }
        Light::Rain => {}
    }
    let (cloud, clouds) = match canvas.light {
        Light::Day => (shining(0xFFFFFF, 0.75), 3_u8),
        Light::Dusk => (shining(0xE58F86, 0.45), 3),
        Light::Rain => (shining(0x7D8894, 0.5), 6),
    };
    for _ in 0..clouds {
        let (x, y, s) =
            (chance.between(0.0, width()), chance.between(36.0, 130.0), chance.between(0.7, 1.5));
        for (dx, dy, rx, ry) in
            [(-40.0, 4.0, 44.0, 14.0), (0.0, -8.0, 42.0, 22.0), (42.0, 3.0, 50.0, 15.0)]
        {
            canvas.oval(x + dx * s, y + dy * s, rx * s, ry * s, cloud);
        }
    }
}

/// Two ranges of hills, far away.
fn hills(canvas: &mut Canvas, chance: &mut Chance, y: f32) {
    for (colour, rise) in [(0x9DB8BE, 90.0), (0x82A596, 52.0)] {
        let mut ridge = vec![(-80.0, y + 60.0)];
        for step in 0..8_u8 {
            ridge.push((f32::from(step) * 130.0 - 60.0, y - rise * chance.between(0.35, 1.1)));
        }
        ridge.push((width() + 90.0, y + 60.0));
        canvas.blob(&ridge, colour);
    }
}

/// A street of narrow houses with a pavement and a road in front.
pub fn street(canvas: &mut Canvas, chance: &mut Chance) {
    sky(canvas, chance, HOUSES);
    hills(canvas, chance, 250.0);
    canvas.rect(0.0, 262.0, width(), HOUSES - 262.0, 0x6F9A6E);
    let mut x = -chance.between(10.0, 60.0);
    while x < width() {
        let w = chance.between(96.0, 158.0);
        house(canvas, chance, x, w);
        x += w + if chance.percent(14) { 46.0 } else { 0.0 };
    }
    wires(canvas, chance);
    pavement(canvas);
    road(canvas);
    street_life(canvas, chance);
}

fn house(canvas: &mut Canvas, chance: &mut Chance, x: f32, w: f32) {
    let floors = chance.pick(&[2_u8, 2, 3, 1]).max(1);
    let wall = chance.pick(&WALLS);
    let shutters = chance.pick(&SHUTTERS);
    let top = HOUSES - 84.0 - f32::from(floors) * 68.0;
    canvas.rect(x, top, w, HOUSES - top, wall);
    canvas.rect(x + w - 8.0, top, 8.0, HOUSES - top, tone(wall, 0.88));
    if chance.percent(55) {
        let eave = tone(0xB85C42, chance.between(0.85, 1.1));
        canvas.poly(
            &[
                (x - 8.0, top),
                (x + 14.0, top - 40.0),
                (x + w - 14.0, top - 40.0),
                (x + w + 8.0, top),
            ],
            eave,
        );
        for step in 1..8_u8 {
            let across = w * f32::from(step) / 8.0;
            canvas.line(
                &[
                    (x + 14.0 + across * (w - 28.0) / w, top - 38.0),
                    (x - 8.0 + across * (w + 16.0) / w, top - 2.0),
                ],
                2.0,
                tone(eave, 0.85),
            );
        }
    } else {
        canvas.rect(x - 3.0, top - 12.0, w + 6.0, 14.0, tone(wall, 0.82));
        if chance.percent(60) {
            let tank = x + w * chance.between(0.3, 0.7);
            canvas.rect(tank - 16.0, top - 40.0, 32.0, 28.0, 0xB9C6CE);
            canvas.oval(tank, top - 40.0, 16.0, 6.0, 0xD5DEE2);
        }
    }
    for floor in 0..floors {
        let y = top + 20.0 + f32::from(floor) * 68.0;
        windows(canvas, chance, x, y, w, shutters);
        if chance.percent(45) {
            balcony(canvas, chance, x, y + 46.0, w);
        }
    }
    shop(canvas, chance, x, w, wall);
}

fn windows(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, w: f32, shutters: u32) {
    let count = if w > 128.0 { 3_u8 } else { 2 };
    let pitch = w / f32::from(count);
    for step in 0..count {
        let middle = x + pitch * (f32::from(step) + 0.5);
        let warm = chance.percent(60) && canvas.light != Light::Day;
        let glass: Ink = if warm { shining(0xFFD27F, 0.95) } else { veil(0x5D7480, 1.0) };
        canvas.rect(middle - 11.0, y, 22.0, 40.0, 0xF7F1E4);
        canvas.rect(middle - 9.0, y + 2.0, 18.0, 36.0, glass);
        canvas.rect(middle - 1.0, y + 2.0, 2.0, 36.0, 0xF7F1E4);
        for side in [-19.0, 11.0] {
            canvas.rect(middle + side, y, 8.0, 40.0, shutters);
            for slat in 1..6_u8 {
                canvas.rect(
                    middle + side,
                    y + f32::from(slat) * 6.5,
                    8.0,
                    1.2,
                    tone(shutters, 0.8),
                );
            }
        }
    }
}

fn balcony(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, w: f32) {
    canvas.rect(x + 6.0, y + 8.0, w - 12.0, 6.0, 0xE8DFCF);
    let mut bar = x + 8.0;
    while bar < x + w - 8.0 {
        canvas.rect(bar, y - 14.0, 2.0, 22.0, 0x6A6560);
        bar += 8.0;
    }
    canvas.rect(x + 6.0, y - 16.0, w - 12.0, 3.0, 0x6A6560);
    for _ in 0..3 {
        let plant = x + chance.between(14.0, w - 14.0);
        canvas.oval(plant, y - 18.0, 11.0, 8.0, 0x5F9A52);
        canvas.oval(plant + 3.0, y - 21.0, 3.0, 3.0, 0xE45C7A);
    }
}

/// The ground floor: a door or a shop under an awning.
fn shop(canvas: &mut Canvas, chance: &mut Chance, x: f32, w: f32, wall: u32) {
    let y = HOUSES - 78.0;
    canvas.rect(x, y - 6.0, w, 5.0, tone(wall, 0.8));
    let open = chance.percent(65);
    let inside: Ink = match (open, canvas.light) {
        (true, Light::Day) => veil(0x55483F, 1.0),
        (true, _) => shining(0xE9B566, 1.0),
        (false, _) => veil(0x9AA3A4, 1.0),
    };
    canvas.rect(x + 12.0, y + 12.0, w - 24.0, 66.0, inside);
    if open {
        for shelf in 0..3_u8 {
            let mut goods = x + 18.0;
            while goods < x + w - 26.0 {
                let (height, colour) = (chance.between(7.0, 15.0), chance.pick(&AWNINGS));
                canvas.rect(
                    goods,
                    y + 32.0 + f32::from(shelf) * 19.0 - height,
                    7.0,
                    height,
                    veil(tone(colour, 1.15), 0.75),
                );
                goods += 10.0;
            }
        }
    } else {
        for fold in 1..9_u8 {
            canvas.rect(x + 12.0, y + 12.0 + f32::from(fold) * 7.3, w - 24.0, 1.5, 0x7F898B);
        }
    }
    let (awning, stripes) = (chance.pick(&AWNINGS), 8_u8);
    let stripe = (w + 4.0) / f32::from(stripes);
    for step in 0..stripes {
        let left = x - 2.0 + stripe * f32::from(step);
        let colour = if step % 2 == 0 { awning } else { 0xF6EEDF };
        canvas.poly(
            &[
                (left + 2.0, y - 4.0),
                (left + stripe + 1.0, y - 4.0),
                (left + stripe, y + 18.0),
                (left, y + 18.0),
            ],
            colour,
        );
        canvas.oval(left + stripe / 2.0, y + 18.0, stripe / 2.0, 5.0, tone(colour, 0.93));
    }
}

fn wires(canvas: &mut Canvas, chance: &mut Chance) {
    let pole = chance.between(120.0, 680.0);
    canvas.rect(pole - 5.0, 90.0, 10.0, HOUSES - 90.0, 0x8B8780);
    canvas.rect(pole - 30.0, 108.0, 60.0, 5.0, 0x6E6A64);
    for (dx, dy) in [(-26.0, 0.0), (0.0, 6.0), (26.0, 2.0)] {
        let (left, right) = (chance.between(90.0, 150.0), chance.between(90.0, 150.0));
        canvas.rope((pole + dx, 108.0 + dy), (-20.0, left), 26.0, 1.8, 0x3B3840);
        canvas.rope((pole + dx, 108.0 + dy), (width() + 20.0, right), 26.0, 1.8, 0x3B3840);
    }
}

fn pavement(canvas: &mut Canvas) {
    canvas.rect(0.0, HOUSES, width(), KERB - HOUSES, 0xD8C9B3);
    canvas.rect(0.0, HOUSES, width(), 8.0, veil(0x3A3048, 0.22));
    for row in 1..4_u8 {
        canvas.rect(0.0, HOUSES + f32::from(row) * 15.5, width(), 1.2, 0xC2B199);
    }
    for column in 0..22_u8 {
        let top = f32::from(column) * 40.0 - 20.0;
        let bottom = 400.0 + (top - 400.0) * 1.12;
        canvas.line(&[(top, HOUSES), (bottom, KERB)], 1.2, 0xC2B199);
    }
    canvas.rect(0.0, KERB, width(), 7.0, 0xEDE4D4);
    canvas.rect(0.0, KERB + 7.0, width(), 7.0, 0xA99C8B);
}

fn road(canvas: &mut Canvas) {
    let top = KERB + 14.0;
    canvas.fade(top, HEIGHT as f32 - top, 0x77757E.into(), 0x63616B.into());
    canvas.rect(0.0, top, width(), 10.0, veil(0x2A2836, 0.18));
    for dash in 0..7_u8 {
        let left = f32::from(dash) * 150.0 - 90.0;
        canvas.poly(
            &[(left, 556.0), (left + 76.0, 556.0), (left + 82.0, 566.0), (left, 566.0)],
            veil(0xF3EEDF, 0.75),
        );
    }
}

/// Trees, pots, people and a parked motorbike, at the sides so that the middle stays free.
fn street_life(canvas: &mut Canvas, chance: &mut Chance) {
    let (left, right) = (chance.between(30.0, 130.0), chance.between(670.0, 770.0));
    for x in [left, right] {
        if chance.percent(70) {
            props::tree(canvas, chance, x, HOUSES + 26.0, chance_size(x));
        } else {
            props::palm(canvas, chance, x, HOUSES + 22.0, 1.0);
        }
    }
    for _ in 0..4 {
        let x = chance.between(150.0, 650.0);
        props::pot(canvas, chance, x, HOUSES + 10.0, 0.9);
    }
    let walker = if chance.percent(50) {
        chance.between(170.0, 260.0)
    } else {
        chance.between(540.0, 640.0)
    };
    props::person(canvas, chance, walker, HOUSES + 30.0, 0.82);
    if chance.percent(60) {
        let x = if walker < 400.0 {
            chance.between(590.0, 650.0)
        } else {
            chance.between(150.0, 210.0)
        };
        props::motorbike(canvas, chance, x, HOUSES + 46.0, 0.9);
    }
    if chance.percent(40) {
        let x = chance.between(250.0, 320.0);
        props::cat(canvas, chance, x, HOUSES + 24.0, 0.8);
    }
}

/// Trees differ a little in height with their place.
fn chance_size(x: f32) -> f32 {
    0.95 + (x % 37.0) / 150.0
}

/// Water between two banks; the near bank is where one stands.
pub fn river(canvas: &mut Canvas, chance: &mut Chance) {
    sky(canvas, chance, 300.0);
    hills(canvas, chance, 262.0);
    let mut x = -20.0;
    while x < width() + 40.0 {
        let (r, leaf) = (chance.between(22.0, 40.0), chance.pick(&[0x55875A, 0x47774F, 0x6A9560]));
        canvas.oval(x, 286.0 - r * 0.4, r, r * 0.9, leaf);
        x += r * 1.1;
    }
    for _ in 0..3 {
        let x = chance.between(40.0, 760.0);
        canvas.rect(x - 26.0, 258.0, 52.0, 36.0, 0xEBD9B9);
        canvas.poly(
            &[(x - 34.0, 260.0), (x - 16.0, 240.0), (x + 16.0, 240.0), (x + 34.0, 260.0)],
            0xA9573F,
        );
        canvas.rect(x - 6.0, 270.0, 12.0, 24.0, 0x6B4F3D);
    }
    canvas.rect(0.0, 288.0, width(), 12.0, 0xB7A98C);
    canvas.fade(298.0, 190.0, 0x8FB8B4.into(), 0x5F9299.into());
    for _ in 0..46 {
        let (x, y) = (chance.between(-20.0, 800.0), chance.between(304.0, 470.0));
        let length = chance.between(14.0, 46.0) * (y - 230.0) / 180.0;
        canvas.line(&[(x, y), (x + length, y)], 2.0, veil(0xE9F4EF, 0.3));
    }
    canvas.blob(
        &[
            (-60.0, 470.0),
            (200.0, 462.0),
            (420.0, 480.0),
            (640.0, 464.0),
            (880.0, 474.0),
            (880.0, 660.0),
            (-60.0, 660.0),
        ],
        0x7FA562,
    );
    canvas.poly(&[(0.0, 552.0), (width(), 540.0), (width(), 600.0), (0.0, 600.0)], 0xD9C8A9);
    for _ in 0..40 {
        let (x, y) = (chance.between(0.0, 800.0), chance.between(492.0, 540.0));
        canvas.line(&[(x, y), (x + chance.between(-4.0, 4.0), y - 11.0)], 2.2, 0x668F4E);
    }
    props::palm(canvas, chance, 60.0, 540.0, 1.5);
    props::tree(canvas, chance, 742.0, 536.0, 1.35);
}

/// Lawn, trees, a path and a wall at the back.
pub fn park(canvas: &mut Canvas, chance: &mut Chance) {
    sky(canvas, chance, 340.0);
    hills(canvas, chance, 286.0);
    canvas.rect(0.0, 306.0, width(), 46.0, 0xC98F68);
    canvas.rect(0.0, 300.0, width(), 9.0, 0xE5D5BA);
    for column in 0..11_u8 {
        canvas.rect(f32::from(column) * 82.0 - 14.0, 296.0, 16.0, 56.0, 0xD8C4A2);
    }
    canvas.fade(350.0, 250.0, 0x93B968.into(), 0x77A357.into());
    canvas.blob(
        &[
            (-60.0, 520.0),
            (240.0, 486.0),
            (560.0, 500.0),
            (880.0, 470.0),
            (880.0, 552.0),
            (560.0, 574.0),
            (260.0, 570.0),
            (-60.0, 600.0),
        ],
        0xE0CDA6,
    );
    let trees =
        [(96.0, 388.0, 1.25), (250.0, 372.0, 0.9), (600.0, 374.0, 1.0), (716.0, 396.0, 1.35)];
    for (x, y, s) in trees {
        let x = x + chance.between(-30.0, 30.0);
        props::tree(canvas, chance, x, y, s);
    }
    for _ in 0..26 {
        let (x, y) = (chance.between(10.0, 790.0), chance.between(400.0, 470.0));
        let petal = chance.pick(&[0xF4E3A2, 0xE98AA0, 0xF7F3E8]);
        canvas.oval(x, y, 3.4, 2.8, petal);
    }
    let x = chance.between(150.0, 230.0);
    props::person(canvas, chance, x, 512.0, 0.95);
}

/// A room with a counter, a clock and a plant.
pub fn office(canvas: &mut Canvas, chance: &mut Chance) {
    canvas.light = Light::Day;
    let wall = chance.pick(&[0xEDE3CF, 0xDDE6DD, 0xE9DCD4]);
    canvas.rect(0.0, 0.0, width(), 420.0, wall);
    canvas.rect(0.0, 300.0, width(), 120.0, tone(wall, 0.9));
    canvas.rect(0.0, 297.0, width(), 5.0, tone(wall, 0.78));
    canvas.fade(420.0, 180.0, 0xC9A880.into(), 0xB28E67.into());
    for row in 0..5_u8 {
        let y = 424.0 + f32::from(row * row) * 9.0;
        canvas.rect(0.0, y, width(), 1.5, veil(0x7A5A3C, 0.35));
    }
    let window = chance.between(60.0, 120.0);
    canvas.rect(window, 70.0, 150.0, 170.0, 0xF9F5EA);
    canvas.rect(window + 8.0, 78.0, 134.0, 154.0, 0xA9D0E0);
    canvas.oval(window + 62.0, 218.0, 50.0, 34.0, 0x7FA866);
    canvas.rect(window + 8.0, 218.0, 134.0, 14.0, 0x7FA866);
    canvas.rect(window, 232.0, 150.0, 24.0, wall);
    canvas.rect(window, 232.0, 150.0, 8.0, 0xF9F5EA);
    canvas.rect(window + 72.0, 78.0, 5.0, 154.0, 0xF9F5EA);
    canvas.rect(window + 8.0, 150.0, 134.0, 5.0, 0xF9F5EA);
    let (clock, minute) = (chance.between(330.0, 470.0), chance.between(0.0, TAU));
    canvas.oval(clock, 110.0, 34.0, 34.0, 0x6B4F3D);
    canvas.oval(clock, 110.0, 29.0, 29.0, 0xFBF8EF);
    canvas.line(&[(clock, 110.0), (clock + 13.0, 98.0)], 3.5, 0x2B2730);
    canvas.line(
        &[(clock, 110.0), (clock + minute.cos() * 22.0, 110.0 + minute.sin() * 22.0)],
        2.2,
        0x2B2730,
    );
    props::pot(canvas, chance, 742.0, 450.0, 2.6);
}

/// What falls between the eye and the scene: rain, or the evening.
pub fn weather(canvas: &mut Canvas, chance: &mut Chance) {
    if canvas.light != Light::Rain {
        return;
    }
    for _ in 0..150 {
        let (x, y, length) =
            (chance.between(0.0, 840.0), chance.between(-20.0, 590.0), chance.between(12.0, 30.0));
        canvas.line(&[(x, y), (x - length * 0.28, y + length)], 1.4, shining(0xEAF2F5, 0.34));
    }
    for _ in 0..22 {
        let (x, y) = (chance.between(0.0, 800.0), chance.between(456.0, 594.0));
        canvas.ring(x, y, chance.between(5.0, 13.0), 3.0, 1.3, shining(0xEAF2F5, 0.4));
    }
}
