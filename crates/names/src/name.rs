//! A name taken apart: its words read, translated where they are shared, and weighed.

use std::sync::OnceLock;

use crate::class::Class;
use crate::letters::Letters;
use crate::lexicon::Lexicon;
use crate::reading::Reader;
use crate::token::{EXPANDED, Token};

/// More parts than this are not looked at; no organisation needs them to be told from others.
pub(crate) const MOST_TOKENS: usize = 24;

/// An organisation's name, analysed once and compared often.
#[derive(Debug, Clone)]
pub struct Name {
    pub(crate) text: Box<str>,
    pub(crate) tokens: Box<[Token]>,
    /// Which parts take part in comparing, a bit each.
    pub(crate) counting: u32,
    /// Han characters in their simplified forms.
    pub(crate) han: Box<[u16]>,
}

impl Name {
    /// Analyses a name in any script or mixture. For many names a [`Reader`] is quicker.
    pub fn new(text: &str) -> Name {
        Reader::forgetful().name(text)
    }

    /// The text as it was read: as given, in Unicode's NFKC form where that differs.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing in it tells it from other names.
    pub fn is_generic(&self) -> bool {
        !self.tokens.iter().any(Token::is_distinctive)
    }

    /// The parts as (text, class), in order.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Class)> {
        self.tokens.iter().filter(|t| !t.is(EXPANDED)).map(|t| (self.span(t), t.class))
    }

    pub(crate) fn span(&self, token: &Token) -> &str {
        self.text.get(token.from as usize..token.to as usize).unwrap_or("")
    }

    pub(crate) fn han_of(&self, token: &Token) -> &[u16] {
        &self.han[token.han.0 as usize..][..token.han.1 as usize]
    }
}

/// The tables every analysis needs, made when first used.
pub(crate) struct Tables {
    pub(crate) letters: Letters,
    pub(crate) lexicon: Lexicon,
}

pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        Tables { letters, lexicon }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(name: &str) -> Vec<(String, Class)> {
        Name::new(name).parts().map(|(text, class)| (text.to_string(), class)).collect()
    }

    fn check_parts(name: &str, expected: &[(&str, Class)]) {
        let expected: Vec<(String, Class)> = expected.iter().map(|(t, c)| (t.to_string(), *c)).collect();
        assert_eq!(parts(name), expected, "{name}");
    }

    #[test]
    fn a_chinese_company_name_falls_into_region_name_industry_and_form() {
        use Class::{Brand, Distinctive, Field, Legal, Place};
        check_parts(
            "杭州海康威视数字技术股份有限公司",
            &[("杭州", Place), ("海康威视", Brand), ("数字", Field), ("技术", Field), ("股份有限公司", Legal)],
        );
        check_parts(
            "上海晓晨科技有限公司",
            &[("上海", Place), ("晓晨", Distinctive), ("科技", Field), ("有限公司", Legal)],
        );
    }

    #[test]
    fn legal_forms_of_several_words_are_one_part() {
        use Class::{Distinctive, Legal};
        check_parts(
            "Общество с ограниченной ответственностью «Вектор-К»",
            &[("Общество с ограниченной ответственностью", Legal), ("Вектор", Distinctive), ("К", Distinctive)],
        );
        check_parts("Zorbax s.r.o.", &[("Zorbax", Distinctive), ("s.r.o", Legal)]);
    }

    #[test]
    fn a_short_legal_form_counts_at_the_ends_only() {
        assert!(parts("Zorbax AG").contains(&("AG".into(), Class::Legal)));
        assert!(parts("Zorbax AG Romashin").contains(&("AG".into(), Class::Distinctive)));
    }

    proptest! {
        #[test]
        fn any_text_can_be_a_name(text in any::<String>()) {
            let name = Name::new(&text);
            prop_assert!(name.tokens.len() <= MOST_TOKENS);
            for token in &name.tokens {
                prop_assert!(token.from <= token.to && token.to as usize <= name.text().len());
            }
        }

        #[test]
        fn any_mixture_of_scripts_can_be_a_name(text in "[a-zА-я海康ァ-ン가-힣ا-ي(). &-]{0,60}") {
            let name = Name::new(&text);
            prop_assert!(name.parts().all(|(part, _)| !part.is_empty()));
        }
    }
}
