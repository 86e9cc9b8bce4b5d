//! How a command of the command line ends when it cannot do what was asked.

/// Why a command stopped: a sentence for people, a code for scripts (1: it could not be done, 2: asked wrongly).
#[derive(Debug)]
pub struct Stop {
    pub message: String,
    pub code: u8,
}

impl<E: std::fmt::Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self { message: error.to_string(), code: 1 }
    }
}
