//! Troubles on wheels, on four legs and at old gates, and the same places put right.

use super::backdrop::HOUSES;
use super::canvas::{Canvas, Chance, shining, tone, veil};
use super::props;

const PAINT: [u32; 6] = [0xC9503F, 0x3C6E91, 0xF1E4CF, 0x4D8B7A, 0xE0A93B, 0x6E7480];

fn car(canvas: &mut Canvas, chance: &mut Chance, x: f32, y: f32, s: f32) {
    let paint = chance.pick(&PAINT);
    let at = |dx: f32, dy: f32| (x + dx * s, y + dy * s);
    props::shadow(canvas, x, y, 150.0 * s);
    let cabin = [at(-46.0, -42.0), at(-34.0, -76.0), at(26.0, -76.0), at(50.0, -42.0)];
    canvas.poly(&cabin, tone(paint, 0.9));
    canvas.poly(&[at(-38.0, -44.0), at(-29.0, -70.0), at(-6.0, -70.0), at(-6.0, -44.0)], 0x5D7480);
    canvas.poly(&[at(0.0, -44.0), at(0.0, -70.0), at(22.0, -70.0), at(40.0, -44.0)], 0x5D7480);
    let body =
        [at(-88.0, -46.0), at(64.0, -46.0), at(92.0, -36.0), at(94.0, -10.0), at(-90.0, -10.0)];
    canvas.poly(&body, paint);
    canvas.rect(x - 90.0 * s, y - 18.0 * s, 184.0 * s, 6.0 * s, tone(paint, 0.8));
    canvas.oval(x + 88.0 * s, y - 32.0 * s, 5.0 * s, 4.0 * s, shining(0xFFF3CF, 1.0));
    canvas.oval(x - 87.0 * s, y - 34.0 * s, 4.0 * s, 4.0 * s, shining(0xD8402F, 1.0));
    for dx in [-50.0, 54.0] {
        canvas.oval(x + dx * s, y - 13.0 * s, 16.0 * s, 16.0 * s, 0x26242B);
        canvas.oval(x + dx * s, y - 13.0 * s, 7.0 * s, 7.0 * s, 0xA9A7AE);
    }
}

pub fn traffic(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    if after {
        props::motorbike(canvas, chance, 250.0, 506.0, 1.2);
        car(canvas, chance, 540.0, 540.0, 1.1);
        return;
    }
    for (row, y, s) in [(0_u8, 478.0, 0.92), (1, 526.0, 1.1), (2, 582.0, 1.3)] {
        let mut x = -60.0 + f32::from(row) * 40.0 + chance.between(-30.0, 30.0);
        while x < 860.0 {
            if chance.percent(55) {
                car(canvas, chance, x + 60.0, y, s);
                x += 200.0 * s;
            } else {
                props::motorbike(canvas, chance, x, y, s * 1.1);
                props::person(canvas, chance, x - 4.0, y - 8.0 * s, s * 0.95);
                x += 96.0 * s;
            }
        }
    }
}

pub fn taxi(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(360.0, 440.0);
    car(canvas, chance, x, 496.0, 1.35);
    canvas.rect(x - 26.0, 378.0, 46.0, 16.0, 0xF2C14E);
    canvas.rect(x - 20.0, 383.0, 34.0, 5.0, 0x2B2730);
    props::person(canvas, chance, x + 170.0, 452.0, 1.1);
    let sign = if after { 0x2E7D5B } else { 0xC23B32 };
    canvas.oval(x + 206.0, 338.0, 36.0, 26.0, 0xFBF8EF);
    canvas.poly(&[(x + 186.0, 354.0), (x + 202.0, 362.0), (x + 182.0, 374.0)], 0xFBF8EF);
    for step in 0..if after { 1_u8 } else { 3 } {
        canvas.oval(x + 188.0 + f32::from(step) * 18.0, 338.0, 7.0, 7.0, sign);
    }
}

pub fn dog(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(380.0, 440.0), 428.0);
    let fur = chance.pick(&[0xA9743F, 0x4A3B33, 0xD9C3A0]);
    if after {
        props::person(canvas, chance, x - 74.0, y, 1.1);
        canvas.rope((x - 58.0, y - 46.0), (x - 30.0, y - 44.0), 9.0, 2.6, 0xC23B32);
    }
    props::shadow(canvas, x + 4.0, y, 90.0);
    for dx in [-26.0, -14.0, 22.0, 34.0] {
        canvas.line(&[(x + dx, y - 24.0), (x + dx - 2.0, y - 3.0)], 7.0, tone(fur, 0.85));
    }
    let body =
        [(x - 44.0, y - 46.0), (x + 44.0, y - 50.0), (x + 44.0, y - 20.0), (x - 40.0, y - 20.0)];
    canvas.blob(&body, fur);
    canvas.rope((x + 38.0, y - 42.0), (x + 62.0, y - 62.0), 4.0, 6.0, fur);
    canvas.oval(x - 38.0, y - 52.0, 16.0, 13.0, fur);
    canvas.oval(x - 52.0, y - 47.0, 10.0, 7.0, tone(fur, 1.15));
    canvas.oval(x - 60.0, y - 49.0, 3.0, 3.0, 0x1F1C20);
    canvas.oval(x - 41.0, y - 55.0, 2.4, 2.4, 0x1F1C20);
    canvas
        .poly(&[(x - 36.0, y - 62.0), (x - 24.0, y - 74.0), (x - 24.0, y - 54.0)], tone(fur, 0.8));
    if !after {
        for step in 0..3_u8 {
            let (dx, dy) = (f32::from(step) * 9.0, f32::from(step) * 12.0);
            let bark = [(x - 72.0 - dx, y - 60.0 - dy), (x - 84.0 - dx, y - 50.0)];
            canvas.line(&bark, 3.0, veil(0x2B2730, 0.8));
        }
    }
}

/// An old gate with a tiled roof; bricks have fallen out of it.
pub fn gate(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, top) = (chance.between(360.0, 430.0), HOUSES - 190.0);
    props::shadow(canvas, x, HOUSES + 6.0, 330.0);
    for side in [-150.0, 60.0] {
        canvas.rect(x + side, top, 90.0, HOUSES + 8.0 - top, 0xB9845F);
        for row in 0..16_u8 {
            let y = top + f32::from(row) * 12.5;
            canvas.rect(x + side, y, 90.0, 1.6, 0x9A6B4C);
        }
    }
    canvas.rect(x - 150.0, top, 300.0, 64.0, 0xC08D66);
    for (lift, half) in [(0.0, 180.0), (-52.0, 120.0)] {
        let y = top + lift;
        canvas.poly(
            &[
                (x - half, y),
                (x - half + 40.0, y - 36.0),
                (x + half - 40.0, y - 36.0),
                (x + half, y),
            ],
            0x8E4A38,
        );
        canvas.line(&[(x - half - 8.0, y - 6.0), (x - half + 14.0, y + 1.0)], 7.0, 0xD9A441);
        canvas.line(&[(x + half + 8.0, y - 6.0), (x + half - 14.0, y + 1.0)], 7.0, 0xD9A441);
    }
    canvas.rect(x - 70.0, top - 52.0, 140.0, 18.0, 0xC08D66);
    canvas.rect(x - 44.0, top + 14.0, 88.0, 26.0, 0x7A2E2A);
    canvas.line(&[(x - 28.0, top + 27.0), (x + 28.0, top + 27.0)], 5.0, 0xE7C25C);
    if after {
        props::pot(canvas, chance, x - 170.0, HOUSES + 14.0, 1.2);
        props::pot(canvas, chance, x + 172.0, HOUSES + 14.0, 1.2);
        return;
    }
    fallen(canvas, chance, x, top);
}

/// A hole in the wall, a crack, missing tiles and the bricks on the ground.
fn fallen(canvas: &mut Canvas, chance: &mut Chance, x: f32, top: f32) {
    let hole = [
        (x + 84.0, top + 70.0),
        (x + 140.0, top + 84.0),
        (x + 150.0, top + 150.0),
        (x + 96.0, top + 136.0),
    ];
    canvas.blob(&hole, 0x5C3B2A);
    canvas.line(
        &[(x + 90.0, top + 70.0), (x + 70.0, top + 30.0), (x + 84.0, top + 4.0)],
        3.4,
        0x5C3B2A,
    );
    canvas.poly(
        &[
            (x + 60.0, top - 36.0),
            (x + 96.0, top - 36.0),
            (x + 110.0, top - 6.0),
            (x + 70.0, top - 8.0),
        ],
        0x4A2A22,
    );
    for _ in 0..22 {
        let (dx, dy) = (chance.between(60.0, 200.0), chance.between(-6.0, 46.0));
        let shade = tone(0xB9845F, chance.between(0.75, 1.1));
        canvas.rect(x + dx, HOUSES + dy, 18.0, 9.0, shade);
    }
    for (dx, dy) in [(-100.0, 30.0), (-96.0, 96.0)] {
        canvas.oval(x + dx, top + dy, 15.0, 10.0, 0x5F9A52);
    }
}
