//! What the invented past of a demo city is made of: [`material`] has the sentences, streets and names that a pack brings,
//! [`pictures`] draws the photos.
//!
//! Everything is made from a seed: the same seed makes the same story and the same picture. Who lives that past, by the
//! same actions that people use, is `nhip::demo`.

pub mod material;
pub mod pictures;
