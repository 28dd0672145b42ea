//! Older spellings of Chinese syllables: Wade-Giles, in which most names of Taiwan and many before 1979 are written.

/// A syllable in Wade-Giles, without apostrophes and diaereses, from its pinyin; the bytes after its end are zeros.
///
/// After the table of H. A. Giles, A Chinese-English Dictionary (1912).
pub(crate) fn wade_giles(pinyin: &str) -> [u8; 8] {
    let mut syllable = [0; 8];
    let (initial, last) = parts(pinyin);
    for (place, byte) in syllable.iter_mut().zip(consonant(initial, last).bytes().chain(vowels(initial, last).bytes()))
    {
        *place = byte;
    }
    syllable
}

/// The consonants at the start, and the rest.
fn parts(pinyin: &str) -> (&str, &str) {
    let at = pinyin.find(['a', 'e', 'i', 'o', 'u', 'v', 'ü']).unwrap_or(pinyin.len());
    pinyin.split_at(at)
}

fn consonant<'a>(initial: &'a str, last: &str) -> &'a str {
    match (initial, last) {
        ("z" | "c", "i") => "tz",
        ("s", "i") => "ss",
        ("y", "i") => "",
        ("b", _) => "p",
        ("d", _) => "t",
        ("g", _) => "k",
        ("j" | "q" | "zh", _) => "ch",
        ("x", _) => "hs",
        ("z" | "c", _) => "ts",
        ("r", _) => "j",
        _ => initial,
    }
}

fn vowels<'a>(initial: &str, last: &'a str) -> &'a str {
    match (initial, last) {
        ("z" | "c" | "s", "i") => "u",
        ("zh" | "ch" | "sh" | "r", "i") => "ih",
        ("g" | "k" | "h", "e") | ("g" | "k", "o") => "o",
        ("g" | "k" | "h" | "sh", "uo") => "uo",
        (_, "uo") => "o",
        ("g" | "k", "ui") => "uei",
        ("y", "an") => "en",
        (_, "ian") => "ien",
        ("y", "e") => "eh",
        ("y", "ou") => "u",
        (_, "ong") => "ung",
        (_, "iong") => "iung",
        (_, "ie") => "ieh",
        (_, "ue" | "ve" | "üe") => "ueh",
        (_, "v" | "ü") => "u",
        ("", "er") => "erh",
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Syllables of names in general use, and the rows of the table that differ from pinyin.
    #[test]
    fn syllables_are_those_of_the_table() {
        for (pinyin, wade) in [
            ("zhong", "chung"),
            ("guo", "kuo"),
            ("gao", "kao"),
            ("xiong", "hsiung"),
            ("xin", "hsin"),
            ("zhu", "chu"),
            ("tai", "tai"),
            ("bei", "pei"),
            ("dong", "tung"),
            ("zi", "tzu"),
            ("si", "ssu"),
            ("shi", "shih"),
            ("ri", "jih"),
            ("ren", "jen"),
            ("jian", "chien"),
            ("xie", "hsieh"),
            ("xue", "hsueh"),
            ("ge", "ko"),
            ("he", "ho"),
            ("luo", "lo"),
            ("shuo", "shuo"),
            ("gui", "kuei"),
            ("hui", "hui"),
            ("yan", "yen"),
            ("ye", "yeh"),
            ("you", "yu"),
            ("yi", "i"),
            ("qing", "ching"),
            ("cai", "tsai"),
            ("er", "erh"),
        ] {
            let found = wade_giles(pinyin);
            let len = found.iter().position(|b| *b == 0).unwrap_or(8);
            assert_eq!(std::str::from_utf8(&found[..len]), Ok(wade), "{pinyin}");
        }
    }
}
