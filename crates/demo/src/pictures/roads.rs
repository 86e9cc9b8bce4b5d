//! Troubles of roads, pavements, water, light and trees, and the same places put right.
//!
//! The middle of the road is at (400, 510), the middle of the pavement at (400, 415).

use super::backdrop::{HOUSES, KERB};
use super::canvas::{Canvas, Chance, Light, shining, tone, veil};
use super::props;

/// A ragged round shape, flattened as things on the ground are.
fn ragged(chance: &mut Chance, x: f32, y: f32, rx: f32, ry: f32) -> Vec<(f32, f32)> {
    (0..11_u8)
        .map(|step| {
            let (angle, reach) = (f32::from(step) * 0.571, chance.between(0.8, 1.2));
            (x + angle.cos() * rx * reach, y + angle.sin() * ry * reach)
        })
        .collect()
}

fn grown(points: &[(f32, f32)], centre: (f32, f32), factor: f32) -> Vec<(f32, f32)> {
    let grow = |value: f32, middle: f32| middle + (value - middle) * factor;
    points.iter().map(|(x, y)| (grow(*x, centre.0), grow(*y, centre.1))).collect()
}

pub fn pothole(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(330.0, 460.0), chance.between(496.0, 512.0));
    let (rx, ry) = (chance.between(88.0, 128.0), chance.between(24.0, 34.0));
    let edge = ragged(chance, x, y, rx, ry);
    if after {
        canvas.poly(
            &[
                (x - rx * 1.2, y - ry * 1.2),
                (x + rx * 1.15, y - ry * 1.2),
                (x + rx * 1.35, y + ry * 1.2),
                (x - rx * 1.35, y + ry * 1.2),
            ],
            0x4D4B56,
        );
        canvas.line(&[(x - rx * 1.2, y - ry * 1.2), (x + rx * 1.15, y - ry * 1.2)], 2.5, 0x3B3944);
        return;
    }
    canvas.blob(&grown(&edge, (x, y), 1.2), 0x8B8892);
    canvas.blob(&edge, 0x3A3640);
    canvas.blob(&grown(&edge, (x + 4.0, y + 6.0), 0.8), 0x57483D);
    if canvas.light != Light::Day || chance.percent(50) {
        canvas.blob(&grown(&edge, (x + 6.0, y + 9.0), 0.58), 0x8FA9B2);
        canvas.oval(x - 10.0, y + 5.0, rx * 0.2, 3.0, veil(0xF0F6F6, 0.6));
    }
    for _ in 0..14 {
        let (dx, dy, r) = (
            chance.between(-1.6, 1.6) * rx,
            chance.between(-1.5, 1.5) * ry,
            chance.between(2.0, 6.5),
        );
        canvas.oval(x + dx, y + dy, r, r * 0.65, 0x9C98A0);
    }
    for (sx, sy) in [(-1.0, -0.5), (1.0, 0.4), (0.4, 1.2)] {
        let (tip_x, tip_y) = (x + sx * rx * 1.9, y + sy * ry * 1.7);
        canvas.line(
            &[
                (x + sx * rx, y + sy * ry * 0.8),
                (x + sx * rx * 1.4, y + sy * ry * 1.5),
                (tip_x, tip_y),
            ],
            2.4,
            0x45424C,
        );
    }
}

pub fn pavement(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(300.0, 400.0);
    let (columns, side) = (5_u8, 42.0);
    if !after {
        canvas.blob(&ragged(chance, x + 90.0, 405.0, 130.0, 27.0), 0xA5835F);
    }
    for row in 0..3_u8 {
        for column in 0..columns {
            let (left, top) = (
                x + f32::from(column) * side - f32::from(row) * 3.0,
                HOUSES + 6.0 + f32::from(row) * 18.0,
            );
            let broken = !after && chance.percent(70);
            let (lift, slip) = if broken {
                (chance.between(-9.0, 7.0), chance.between(-13.0, 13.0))
            } else {
                (0.0, 0.0)
            };
            if broken && chance.percent(35) {
                continue;
            }
            let shade = if after { 0xE3CFAE } else { tone(0xD9C6A5, chance.between(0.85, 1.06)) };
            let tile = [
                (left + slip, top - lift),
                (left + side - 3.0 + slip, top),
                (left + side - 6.0 + slip, top + 15.0 + lift),
                (left - 3.0 + slip, top + 15.0),
            ];
            canvas.poly(&tile.map(|(x, y)| (x + 2.0, y + 4.0)), veil(0x463427, 0.4));
            canvas.poly(&tile, shade);
        }
    }
    if !after {
        for _ in 0..9 {
            let (dx, dy) = (chance.between(-10.0, 220.0), chance.between(384.0, 432.0));
            canvas.poly(
                &[(x + dx, dy), (x + dx + 12.0, dy + 2.0), (x + dx + 6.0, dy + 8.0)],
                0xB99F7E,
            );
        }
        for blade in [20.0, 110.0, 180.0_f32] {
            canvas.line(&[(x + blade, 420.0), (x + blade - 5.0, 406.0)], 2.4, 0x6F9A4E);
            canvas.line(&[(x + blade, 420.0), (x + blade + 5.0, 404.0)], 2.4, 0x6F9A4E);
        }
    }
}

pub fn drain(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(340.0, 450.0), 506.0);
    canvas.oval(x, y, 74.0, 24.0, 0x8F8C92);
    canvas.oval(x, y, 66.0, 20.0, if after { 0x55525C } else { 0x17141B });
    if after {
        for step in 0..5_u8 {
            let dy = f32::from(step) * 7.0 - 14.0;
            let reach = 56.0 - dy.abs() * 1.6;
            canvas.line(&[(x - reach, y + dy), (x + reach, y + dy)], 3.0, 0x77747E);
        }
        canvas.ring(x, y, 66.0, 20.0, 3.0, 0x6B6872);
        return;
    }
    canvas.oval(x, y + 8.0, 56.0, 11.0, 0x2C2630);
    canvas.oval(x + 118.0, y + 20.0, 62.0, 17.0, veil(0x1B1830, 0.3));
    canvas.oval(x + 114.0, y + 13.0, 62.0, 18.0, 0x5E5B65);
    canvas.oval(x + 112.0, y + 9.0, 60.0, 17.0, 0x706D78);
    for step in 0..4_u8 {
        let dy = f32::from(step) * 7.0 - 10.0;
        canvas.line(&[(x + 70.0, y + 9.0 + dy), (x + 154.0, y + 9.0 + dy)], 2.5, 0x5A5761);
    }
    canvas.line(&[(x - 20.0, y + 6.0), (x - 34.0, y - 92.0)], 6.0, 0x8A6B4A);
    for (dx, dy) in [(-34.0, -92.0), (-46.0, -76.0), (-20.0, -80.0), (-30.0, -60.0)] {
        canvas.oval(x + dx, y + dy, 15.0, 10.0, 0x5F9A52);
    }
    canvas.poly(&[(x - 50.0, y - 52.0), (x - 12.0, y - 56.0), (x - 22.0, y - 34.0)], 0xC8372D);
}

pub fn flood(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let level = if after { return puddles(canvas, chance) } else { chance.between(396.0, 410.0) };
    canvas.fade(level, 600.0 - level, veil(0xA39574, 0.95), veil(0x7D7359, 0.97));
    for _ in 0..60 {
        let (x, y) = (chance.between(-20.0, 800.0), chance.between(level + 6.0, 596.0));
        canvas.line(&[(x, y), (x + chance.between(18.0, 70.0), y)], 2.0, veil(0xE6DFC8, 0.35));
    }
    for (x, y) in [(130.0, 470.0), (640.0, 520.0), (300.0, 566.0)] {
        canvas.blob(
            &[(x, y - 8.0), (x + 24.0, y - 5.0), (x + 20.0, y + 4.0), (x - 4.0, y + 4.0)],
            0x6E8F57,
        );
    }
    let x = chance.between(360.0, 460.0);
    props::motorbike(canvas, chance, x, 520.0, 1.45);
    props::person(canvas, chance, x - 8.0, 512.0, 1.25);
    canvas.rect(x - 130.0, 494.0, 260.0, 60.0, 0x8B8064);
    canvas.oval(x, 494.0, 130.0, 7.0, 0x978C6E);
    for dx in [-80.0, 84.0] {
        canvas.ring(x + dx, 498.0, 54.0, 7.0, 2.4, veil(0xF1EBD8, 0.6));
    }
}

fn puddles(canvas: &mut Canvas, chance: &mut Chance) {
    for _ in 0..5 {
        let (x, y) = (chance.between(80.0, 720.0), chance.between(476.0, 580.0));
        canvas.oval(x, y, chance.between(24.0, 60.0), 6.0, veil(0xB9C6CC, 0.55));
    }
    canvas.rect(360.0, KERB + 2.0, 80.0, 11.0, 0x35323A);
    for bar in 0..9_u8 {
        canvas.rect(364.0 + f32::from(bar) * 9.0, KERB + 2.0, 3.0, 11.0, 0x8A8790);
    }
}

pub fn leak(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(340.0, 460.0);
    if after {
        canvas.poly(
            &[(x - 56.0, 396.0), (x + 50.0, 396.0), (x + 56.0, 426.0), (x - 62.0, 426.0)],
            0xE6D8C0,
        );
        canvas.oval(x, 411.0, 16.0, 5.0, 0x6C7A86);
        return;
    }
    canvas.blob(
        &[
            (x - 60.0, 410.0),
            (x + 60.0, 412.0),
            (x + 250.0, 470.0),
            (x + 300.0, 530.0),
            (x + 40.0, 556.0),
            (x - 190.0, 520.0),
            (x - 120.0, 450.0),
        ],
        veil(0x9DC3D0, 0.75),
    );
    canvas.blob(&ragged(chance, x, 412.0, 46.0, 13.0), 0x5A4A40);
    for step in 0..15_u8 {
        let reach = (f32::from(step) - 7.0) * 17.0;
        let height = 150.0 - reach.abs() * 0.5;
        canvas.rope(
            (x, 412.0),
            (x + reach, 424.0 + reach.abs() * 0.25),
            -height * 0.8,
            4.2,
            veil(0xDDEFF5, 0.7),
        );
    }
    canvas.oval(x, 412.0, 18.0, 7.0, veil(0xF4FBFD, 0.9));
    for _ in 0..26 {
        let (dx, dy) = (chance.between(-120.0, 120.0), chance.between(-110.0, 20.0));
        canvas.oval(x + dx, 412.0 + dy, 2.6, 3.4, veil(0xEAF6FA, 0.85));
    }
}

pub fn lamp(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(320.0, 400.0);
    if !after {
        canvas.rect(0.0, 0.0, 800.0, 600.0, shining(0x12122E, 0.3));
    }
    props::lamp_post(canvas, x, 426.0, 1.18, after);
    if !after {
        let (head_x, head_y) = (x + 73.0, 426.0 - 316.0);
        canvas.poly(
            &[
                (head_x - 6.0, head_y + 8.0),
                (head_x + 14.0, head_y + 30.0),
                (head_x + 2.0, head_y + 34.0),
            ],
            0xD7D9D4,
        );
        canvas.line(&[(head_x - 4.0, head_y), (head_x - 8.0, head_y + 34.0)], 2.0, 0x3B3840);
    }
}

pub fn signal(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(350.0, 450.0), 432.0);
    let lean = if after { 0.0 } else { chance.between(26.0, 48.0) };
    props::shadow(canvas, x, y, 40.0);
    let top = (x + lean, 214.0);
    canvas.line(&[(x, y), top], 9.0, 0x5C6670);
    let box_at = |dx: f32, dy: f32| (top.0 + dx - dy * lean / 220.0, top.1 + dy);
    canvas.poly(
        &[box_at(-24.0, -104.0), box_at(24.0, -104.0), box_at(24.0, 10.0), box_at(-24.0, 10.0)],
        0x2B2F36,
    );
    for (dy, lit, dark) in
        [(-84.0, 0xFF4B3A, 0x4A2A2A), (-48.0, 0xFFC23C, 0x4A4028), (-12.0, 0x4BE07A, 0x28443A)]
    {
        let on = after && dy > -20.0;
        let (cx, cy) = box_at(0.0, dy);
        if on {
            canvas.halo(cx, cy, 46.0, shining(lit, 0.6));
        }
        canvas.oval(cx, cy, 13.0, 13.0, if on { shining(lit, 1.0) } else { veil(dark, 1.0) });
    }
    if after {
        for stripe in 0..9_u8 {
            let left = 250.0 + f32::from(stripe) * 36.0;
            canvas.poly(
                &[(left, 462.0), (left + 20.0, 462.0), (left + 14.0, 540.0), (left - 10.0, 540.0)],
                veil(0xF6F2E6, 0.85),
            );
        }
    } else {
        canvas.rope(
            (top.0 - 20.0, top.1 - 60.0),
            (top.0 - 46.0, top.1 + 60.0),
            20.0,
            3.0,
            0x2B2730,
        );
        canvas.line(
            &[
                (top.0 - 12.0, top.1 - 94.0),
                (top.0 + 6.0, top.1 - 78.0),
                (top.0 - 4.0, top.1 - 66.0),
            ],
            2.0,
            0xC9CDD2,
        );
        props::cone(canvas, x - 70.0, 440.0, 1.0);
    }
}

pub fn sign(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(350.0, 450.0);
    let colour = chance.pick(&[0x2F5E9E, 0xC23B32, 0x2E7D5B]);
    if after {
        props::shadow(canvas, x, 430.0, 24.0);
        canvas.rect(x - 4.0, 230.0, 8.0, 200.0, 0x8C949B);
        canvas.oval(x, 226.0, 46.0, 46.0, 0xF8F4EA);
        canvas.oval(x, 226.0, 40.0, 40.0, colour);
        canvas.rect(x - 24.0, 218.0, 48.0, 16.0, 0xF8F4EA);
        return;
    }
    props::shadow(canvas, x + 70.0, 452.0, 190.0);
    canvas.line(&[(x - 60.0, 430.0), (x + 20.0, 442.0), (x + 120.0, 420.0)], 8.0, 0x8C949B);
    canvas.oval(x + 140.0, 424.0, 52.0, 30.0, 0xE5DFD2);
    canvas.oval(x + 140.0, 423.0, 45.0, 25.0, tone(colour, 0.9));
    canvas.poly(
        &[(x + 112.0, 424.0), (x + 162.0, 410.0), (x + 166.0, 420.0), (x + 116.0, 434.0)],
        0xE5DFD2,
    );
    canvas.line(&[(x + 120.0, 404.0), (x + 150.0, 440.0)], 2.0, 0x54606B);
    canvas.oval(x - 62.0, 430.0, 18.0, 7.0, 0x8B7B66);
}

pub fn cables(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(350.0, 430.0);
    props::shadow(canvas, x, 428.0, 40.0);
    canvas
        .poly(&[(x - 10.0, 428.0), (x - 7.0, 40.0), (x + 7.0, 40.0), (x + 10.0, 428.0)], 0xA39D93);
    for y in [66.0, 96.0] {
        canvas.rect(x - 46.0, y, 92.0, 7.0, 0x6E6A64);
    }
    if after {
        for (y, sag) in [(66.0, 16.0), (80.0, 20.0), (96.0, 18.0)] {
            canvas.rope((x, y), (-20.0, y + 8.0), sag, 4.0, 0x2E2B32);
            canvas.rope((x, y), (820.0, y + 8.0), sag, 4.0, 0x2E2B32);
        }
        canvas.rect(x - 16.0, 120.0, 32.0, 46.0, 0xC9CED0);
        return;
    }
    for step in 0..14_u8 {
        let (dy, far) = (f32::from(step) * 5.0, chance.between(60.0, 190.0));
        canvas.rope((x - 30.0, 66.0 + dy), (-20.0, far), chance.between(20.0, 80.0), 2.4, 0x2E2B32);
        canvas.rope(
            (x + 30.0, 66.0 + dy),
            (820.0, far + 10.0),
            chance.between(20.0, 96.0),
            2.4,
            0x2E2B32,
        );
    }
    for _ in 0..7 {
        let (dx, r) = (chance.between(-30.0, 30.0), chance.between(14.0, 34.0));
        canvas.ring(x + dx, 132.0, r, r * 1.3, 2.6, 0x2E2B32);
    }
    let low = chance.between(60.0, 130.0);
    canvas.rope((x + 24.0, 100.0), (x + low + 90.0, 470.0), 120.0, 4.0, 0x222026);
    canvas.rope((x - 20.0, 110.0), (x - low - 60.0, 420.0), 110.0, 4.0, 0x222026);
    canvas.halo(x + low + 90.0, 470.0, 26.0, shining(0xFFE08A, 0.8));
    canvas.poly(
        &[
            (x + low + 84.0, 456.0),
            (x + low + 98.0, 466.0),
            (x + low + 90.0, 470.0),
            (x + low + 102.0, 486.0),
            (x + low + 82.0, 472.0),
            (x + low + 90.0, 467.0),
        ],
        shining(0xFFF2B8, 1.0),
    );
}

pub fn tree(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(250.0, 300.0);
    if after {
        canvas.oval(x, 420.0, 20.0, 6.0, 0x7A5A43);
        canvas.oval(x, 417.0, 17.0, 5.0, 0xD9B98A);
        canvas.ring(x, 417.0, 9.0, 2.6, 1.2, 0xB08C5C);
        props::pot(canvas, chance, x + 60.0, 424.0, 1.1);
        return;
    }
    props::shadow(canvas, x + 190.0, 520.0, 420.0);
    canvas.blob(
        &[
            (x - 70.0, 440.0),
            (x - 50.0, 380.0),
            (x + 4.0, 376.0),
            (x + 14.0, 440.0),
            (x - 20.0, 462.0),
        ],
        0x6B4C37,
    );
    for (dx, dy) in [(-64.0, -44.0), (-70.0, -10.0), (-40.0, -60.0), (-52.0, 22.0)] {
        canvas.line(&[(x - 30.0, 414.0), (x - 20.0 + dx, 414.0 + dy)], 5.0, 0x5A3F2E);
    }
    canvas.poly(
        &[(x - 20.0, 392.0), (x + 250.0, 470.0), (x + 246.0, 492.0), (x - 24.0, 438.0)],
        0x7A5A43,
    );
    canvas.line(&[(x + 150.0, 448.0), (x + 210.0, 396.0)], 9.0, 0x7A5A43);
    canvas.line(&[(x + 190.0, 470.0), (x + 290.0, 530.0)], 9.0, 0x6B4C37);
    for (dx, dy, r) in [
        (210.0, 390.0, 40.0),
        (262.0, 420.0, 52.0),
        (330.0, 440.0, 50.0),
        (240.0, 470.0, 46.0),
        (300.0, 500.0, 56.0),
        (370.0, 486.0, 46.0),
        (290.0, 454.0, 54.0),
        (350.0, 520.0, 36.0),
    ] {
        let leaf = tone(0x4F8A4C, chance.between(0.78, 1.18));
        canvas.oval(x + dx, dy, r, r * 0.8, leaf);
    }
    for _ in 0..24 {
        let (dx, dy) = (chance.between(120.0, 460.0), chance.between(520.0, 580.0));
        canvas.oval(x + dx, dy, 5.0, 2.6, 0x6E9E4A);
    }
}

pub fn parking(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    if after {
        canvas.line(&[(250.0, 428.0), (560.0, 428.0)], 4.0, 0xF6F1E6);
        props::person(canvas, chance, 400.0, 424.0, 1.0);
        props::person(canvas, chance, 446.0, 426.0, 0.72);
        return;
    }
    for row in 0..2_u8 {
        for place in 0..6_u8 {
            let x =
                190.0 + f32::from(place) * 82.0 + f32::from(row) * 30.0 + chance.between(-6.0, 6.0);
            props::motorbike(canvas, chance, x, 404.0 + f32::from(row) * 26.0, 1.1);
        }
    }
    props::person(canvas, chance, 420.0, 494.0, 1.1);
}
