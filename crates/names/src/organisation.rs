//! The key by which the name on a list and the name of an item are one name: equality, no likeness.

use crate::fold;

/// Spellings of legal forms that mean the same in every register that uses them.
const LEGAL_FORMS: [(&str, &str); 6] = [
    ("limited", "ltd"),
    ("corporation", "corp"),
    ("corporations", "corp"),
    ("company", "co"),
    ("companies", "co"),
    ("incorporated", "inc"),
];

/// The folded name with the spelling of its legal form unified, a leading `the` dropped and `&`
/// read as `and`. The legal form itself stays: two companies may differ in nothing else.
///
/// Remarks in brackets are part of the name; whoever reads a list takes them off first.
///
/// ```
/// use names::organisation_key;
/// assert_eq!(organisation_key("Dahua Technology Company, Limited"), organisation_key("DAHUA TECHNOLOGY CO LTD"));
/// assert_eq!(organisation_key("Procter & Gamble Co., Ltd."), "procter and gamble co ltd");
/// assert_ne!(organisation_key("Huawei Technologies Co., Ltd."), organisation_key("Huawei Technologies"));
/// ```
pub fn organisation_key(name: &str) -> String {
    let folded = fold(&name.replace(['&', '＆'], " and "));
    let words = folded.strip_prefix("the ").unwrap_or(&folded).split(' ').map(unified);
    words.collect::<Vec<_>>().join(" ")
}

fn unified(word: &str) -> &str {
    LEGAL_FORMS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three lists, three spellings: only the first two are the same legal name.
    #[test]
    fn legal_forms_are_unified_but_not_dropped() {
        let long = organisation_key("Hangzhou Hikvision Digital Technology Co., Ltd.");
        assert_eq!(long, organisation_key("HANGZHOU HIKVISION DIGITAL TECHNOLOGY COMPANY LIMITED"));
        assert_ne!(long, organisation_key("Hangzhou Hikvision Digital Technology Company"));
        assert_eq!(organisation_key("Hytera Communications Corporation"), "hytera communications corp");
        assert_eq!(organisation_key("Apple Incorporated"), "apple inc");
    }

    #[test]
    fn words_that_only_begin_like_a_legal_form_stay() {
        assert_eq!(organisation_key("Unlimited Companionship"), "unlimited companionship");
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(name in any::<String>()) {
            let key = organisation_key(&name);
            let again = organisation_key(&key);
            // `the the x` loses one `the` at a time.
            prop_assert!(again == key || key.starts_with("the "));
        }
    }
}
