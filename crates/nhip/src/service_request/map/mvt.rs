//! Vector tiles as they travel: the Mapbox Vector Tile specification 2.1, points only, as protocol buffers. Forty lines of
//! writing, where a library would bring a compiler of schemas.

use std::collections::HashMap;

/// Units along the side of a tile.
pub const EXTENT: u32 = 4_096;

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Text(String),
    Number(u64),
    Yes(bool),
}

/// A layer in the making. Names and values of attributes are kept once and named by number.
pub struct Layer {
    name: &'static str,
    names: Vec<&'static str>,
    values: HashMap<Value, u32>,
    features: Vec<u8>,
    count: usize,
}

impl Layer {
    pub fn new(name: &'static str) -> Self {
        Self { name, names: Vec::new(), values: HashMap::new(), features: Vec::new(), count: 0 }
    }

    /// A point with its attributes, in units of the tile from its north-west corner.
    pub fn point(&mut self, (x, y): (u32, u32), attributes: Vec<(&'static str, Value)>) {
        let mut tags = Vec::with_capacity(4 * attributes.len());
        for (name, value) in attributes {
            let known = self.names.iter().position(|other| *other == name);
            let number = known.unwrap_or_else(|| {
                self.names.push(name);
                self.names.len() - 1
            });
            varint(&mut tags, number as u64);
            let next = self.values.len() as u32;
            varint(&mut tags, u64::from(*self.values.entry(value).or_insert(next)));
        }
        // One command: move to; then the distance from the corner, folded so that small is short.
        let mut geometry = vec![9];
        varint(&mut geometry, u64::from(x) << 1);
        varint(&mut geometry, u64::from(y) << 1);
        let mut feature = Vec::with_capacity(tags.len() + geometry.len() + 6);
        bytes(&mut feature, 2, &tags);
        number(&mut feature, 3, 1);
        bytes(&mut feature, 4, &geometry);
        bytes(&mut self.features, 2, &feature);
        self.count += 1;
    }

    /// Adds the layer to a tile; an empty one is left out.
    pub fn write(self, tile: &mut Vec<u8>) {
        if self.count == 0 {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + 64);
        number(&mut layer, 15, 2);
        bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend(&self.features);
        for name in self.names {
            bytes(&mut layer, 3, name.as_bytes());
        }
        let mut values: Vec<(Value, u32)> = self.values.into_iter().collect();
        values.sort_unstable_by_key(|(_, number)| *number);
        for (value, _) in values {
            let mut one = Vec::new();
            match value {
                Value::Text(text) => bytes(&mut one, 1, text.as_bytes()),
                Value::Number(n) => number(&mut one, 5, n),
                Value::Yes(yes) => number(&mut one, 7, u64::from(yes)),
            }
            bytes(&mut layer, 4, &one);
        }
        number(&mut layer, 5, u64::from(EXTENT));
        bytes(tile, 3, &layer);
    }
}

fn varint(to: &mut Vec<u8>, mut n: u64) {
    while n >= 128 {
        to.push(n as u8 | 128);
        n >>= 7;
    }
    to.push(n as u8);
}

fn number(to: &mut Vec<u8>, field: u64, n: u64) {
    varint(to, field << 3);
    varint(to, n);
}

fn bytes(to: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(to, field << 3 | 2);
    varint(to, content.len() as u64);
    to.extend(content);
}
