//! Laws of places.
