//! `nhip import`: brings a city's history from a table, so that the first day already has a past.
//!
//! Cast: [`map`] says which column means what; [`data`] reads rows; [`create`] makes the pack know the services,
//! agencies and areas it meets; [`history`] turns a row into a report with its events; [`store`] remembers which rows
//! came in, so that a second run brings none twice. No row is dropped in silence: it is imported, was there before, or
//! stands in the rejects file with its reason. No letters: what is imported was told long ago.

pub mod create;
pub mod data;
pub mod history;
pub mod map;
pub mod run;
pub mod store;

pub use run::run;

/// Why a row does not come in: the kind, by which the summary counts, and what is particular to the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub kind: &'static str,
    pub detail: String,
}

impl Reject {
    pub fn new(kind: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

impl std::fmt::Display for Reject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.detail.as_str() {
            "" => f.write_str(self.kind),
            detail => write!(f, "{}: {detail}", self.kind),
        }
    }
}

/// The code of a name: folded, in hyphens, at most 64 characters. Two names with one code are one thing.
pub fn slug(name: &str) -> String {
    let folded = domain::text::fold(name);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let code = words.join("-");
    if code.len() <= 64 {
        return code;
    }
    // Long names often differ only at the end, so the end goes into the code as a number.
    let sum =
        code.bytes().fold(5381_u32, |sum, byte| sum.wrapping_mul(33).wrapping_add(u32::from(byte)));
    format!("{}-{sum:08x}", code.get(..55).unwrap_or_default().trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_code_and_long_names_keep_apart() {
        assert_eq!(slug("Signs & Signals"), "signs-signals");
        assert_eq!(slug("Phường Thuận Hóa"), "phuong-thuan-hoa");
        let long = "word ".repeat(20);
        assert_ne!(slug(&format!("{long}a")), slug(&format!("{long}b")));
        assert!(slug(&long).len() <= 64);
    }
}
