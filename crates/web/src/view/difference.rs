//! What changed from one capture's words to another's, paragraph by paragraph.

use edition::CaptureRecord;
use model::{CaptureText, Texts};
use serde::Serialize;

use crate::view::Maker;
use crate::view::capture::{Capture, capture};

/// Two captures beside each other.
#[derive(Serialize)]
pub(crate) struct Difference {
    /// The earlier one.
    pub before: Capture,
    /// The later one.
    pub after: Capture,
    /// Paragraphs in order; nothing where the words of one of them are not held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Part>>,
}

/// A paragraph.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    /// `same`, `gone` or `new`.
    pub change: &'static str,
    /// Its words.
    pub text: String,
}

/// So many paragraphs of a capture are compared.
const MOST: usize = 2000;

impl Maker<'_> {
    /// Compares two captures, whichever is named first.
    pub fn difference(&self, one: &CaptureRecord, other: &CaptureRecord, texts: Option<&dyn Texts>) -> Difference {
        let (before, after) = if other.number < one.number { (other, one) } else { (one, other) };
        let words =
            |record: &CaptureRecord| record.capture.text.zip(texts).and_then(|(piece, t)| t.text(&piece.digest));
        let parts = words(before).zip(words(after)).map(|(before, after)| parts(&before, &after));
        Difference { before: capture(before), after: capture(after), parts }
    }
}

fn parts(before: &CaptureText, after: &CaptureText) -> Vec<Part> {
    let words = |text: &CaptureText| text.paragraphs().take(MOST).map(|one| one.words.to_owned()).collect::<Vec<_>>();
    let (before, after) = (words(before), words(after));
    let first = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (a, b) = (&before[first..], &after[first..]);
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let part = |change, text: &String| Part { change, text: text.clone() };
    let mut all: Vec<Part> = before[..first].iter().map(|text| part("same", text)).collect();
    all.extend(changed(&a[..a.len() - last], &b[..b.len() - last]));
    all.extend(a[a.len() - last..].iter().map(|text| part("same", text)));
    all
}

/// The fewest paragraphs gone and new, by the longest common subsequence.
fn changed(a: &[String], b: &[String]) -> Vec<Part> {
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = match a[i] == b[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        let skips = i < a.len() && (j == b.len() || longest[(i + 1) * width + j] >= longest[i * width + j + 1]);
        let (change, text) = match () {
            () if i < a.len() && j < b.len() && a[i] == b[j] => ("same", &a[i]),
            () if skips => ("gone", &a[i]),
            () => ("new", &b[j]),
        };
        i += usize::from(change != "new");
        j += usize::from(change != "gone");
        all.push(Part { change, text: text.clone() });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: &str) {
        let text = |words: &str| CaptureText::new("", "", &[words.split(' ').collect::<Vec<_>>()]);
        let told = parts(&text(before), &text(after));
        let sign = |part: &Part| format!("{}{}", &part.change[..1], part.text);
        assert_eq!(told.iter().map(sign).collect::<Vec<_>>().join(" "), expected, "{before} → {after}");
    }

    /// By hand: `s` the same, `g` gone, `n` new.
    #[test]
    fn paragraphs_are_the_same_gone_or_new_and_none_is_lost() {
        check("a b c", "a b c", "sa sb sc");
        check("a b c", "a x c", "sa gb nx sc");
        check("a b c", "a c", "sa gb sc");
        check("a c", "a b c d", "sa nb sc nd");
        check("a b c d e", "x b d y", "ga nx sb gc sd ge ny");
        check("a", "b", "ga nb");
    }
}
