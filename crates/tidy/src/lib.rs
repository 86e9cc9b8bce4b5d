//! House rules as tests over the source tree; see `tests/`.
