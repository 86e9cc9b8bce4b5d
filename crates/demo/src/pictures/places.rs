//! Troubles of waste, rivers, parks and offices, and the same places put right.

use super::canvas::{Canvas, Chance, shining, tone, veil};
use super::props;

const BAGS: [u32; 5] = [0x2F2D36, 0x45434E, 0x5E86A0, 0xD8D2C6, 0x3E6F5A];

fn bag(canvas: &mut Canvas, x: f32, y: f32, s: f32, colour: u32) {
    canvas.blob(
        &[
            (x - 30.0 * s, y),
            (x - 34.0 * s, y - 30.0 * s),
            (x - 8.0 * s, y - 48.0 * s),
            (x + 16.0 * s, y - 46.0 * s),
            (x + 36.0 * s, y - 24.0 * s),
            (x + 30.0 * s, y),
        ],
        colour,
    );
    canvas.poly(
        &[
            (x - 4.0 * s, y - 38.0 * s),
            (x + 8.0 * s, y - 38.0 * s),
            (x + 7.0 * s, y - 52.0 * s),
            (x + 1.0 * s, y - 48.0 * s),
            (x - 4.0 * s, y - 50.0 * s),
        ],
        tone(colour, 1.2),
    );
    canvas.line(
        &[(x - 16.0 * s, y - 26.0 * s), (x - 10.0 * s, y - 10.0 * s)],
        2.0,
        tone(colour, 1.35),
    );
}

pub fn rubbish(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(360.0, 440.0);
    if after {
        props::bin(canvas, x - 34.0, 428.0, 1.0);
        props::bin(canvas, x + 26.0, 430.0, 1.0);
        props::pot(canvas, chance, x + 84.0, 428.0, 1.0);
        return;
    }
    props::shadow(canvas, x, 456.0, 270.0);
    props::bin(canvas, x - 96.0, 430.0, 1.0);
    canvas.poly(
        &[(x + 46.0, 392.0), (x + 112.0, 398.0), (x + 106.0, 452.0), (x + 42.0, 450.0)],
        0xC49A66,
    );
    canvas.poly(
        &[(x + 46.0, 392.0), (x + 112.0, 398.0), (x + 118.0, 384.0), (x + 56.0, 378.0)],
        0xD9B27D,
    );
    for (row, count) in [(0_u8, 5_u8), (1, 4), (2, 2)] {
        for place in 0..count {
            let reach = (f32::from(place) - f32::from(count - 1) / 2.0) * 52.0;
            let y = 412.0 + f32::from(2 - row) * -14.0 + f32::from(2 - row) * 12.0 + 46.0
                - f32::from(row) * 34.0;
            let colour = chance.pick(&BAGS);
            bag(
                canvas,
                x + reach + chance.between(-9.0, 9.0),
                y,
                chance.between(0.85, 1.15),
                colour,
            );
        }
    }
    for _ in 0..18 {
        let (dx, y) = (chance.between(-190.0, 200.0), chance.between(446.0, 486.0));
        let colour = chance.pick(&[0xF1EBDD, 0xC8372D, 0x4E8FB5, 0xE0A93B, 0xB9B4A8]);
        canvas.poly(
            &[
                (x + dx, y),
                (x + dx + 10.0, y - 4.0),
                (x + dx + 13.0, y + 3.0),
                (x + dx + 3.0, y + 5.0),
            ],
            colour,
        );
    }
    for _ in 0..6 {
        let (dx, y) = (chance.between(-80.0, 80.0), chance.between(330.0, 380.0));
        canvas.oval(x + dx, y, 2.2, 1.6, 0x23212A);
    }
}

pub fn smoke(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(380.0, 460.0), 462.0);
    if after {
        canvas.oval(x, y, 66.0, 15.0, 0x8A9A5A);
        for _ in 0..16 {
            let (dx, dy) = (chance.between(-60.0, 60.0), chance.between(-10.0, 10.0));
            canvas.line(&[(x + dx, y + dy), (x + dx, y + dy - 9.0)], 2.2, 0x6FA04A);
        }
        return;
    }
    canvas.oval(x, y, 88.0, 20.0, 0x4A4238);
    for _ in 0..26 {
        let (dx, dy) = (chance.between(-66.0, 66.0), chance.between(-22.0, 8.0));
        let colour = chance.pick(&[0x8A6B3F, 0xA47C46, 0x6B5335, 0x5B4A33]);
        canvas.oval(x + dx, y + dy, 15.0, 7.0, colour);
    }
    canvas.halo(x, y - 20.0, 90.0, shining(0xFFB347, 0.6));
    for (dx, height, colour) in [
        (-30.0, 44.0, 0xF2792B),
        (-4.0, 66.0, 0xF7A033),
        (24.0, 50.0, 0xF2792B),
        (2.0, 36.0, 0xFFE08A),
    ] {
        canvas.blob(
            &[
                (x + dx - 15.0, y - 6.0),
                (x + dx - 8.0, y - height * 0.6),
                (x + dx, y - height * 1.3),
                (x + dx + 10.0, y - height * 0.5),
                (x + dx + 15.0, y - 6.0),
            ],
            shining(colour, 0.95),
        );
    }
    for step in 0..22_u8 {
        let rise = f32::from(step) * 18.0;
        let drift = rise * 0.42 + chance.between(-22.0, 22.0);
        canvas.oval(
            x + drift,
            y - 70.0 - rise,
            28.0 + rise * 0.22,
            22.0 + rise * 0.15,
            veil(0x8C8A90, 0.3),
        );
    }
}

pub fn river(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    if after {
        for _ in 0..7 {
            let (x, y) = (chance.between(200.0, 640.0), chance.between(400.0, 462.0));
            canvas.oval(x, y, 20.0, 7.0, 0x5E9A62);
            canvas.oval(x + 4.0, y - 4.0, 6.0, 4.5, 0xEFA6BC);
        }
        let x = chance.between(280.0, 420.0);
        canvas.blob(
            &[(x - 16.0, 352.0), (x + 18.0, 352.0), (x + 12.0, 366.0), (x - 12.0, 366.0)],
            0xF8F6EE,
        );
        canvas.rope((x + 14.0, 354.0), (x + 22.0, 332.0), 3.0, 4.0, 0xF8F6EE);
        return;
    }
    canvas.fade(400.0, 84.0, veil(0x59603F, 0.1), veil(0x4A4A33, 0.85));
    canvas.blob(
        &[
            (150.0, 400.0),
            (330.0, 382.0),
            (520.0, 392.0),
            (690.0, 418.0),
            (650.0, 480.0),
            (420.0, 486.0),
            (180.0, 474.0),
        ],
        veil(0x4E4B33, 0.7),
    );
    for _ in 0..40 {
        let (x, y) = (chance.between(170.0, 660.0), chance.between(396.0, 480.0));
        let colour = chance.pick(&[0xF1EBDD, 0xC8372D, 0x4E8FB5, 0xE0A93B, 0x8FA861, 0xD8D2C6]);
        let s = 0.7 + (y - 390.0) / 110.0;
        if chance.percent(30) {
            canvas.line(&[(x, y), (x + 20.0 * s, y - 4.0)], 7.0 * s, veil(colour, 0.9));
            canvas.line(&[(x + 20.0 * s, y - 4.0), (x + 26.0 * s, y - 5.0)], 3.6 * s, 0x3F76A8);
        } else {
            canvas.blob(
                &[
                    (x, y),
                    (x + 14.0 * s, y - 6.0 * s),
                    (x + 22.0 * s, y + 3.0),
                    (x + 6.0, y + 6.0 * s),
                ],
                colour,
            );
        }
    }
    canvas.rect(700.0, 470.0, 60.0, 44.0, 0x9A958C);
    canvas.oval(700.0, 492.0, 15.0, 22.0, 0x3A3734);
    canvas.blob(
        &[
            (700.0, 494.0),
            (676.0, 470.0),
            (650.0, 452.0),
            (620.0, 470.0),
            (660.0, 500.0),
            (698.0, 512.0),
        ],
        0x46412C,
    );
}

pub fn boat(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(340.0, 440.0), 430.0);
    canvas.oval(x, y + 24.0, 190.0, 12.0, veil(0x1B3038, 0.3));
    canvas.blob(
        &[
            (x - 210.0, y - 26.0),
            (x - 150.0, y + 6.0),
            (x - 110.0, y + 26.0),
            (x + 120.0, y + 26.0),
            (x + 160.0, y + 4.0),
            (x + 214.0, y - 34.0),
            (x + 90.0, y - 4.0),
            (x - 100.0, y - 2.0),
        ],
        0xB5443A,
    );
    canvas.line(&[(x - 150.0, y + 2.0), (x, y + 12.0), (x + 150.0, y)], 4.0, 0xF2C14E);
    for dx in [-96.0, -32.0, 32.0, 96.0] {
        canvas.rect(x + dx - 4.0, y - 78.0, 8.0, 78.0, 0x9A3A32);
    }
    canvas.poly(
        &[
            (x - 130.0, y - 76.0),
            (x - 96.0, y - 108.0),
            (x + 96.0, y - 108.0),
            (x + 130.0, y - 76.0),
        ],
        0xD9973A,
    );
    canvas.rope((x - 150.0, y - 86.0), (x - 90.0, y - 108.0), 10.0, 6.0, 0xD9973A);
    canvas.rope((x + 150.0, y - 86.0), (x + 90.0, y - 108.0), 10.0, 6.0, 0xD9973A);
    canvas.oval(x + 196.0, y - 22.0, 8.0, 8.0, 0xF8F4EA);
    canvas.oval(x + 198.0, y - 22.0, 4.0, 4.0, 0x2B2730);
    let heads: &[f32] = if after {
        &[-64.0, 0.0, 64.0]
    } else {
        &[-84.0, -62.0, -40.0, -18.0, 4.0, 26.0, 48.0, 70.0, 90.0]
    };
    for dx in heads {
        let top = chance.pick(&[0xC9503F, 0x3C6E91, 0xE0A93B, 0xF1E4CF, 0x4D8B7A]);
        let (vest, lift) = (if after { 0xF07A2A } else { top }, chance.between(-4.0, 4.0));
        canvas.blob(
            &[
                (x + dx - 13.0, y),
                (x + dx - 12.0, y - 34.0),
                (x + dx + 12.0, y - 34.0),
                (x + dx + 13.0, y),
            ],
            vest,
        );
        canvas.oval(x + dx, y - 42.0 + lift, 9.0, 10.0, 0xD9A27E);
        canvas.oval(x + dx, y - 48.0 + lift, 9.5, 6.0, 0x2A2226);
    }
    price_board(canvas, after);
}

/// Crossed out, or with prices on it.
fn price_board(canvas: &mut Canvas, after: bool) {
    let price = if after { 0x2E7D5B } else { 0xC23B32 };
    canvas.rect(560.0, 470.0, 6.0, 70.0, 0x7A6A5A);
    canvas.rect(524.0, 424.0, 80.0, 56.0, 0xF8F4EA);
    canvas.rect(524.0, 424.0, 80.0, 14.0, price);
    for line in 0..3_u8 {
        let top = 450.0 + f32::from(line) * 10.0;
        if after {
            canvas.line(&[(534.0, top), (594.0, top)], 3.0, 0x6A6560);
        }
    }
    if !after {
        canvas.line(&[(536.0, 446.0), (592.0, 474.0)], 6.0, price);
        canvas.line(&[(592.0, 446.0), (536.0, 474.0)], 6.0, price);
    }
}

pub fn bench(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let (x, y) = (chance.between(380.0, 450.0), 486.0);
    let wood = if after { 0xC08A4E } else { 0x9C7A54 };
    props::shadow(canvas, x, y, 230.0);
    for dx in [-92.0, 84.0] {
        let fallen = !after && dx > 0.0;
        canvas.rect(x + dx, y - 44.0, 9.0, if fallen { 22.0 } else { 44.0 }, 0x4F5A62);
        canvas.rect(x + dx, y - 96.0, 6.0, 54.0, 0x4F5A62);
    }
    for (slat, dy) in [(0_u8, -94.0), (1, -76.0), (2, -58.0), (3, -44.0), (4, -36.0)] {
        let (drop, length) = match (after, slat) {
            (true, _) => (0.0, 104.0),
            (false, 1) => (34.0, 60.0),
            (false, 3) => (0.0, 20.0),
            (false, _) => (chance.between(4.0, 16.0), 104.0),
        };
        canvas.line(
            &[(x - 104.0, y + dy), (x + length, y + dy + drop)],
            10.0,
            tone(wood, 0.92 + f32::from(slat % 2) * 0.12),
        );
    }
    if after {
        props::person(canvas, chance, x - 150.0, y + 20.0, 0.9);
        props::cat(canvas, chance, x + 40.0, y - 42.0, 0.9);
        return;
    }
    canvas.line(&[(x + 60.0, y + 18.0), (x + 150.0, y + 6.0)], 10.0, tone(wood, 0.8));
    canvas.line(&[(x - 30.0, y + 26.0), (x + 34.0, y + 34.0)], 10.0, tone(wood, 0.9));
    for dx in [-60.0, 120.0, 170.0] {
        canvas.oval(x + dx, y + 30.0, 8.0, 3.6, 0x6E9E4A);
    }
}

pub fn counter(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    let x = chance.between(360.0, 430.0);
    canvas.rect(x - 20.0, 180.0, 110.0, 40.0, 0x2B2F36);
    let digits = if after { 0x4BE07A } else { 0xFF5A48 };
    for step in 0..3_u8 {
        canvas.rect(x - 4.0 + f32::from(step) * 28.0, 190.0, 18.0, 20.0, shining(digits, 0.9));
        canvas.rect(x + 2.0 + f32::from(step) * 28.0, 195.0, 6.0, 10.0, 0x2B2F36);
    }
    if after {
        props::figure(canvas, chance, (x + 30.0, 404.0), 1.5, false);
    }
    canvas.rect(x - 170.0, 320.0, 420.0, 150.0, 0x8A5A3C);
    canvas.rect(x - 182.0, 308.0, 444.0, 18.0, 0xB5794E);
    for panel in 0..4_u8 {
        canvas.rect(x - 154.0 + f32::from(panel) * 102.0, 342.0, 82.0, 108.0, 0x7A4E33);
    }
    for (dx, sheets) in
        [(-130.0, if after { 2_u8 } else { 11 }), (150.0, if after { 1 } else { 14 })]
    {
        for sheet in 0..sheets {
            let slip = chance.between(-6.0, 6.0);
            canvas.rect(
                x + dx + slip,
                303.0 - f32::from(sheet) * 6.0,
                60.0,
                5.0,
                tone(0xF8F4EA, chance.between(0.86, 1.0)),
            );
        }
    }
    if after {
        props::person(canvas, chance, x + 70.0, 566.0, 1.7);
        return;
    }
    canvas.poly(
        &[(x + 4.0, 308.0), (x + 14.0, 262.0), (x + 76.0, 262.0), (x + 86.0, 308.0)],
        0xF8F4EA,
    );
    canvas.line(&[(x + 24.0, 278.0), (x + 66.0, 278.0)], 5.0, 0xC23B32);
    canvas.line(&[(x + 26.0, 292.0), (x + 64.0, 292.0)], 5.0, 0xC23B32);
    for (dx, y, s) in [
        (-20.0, 520.0, 1.45),
        (50.0, 530.0, 1.5),
        (-110.0, 536.0, 1.5),
        (130.0, 548.0, 1.6),
        (-200.0, 556.0, 1.6),
        (214.0, 572.0, 1.7),
        (-40.0, 590.0, 1.75),
    ] {
        props::person(canvas, chance, x + dx, y, s);
    }
}
