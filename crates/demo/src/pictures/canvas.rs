//! The paper: filled shapes with soft edges, seen in one of three lights.
//!
//! Colours are `0xRRGGBB` as they would be at noon; the canvas turns them to the hour and the
//! weather, so that whoever draws need not know. [`shining`] keeps a colour as it is: lamps,
//! windows, fire. Places are in pixels from the top left.

use image::RgbImage;
use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder,
    Pixmap, Point, RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

use super::{HEIGHT, WIDTH};

/// The hour and the weather.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Light {
    #[default]
    Day,
    Dusk,
    Rain,
}

/// A stream of small decisions, the same for the same seed (`SplitMix64`).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` up to, but not including, `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next() >> 40) as f32 / 16_777_216.0;
        low + unit * (high - low)
    }

    /// One of these, or the default if there are none.
    pub fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let chosen = self.next() % (choices.len().max(1) as u64);
        choices.get(chosen as usize).copied().unwrap_or_default()
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

/// A colour with its opacity (0–1), and whether it shines by itself.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    rgb: u32,
    alpha: f32,
    shines: bool,
}

impl From<u32> for Ink {
    fn from(rgb: u32) -> Self {
        Self { rgb, alpha: 1.0, shines: false }
    }
}

/// A colour one can see through.
pub fn veil(rgb: u32, alpha: f32) -> Ink {
    Ink { rgb, alpha, shines: false }
}

/// A colour that does not mind the hour.
pub fn shining(rgb: u32, alpha: f32) -> Ink {
    Ink { rgb, alpha, shines: true }
}

/// The colour made darker (below 1) or lighter (above 1).
pub fn tone(rgb: u32, factor: f32) -> u32 {
    let channel = |shift: u32| ((((rgb >> shift) & 255) as f32 * factor).clamp(0.0, 255.0)) as u32;
    channel(16) << 16 | channel(8) << 8 | channel(0)
}

/// What everything is drawn on.
pub struct Canvas {
    map: Option<Pixmap>,
    pub light: Light,
}

impl Canvas {
    pub fn new(light: Light) -> Self {
        Self { map: Pixmap::new(WIDTH, HEIGHT), light }
    }

    /// The pixels. A canvas is opaque once its sky is painted.
    pub fn finish(self) -> RgbImage {
        let pixels = self.map.map(Pixmap::take).unwrap_or_default();
        let rgb = pixels.chunks_exact(4).flat_map(|rgba| rgba.iter().take(3).copied());
        RgbImage::from_raw(WIDTH, HEIGHT, rgb.collect()).unwrap_or_default()
    }

    fn colour(&self, ink: Ink) -> Color {
        let channel = |shift: u32| ((ink.rgb >> shift) & 255) as f32 / 255.0;
        let (red, green, blue) = (channel(16), channel(8), channel(0));
        let grey = 0.3 * red + 0.59 * green + 0.11 * blue;
        let dull = |value: f32, by: f32| value + (grey - value) * by;
        let (red, green, blue) = match self.light {
            _ if ink.shines => (red, green, blue),
            Light::Day => (red, green, blue),
            Light::Dusk => (red * 0.56 + 0.03, green * 0.46 + 0.02, blue * 0.62 + 0.07),
            Light::Rain => {
                (dull(red, 0.3) * 0.80, dull(green, 0.3) * 0.84, dull(blue, 0.3) * 0.87 + 0.03)
            }
        };
        let unit = |value: f32| value.clamp(0.0, 1.0);
        Color::from_rgba(unit(red), unit(green), unit(blue), unit(ink.alpha))
            .unwrap_or(Color::BLACK)
    }

    fn paint(&self, ink: impl Into<Ink>) -> Paint<'static> {
        let mut paint = Paint::default();
        paint.set_color(self.colour(ink.into()));
        paint
    }

    fn fill(&mut self, path: Option<Path>, paint: &Paint) {
        if let (Some(map), Some(path)) = (&mut self.map, path) {
            map.fill_path(&path, paint, FillRule::Winding, Transform::identity(), None);
        }
    }

    /// An upright rectangle, moved to whole pixels: most of a street is rectangles, and this way
    /// they cost a tenth.
    pub fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, ink: impl Into<Ink>) {
        let ink = ink.into();
        let colour = self.colour(ink).premultiply().to_color_u8();
        let edges = |from: f32, length: f32, end: u32| {
            let first = from.round().clamp(0.0, end as f32);
            let last = (from + length).round().max(first + 1.0).min(end as f32);
            first as usize..last as usize
        };
        let (columns, rows) = (edges(x, w, WIDTH), edges(y, h, HEIGHT));
        if ink.alpha < 1.0 {
            let paint = self.paint(ink);
            let rect = Rect::from_xywh(x, y, w.max(0.1), h.max(0.1));
            return self.fill(rect.map(PathBuilder::from_rect), &paint);
        }
        let Some(map) = &mut self.map else { return };
        for row in map.pixels_mut().chunks_exact_mut(WIDTH as usize).take(rows.end).skip(rows.start)
        {
            if let Some(part) = row.get_mut(columns.clone()) {
                part.fill(colour);
            }
        }
    }

    pub fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, ink: impl Into<Ink>) {
        let paint = self.paint(ink);
        let rect = Rect::from_xywh(x - rx, y - ry, (2.0 * rx).max(0.1), (2.0 * ry).max(0.1));
        self.fill(rect.and_then(PathBuilder::from_oval), &paint);
    }

    pub fn poly(&mut self, points: &[(f32, f32)], ink: impl Into<Ink>) {
        let paint = self.paint(ink);
        self.fill(straight(points, true), &paint);
    }

    /// A soft closed shape that leans towards the points.
    pub fn blob(&mut self, points: &[(f32, f32)], ink: impl Into<Ink>) {
        let paint = self.paint(ink);
        self.fill(smooth(points), &paint);
    }

    /// A line with round ends.
    pub fn line(&mut self, points: &[(f32, f32)], width: f32, ink: impl Into<Ink>) {
        let paint = self.paint(ink);
        self.stroke(straight(points, false), width, &paint);
    }

    /// The outline of an ellipse.
    pub fn ring(&mut self, x: f32, y: f32, rx: f32, ry: f32, width: f32, ink: impl Into<Ink>) {
        let paint = self.paint(ink);
        let rect = Rect::from_xywh(x - rx, y - ry, 2.0 * rx, 2.0 * ry);
        self.stroke(rect.and_then(PathBuilder::from_oval), width, &paint);
    }

    /// A hanging line: a cable, a garland, a hose.
    pub fn rope(
        &mut self,
        from: (f32, f32),
        to: (f32, f32),
        sag: f32,
        width: f32,
        ink: impl Into<Ink>,
    ) {
        let mut builder = PathBuilder::new();
        builder.move_to(from.0, from.1);
        builder.quad_to(
            f32::midpoint(from.0, to.0),
            f32::midpoint(from.1, to.1) + 2.0 * sag,
            to.0,
            to.1,
        );
        let paint = self.paint(ink);
        self.stroke(builder.finish(), width, &paint);
    }

    fn stroke(&mut self, path: Option<Path>, width: f32, paint: &Paint) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        if let (Some(map), Some(path)) = (&mut self.map, path) {
            map.stroke_path(&path, paint, &stroke, Transform::identity(), None);
        }
    }

    /// A band that fades from one colour to another, downwards; exact colours, whatever the light.
    pub fn fade(&mut self, y: f32, h: f32, top: Ink, bottom: Ink) {
        let stops = vec![
            GradientStop::new(0.0, self.colour(top)),
            GradientStop::new(1.0, self.colour(bottom)),
        ];
        let (from, to) = (Point::from_xy(0.0, y), Point::from_xy(0.0, y + h));
        let shader = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
        let rect = Rect::from_xywh(0.0, y, WIDTH as f32, h);
        self.shaded(rect.map(PathBuilder::from_rect), shader);
    }

    /// Light around a lamp, or a shadow around nothing.
    pub fn halo(&mut self, x: f32, y: f32, radius: f32, ink: Ink) {
        let centre = self.colour(ink);
        let mut edge = centre;
        edge.set_alpha(0.0);
        let stops = vec![GradientStop::new(0.0, centre), GradientStop::new(1.0, edge)];
        let middle = Point::from_xy(x, y);
        let shader = RadialGradient::new(
            middle,
            0.0,
            middle,
            radius,
            stops,
            SpreadMode::Pad,
            Transform::identity(),
        );
        self.shaded(PathBuilder::from_circle(x, y, radius), shader);
    }

    fn shaded(&mut self, path: Option<Path>, shader: Option<Shader<'static>>) {
        if let Some(shader) = shader {
            self.fill(path, &Paint { shader, ..Paint::default() });
        }
    }
}

fn straight(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    builder.move_to(first.0, first.1);
    for (x, y) in rest {
        builder.line_to(*x, *y);
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

/// Quadratic curves from the middle of each side to the middle of the next.
fn smooth(points: &[(f32, f32)]) -> Option<Path> {
    let middle = |a: (f32, f32), b: (f32, f32)| (f32::midpoint(a.0, b.0), f32::midpoint(a.1, b.1));
    let start = middle(*points.last()?, *points.first()?);
    let mut builder = PathBuilder::new();
    builder.move_to(start.0, start.1);
    for (at, point) in points.iter().enumerate() {
        let next = points.get(at + 1).or_else(|| points.first())?;
        let end = middle(*point, *next);
        builder.quad_to(point.0, point.1, end.0, end.1);
    }
    builder.close();
    builder.finish()
}
