//! Troubles of walls, shops and building sites, and the same places put right.

use super::backdrop::HOUSES;
use super::canvas::{Canvas, Chance, shining, tone, veil};
use super::props;

pub fn posters(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(250.0, 320.0), 214.0);
    canvas.rect(x, y, 250.0, HOUSES - y, 0xEFE3C4);
    canvas.rect(x, y - 8.0, 250.0, 10.0, 0xCBB890);
    canvas.rect(x, HOUSES - 26.0, 250.0, 26.0, 0xC9B48B);
    props::shadow(canvas, x + 125.0, HOUSES + 3.0, 230.0);
    if after {
        canvas.blob(
            &[
                (x + 30.0, HOUSES - 30.0),
                (x + 60.0, y + 70.0),
                (x + 96.0, y + 46.0),
                (x + 120.0, y + 84.0),
                (x + 134.0, HOUSES - 30.0),
            ],
            0x6BA065,
        );
        for _ in 0..9 {
            let (dx, dy) = (chance.between(52.0, 116.0), chance.between(74.0, 124.0));
            canvas.oval(x + dx, y + dy, 6.0, 6.0, 0xE45C7A);
        }
        canvas.oval(x + 190.0, y + 56.0, 26.0, 26.0, 0xF2C14E);
        return;
    }
    for _ in 0..13 {
        let (dx, dy) = (chance.between(8.0, 196.0), chance.between(8.0, 96.0));
        let (w, h) = (chance.between(34.0, 54.0), chance.between(26.0, 44.0));
        let paper = chance.pick(&[0xFBF7EC, 0xF2D94E, 0xE9B7B0, 0xBFD9E6]);
        let ink = chance.pick(&[0xC8372D, 0x2F5E9E, 0x2B2730]);
        canvas.poly(
            &[
                (x + dx, y + dy),
                (x + dx + w, y + dy + 3.0),
                (x + dx + w - 2.0, y + dy + h),
                (x + dx - 2.0, y + dy + h - 3.0),
            ],
            paper,
        );
        for line in 0..3_u8 {
            let top = y + dy + 7.0 + f32::from(line) * 9.0;
            canvas.line(
                &[(x + dx + 5.0, top), (x + dx + w * chance.between(0.5, 0.85), top + 1.0)],
                3.0,
                ink,
            );
        }
    }
    for (dx, dy, colour) in [(26.0, 92.0, 0xC8372D), (120.0, 112.0, 0x2F5E9E)] {
        canvas.rope((x + dx, y + dy), (x + dx + 40.0, y + dy - 6.0), -26.0, 5.0, colour);
        canvas.rope(
            (x + dx + 40.0, y + dy - 6.0),
            (x + dx + 84.0, y + dy + 6.0),
            24.0,
            5.0,
            colour,
        );
    }
}

pub fn noise(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(270.0, 320.0);
    let y = HOUSES - 190.0;
    canvas.rect(x, y, 230.0, 190.0, 0x6B4A5E);
    canvas.rect(x, y - 10.0, 230.0, 12.0, 0x553A4B);
    canvas.rect(x + 14.0, y + 14.0, 202.0, 40.0, 0x2E2233);
    let sign = if after { veil(0x7C6A80, 1.0) } else { shining(0xFF6FA5, 1.0) };
    for (dx, dy, w) in [(30.0, 28.0, 50.0), (92.0, 28.0, 34.0), (138.0, 28.0, 62.0)] {
        canvas.line(&[(x + dx, y + dy), (x + dx + w, y + dy)], 6.0, sign);
        canvas.line(&[(x + dx, y + dy + 13.0), (x + dx + w * 0.6, y + dy + 13.0)], 4.0, sign);
    }
    if after {
        for fold in 0..12_u8 {
            canvas.rect(x + 20.0, y + 66.0 + f32::from(fold) * 10.0, 190.0, 8.0, 0x8D8792);
        }
        canvas.oval(x + 300.0, 70.0, 22.0, 22.0, shining(0xFFF6D8, 1.0));
        props::cat(canvas, chance, x + 40.0, HOUSES + 18.0, 1.0);
        return;
    }
    canvas.halo(x + 115.0, y + 130.0, 190.0, shining(0xFF7AB0, 0.42));
    canvas.rect(x + 20.0, y + 66.0, 190.0, 124.0, shining(0xF2A34A, 1.0));
    for (dx, colour) in [(40.0, 0x5FD3E0), (96.0, 0xFFE08A), (156.0, 0xE05FB4)] {
        canvas.poly(
            &[(x + dx, y + 66.0), (x + dx + 46.0, y + 190.0), (x + dx - 20.0, y + 190.0)],
            shining(colour, 0.4),
        );
    }
    for dx in [60.0, 112.0, 168.0] {
        props::person(canvas, chance, x + dx, HOUSES + 4.0, 0.92);
    }
    for side in [-40.0, 236.0] {
        canvas.rect(x + side, HOUSES - 76.0, 38.0, 86.0, 0x1F1C26);
        canvas.oval(x + side + 19.0, HOUSES - 18.0, 15.0, 15.0, 0x55505E);
        canvas.oval(x + side + 19.0, HOUSES - 54.0, 10.0, 10.0, 0x55505E);
        for ring in 1..4_u8 {
            let reach = 15.0 + f32::from(ring) * 15.0;
            canvas.ring(
                x + side + 19.0,
                HOUSES - 30.0,
                reach,
                reach * 1.15,
                3.0,
                shining(0xFFE7F2, 0.5 - f32::from(ring) * 0.1),
            );
        }
    }
    for (dx, dy) in [(-10.0, -130.0), (60.0, -226.0), (200.0, -232.0), (262.0, -140.0)] {
        let (nx, ny) = (x + dx, HOUSES + dy);
        canvas.oval(nx, ny, 9.0, 7.0, shining(0xFFF6D8, 1.0));
        canvas.line(
            &[(nx + 8.0, ny), (nx + 8.0, ny - 32.0), (nx + 20.0, ny - 26.0)],
            3.6,
            shining(0xFFF6D8, 1.0),
        );
    }
}

pub fn building(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, w) = (chance.between(290.0, 340.0), 170.0);
    let floors = if after { 2_u8 } else { 5 };
    let floor_height = 62.0;
    for floor in 0..floors {
        let y = HOUSES - floor_height * f32::from(floor + 1);
        let wall = if after { 0xF0E2C2 } else { 0xB9694A };
        canvas.rect(x, y, w, floor_height, wall);
        if !after {
            for row in 0..7_u8 {
                canvas.rect(x, y + f32::from(row) * 9.0, w, 1.3, 0xD3A48C);
            }
        }
        for dx in [22.0, 72.0, 122.0] {
            canvas.rect(x + dx, y + 14.0, 28.0, 38.0, if after { 0x54747F } else { 0x2F2A30 });
            if after {
                canvas.rect(x + dx - 3.0, y + 52.0, 34.0, 4.0, 0xD2BE94);
            }
        }
        canvas.rect(x - 6.0, y - 4.0, w + 12.0, 9.0, if after { 0xD2BE94 } else { 0xA9A6A3 });
    }
    if after {
        canvas.poly(
            &[
                (x - 14.0, HOUSES - 128.0),
                (x + 16.0, HOUSES - 166.0),
                (x + w - 16.0, HOUSES - 166.0),
                (x + w + 14.0, HOUSES - 128.0),
            ],
            0xB85C42,
        );
        props::pot(canvas, chance, x + 10.0, HOUSES + 12.0, 1.0);
        props::pot(canvas, chance, x + w - 10.0, HOUSES + 12.0, 1.0);
        return;
    }
    scaffolding(canvas, chance, x, w, HOUSES - floor_height * 5.0);
}

/// What surrounds a house that is still growing: bars, poles, nets, sand and bricks.
fn scaffolding(canvas: &mut Canvas, chance: &mut Chance, x: f32, w: f32, top: f32) {
    for step in 0..9_u8 {
        let dx = 8.0 + f32::from(step) * 19.0;
        canvas.line(
            &[
                (x + dx, top - 4.0),
                (x + dx + chance.between(-4.0, 4.0), top - chance.between(20.0, 40.0)),
            ],
            2.2,
            0x6B4A3A,
        );
    }
    for pole in 0..6_u8 {
        let dx = -20.0 + f32::from(pole) * 42.0;
        canvas.line(&[(x + dx, HOUSES + 16.0), (x + dx, top - 16.0)], 3.6, 0xD2A85C);
    }
    for bar in 0..6_u8 {
        let y = HOUSES - 20.0 - f32::from(bar) * 60.0;
        canvas.line(&[(x - 30.0, y), (x + w + 30.0, y)], 3.6, 0xC4984C);
    }
    canvas.poly(
        &[
            (x - 24.0, top + 70.0),
            (x + 70.0, top + 60.0),
            (x + 66.0, top + 190.0),
            (x - 20.0, top + 178.0),
        ],
        veil(0x3F8F6B, 0.6),
    );
    canvas.blob(
        &[(x + 150.0, 436.0), (x + 180.0, 392.0), (x + 220.0, 384.0), (x + 270.0, 436.0)],
        0xD8BC84,
    );
    for row in 0..3_u8 {
        for brick in 0..(5 - row) {
            canvas.rect(
                x - 96.0 + f32::from(brick) * 20.0 + f32::from(row) * 9.0,
                420.0 - f32::from(row) * 11.0,
                18.0,
                10.0,
                tone(0xB9694A, chance.between(0.85, 1.1)),
            );
        }
    }
}

pub fn rubble(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(350.0, 440.0);
    if after {
        canvas.rect(x - 90.0, 420.0, 180.0, 8.0, veil(0xF6F1E6, 0.5));
        props::pot(canvas, chance, x - 60.0, 428.0, 1.2);
        props::pot(canvas, chance, x + 56.0, 428.0, 1.2);
        return;
    }
    props::shadow(canvas, x, 470.0, 330.0);
    canvas.blob(
        &[
            (x - 180.0, 476.0),
            (x - 96.0, 408.0),
            (x - 10.0, 362.0),
            (x + 64.0, 392.0),
            (x + 130.0, 430.0),
            (x + 190.0, 478.0),
            (x, 490.0),
        ],
        0xB7A48C,
    );
    canvas.blob(
        &[
            (x - 20.0, 486.0),
            (x + 10.0, 376.0),
            (x + 70.0, 398.0),
            (x + 140.0, 440.0),
            (x + 184.0, 478.0),
        ],
        0xA08D77,
    );
    for _ in 0..34 {
        let dx = chance.between(-150.0, 150.0);
        let y = chance.between(396.0 + dx.abs() * 0.45, 484.0);
        let colour = chance.pick(&[0xB9694A, 0xCFC5B6, 0x8E8A86, 0xE2D8C4]);
        let (w, tilt) = (chance.between(12.0, 26.0), chance.between(-7.0, 7.0));
        canvas.poly(
            &[
                (x + dx, y),
                (x + dx + w, y + tilt),
                (x + dx + w - 2.0, y + tilt + 10.0),
                (x + dx - 2.0, y + 10.0),
            ],
            colour,
        );
    }
    canvas.line(&[(x - 60.0, 430.0), (x - 104.0, 346.0)], 4.0, 0x6B4A3A);
    canvas.line(&[(x + 30.0, 400.0), (x + 60.0, 330.0), (x + 76.0, 336.0)], 4.0, 0x6B4A3A);
    props::cone(canvas, x - 210.0, 470.0, 1.0);
}

pub fn stall(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(330.0, 420.0);
    if after {
        props::person(canvas, chance, x, 424.0, 1.0);
        props::person(canvas, chance, x + 44.0, 426.0, 0.95);
        return;
    }
    let cloth = chance.pick(&[0xC84B3C, 0x3E7D6B, 0x39678E]);
    for (dx, y, s) in [(-150.0, 438.0, 1.0), (10.0, 446.0, 1.1), (180.0, 440.0, 1.0)] {
        let sx = x + dx;
        props::shadow(canvas, sx, y, 150.0);
        canvas.rect(sx - 60.0 * s, y - 46.0 * s, 120.0 * s, 46.0 * s, 0xA57B50);
        canvas.rect(sx - 64.0 * s, y - 52.0 * s, 128.0 * s, 8.0 * s, 0xC79A66);
        for _ in 0..15 {
            let (fx, colour) = (
                chance.between(-54.0, 54.0),
                chance.pick(&[0xE8702A, 0xF2C14E, 0x7DAA4F, 0xC8372D]),
            );
            canvas.oval(sx + fx * s, y - 57.0 * s, 8.0 * s, 7.0 * s, colour);
        }
        canvas.line(&[(sx, y - 46.0 * s), (sx, y - 160.0 * s)], 4.0, 0x7A6A5A);
        for panel in 0..6_u8 {
            let colour = if panel % 2 == 0 { cloth } else { 0xF6EEDF };
            let (left, right) = (f32::from(panel) * 30.0 - 90.0, f32::from(panel) * 30.0 - 60.0);
            canvas.poly(
                &[
                    (sx, y - 178.0 * s),
                    (sx + left * s, y - 128.0 * s),
                    (sx + right * s, y - 128.0 * s),
                ],
                colour,
            );
        }
    }
    for dx in [-70.0, 96.0] {
        props::person(canvas, chance, x + dx, 462.0, 1.1);
    }
    for dx in [-40.0, 60.0, 250.0] {
        canvas.rect(x + dx, 462.0, 26.0, 18.0, 0x3F76A8);
        canvas.rect(x + dx - 3.0, 459.0, 32.0, 5.0, 0x4F8CC2);
    }
}
