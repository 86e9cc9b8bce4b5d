//! Texts: tables of what people write, and the laws of folding, marking and sorting.

use super::*;
use proptest::prelude::*;

#[test]
fn what_a_person_wrote_survives() {
    for text in ["20%af", "kapot.Graag", "a <b> & \"c\"", "tab\there", "một\n\nhai", "🙂 ok"] {
        assert_eq!(Text::parse(text, 100).unwrap().as_str(), text);
    }
    let decomposed = "Huê\u{301}  ";
    assert_eq!(Text::parse(decomposed, 3).unwrap().as_str(), "Huế", "one form, one length");
    assert_eq!(Text::parse("a\r\nb\rc", 5).unwrap().as_str(), "a\nb\nc");
}

#[test]
fn a_text_is_refused_with_the_reason() {
    assert_eq!(Text::parse(" \r\n ", 10), Err(TextError::Empty));
    assert_eq!(Text::parse_optional("  ", 10), Ok(None));
    assert_eq!(Text::parse("a\0b", 10), Err(TextError::Nul { at: 2 }), "which and where");
    assert_eq!(Text::parse("ếếế", 2), Err(TextError::TooLong { chars: 3, max: 2 }));
    assert!(serde_json::from_str::<Text>("\"a\\u0000\"").is_err());
    assert_eq!(serde_json::from_str::<Text>("\"đường\"").unwrap().as_str(), "đường");
}

#[test]
fn any_spelling_finds_any_other() {
    let same = [
        &["den", "đèn", "Đèn", "ĐÈN", "de\u{300}n"][..],
        &["thuy", "Thuỷ", "Thủy"],
        &["hoa", "Hoá", "Hóa"],
        &["duong nguyen hue", "Đường Nguyễn Huệ"],
        &["o ga", "Ổ gà"],
        &["kobenhavn", "Kobenhavn"],
    ];
    for spellings in same {
        for spelling in spellings {
            assert_eq!(fold(spelling), spellings[0], "{spelling}");
        }
    }
}

#[test]
fn words_are_runs_of_letters_and_digits() {
    assert_eq!(
        tokens("Đèn  đường, số 20%af (kiệt 12/4)"),
        ["den", "duong", "so", "20", "af", "kiet", "12", "4"]
    );
    assert_eq!(tokens(" … "), Vec::<String>::new());
    assert_eq!(tokens("12号路灯坏了"), ["12", "号", "路", "灯", "坏", "了"]);
    assert_eq!(fold("街灯がA通り"), "街 灯 か a 通 り");
}

#[test]
fn marks_show_where_a_query_was_found() {
    let marked = |text: &str, query: &str| -> Vec<String> {
        matches(text, query).into_iter().map(|range| text[range].to_owned()).collect()
    };
    assert_eq!(marked("Đèn đường hỏng", "den"), ["Đèn"]);
    assert_eq!(marked("12号路灯坏了", "路灯"), ["路", "灯"]);
    assert_eq!(marked("가로등이 꺼졌어요", "가로등"), ["가로등"]);
    assert_eq!(marked("Đèn đường hỏng", "duo HONG"), ["đườ", "hỏng"]);
    assert_eq!(marked("vườn", "uon"), Vec::<String>::new(), "only where words begin");
    assert_eq!(marked("de\u{300}n xanh", "den"), ["de\u{300}n"], "marks stay with their letter");
    assert_eq!(marked("den, den", "d den"), ["den", "den"], "the longest wins");
    assert_eq!(marked("den", ""), Vec::<String>::new());
}

#[test]
fn a_title_is_cut_between_words() {
    let table = [
        ("Ổ gà lớn trước trường", 30, "Ổ gà lớn trước trường"),
        ("Ổ gà lớn trước trường", 15, "Ổ gà lớn trước…"),
        ("Ổ gà lớn trước trường", 14, "Ổ gà lớn…"),
        ("Ổ gà lớn\n\n trước", 20, "Ổ gà lớn trước"),
        ("abcdefghij", 5, "abcd…"),
        ("ab cdefghij", 2, "a…"),
        ("abc", 3, "abc"),
        ("abc", 0, ""),
        ("", 5, ""),
    ];
    for (text, max, expected) in table {
        assert_eq!(snippet(text, max), expected, "{text} in {max}");
    }
}

#[test]
fn texts_sort_as_in_a_vietnamese_dictionary() {
    let sorted = [
        "",
        "2 Tháng 9",
        "a",
        "A",
        "à",
        "ả",
        "ã",
        "á",
        "ạ",
        "an",
        "ăn",
        "ân",
        "ba",
        "ca",
        "da",
        "đa",
        "Đà Nẵng",
        "e",
        "ê",
        "Huế",
        "lan",
        "la\u{302}n",
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "o",
        "ô",
        "ơ",
        "Phú Hội",
        "Phú Xuân",
        "Phường Đúc",
        "Thuận An",
        "Thuận Hóa",
        "Thủy Xuân",
        "u",
        "ư",
        "Vỹ Dạ",
        "y",
        "東",
    ];
    for pair in sorted.windows(2) {
        assert!(sort_key(pair[0]) < sort_key(pair[1]), "{} before {}", pair[0], pair[1]);
    }
    assert_eq!(sort_key("Huế"), sort_key("Hue\u{302}\u{301}"));
}

#[test]
fn mail_addresses_are_checked_at_the_door() {
    for good in ["a@b.vn", "lan.nguyen+hue@mail.example.org", "o'hara@x-y.dk"] {
        assert_eq!(EmailAddress::parse(good).unwrap().as_str(), good);
    }
    assert_eq!(EmailAddress::parse(" Lan@HUE.Gov.VN ").unwrap().as_str(), "Lan@hue.gov.vn");
    let long = format!("{}@b.vn", "a".repeat(65));
    for bad in [
        "a",
        "a@b",
        "@b.vn",
        "a@",
        "a b@c.vn",
        "a@b@c.vn",
        "a@b..vn",
        ".a@b.vn",
        "a@-b.vn",
        "a@1.2.3.4",
        "a@b.vn\r\nBcc: x@y.vn",
        "<a@b.vn>",
        "á@b.vn",
        "a@b.vn,c@d.vn",
        &long,
    ] {
        assert_eq!(EmailAddress::parse(bad), Err(ContactError::Email), "{bad}");
    }
    assert_eq!(EmailAddress::parse(" "), Err(ContactError::Empty));
}

#[test]
fn telephone_numbers_become_one_form() {
    let table = [
        ("0905 123 456", "84", "+84905123456"),
        ("0905.123.456", "+84", "+84905123456"),
        ("+84 905 123 456", "84", "+84905123456"),
        ("+84 (0)905 123 456", "84", "+84905123456"),
        ("0084905123456", "84", "+84905123456"),
        ("84905123456", "84", "+84905123456"),
        ("0234 3822 345", "84", "+842343822345"),
        ("842343822345", "84", "+842343822345"),
        ("+45 33 66 33 66", "84", "+4533663366"),
        ("33 66 33 66", "45", "+4533663366"),
        ("(617) 555-0123", "1", "+16175550123"),
        ("1-617-555-0123", "1", "+16175550123"),
    ];
    for (raw, country, expected) in table {
        assert_eq!(PhoneNumber::parse(raw, country).unwrap().as_str(), expected, "{raw}");
    }
    for bad in [
        "0905",
        "090512345",
        "09051234567",
        "0405123456",
        "abc",
        "+",
        "+84",
        "0905-12x-456",
        "+0123456789",
        "1234567890123456",
    ] {
        assert_eq!(PhoneNumber::parse(bad, "84"), Err(ContactError::Phone), "{bad}");
    }
    assert_eq!(PhoneNumber::parse("", "84"), Err(ContactError::Empty));
    let stored = PhoneNumber::parse("0905123456", "84").unwrap();
    let json = serde_json::to_string(&stored).unwrap();
    assert_eq!(serde_json::from_str::<PhoneNumber>(&json).unwrap(), stored);
    assert!(serde_json::from_str::<PhoneNumber>("\"0905123456\"").is_err());
}

/// Mostly Vietnamese, with marks of their own and everything else now and then.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-ZàáảãạăâđèéêềếễệơờớưừứựÀĐƯỰ ]{1,8}",
        "[\u{300}-\u{323} 0-9.,%/\n]{1,3}",
        "\\PC{1,3}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let once = fold(&text);
        prop_assert_eq!(&fold(&once), &once);
        prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text.nfc().collect::<String>()));
    }

    #[test]
    fn a_text_that_was_taken_is_taken_again_unchanged(text in any_text()) {
        if let Ok(first) = Text::parse(&text, 200) {
            prop_assert_eq!(Text::parse(first.as_str(), 200).unwrap(), first);
        }
    }

    #[test]
    fn every_word_of_a_text_is_marked_when_asked_for(text in any_text()) {
        let found = matches(&text, &text);
        let words: Vec<String> = found.iter().map(|range| fold(&text[range.clone()])).collect();
        prop_assert_eq!(words, tokens(&text));
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn a_snippet_is_never_longer_than_asked(text in any_text(), max in 0..20_usize) {
        let short = snippet(&text, max);
        prop_assert!(short.chars().count() <= max, "{short:?}");
        prop_assert!(!short.contains('\n'));
    }

    #[test]
    fn texts_of_one_key_fold_alike(a in any_text(), b in any_text()) {
        prop_assert_eq!(sort_key(&a) == sort_key(&a.nfc().collect::<String>()), true);
        if sort_key(&a) == sort_key(&b) {
            prop_assert_eq!(tokens(&a), tokens(&b));
        }
    }

    #[test]
    fn no_input_makes_the_doors_fail(text in "\\PC{0,30}", country in "\\+?[0-9]{0,3}") {
        if let Ok(number) = PhoneNumber::parse(&text, &country) {
            prop_assert!(number.as_str()[1..].bytes().all(|b| b.is_ascii_digit()));
        }
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert!(address.as_str().is_ascii());
        }
    }
}

#[test]
fn an_excerpt_stands_around_the_first_find() {
    let text = "Một hai ba bốn năm sáu bảy\ntám cột đèn đường bị đổ xuống mương nước";
    assert_eq!(excerpt(text, "den", 24).as_deref(), Some("… năm sáu bảy tám cột đèn…"));
    assert_eq!(excerpt(text, "hai", 11).as_deref(), Some("Một hai ba…"));
    assert_eq!(excerpt(text, "lamp", 11), None);
}

#[test]
fn what_word_processors_mean_as_a_break_is_one_and_other_controls_are_left_out() {
    for mark in ['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}', '\r'] {
        let text = Text::parse(&format!("Dòng một{mark}dòng hai"), 100).unwrap();
        assert_eq!(text.as_str(), "Dòng một\ndòng hai", "{mark:?}");
    }
    for mark in ['\u{1}', '\u{3}', '\u{7}', '\u{1b}', '\u{7f}', '\u{92}', '\u{9b}'] {
        let text = Text::parse(&format!("ổ{mark} gà"), 100).unwrap();
        assert_eq!(text.as_str(), "ổ gà", "{mark:?}");
    }
}

#[test]
fn emptiness_is_judged_by_what_is_seen() {
    for blank in [
        "\u{200b}\u{200b}\u{200b}",
        "\u{2800}\u{2800}",
        "\u{3164}",
        "\u{200e}",
        "\u{feff} \u{ad}",
        "\u{7}",
        "\u{e0041}",
    ] {
        assert_eq!(Text::parse(blank, 10), Err(TextError::Empty), "{blank:?}");
        assert_eq!(Text::parse_line(blank, 10), Err(TextError::Empty), "{blank:?}");
    }
    assert!(
        Text::parse("👨\u{200d}👩\u{200d}👧", 10).is_ok(),
        "what joins signs stays between them"
    );
}

#[test]
fn a_line_has_no_break_and_turns_no_direction() {
    let line = Text::parse_line(" Nguyễn\u{202e}\u{2067} Văn \n An\u{200f} ", 40).unwrap();
    assert_eq!(line.as_str(), "Nguyễn Văn An");
}

#[test]
fn search_does_not_see_what_nobody_sees() {
    assert_eq!(tokens("ổ\u{200b} g\u{ad}à"), ["o", "ga"]);
    assert_eq!(fold("g\u{200b}à"), "ga");
}

#[test]
fn a_name_passes_for_another_by_how_it_looks() {
    let passes = |one: &str, other: &str| !looks(one).is_disjoint(&looks(other));
    for disguised in
        ["НuеIОС", "HUEIOC", "hueioc", "ＨｕｅＩＯＣ", "Hue\u{200b}IOC", "HueI0C", "Hue IOC"]
    {
        assert!(passes(disguised, "HueIOC"), "{disguised}");
    }
    for honest in ["Huệ", "Hoài", "Nguyễn Văn An", "Hue Lover"] {
        assert!(!passes(honest, "HueIOC"), "{honest}");
    }
}
