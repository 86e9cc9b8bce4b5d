//! The drawing of a procedure: boxes in rows, lines from what is done to what begins then, and the ways back. Numbers
//! only; the template writes the SVG, and beside it stands a table that says the same in words.

use crate::platform::i18n::Lang;
use domain::procedure::changes::Change;
use domain::procedure::{Procedure, Step};

/// Lengths are dots of the drawing; a phone shows two boxes side by side at nearly full size.
const MARGIN: i32 = 8;
const LANE: i32 = 14;
const GAP: i32 = 20;
const BETWEEN: i32 = 44;
const LINE: i32 = 20;
const PADDING: i32 = 10;
/// Of a letter of a name, on average, in tenths of a dot.
const LETTER: i32 = 84;

/// A step.
#[derive(Debug)]
pub struct Box {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// Lines of its name, each with its height.
    pub name: Vec<(i32, String)>,
    pub who: (i32, String),
    pub budget: (i32, String),
    /// `new`, `changed`, or nothing: since the version before.
    pub mark: &'static str,
    pub mark_y: i32,
    pub mark_word: String,
}

impl Box {
    fn middle(&self) -> i32 {
        self.x + self.width / 2
    }
    pub fn text_x(&self) -> i32 {
        self.x + PADDING
    }
}

#[derive(Debug)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    pub boxes: Vec<Box>,
    /// Paths of SVG: onward, and back.
    pub lines: Vec<String>,
    pub returns: Vec<String>,
}

/// Draws it; `changes` are those since the version before.
pub fn draw(procedure: &Procedure, changes: &[Change], t: Lang) -> Drawing {
    let shape = procedure.shape();
    let widest = shape.rows.iter().map(Vec::len).max().unwrap_or(1);
    let width = match widest {
        0 | 1 => 248,
        2 => 150,
        _ => 132,
    };
    // Ways back of a step that stands at the left of another run along the left side.
    let at_left = |id: &str| {
        shape.rows.iter().any(|row| row.len() > 1 && row.first().is_some_and(|first| *first == id))
    };
    let along_left = shape.returns.iter().filter(|(from, to)| at_left(from) || at_left(to)).count();
    let room = |ways: usize| if ways == 0 { 0 } else { LANE * (1 + ways as i32) };
    let left = MARGIN + room(along_left);
    let inner = width * widest as i32 + GAP * (widest as i32 - 1);
    let mut boxes: Vec<(&str, bool, Box)> = Vec::new();
    let mut y = MARGIN;
    for row in &shape.rows {
        let used = width * row.len() as i32 + GAP * (row.len() as i32 - 1);
        let mut x = left + (inner - used) / 2;
        let mut tallest = 0;
        for (place, id) in row.iter().enumerate() {
            let Some(step) = procedure.step(id) else { continue };
            let drawn = a_box(step, (x, y, width), changes, t);
            tallest = tallest.max(drawn.height);
            let at_left = row.len() > 1 && place == 0;
            boxes.push((id, at_left, drawn));
            x += width + GAP;
        }
        for (_, _, drawn) in boxes.iter_mut().filter(|(_, _, drawn)| drawn.y == y) {
            drawn.height = tallest;
        }
        y += tallest + BETWEEN;
    }
    let right = left + inner;
    let of = |id: &str| boxes.iter().find(|(other, ..)| *other == id);
    let lines = shape.lines.iter().filter_map(|(from, to)| Some(onward(&of(from)?.2, &of(to)?.2)));
    let (mut taken_left, mut taken_right) = (0, 0);
    let returns = shape.returns.iter().filter_map(|(from, to)| {
        let (from, to) = (of(from)?, of(to)?);
        let (at, turn) = if from.1 || to.1 {
            taken_left += LANE;
            (left - taken_left, -1)
        } else {
            taken_right += LANE;
            (right + taken_right, 1)
        };
        Some(back(&from.2, &to.2, at, turn))
    });
    let (lines, returns) = (lines.collect(), returns.collect());
    Drawing {
        width: right + room(shape.returns.len() - along_left) + MARGIN,
        height: y - BETWEEN + MARGIN,
        boxes: boxes.into_iter().map(|(_, _, drawn)| drawn).collect(),
        lines,
        returns,
    }
}

fn a_box(step: &Step, (x, y, width): (i32, i32, i32), changes: &[Change], t: Lang) -> Box {
    let letters = ((width - 2 * PADDING) * 10 / LETTER).max(6);
    let mut at = y + PADDING + 14;
    let mut next = |text: String| {
        let line = (at, text);
        at += LINE;
        line
    };
    let name: Vec<_> =
        wrapped(step.name.text(t.code()), letters as usize).into_iter().map(&mut next).collect();
    let who = next(t.of("role-", step.role).into_owned());
    let budget = next(t.budget(step.budget).into_owned());
    let mark = changes.iter().find_map(|change| match change {
        Change::Added { step: id } if *id == step.id => Some("new"),
        Change::Changed { step: Some(id), .. } if *id == step.id => Some("changed"),
        Change::Added { .. } | Change::Changed { .. } | Change::Removed { .. } => None,
    });
    let word = mark.map_or_else(String::new, |mark| t.of("procedure-mark-", mark).into_owned());
    let mark_y = at;
    let lines = name.len() as i32 + 2 + i32::from(mark.is_some());
    let height = lines * LINE + 2 * PADDING - 4;
    let mark = mark.unwrap_or_default();
    Box { x, y, width, height, name, who, budget, mark, mark_y, mark_word: word }
}

/// At blanks, into lines of so many letters; a longer word stands alone.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Down to the middle between the rows, across, and down.
fn onward(from: &Box, to: &Box) -> String {
    let (x, y, end) = (from.middle(), from.y + from.height, to.middle());
    // One that skips a row comes straight into the gap above where it ends.
    let turn = to.y - BETWEEN / 2;
    format!("M{x} {y}V{turn}H{end}V{}", to.y - 2)
}

/// Out at the side, along a lane of its own, and in again.
fn back(from: &Box, to: &Box, lane: i32, turn: i32) -> String {
    let edge = |of: &Box| if turn > 0 { of.x + of.width } else { of.x };
    let (out, into) = (from.y + from.height * 2 / 3, to.y + to.height / 3);
    format!("M{} {out}H{lane}V{into}H{}", edge(from), edge(to) + 2 * turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::i18n::I18n;
    use crate::platform::pack_dir;

    #[test]
    fn boxes_do_not_lie_on_each_other_and_all_is_inside() {
        for pack in ["harbour", "hue"] {
            let pack = pack_dir::load_checked(pack).unwrap();
            for procedure in &pack.procedures {
                let drawing = draw(procedure, &[], I18n::load().lang("vi"));
                assert_eq!(drawing.boxes.len(), procedure.steps.len());
                for (n, a) in drawing.boxes.iter().enumerate() {
                    assert!(a.x >= 0 && a.x + a.width <= drawing.width, "{a:?}");
                    assert!(a.y >= 0 && a.y + a.height <= drawing.height, "{a:?}");
                    let beside = |b: &Box| a.x + a.width <= b.x || b.x + b.width <= a.x;
                    let apart = |b: &Box| a.y + a.height <= b.y || b.y + b.height <= a.y;
                    assert!(drawing.boxes.iter().skip(n + 1).all(|b| beside(b) || apart(b)));
                }
                assert!(drawing.width <= 400, "{}: too wide for a phone", procedure.code);
            }
        }
    }

    #[test]
    fn a_long_name_is_broken_between_words() {
        assert_eq!(wrapped("Take it in and say so", 8), ["Take it", "in and", "say so"]);
        assert_eq!(wrapped("Unbreakable", 4), ["Unbreakable"]);
    }
}
