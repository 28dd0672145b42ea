//! Texts and names with their language.

use oxilangtag::LanguageTag;

/// A text in a stated language; the tag is empty where no language is known or none applies.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LangText {
    lang: Box<str>,
    text: Box<str>,
}

impl LangText {
    /// A text with a BCP 47 tag (`""` for none); the tag is brought to its usual case.
    pub fn new(text: &str, lang: &str) -> Result<Self, String> {
        let tag = match lang {
            "" => String::new(),
            _ => LanguageTag::parse_and_normalize(lang)
                .map_err(|e| format!("`{lang}` is not a language tag: {e}"))?
                .into_inner(),
        };
        Ok(Self { lang: tag.into(), text: text.into() })
    }

    /// A text without a language.
    pub fn plain(text: &str) -> Self {
        Self { lang: "".into(), text: text.into() }
    }

    /// The BCP 47 tag, or `""`.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The language of a name by its script alone: `zh` for Han, `ja` with kana, otherwise none.
///
/// A name in Latin letters belongs to no language, so nothing is guessed for it.
pub fn language_of_script(name: &str) -> &'static str {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}');
    let kana = |c: char| matches!(c, '\u{3040}'..='\u{30FF}');
    match (name.chars().any(han), name.chars().any(kana)) {
        (true, false) => "zh",
        (_, true) => "ja",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_checked_and_brought_to_their_usual_case() {
        assert_eq!(LangText::new("海康威视", "ZH-hans").unwrap().lang(), "zh-Hans");
        assert!(LangText::new("x", "not a tag").is_err());
    }

    #[test]
    fn only_the_script_decides() {
        assert_eq!(language_of_script("海康威视"), "zh");
        assert_eq!(language_of_script("日立ソリューションズ"), "ja");
        assert_eq!(language_of_script("Hikvision"), "");
    }
}
