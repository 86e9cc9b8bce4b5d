//! Reads vector tiles as the specification tells, without a line of what writes them.

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(u64),
    Yes(bool),
}

#[derive(Debug, Clone)]
pub struct Feature {
    pub at: (i64, i64),
    pub tags: BTreeMap<String, Value>,
}

impl Feature {
    pub fn number(&self, name: &str) -> u64 {
        match self.tags.get(name) {
            Some(Value::Number(n)) => *n,
            other => panic!("{name} is {other:?}"),
        }
    }
    pub fn text(&self, name: &str) -> &str {
        match self.tags.get(name) {
            Some(Value::Text(text)) => text,
            other => panic!("{name} is {other:?}"),
        }
    }
}

/// The layers by their names.
pub type Layers = BTreeMap<String, Vec<Feature>>;

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut n = 0;
    for shift in (0..).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a number ends too early");
        *bytes = rest;
        n |= u64::from(first & 127) << shift;
        if first & 128 == 0 {
            break;
        }
    }
    n
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            2 => {
                let length = varint(&mut bytes) as usize;
                let (content, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(content)
            }
            other => panic!("wire type {other}"),
        };
        found.push((tag >> 3, field));
    }
    found
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        found.push(varint(&mut bytes));
    }
    found
}

fn value(bytes: &[u8]) -> Value {
    match fields(bytes).as_slice() {
        [(1, Field::Bytes(text))] => Value::Text(String::from_utf8(text.to_vec()).unwrap()),
        [(5, Field::Number(n))] => Value::Number(*n),
        [(7, Field::Number(n))] => Value::Yes(*n == 1),
        _ => panic!("a value that is none"),
    }
}

fn feature(bytes: &[u8], names: &[String], values: &[Value]) -> Feature {
    let (mut at, mut tags, mut kind) = ((0, 0), BTreeMap::new(), 0);
    for (field, content) in fields(bytes) {
        match (field, content) {
            (2, Field::Bytes(pairs)) => {
                for pair in numbers(pairs).chunks(2) {
                    let (name, value) = (pair[0] as usize, pair[1] as usize);
                    tags.insert(names[name].clone(), values[value].clone());
                }
            }
            (3, Field::Number(n)) => kind = n,
            (4, Field::Bytes(geometry)) => {
                let unfold = |n: u64| (n >> 1) as i64 ^ -((n & 1) as i64);
                let numbers = numbers(geometry);
                assert_eq!((numbers[0], numbers.len()), (9, 3), "move to one point");
                at = (unfold(numbers[1]), unfold(numbers[2]));
            }
            (other, _) => panic!("field {other} of a feature"),
        }
    }
    assert_eq!(kind, 1, "a point");
    Feature { at, tags }
}

/// The layers of a tile; every rule of the specification that is broken panics.
pub fn layers(tile: &[u8]) -> Layers {
    let mut layers = Layers::new();
    for (field, layer) in fields(tile) {
        let (3, Field::Bytes(layer)) = (field, layer) else { panic!("field {field} of a tile") };
        let (mut name, mut version, mut extent) = (String::new(), 0, 0);
        let (mut names, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
        for (field, content) in fields(layer) {
            match (field, content) {
                (15, Field::Number(n)) => version = n,
                (1, Field::Bytes(text)) => name = String::from_utf8(text.to_vec()).unwrap(),
                (2, Field::Bytes(bytes)) => features.push(bytes),
                (3, Field::Bytes(text)) => names.push(String::from_utf8(text.to_vec()).unwrap()),
                (4, Field::Bytes(bytes)) => values.push(value(bytes)),
                (5, Field::Number(n)) => extent = n,
                (other, _) => panic!("field {other} of a layer"),
            }
        }
        assert_eq!((version, extent), (2, 4096), "{name}");
        assert!(!features.is_empty(), "{name} is empty");
        let read = features.into_iter().map(|bytes| feature(bytes, &names, &values)).collect();
        assert!(layers.insert(name, read).is_none(), "a layer twice");
    }
    layers
}
