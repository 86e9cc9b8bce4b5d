//! Which services a person may mean, from the words they are typing; nobody must know the bureaucracy.
//!
//! Two things speak. Keywords and names of the services are phrases: a phrase speaks when its words stand in the
//! text, in order, with little between; rare words weigh more than common ones. Search is folded, but marks count where
//! the writer uses them: `chó` is a dog, `cho` is "for". And what the centre decided before ([`learnt`]) speaks beside
//! them; where nothing was decided yet, the keywords are all there is. The same text, pack and past always give the same
//! answer, with the words that led to it.

pub mod evaluate;
pub mod learnt;

use self::learnt::Learnt;
use crate::ids::ServiceCode;
use crate::pack::Pack;
use crate::service::Service;
use crate::text::tokens;
use std::collections::{BTreeMap, BTreeSet};

/// More would be a list to study, not a suggestion.
const MOST: usize = 3;
/// Below this a match is chance.
const LEAST_SCORE: f64 = 1.0;
/// What the past says alone must say this much: a word or two that stood in its reports three times as often as chance.
const LEAST_PAST: f64 = 2.0;
/// A point of the keywords beside one of the past.
const KEYWORDS: f64 = 1.5;
/// By how much a suggestion must lead for somebody to be told that another service was chosen.
const CLEARLY: f64 = 1.5;

/// A service the text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub service: ServiceCode,
    /// Compares suggestions for one text; it has no unit.
    pub score: f64,
    /// What spoke for it: keywords as the pack writes them, then words as they were typed; strongest first.
    pub because: Vec<String>,
}

/// The at most three services that `text` speaks of most, best first. `language` is the writer's.
pub fn suggest(pack: &Pack, past: &Learnt, text: &str, language: &str) -> Vec<Suggestion> {
    let mut found = by_keywords(pack, text, language);
    let mut enough: BTreeSet<ServiceCode> =
        found.values().filter(|s| s.score >= LEAST_SCORE).map(|s| s.service.clone()).collect();
    for suggestion in found.values_mut() {
        suggestion.score *= KEYWORDS;
    }
    for voice in past.of(text) {
        if pack.offered(&voice.service).is_none() {
            continue;
        }
        if voice.speaks_for >= LEAST_PAST && voice.says > 0.0 {
            enough.insert(voice.service.clone());
        }
        let suggestion = found.entry(voice.service.clone()).or_insert_with(|| Suggestion {
            service: voice.service,
            score: 0.0,
            because: Vec::new(),
        });
        suggestion.score += voice.says;
        add_reasons(&mut suggestion.because, voice.because);
    }
    let mut suggestions: Vec<Suggestion> =
        found.into_values().filter(|suggestion| enough.contains(&suggestion.service)).collect();
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score));
    suggestions.truncate(MOST);
    suggestions
}

/// What a text speaks of clearly more than of the service that was chosen, to show whoever decides.
pub fn doubt(
    pack: &Pack,
    past: &Learnt,
    text: &str,
    language: &str,
    chosen: &ServiceCode,
) -> Option<Suggestion> {
    let found = suggest(pack, past, text, language);
    let of_chosen = found.iter().find(|suggestion| suggestion.service == *chosen);
    let of_chosen = of_chosen.map_or(0.0, |suggestion| suggestion.score);
    found.into_iter().next().filter(|first| first.score - of_chosen >= CLEARLY)
}

/// Words that say what a keyword has said already are not said again.
fn add_reasons(because: &mut Vec<String>, words: Vec<String>) {
    for word in words {
        let said: BTreeSet<String> = because.iter().flat_map(|said| tokens(said)).collect();
        let new = tokens(&word).iter().any(|token| !said.contains(token));
        if new && because.len() < MOST {
            because.push(word);
        }
    }
}

fn by_keywords(pack: &Pack, text: &str, language: &str) -> BTreeMap<ServiceCode, Suggestion> {
    let heard = pack.index.phrases.heard_in(text, language);
    let found = heard.into_iter().filter_map(|(service, phrases)| {
        let service = pack.services.get(service)?;
        Some((service.code.clone(), summed(service, phrases)))
    });
    found.collect()
}

/// The strongest phrase counts whole, each further one less: ten ways to say one thing are one thing.
fn summed(service: &Service, mut phrases: Vec<(f64, &str)>) -> Suggestion {
    phrases.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut share = 1.0;
    let mut score = 0.0;
    for (heard, _) in &phrases {
        score += heard * share;
        share *= 0.5;
    }
    let because = phrases.iter().take(MOST).map(|(_, written)| (*written).to_owned()).collect();
    Suggestion { service: service.code.clone(), score, because }
}

#[cfg(test)]
mod tests {
    use super::learnt::Learner;
    use super::*;
    use crate::pack::{check, tests::files_of};

    /// What people write, in which language, and the service that must be among the three.
    const SAID: &[(&str, &str, &str)] = &[
        ("vi", "Đường Nguyễn Huệ có ổ gà to quá, tối qua có người té xe", "pothole"),
        ("vi", "o ga truoc so 12 Hung Vuong", "pothole"),
        ("vi", "mặt đường sụt lún sau mưa rất nguy hiểm", "pothole"),
        ("vi", "đèn đường trước nhà tắt cả tuần nay, kiệt tối thui", "street-light"),
        ("vi", "den duong kiet 25 Dien Bien Phu khong sang", "street-light"),
        ("vi", "Đèn xanh đèn đỏ ngã tư bị hỏng", "traffic-light"),
        ("vi", "rác 3 ngày rồi chưa ai thu gom, ruồi nhặng đầy", "missed-collection"),
        ("vi", "rac chat dong truoc cong cho khong ai don", "missed-collection"),
        ("vi", "có người đổ trộm xà bần ra bãi đất trống cuối đường", "building-rubble"),
        ("vi", "Ai đó vứt rác bừa bãi ven sông", "illegal-dumping"),
        ("vi", "nhà hàng xóm hát karaoke loa kẹo kéo tới 12h đêm không ngủ được", "noise"),
        ("vi", "hang xom mo nhac lon ca dem", "noise"),
        ("vi", "quán nhậu bày bàn ghế kín vỉa hè không có chỗ đi bộ", "pavement-occupied"),
        ("vi", "chó thả rông rượt cắn trẻ con trong xóm", "loose-dog"),
        ("vi", "cho tha rong khong ro mom", "loose-dog"),
        ("vi", "cây phượng gãy cành đè lên dây điện", "fallen-tree"),
        ("vi", "bão làm cây ngã chắn ngang đường", "fallen-tree"),
        ("vi", "dây điện sà thấp, tóe lửa khi trời mưa", "dangerous-wires"),
        ("vi", "cúp nước từ sáng tới giờ", "water-supply"),
        ("vi", "nuoc may duc ngau co mui clo", "water-supply"),
        ("vi", "bể ống nước chảy lênh láng ngoài đường", "water-leak"),
        ("vi", "mất điện cả xóm không thấy thông báo", "power-cut"),
        ("vi", "nắp cống bị mất, ban đêm đi rất dễ sụp", "missing-manhole-cover"),
        ("vi", "cống nghẹt nước đọng hôi thúi", "blocked-drain"),
        ("vi", "nước lụt ngập tới đầu gối đường Bà Triệu", "flooded-street"),
        ("vi", "ô tô đậu chắn trước cổng nhà tôi", "illegal-parking"),
        ("vi", "quái xế nẹt pô đua xe trên cầu mỗi tối thứ bảy", "street-racing"),
        ("vi", "quán cơm chặt chém khách du lịch, tô bún 150 nghìn", "overcharging"),
        ("vi", "bị đeo bám chèo kéo mua hàng trước Đại Nội", "touting"),
        ("vi", "vẽ bậy lên tường thành di tích", "monument-damage"),
        ("vi", "cán bộ một cửa thái độ hách dịch, quát mắng dân", "rude-official"),
        ("vi", "xin giấy phép mà đòi bồi dưỡng phong bì", "demanded-money"),
        ("vi", "hồ sơ sổ đỏ trễ hẹn hai tháng chưa có kết quả", "late-file"),
        ("vi", "cho tôi hỏi thủ tục làm khai sinh cho con cần giấy tờ gì", "procedure-question"),
        (
            "vi",
            "nhà đang xây trái phép thêm tầng không có giấy phép xây dựng",
            "unpermitted-building",
        ),
        ("vi", "xe ben chở đất làm rơi vãi đất đá bụi mù mịt", "construction-dust"),
        ("vi", "đốt rơm khói mù cả làng", "burning"),
        ("vi", "ăn bánh mì xong bị ngộ độc, đau bụng", "food-safety"),
        ("vi", "taxi không bật đồng hồ, đi vòng", "taxi-cyclo"),
        ("en", "There is a huge pothole near the Citadel gate", "pothole"),
        ("en", "all street lights on our alley are out", "street-light"),
        (
            "en",
            "garbage has not been collected for a week, trash not picked up",
            "missed-collection",
        ),
        ("en", "the cyclo driver asked ten times the price, total rip-off", "overcharging"),
        ("en", "loud music from the bar, we cannot sleep", "noise"),
        ("en", "a dog bit my child, it runs loose every day, stray dog", "loose-dog"),
        ("en", "fallen tree across the road after the storm", "fallen-tree"),
        ("en", "A clerk asked for money to stamp my papers", "demanded-money"),
    ];

    /// What a city knows that has decided nothing yet.
    fn fresh(pack: &Pack) -> Learnt {
        Learner::of(pack).learn()
    }

    #[test]
    fn what_people_write_finds_the_service_they_mean() {
        let pack = check(&files_of("hue")).unwrap();
        let past = fresh(&pack);
        let mut missed = Vec::new();
        for (language, text, wanted) in SAID {
            let found = suggest(&pack, &past, text, language);
            if !found.iter().any(|suggestion| suggestion.service.as_str() == *wanted) {
                missed.push(format!("{text}: {found:?}, not {wanted}"));
            }
        }
        assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), SAID.len(), missed.join("\n"));
    }

    #[test]
    fn the_first_suggestion_is_nearly_always_the_one_they_mean() {
        let pack = check(&files_of("hue")).unwrap();
        let past = fresh(&pack);
        let first = SAID.iter().filter(|(language, text, wanted)| {
            suggest(&pack, &past, text, language)
                .first()
                .is_some_and(|s| s.service.as_str() == *wanted)
        });
        let first = first.count();
        assert!(first * 10 >= SAID.len() * 9, "{first} of {}", SAID.len());
    }

    #[test]
    fn a_word_still_being_typed_already_suggests() {
        let pack = check(&files_of("hue")).unwrap();
        let past = fresh(&pack);
        let found = suggest(&pack, &past, "đường có ổ g", "vi");
        assert_eq!(found.first().map(|s| s.service.as_str()), Some("pothole"), "{found:?}");
        assert_eq!(found.first().and_then(|s| s.because.first()).map(String::as_str), Some("ổ gà"));
    }

    #[test]
    fn marks_count_where_the_writer_uses_them() {
        let pack = check(&files_of("hue")).unwrap();
        let past = fresh(&pack);
        let dogs = |text| {
            suggest(&pack, &past, text, "vi").iter().any(|s| s.service.as_str() == "loose-dog")
        };
        assert!(dogs("phân chó khắp nơi"));
        assert!(!dogs("phân công cho ai cũng được"));
    }

    #[test]
    fn words_that_say_nothing_suggest_nothing() {
        let pack = check(&files_of("hue")).unwrap();
        let past = fresh(&pack);
        for text in ["", "   ", "xin chào", "hello", "…", "abc xyz"] {
            assert_eq!(suggest(&pack, &past, text, "vi"), [], "{text:?}");
        }
    }

    #[test]
    fn another_city_has_other_words() {
        let pack = check(&files_of("harbour")).unwrap();
        let past = fresh(&pack);
        let found = suggest(&pack, &past, "the lamp post by the ferry is flickering", "en");
        assert_eq!(found.first().map(|s| s.service.as_str()), Some("street-light"));
    }
}
