//! The text of a capture as we read it: paragraphs by page, and how a quote is found in it again.
//!
//! It is kept as bytes of its own, so that what shows it never reads a page from a stranger. A first line names the
//! format, the language and the title, between tabs. Behind it every line is a paragraph, and a form feed before a line
//! begins a page. Positions are Unicode code points behind the first line.

/// What the first line begins with.
const FORMAT: &str = "counteratlas/text/1";

/// A capture's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaptureText {
    language: Box<str>,
    title: Box<str>,
    body: Box<str>,
}

/// Where words stand in a text, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first character.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// The page, from 1; 0 where there is only one.
    pub page: u32,
}

/// A paragraph of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph<'t> {
    /// Where it begins, in code points.
    pub start: u32,
    /// The page, from 1.
    pub page: u32,
    /// Its words; never empty.
    pub words: &'t str,
}

/// Where texts of captures are read from. Implemented by what holds the archive, for what shows it.
pub trait Texts: Send + Sync {
    /// The text with this digest, if it is held.
    fn text(&self, digest: &[u8; 32]) -> Option<CaptureText>;

    /// The bytes of the picture with this digest, if they are held.
    fn picture(&self, _digest: &[u8; 32]) -> Option<Vec<u8>> {
        None
    }
}

impl CaptureText {
    /// A text of pages of paragraphs. What is not a character to read is dropped, white space made single.
    pub fn new<P: AsRef<str>>(language: &str, title: &str, pages: &[Vec<P>]) -> Self {
        let mut body = String::new();
        for (number, page) in pages.iter().enumerate() {
            if number > 0 {
                body.push('\u{c}');
            }
            for paragraph in page.iter().map(|paragraph| plain(paragraph.as_ref())).filter(|text| !text.is_empty()) {
                body.push_str(&paragraph);
                body.push('\n');
            }
        }
        let word = |text: &str| plain(text).into_boxed_str();
        Self { language: word(language), title: word(title), body: body.into() }
    }

    /// The bytes that are kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        format!("{FORMAT}\t{}\t{}\n{}", self.language, self.title, self.body).into_bytes()
    }

    /// Reads what [`CaptureText::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (first, body) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let (language, title) = first.strip_prefix(FORMAT)?.strip_prefix('\t')?.split_once('\t')?;
        Some(Self { language: language.into(), title: title.into(), body: body.into() })
    }

    /// The language that the page states, or that its writing tells; may be empty.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The title it gives itself; may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// All of its words.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.paragraphs().next().is_none()
    }

    /// Its paragraphs in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_>> {
        let (mut at, mut page) = (0u32, 1);
        self.body.split_terminator('\n').filter_map(move |line| {
            let words = line.trim_start_matches('\u{c}');
            let feeds = (line.len() - words.len()) as u32;
            page += feeds;
            let start = at + feeds;
            at = start + count(words) + 1;
            (!words.is_empty()).then_some(Paragraph { start, page, words })
        })
    }

    /// The words at a place, if it is one.
    pub fn at(&self, start: u32, end: u32) -> Option<&str> {
        let from = offset(&self.body, start)?;
        let length = offset(&self.body[from..], end.checked_sub(start)?)?;
        Some(&self.body[from..from + length])
    }

    /// Finds a quote: first as it is written, else by its letters alone, whatever the white space, quotation marks and
    /// dashes between them. An ellipsis in the quote stands for anything. Linear in the text for each part.
    pub fn find(&self, quote: &str) -> Option<Place> {
        let exact = self.body.find(quote.trim()).filter(|_| !quote.trim().is_empty());
        let (start, end) = match exact {
            Some(at) => {
                let start = count(&self.body[..at]);
                (start, start + count(quote.trim()))
            }
            None => self.find_loosely(quote)?,
        };
        let paged = self.body.contains('\u{c}');
        let before = self.body.chars().take(start as usize);
        let page = if paged { 1 + before.filter(|c| *c == '\u{c}').count() as u32 } else { 0 };
        Some(Place { start, end, page })
    }

    fn find_loosely(&self, quote: &str) -> Option<(u32, u32)> {
        let (text, places) = folded(&self.body);
        let parts = quote.split("[…]").flat_map(|part| part.split("[...]"));
        let parts = parts.flat_map(|part| part.split('…')).flat_map(|part| part.split("..."));
        let parts: Vec<String> = parts.map(|part| folded(part).0).filter(|part| !part.is_empty()).collect();
        let (mut from, mut first) = (0, None);
        for part in &parts {
            let at = from + text[from..].find(part.as_str())?;
            first = first.or(Some(at));
            from = at + part.len();
        }
        let place = |byte: usize| places.partition_point(|(offset, _)| *offset <= byte).checked_sub(1);
        let start = places.get(place(first?)?)?.1;
        let end = places.get(place(from.checked_sub(1)?)?)?.1 + 1;
        Some((start, end))
    }
}

/// Letters as they are compared, and for each its byte there and its code point in the text.
fn folded(text: &str) -> (String, Vec<(usize, u32)>) {
    let (mut out, mut places) = (String::new(), Vec::new());
    for (number, c) in (0u32..).zip(text.chars()) {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        };
        if c.is_alphanumeric() {
            places.push((out.len(), number));
            out.extend(c.to_lowercase());
        }
    }
    (out, places)
}

/// One line, with single white space and nothing that is no character to read.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The byte at which the code point of this number begins; the end counts as one.
fn offset(text: &str, number: u32) -> Option<usize> {
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.nth(number as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> CaptureText {
        let pages = [
            vec!["The city  bought\n1,200 cameras.", "", "“Safe City” – phase one"],
            vec!["视频监控系统，由华为承建。", "End."],
        ];
        CaptureText::new("en", "Safe\tCity", &pages)
    }

    #[test]
    fn the_bytes_are_those_of_the_module_sentence_and_read_back() {
        let expected = "counteratlas/text/1\ten\tSafe City\nThe city bought 1,200 cameras.\n“Safe City” – phase one\n\
                        \u{c}视频监控系统，由华为承建。\nEnd.\n";
        assert_eq!(text().to_bytes(), expected.as_bytes());
        assert_eq!(CaptureText::from_bytes(expected.as_bytes()), Some(text()));
        assert_eq!(CaptureText::from_bytes(b"other\n"), None);
        let starts: Vec<(u32, u32)> = text().paragraphs().map(|p| (p.start, p.page)).collect();
        // 30 characters and a line end; 23 and a line end; a form feed.
        assert_eq!(starts, [(0, 1), (31, 1), (56, 2), (70, 2)]);
    }

    #[test]
    fn quotes_are_found_as_written_and_by_their_letters() {
        let text = text();
        for (quote, words, page) in [
            ("1,200 cameras", "1,200 cameras", 1),
            ("bought 1,200\n cameras.", "bought 1,200 cameras", 1),
            ("\"safe city\" - Phase", "Safe City” – phase", 1),
            ("The city … cameras", "The city bought 1,200 cameras", 1),
            ("监控系统,由华为", "监控系统，由华为", 2),
            ("视频[…]承建", "视频监控系统，由华为承建", 2),
        ] {
            let place = text.find(quote).unwrap_or_else(|| panic!("{quote}"));
            assert_eq!((text.at(place.start, place.end), place.page), (Some(words), page), "{quote}");
        }
        for quote in ["1,300 cameras", "", "…", "\"", "cameras … The city"] {
            assert_eq!(text.find(quote), None, "{quote}");
        }
        assert_eq!((text.at(3, 2), text.at(0, 500)), (None, None));
    }

    proptest! {
        #[test]
        fn a_paragraph_s_own_words_are_found_where_they_stand(words in prop::collection::vec("[a-zß一-三 ,.“]{1,20}", 1..5)) {
            let text = CaptureText::new("", "", &[words]);
            for paragraph in text.paragraphs() {
                let end = paragraph.start + paragraph.words.chars().count() as u32;
                prop_assert_eq!(text.at(paragraph.start, end), Some(paragraph.words));
                let found = text.find(paragraph.words).unwrap();
                prop_assert!(found.start <= paragraph.start);
                prop_assert_eq!(text.at(found.start, found.end), Some(paragraph.words));
            }
        }
    }
}
