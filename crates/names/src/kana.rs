//! Japanese syllables in Latin letters, as names are romanised: long vowels short, small letters joined.

/// Adds the reading of one Katakana to what is read so far; `reading` is the reading of the single character.
pub(crate) fn push_kana(word: &mut Vec<u8>, katakana: u16, reading: &str) {
    match char::from_u32(u32::from(katakana)).unwrap_or(' ') {
        'ー' | 'ッ' => {}
        'ャ' | 'ュ' | 'ョ' => push_glide(word, reading.as_bytes()),
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' => {
            if word.last().is_some_and(|b| is_vowel(*b)) {
                word.pop();
            }
            word.extend_from_slice(reading.as_bytes());
        }
        'ウ' if matches!(word.last(), Some(b'o' | b'u')) => {}
        'オ' if word.last() == Some(&b'o') => {}
        _ => word.extend_from_slice(reading.as_bytes()),
    }
}

/// キ + ャ is `kya`, シ + ャ is `sha`.
fn push_glide(word: &mut Vec<u8>, reading: &[u8]) {
    if word.last() == Some(&b'i') {
        word.pop();
    }
    let joins = word.ends_with(b"sh") || word.ends_with(b"ch") || word.ends_with(b"j");
    word.extend_from_slice(if joins && reading.len() > 1 { &reading[1..] } else { reading });
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use crate::letters::Letters;

    fn read(text: &str) -> String {
        let letters = Letters::new();
        let mut word = Vec::new();
        for letter in text.chars().map(|c| letters.get(c)) {
            super::push_kana(&mut word, letter.plain, letters.reading(letter));
        }
        String::from_utf8(word).expect("invariant: readings are ASCII")
    }

    #[test]
    fn kana_are_read_as_hepburn_without_long_vowels() {
        for (kana, latin) in [
            ("ケンキュウジョ", "kenkyujo"),
            ("トウキョウ", "tokyo"),
            ("センター", "senta"),
            ("しょうわ", "showa"),
            ("ヴァ", "va"),
            ("ティ", "ti"),
        ] {
            assert_eq!(read(kana), latin);
        }
    }
}
