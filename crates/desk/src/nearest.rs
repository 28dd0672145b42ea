//! Finds the word that a misspelt one was meant to be.

/// `did you mean …?`, or nothing if no word is near.
pub(crate) fn hint<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, words).map_or(String::new(), |near| format!("did you mean `{near}`?"))
}

/// The nearest word with at most one change in three characters; the first of equally near ones.
fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(100).collect();
    let most = letters.len().div_ceil(3).min(4);
    let near = |w: &&str| w.chars().count().abs_diff(letters.len()) <= most;
    let rated = words.into_iter().filter(near).map(|w| (distance(&letters, w), w));
    rated.filter(|(d, _)| *d <= most).min_by_key(|(d, _)| *d).map(|(_, w)| w)
}

/// Levenshtein distance.
fn distance(a: &[char], b: &str) -> usize {
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (j, letter) in b.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = j + 1;
        for (i, own) in a.iter().enumerate() {
            let changed = diagonal + usize::from(*own != letter);
            diagonal = row[i + 1];
            row[i + 1] = changed.min(row[i] + 1).min(diagonal + 1);
        }
    }
    row[a.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_meant_if_it_is_near_enough() {
        let words = ["supplies", "deploys", "owns"];
        assert_eq!(hint("suplies", words), "did you mean `supplies`?");
        assert_eq!(hint("deploy", words), "did you mean `deploys`?");
        assert_eq!(hint("zzz", words), "");
        assert_eq!(distance(&['k', 'i', 't', 't', 'e', 'n'], "sitting"), 3);
    }
}
