//! The text of a case study as blocks: Markdown without raw HTML, references behind every sentence, pinned records.
//!
//! The grammar is told in `docs/stories.md`. Nothing here knows whether a record exists: importer and
//! audit ask that of every [`Pin`], and a page shows what became of it.

use std::fmt;

use model::Id;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

/// A text in blocks, and what is wrong with it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// What can't be shown or lacks its source.
    pub faults: Vec<Fault>,
}

/// Something wrong, by line of the text from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub line: u32,
    /// What is wrong.
    pub what: String,
}

/// A piece of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading between parts.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list of points.
    List(Vec<Vec<Span>>),
    /// A quotation.
    Quote(Vec<Span>),
    /// The map of a filter, by its query.
    Map(String),
    /// A record in full.
    Record(Pin),
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Words with stress.
    Emphasis(String),
    /// Words that lead to a record.
    Mention(Pin, String),
    /// The reference behind a sentence.
    Cite(Pin),
}

/// A record that a text holds on to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pin {
    /// A source.
    Source(Id),
    /// A link with its evidence.
    Link(Id),
    /// An item.
    Item(Id),
}

impl Pin {
    /// The record's id.
    pub fn id(&self) -> &Id {
        match self {
            Self::Source(id) | Self::Link(id) | Self::Item(id) => id,
        }
    }

    /// Reads `source:ID`, `link:ID` or `item:ID`.
    fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        let id = Id::parse(id)?;
        match kind {
            "source" => Some(Self::Source(id)),
            "link" => Some(Self::Link(id)),
            "item" => Some(Self::Item(id)),
            _ => None,
        }
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(id) => write!(f, "source:{id}"),
            Self::Link(id) => write!(f, "link:{id}"),
            Self::Item(id) => write!(f, "item:{id}"),
        }
    }
}

impl Told {
    /// Every record that the text holds on to, in order, each as often as it is named.
    pub fn pins(&self) -> impl Iterator<Item = &Pin> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(spans) | Block::Quote(spans) => pins(spans),
            Block::List(points) => points.iter().flat_map(|spans| pins(spans)).collect(),
            Block::Record(pin) => vec![pin],
            Block::Heading(_) | Block::Map(_) => Vec::new(),
        })
    }

    /// The words of each block of text, without what stands behind them.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Heading(text) => vec![text.clone()],
            Block::Paragraph(spans) | Block::Quote(spans) => vec![words(spans)],
            Block::List(points) => points.iter().map(|spans| words(spans)).collect(),
            Block::Map(_) | Block::Record(_) => Vec::new(),
        })
    }

    /// The query of every map.
    pub fn maps(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter_map(|block| if let Block::Map(query) = block { Some(query.as_str()) } else { None })
    }
}

fn words(spans: &[Span]) -> String {
    let word = |span| match span {
        &Span::Text(ref text) | &Span::Emphasis(ref text) | &Span::Mention(_, ref text) => text.as_str(),
        Span::Cite(_) => "",
    };
    spans.iter().map(word).collect()
}

fn pins(spans: &[Span]) -> Vec<&Pin> {
    let pin = |span| match span {
        &Span::Mention(ref pin, _) | &Span::Cite(ref pin) => Some(pin),
        Span::Text(_) | Span::Emphasis(_) => None,
    };
    spans.iter().filter_map(pin).collect()
}

/// The pairs of a map's query as people type it: no escapes but `+` for a space.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.replace('+', " "))
    })
}

/// Reads a text. Linear in its length; any text gives blocks, whatever is wrong with it.
pub fn tell(markdown: &str) -> Told {
    let mut told = Told::default();
    let (mut start, mut from) = (0, 1);
    let mut at = 0;
    for (line, text) in (1..).zip(markdown.split_inclusive('\n')) {
        if let Some(directive) = text.trim_end().strip_prefix(":::") {
            prose(&markdown[start..at], from, &mut told);
            self::directive(directive, line, &mut told);
            (start, from) = (at + text.len(), line + 1);
        }
        at += text.len();
    }
    prose(&markdown[start..], from, &mut told);
    told
}

fn directive(text: &str, line: u32, told: &mut Told) {
    let (name, value) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let value = value.trim();
    let block = match name {
        "map" => value.strip_prefix("filter=").map(|query| Block::Map(query.to_owned())),
        "record" if value.contains(':') => Pin::parse(value).map(Block::Record),
        "record" => Id::parse(value).map(|id| Block::Record(Pin::Link(id))),
        _ => None,
    };
    match block {
        Some(block) => told.blocks.push(block),
        None => told.faults.push(Fault { line, what: format!("`:::{}` is no directive", text.trim()) }),
    }
}

/// Markdown between two directives.
fn prose(text: &str, first_line: u32, told: &mut Told) {
    let unknown = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), CowStr::from("")));
    let text = parted(text);
    let parser = Parser::new_with_broken_link_callback(&text, Options::empty(), Some(unknown));
    let mut reading = Reading { told, line: first_line, spans: Vec::new(), points: None, quoted: false, inside: None };
    for (event, range) in parser.into_offset_iter() {
        let lines = text[..range.start].matches('\n').count();
        reading.line = first_line + u32::try_from(lines).unwrap_or(u32::MAX - first_line);
        reading.event(event);
    }
}

/// Keeps a reference and the bracket behind it apart: Markdown takes two side by side for one link with words.
const APART: char = '\u{200b}';

fn parted(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut reference = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => {
                if reference && whole.ends_with(']') {
                    whole.push(APART);
                }
                reference = text[at..].starts_with("[^");
            }
            ']' | '\n' => {}
            _ if whole.ends_with(']') => reference = false,
            _ => {}
        }
        whole.push(letter);
    }
    whole
}

/// What words stand in.
enum Inside {
    Emphasis(String),
    /// The address and the words of a link.
    Link(String, String),
    Heading(String),
}

struct Reading<'t> {
    told: &'t mut Told,
    line: u32,
    spans: Vec<Span>,
    points: Option<Vec<Vec<Span>>>,
    quoted: bool,
    inside: Option<Inside>,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Rule => {}
            _ => self.fault("raw HTML is not shown".to_owned()),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Item => {}
            Tag::Heading { .. } => self.inside = Some(Inside::Heading(String::new())),
            Tag::BlockQuote(_) => self.quoted = true,
            Tag::List(_) => self.points = Some(Vec::new()),
            Tag::Emphasis | Tag::Strong => self.inside = Some(Inside::Emphasis(String::new())),
            Tag::Link { dest_url, .. } => self.inside = Some(Inside::Link(dest_url.into_string(), String::new())),
            Tag::HtmlBlock => self.fault("raw HTML is not shown".to_owned()),
            _ => self.fault("only paragraphs, headings, lists and quotations are shown".to_owned()),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.paragraph(),
            TagEnd::Item => self.point(),
            TagEnd::List(_) => {
                let points = self.points.take().unwrap_or_default();
                self.told.blocks.push(Block::List(points));
            }
            TagEnd::BlockQuote(_) => self.quoted = false,
            TagEnd::Heading(_) | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let text = text.trim_matches(APART);
        if text.is_empty() {
            return;
        }
        match (&mut self.inside, self.spans.last_mut()) {
            (Some(Inside::Emphasis(words) | Inside::Link(_, words) | Inside::Heading(words)), _) => {
                words.push_str(text)
            }
            (None, Some(Span::Text(words))) => words.push_str(text),
            (None, _) => self.spans.push(Span::Text(text.to_owned())),
        }
    }

    fn close(&mut self) {
        match self.inside.take() {
            Some(Inside::Emphasis(words)) => self.spans.push(Span::Emphasis(words)),
            Some(Inside::Heading(words)) => self.told.blocks.push(Block::Heading(words)),
            Some(Inside::Link(address, words)) => self.link(&address, words),
            None => {}
        }
    }

    /// `[^ID]`, `[^link:ID]` are references; `[words](item:ID)` leads to a record; nothing leads out of the atlas.
    fn link(&mut self, address: &str, words: String) {
        let span = match address.strip_prefix('^') {
            Some(cited) => reference(cited).map(Span::Cite),
            None => Pin::parse(address).map(|pin| Span::Mention(pin, words)),
        };
        match span {
            Some(span) => self.spans.push(span),
            None => self.fault(format!("`{address}` names no record")),
        }
    }

    fn paragraph(&mut self) {
        if self.points.is_some() {
            return;
        }
        let spans = self.sourced();
        self.told.blocks.push(if self.quoted { Block::Quote(spans) } else { Block::Paragraph(spans) });
    }

    fn point(&mut self) {
        let spans = self.sourced();
        self.points.get_or_insert_default().push(spans);
    }

    /// The words gathered so far; a sentence without a reference is a fault.
    fn sourced(&mut self) -> Vec<Span> {
        let spans = std::mem::take(&mut self.spans);
        for sentence in bare_sentences(&spans) {
            self.fault(format!("no source behind `{sentence}`"));
        }
        spans
    }

    fn fault(&mut self, what: String) {
        self.told.faults.push(Fault { line: self.line, what });
    }
}

/// A bare id is a source's.
fn reference(text: &str) -> Option<Pin> {
    if text.contains(':') { Pin::parse(text) } else { Id::parse(text).map(Pin::Source) }
}

/// What stands for a reference while sentences are looked for.
const MARK: char = '\u{1}';

/// The ends of the sentences behind which no reference stands.
fn bare_sentences(spans: &[Span]) -> Vec<String> {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Text(words) | Span::Emphasis(words) | Span::Mention(_, words) => text.push_str(words),
            Span::Cite(_) => text.push(MARK),
        }
    }
    let letters: Vec<char> = text.trim_end().chars().collect();
    let ends = (0..letters.len()).filter(|at| ends_sentence(&letters, *at));
    let mut bare: Vec<usize> = ends.filter(|at| !cited_at(&letters, at + 1)).collect();
    let last = letters.len().saturating_sub(1);
    if letters.last().is_some_and(|c| *c != MARK) && !bare.contains(&last) {
        bare.push(last);
    }
    bare.into_iter().map(|at| letters[at.saturating_sub(30)..=at].iter().filter(|c| **c != MARK).collect()).collect()
}

/// A full stop inside a number or an abbreviation ends nothing; a Chinese one always ends a sentence.
fn ends_sentence(letters: &[char], at: usize) -> bool {
    let next = letters[at + 1..].iter().find(|c| !is_closing(**c));
    match letters[at] {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_none_or(|c| c.is_whitespace() || *c == MARK),
        _ => false,
    }
}

fn cited_at(letters: &[char], from: usize) -> bool {
    letters[from..].iter().find(|c| !is_closing(**c)) == Some(&MARK)
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '”' | '’' | ')' | '）' | '」' | '』' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(text: &str) -> Id {
        Id::parse(text).expect(text)
    }

    fn faults(text: &str) -> Vec<String> {
        tell(text).faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.what)).collect()
    }

    #[test]
    fn a_text_becomes_blocks_with_its_records_pinned() {
        let told = tell(
            "## Part\n\n[ZTE](item:zte) sold it.[^aspi-2019-11][^link:a-b]\n\n:::record a-b\n:::map filter=country=ZW&poi=1\n\n- One.[^s]\n- Two.[^s]\n",
        );
        let cite = || Span::Cite(Pin::Source(id("s")));
        let expected = vec![
            Block::Heading("Part".into()),
            Block::Paragraph(vec![
                Span::Mention(Pin::Item(id("zte")), "ZTE".into()),
                Span::Text(" sold it.".into()),
                Span::Cite(Pin::Source(id("aspi-2019-11"))),
                Span::Cite(Pin::Link(id("a-b"))),
            ]),
            Block::Record(Pin::Link(id("a-b"))),
            Block::Map("country=ZW&poi=1".into()),
            Block::List(vec![vec![Span::Text("One.".into()), cite()], vec![Span::Text("Two.".into()), cite()]]),
        ];
        assert_eq!(told.blocks, expected);
        assert_eq!(told.faults, []);
        assert_eq!(told.pins().count(), 6);
    }

    #[test]
    fn every_sentence_needs_its_source() {
        assert_eq!(faults("It was sold. It was used.[^s]"), ["1: no source behind `It was sold.`"]);
        assert_eq!(faults("Nothing ends here[^s] but this"), ["1: no source behind `Nothing ends here but this`"]);
        assert_eq!(faults("价值一亿元。\n\n由警方使用。[^s]"), ["1: no source behind `价值一亿元。`"]);
        assert_eq!(faults("第一句。[^s][中兴](item:zte)第二句。[^t][^link:a-b]"), [""; 0]);
        for sound in
            ["It cost 3.5 million.[^s]", "He said “no.”[^s] So it was.[^t]", "第一句。[^s]第二句。[^t]", "*All.*[^s]"]
        {
            assert_eq!(faults(sound), [""; 0], "{sound}");
        }
    }

    #[test]
    fn markup_and_what_names_no_record_are_told_by_line() {
        assert_eq!(faults("A.[^s]\n\n<b>x</b>.[^s]").len(), 2);
        assert_eq!(faults("A.[^s]\n\n:::movie x"), ["3: `:::movie x` is no directive"]);
        assert_eq!(faults("\n[out](https://example.org).[^s]"), ["2: `https://example.org` names no record"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-#>*a。. \\[\\]^:()<\\n]{0,60}") {
            tell(&text);
        }
    }
}
