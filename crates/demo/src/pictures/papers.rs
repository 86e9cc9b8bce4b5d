//! Paper on a table: the record of a visit, a meeting, a repair. Not a word of it can be read.

use super::canvas::{Canvas, Chance, tone};

/// A form, empty or filled in, signed and stamped.
pub fn record(canvas: &mut Canvas, chance: &mut Chance, after: bool) {
    canvas.fade(0.0, 600.0, 0xB98A5E.into(), 0x9A6E46.into());
    for board in 1..6_u8 {
        canvas.rect(0.0, f32::from(board) * 104.0, 800.0, 2.0, 0x86603C);
    }
    let (x, y) = (chance.between(228.0, 292.0), chance.between(34.0, 58.0));
    let lean = chance.between(-14.0, 14.0);
    let sheet = |dx: f32, dy: f32| (x + dx + lean * dy / 500.0, y + dy);
    let page = |w: f32, h: f32| [sheet(0.0, 0.0), sheet(w, 4.0), sheet(w, h), sheet(0.0, h - 4.0)];
    canvas.poly(&page(322.0, 522.0).map(|(x, y)| (x + 9.0, y + 11.0)), 0x6F4E31);
    canvas.poly(&page(320.0, 516.0), 0xFBF8EF);
    canvas.line(&[sheet(92.0, 40.0), sheet(228.0, 41.0)], 9.0, 0x3A3640);
    canvas.line(&[sheet(118.0, 62.0), sheet(202.0, 63.0)], 4.0, 0x3A3640);
    for row in 0..9_u8 {
        let top = 104.0 + f32::from(row) * 28.0;
        canvas.line(&[sheet(28.0, top + 8.0), sheet(292.0, top + 9.0)], 1.5, 0xC9C3B4);
        if after {
            let end = chance.between(150.0, 286.0);
            canvas.line(&[sheet(30.0, top), sheet(end, top + 1.0)], 4.0, tone(0x2F4E8E, 1.0));
        }
    }
    for (left, width) in [(34.0, 96.0), (190.0, 92.0)] {
        canvas.line(&[sheet(left, 478.0), sheet(left + width, 479.0)], 2.0, 0x8A8478);
        if after {
            let stroke = [(4.0, 466.0), (22.0, 440.0), (30.0, 472.0), (52.0, 446.0), (84.0, 460.0)];
            canvas.line(&stroke.map(|(dx, dy)| sheet(left + dx, dy)), 3.5, 0x24407C);
        }
    }
    if after {
        let (sx, sy) = sheet(206.0, 432.0);
        canvas.ring(sx, sy, 42.0, 42.0, 4.0, 0xC23B32);
        canvas.ring(sx, sy, 30.0, 30.0, 2.0, 0xC23B32);
        canvas.oval(sx, sy, 9.0, 9.0, 0xC23B32);
    }
    let pen = chance.between(600.0, 640.0);
    canvas.line(&[(pen, 240.0), (pen + 54.0, 430.0)], 13.0, 0x2B3E66);
    canvas.line(&[(pen + 54.0, 430.0), (pen + 60.0, 450.0)], 6.0, 0xD9B45A);
}
