//! Danger to life: whom to call at once, and which words or kinds of reports show it.
//!
//! Words are matched folded and whole, in every language of the pack, whatever the page speaks: who is in danger writes as
//! they can. Marks count where the writer uses them, as in [`crate::suggest`]: `đầm` is a lagoon, `dam` may be `đâm`. A
//! false alarm costs a look, so nothing is weighed here.

use super::Pack;
use crate::ids::ServiceCode;
use crate::localized::Localized;
use crate::service_request::ServiceRequest;
use crate::text::{Word, has_particle, words};
use crate::time::Budget;

/// The numbers of emergency, and what calls for them. Empty in a pack that names none.
#[derive(Debug, Clone, Default)]
pub struct CallNow {
    /// Within which intake decides about a report that is marked.
    pub budget: Option<Budget>,
    pub numbers: Vec<CallNumber>,
    pub dangers: Vec<Danger>,
}

/// A number that is answered day and night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNumber {
    pub code: String,
    /// As it is dialled: `114`.
    pub number: String,
    /// Who answers.
    pub name: Localized,
}

#[derive(Debug, Clone)]
pub struct Danger {
    pub code: String,
    /// Codes of the numbers to call, the first to call first.
    pub numbers: Vec<String>,
    /// Kinds of reports that are this danger, whatever their words.
    pub services: Vec<ServiceCode>,
    pub phrases: Vec<Vec<Word>>,
}

impl Danger {
    /// What people write who are in it.
    pub(super) fn add_words<'a>(&mut self, written: impl IntoIterator<Item = &'a str>) {
        self.phrases.extend(written.into_iter().map(words).filter(|phrase| !phrase.is_empty()));
    }

    fn is_told(&self, typed: &[Word], service: Option<&ServiceCode>) -> bool {
        let of_kind = service.is_some_and(|service| self.services.contains(service));
        of_kind || self.phrases.iter().any(|phrase| stands_in(typed, phrase))
    }
}

fn stands_in(typed: &[Word], phrase: &[Word]) -> bool {
    let same = |(typed, meant): (&Word, &Word)| {
        let marked = typed.marks.is_empty() || typed.marks == meant.marks;
        (typed.folded == meant.folded && marked) || has_particle(&typed.folded, &meant.folded)
    };
    typed.windows(phrase.len()).any(|part| part.iter().zip(phrase).all(same))
}

impl Pack {
    /// Whom to call at once when somebody writes this about that; nobody where no danger shows.
    pub fn to_call(&self, text: &str, service: Option<&ServiceCode>) -> Vec<&CallNumber> {
        let (typed, all) = (words(text), &self.call_now);
        let told = all.dangers.iter().filter(|danger| danger.is_told(&typed, service));
        let mut found: Vec<&CallNumber> = Vec::new();
        for code in told.flat_map(|danger| &danger.numbers) {
            let number = all.numbers.iter().find(|number| number.code == *code);
            found.extend(number.filter(|number| !found.contains(number)));
        }
        found
    }

    /// Whom the sender of an open, marked report is told to call: by its words and its kind, else all there are.
    pub fn to_call_about(&self, report: &ServiceRequest) -> Vec<&CallNumber> {
        if !report.urgent || report.closed_at.is_some() {
            return Vec::new();
        }
        let found = self.to_call(&report.description, Some(&report.service));
        if found.is_empty() { self.call_now.numbers.iter().collect() } else { found }
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::tests::pack_of;

    fn called(city: &str, text: &str) -> Vec<String> {
        let pack = pack_of(city);
        pack.to_call(text, None).iter().map(|number| number.number.clone()).collect()
    }

    #[test]
    fn words_of_danger_are_heard_in_every_language_with_and_without_marks() {
        for (text, first) in [
            ("Cháy nhà ở kiệt 12", "114"),
            ("chay nha o kiet 12 cuu voi", "114"),
            ("CHÁY NHÀ!!!", "114"),
            ("có người bị đâm", "113"),
            ("co nguoi bi dam truoc cho", "113"),
            ("Em bé đuối nước ở bến sông", "114"),
            ("bé bị điện giật", "115"),
            ("tai nạn chết người trên cầu", "115"),
            ("house on fire, people inside", "114"),
            ("Someone was stabbed", "113"),
            ("un homme se noie dans la rivière", "114"),
            ("家が火事です", "114"),
            ("有人溺水", "114"),
            ("집에 불이 났어요", "114"),
        ] {
            assert_eq!(called("hue", text).first().map(String::as_str), Some(first), "{text}");
        }
        assert_eq!(called("harbour", "There is a house on fire"), ["112"]);
    }

    #[test]
    fn what_only_sounds_like_danger_is_none() {
        for text in [
            "Xe rác chạy nhanh",
            "Nước đầm bị ô nhiễm",
            "Bóng đèn đường cháy, không sáng",
            "Đám cưới hát karaoke ồn ào",
            "Ổ gà to trước cổng chợ",
            "Street light burnt out",
            "The firework shop is closed",
        ] {
            assert_eq!(called("hue", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_kind_of_report_may_be_danger_whatever_its_words() {
        let pack = pack_of("hue");
        let of_kind = pack.call_now.dangers.iter().flat_map(|danger| &danger.services);
        let services: Vec<_> = of_kind.collect();
        assert!(!services.is_empty());
        for service in services {
            assert!(!pack.to_call("help", Some(service)).is_empty(), "{service}");
        }
    }
}
