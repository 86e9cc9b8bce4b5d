//! Tables and laws of working time.
