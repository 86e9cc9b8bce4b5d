//! What stands about in a scene: trees, people, motorbikes, lamps, pots, cones.
//!
//! Each is drawn on the ground at `(x, y)`, its lowest point, in size `s` (1 is natural for the
//! pavement in front of the houses).

use super::canvas::{Canvas, Chance, Light, shining, tone, veil};

const LEAVES: [u32; 4] = [0x4F8A4C, 0x5F9A52, 0x3F7A52, 0x6E9E4A];
const CLOTHES: [u32; 6] = [0xC9503F, 0x3C6E91, 0xE0A93B, 0x6C4E8A, 0xF1E4CF, 0x4D8B7A];

/// The shadow under a thing; the light comes from the upper left.
pub fn shadow(canvas: &mut Canvas, x: f32, y: f32, width: f32) {
    let strength = if canvas.light == Light::Day { 0.22 } else { 0.16 };
    canvas.oval(x + width * 0.08, y, width * 0.55, width * 0.09 + 2.0, veil(0x1B1830, strength));
}

/// A round tree on a slim trunk.
pub fn tree(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let leaves = chance.pick(&LEAVES);
    shadow(canvas, x, y, 80.0 * s);
    canvas.poly(
        &[
            (x - 7.0 * s, y),
            (x - 4.0 * s, y - 120.0 * s),
            (x + 4.0 * s, y - 120.0 * s),
            (x + 8.0 * s, y),
        ],
        0x7A5A43,
    );
    canvas.line(&[(x, y - 80.0 * s), (x + 26.0 * s, y - 120.0 * s)], 5.0 * s, 0x7A5A43);
    for (dx, dy, r, shade) in [
        (-38.0, -128.0, 40.0, 0.86),
        (40.0, -132.0, 42.0, 0.82),
        (0.0, -112.0, 44.0, 0.78),
        (-22.0, -168.0, 42.0, 1.0),
        (26.0, -174.0, 38.0, 0.97),
        (-4.0, -146.0, 44.0, 1.06),
        (-20.0, -182.0, 20.0, 1.2),
    ] {
        let r = r * chance.between(0.9, 1.1);
        canvas.oval(x + dx * s, y + dy * s, r * s, r * 0.88 * s, tone(leaves, shade));
    }
}

/// An areca palm.
pub fn palm(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let lean = chance.between(-14.0, 14.0);
    shadow(canvas, x, y, 40.0 * s);
    let (top_x, top_y) = (x + lean * s, y - 170.0 * s);
    canvas.line(&[(x, y), (x + lean * 0.4 * s, y - 90.0 * s), (top_x, top_y)], 7.0 * s, 0x8D7257);
    for step in 0..9_u8 {
        let angle = (f32::from(step) * 22.5 + 180.0).to_radians();
        let (dx, dy) = (angle.cos() * 64.0 * s, angle.sin() * 34.0 * s);
        let tip = (top_x + dx, top_y + dy + 20.0 * s);
        let shade = if step % 2 == 0 { 1.0 } else { 0.82 };
        canvas.rope((top_x, top_y), tip, -20.0 * s, 6.0 * s, tone(0x5A9350, shade));
    }
}

/// A pot with something green in it.
pub fn pot(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    shadow(canvas, x, y, 26.0 * s);
    canvas.poly(
        &[
            (x - 11.0 * s, y - 18.0 * s),
            (x + 11.0 * s, y - 18.0 * s),
            (x + 8.0 * s, y),
            (x - 8.0 * s, y),
        ],
        0xB5654A,
    );
    let flower = chance.pick(&[0xE45C7A, 0xF2C14E, 0xF7F1E3]);
    for (dx, dy, r) in [(-8.0, -26.0, 10.0), (7.0, -27.0, 11.0), (0.0, -36.0, 11.0)] {
        canvas.oval(x + dx * s, y + dy * s, r * s, r * s, 0x4F8A4C);
        canvas.oval(x + (dx + 2.0) * s, y + (dy - 4.0) * s, 3.2 * s, 3.2 * s, flower);
    }
}

/// A person, now and then under a conical hat.
pub fn person(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let hat = chance.percent(55);
    figure(canvas, chance, (x, y), s, hat);
}

/// A person with or without a conical hat.
pub fn figure(canvas: &mut Canvas, chance: &mut Chance, (x, y): (f32, f32), s: f32, hat: bool) {
    let (top, legs) = (chance.pick(&CLOTHES), chance.pick(&[0x2F3550, 0x4B4038, 0x26312F]));
    shadow(canvas, x, y, 30.0 * s);
    canvas.line(&[(x - 5.0 * s, y - 36.0 * s), (x - 7.0 * s, y - 3.0 * s)], 8.0 * s, legs);
    canvas.line(
        &[(x + 5.0 * s, y - 36.0 * s), (x + 8.0 * s, y - 3.0 * s)],
        8.0 * s,
        tone(legs, 0.85),
    );
    canvas.blob(
        &[
            (x - 16.0 * s, y - 76.0 * s),
            (x + 16.0 * s, y - 76.0 * s),
            (x + 15.0 * s, y - 26.0 * s),
            (x - 15.0 * s, y - 26.0 * s),
        ],
        top,
    );
    canvas.line(
        &[(x + 11.0 * s, y - 64.0 * s), (x + 16.0 * s, y - 40.0 * s)],
        6.0 * s,
        tone(top, 0.86),
    );
    canvas.line(
        &[(x - 11.0 * s, y - 64.0 * s), (x - 16.0 * s, y - 40.0 * s)],
        6.0 * s,
        tone(top, 0.94),
    );
    canvas.oval(x, y - 84.0 * s, 9.5 * s, 10.5 * s, 0xD9A27E);
    if hat {
        canvas.poly(
            &[(x - 22.0 * s, y - 85.0 * s), (x + 22.0 * s, y - 85.0 * s), (x, y - 104.0 * s)],
            0xE9D5A4,
        );
        canvas.poly(
            &[(x, y - 104.0 * s), (x + 22.0 * s, y - 85.0 * s), (x + 3.0 * s, y - 85.0 * s)],
            0xD3BB83,
        );
    } else {
        canvas.blob(
            &[
                (x - 11.0 * s, y - 84.0 * s),
                (x - 11.0 * s, y - 98.0 * s),
                (x + 11.0 * s, y - 98.0 * s),
                (x + 11.0 * s, y - 86.0 * s),
                (x, y - 91.0 * s),
            ],
            0x2A2226,
        );
    }
}

/// A motorbike seen from the side, facing right.
pub fn motorbike(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let body = chance.pick(&CLOTHES);
    let at = |dx: f32, dy: f32| (x + dx * s, y + dy * s);
    shadow(canvas, x, y, 88.0 * s);
    for dx in [-30.0, 32.0] {
        canvas.oval(x + dx * s, y - 15.0 * s, 15.0 * s, 15.0 * s, 0x26242B);
        canvas.oval(x + dx * s, y - 15.0 * s, 7.0 * s, 7.0 * s, 0xA9A7AE);
    }
    canvas.line(&[at(32.0, -15.0), at(20.0, -52.0), at(13.0, -55.0)], 4.0 * s, 0x6B6870);
    canvas.blob(&[at(-40.0, -34.0), at(-8.0, -42.0), at(0.0, -16.0), at(-24.0, -16.0)], body);
    canvas.blob(
        &[at(14.0, -52.0), at(28.0, -44.0), at(10.0, -12.0), at(-8.0, -12.0)],
        tone(body, 0.9),
    );
    canvas.blob(&[at(-46.0, -42.0), at(-4.0, -46.0), at(-2.0, -36.0), at(-42.0, -34.0)], 0x2E2A30);
    canvas.oval(x + 27.0 * s, y - 45.0 * s, 4.0 * s, 4.5 * s, 0xF7EBC2);
    canvas.oval(x - 46.0 * s, y - 36.0 * s, 3.0 * s, 3.0 * s, 0xC8372D);
}

/// A street lamp; `lit` only shows after sunset.
pub fn lamp_post(canvas: &mut Canvas, x: f32, y: f32, s: f32, lit: bool) {
    let (head_x, head_y) = (x + 62.0 * s, y - 268.0 * s);
    shadow(canvas, x, y, 24.0 * s);
    if lit && canvas.light != Light::Day {
        canvas.poly(
            &[
                (head_x - 14.0 * s, head_y),
                (head_x + 14.0 * s, head_y),
                (head_x + 130.0 * s, y + 30.0),
                (head_x - 130.0 * s, y + 30.0),
            ],
            shining(0xFFDF9A, 0.16),
        );
        canvas.halo(head_x, head_y, 120.0 * s, shining(0xFFD98A, 0.7));
    }
    canvas.rect(x - 9.0 * s, y - 26.0 * s, 18.0 * s, 26.0 * s, 0x55616B);
    canvas.line(&[(x, y), (x, y - 250.0 * s)], 7.0 * s, 0x66727C);
    canvas.rope((x, y - 250.0 * s), (head_x, head_y), -16.0 * s, 5.0 * s, 0x66727C);
    canvas.oval(head_x, head_y, 20.0 * s, 8.0 * s, 0x4A545D);
    let bulb = if lit && canvas.light != Light::Day {
        shining(0xFFF3CF, 1.0)
    } else {
        veil(0xD7D9D4, 1.0)
    };
    canvas.oval(head_x, head_y + 4.0 * s, 14.0 * s, 5.0 * s, bulb);
}

/// A traffic cone.
pub fn cone(canvas: &mut Canvas, x: f32, y: f32, s: f32) {
    shadow(canvas, x, y, 34.0 * s);
    canvas.rect(x - 17.0 * s, y - 5.0 * s, 34.0 * s, 6.0 * s, 0xC65A22);
    canvas.poly(
        &[
            (x - 12.0 * s, y - 4.0 * s),
            (x + 12.0 * s, y - 4.0 * s),
            (x + 3.0 * s, y - 44.0 * s),
            (x - 3.0 * s, y - 44.0 * s),
        ],
        0xE8702A,
    );
    canvas.poly(
        &[
            (x - 9.0 * s, y - 15.0 * s),
            (x + 9.0 * s, y - 15.0 * s),
            (x + 6.5 * s, y - 25.0 * s),
            (x - 6.5 * s, y - 25.0 * s),
        ],
        0xF6F1E6,
    );
}

/// A waste bin on wheels.
pub fn bin(canvas: &mut Canvas, x: f32, y: f32, s: f32) {
    shadow(canvas, x, y, 50.0 * s);
    canvas.poly(
        &[
            (x - 22.0 * s, y - 62.0 * s),
            (x + 22.0 * s, y - 62.0 * s),
            (x + 18.0 * s, y - 4.0 * s),
            (x - 18.0 * s, y - 4.0 * s),
        ],
        0x3F8F5B,
    );
    canvas.poly(
        &[
            (x + 6.0 * s, y - 62.0 * s),
            (x + 22.0 * s, y - 62.0 * s),
            (x + 18.0 * s, y - 4.0 * s),
            (x + 7.0 * s, y - 4.0 * s),
        ],
        0x357A4D,
    );
    canvas.blob(
        &[
            (x - 27.0 * s, y - 60.0 * s),
            (x - 24.0 * s, y - 73.0 * s),
            (x + 24.0 * s, y - 73.0 * s),
            (x + 27.0 * s, y - 60.0 * s),
        ],
        0x4FA56C,
    );
    canvas.oval(x - 13.0 * s, y - 4.0 * s, 5.0 * s, 5.0 * s, 0x26242B);
    canvas.oval(x + 13.0 * s, y - 4.0 * s, 5.0 * s, 5.0 * s, 0x26242B);
}

/// A cat that minds its own business.
pub fn cat(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let fur = chance.pick(&[0xD98E4A, 0x3B3640, 0xE9E2D6]);
    shadow(canvas, x, y, 26.0 * s);
    canvas.rope((x + 9.0 * s, y - 4.0 * s), (x + 24.0 * s, y - 12.0 * s), 6.0 * s, 4.0 * s, fur);
    canvas.blob(
        &[
            (x - 10.0 * s, y),
            (x - 9.0 * s, y - 26.0 * s),
            (x + 8.0 * s, y - 24.0 * s),
            (x + 15.0 * s, y),
        ],
        fur,
    );
    canvas.oval(x - 4.0 * s, y - 25.0 * s, 8.0 * s, 7.0 * s, fur);
    for dx in [-10.0, 0.0] {
        canvas.poly(
            &[
                (x + dx * s, y - 28.0 * s),
                (x + (dx + 3.0) * s, y - 37.0 * s),
                (x + (dx + 7.0) * s, y - 29.0 * s),
            ],
            fur,
        );
    }
}
