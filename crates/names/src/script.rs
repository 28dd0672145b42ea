//! The script a character is written in, as far as it matters for reading names.

/// A writing system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Script {
    /// Latin letters and digits.
    #[default]
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, with the letters of Persian and Urdu.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Devanagari.
    Devanagari,
    /// Chinese characters, also those of Japanese and Korean names.
    Han,
    /// Hiragana and Katakana.
    Kana,
    /// Korean syllables.
    Hangul,
    /// Thai.
    Thai,
    /// Any other.
    Other,
}

impl Script {
    /// The script of a letter.
    pub fn of(c: char) -> Script {
        match c as u32 {
            0x0370..=0x03FF | 0x1F00..=0x1FFF => Script::Greek,
            0x0400..=0x052F | 0x1C80..=0x1C8F => Script::Cyrillic,
            0x0590..=0x05FF => Script::Hebrew,
            0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF => Script::Arabic,
            0x0900..=0x097F => Script::Devanagari,
            0x0E00..=0x0E7F => Script::Thai,
            0x3041..=0x30FF => Script::Kana,
            0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Han,
            0xAC00..=0xD7A3 => Script::Hangul,
            n if n < 0x0250 || (0x1E00..=0x1EFF).contains(&n) => Script::Latin,
            _ => Script::Other,
        }
    }

    /// Written without spaces between words.
    pub fn is_dense(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Hangul | Script::Thai)
    }

    /// Written mostly without vowels.
    pub(crate) fn is_consonantal(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }

    /// The name of the script, for reasons.
    pub fn name(self) -> &'static str {
        match self {
            Script::Latin => "Latin",
            Script::Cyrillic => "Cyrillic",
            Script::Greek => "Greek",
            Script::Arabic => "Arabic",
            Script::Hebrew => "Hebrew",
            Script::Devanagari => "Devanagari",
            Script::Han => "Han",
            Script::Kana => "Kana",
            Script::Hangul => "Hangul",
            Script::Thai => "Thai",
            Script::Other => "other",
        }
    }
}
