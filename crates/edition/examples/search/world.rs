//! A generated atlas of bilingual texts, the same for the same number of records, and questions whose answers a plain
//! scan of the texts can tell.

use model::{
    Claim, CountryCode, Evidence, Id, LangText, Link, Operation, Passage, Qualifiers, Reference, Source, Stance,
    Statement, Subject, Value, Vocabulary,
};

use super::words::{CHARACTERS, CHINESE, ENGLISH, FIELDS_ZH, FORMS, ONSETS, PLACES, RIMES, SCANNED, TRADITIONAL};

/// The operations of an atlas, and what may be found of each of its records.
pub struct World {
    /// In the order in which they are applied, all of one entry.
    pub operations: Vec<Operation>,
    /// Every record that can be found.
    pub documents: Vec<Document>,
    /// Questions, kinds mixed.
    pub questions: Vec<Question>,
}

/// A record and every text of it that is searched.
pub struct Document {
    /// Its id.
    pub id: String,
    /// As they are shown.
    pub texts: Vec<String>,
    /// Lower case, simplified characters, letters and digits with single spaces between words: for scanning.
    pub plain: String,
}

/// What somebody asks.
pub struct Question {
    /// Which kind of question it is.
    pub kind: &'static str,
    /// What is typed.
    pub text: String,
    /// What a record has to hold, all of it; empty if a scan can't tell.
    pub scanned: Vec<Scanned>,
}

/// Something that a scan finds.
pub enum Scanned {
    /// These characters side by side.
    Characters(String),
    /// Words side by side, exactly.
    Words(String),
    /// A word, or its plural.
    Noun(String),
}

impl Scanned {
    /// Whether a record holds it.
    pub fn is_in(&self, document: &Document) -> bool {
        match self {
            Self::Characters(text) => document.plain.contains(text.as_str()),
            Self::Words(words) => holds_words(&document.plain, words),
            Self::Noun(word) => {
                [word.clone(), format!("{word}s")].iter().any(|word| holds_words(&document.plain, word))
            }
        }
    }
}

/// Whether words stand in a text with a gap before and behind.
fn holds_words(text: &str, words: &str) -> bool {
    let is_gap = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(words)
        .any(|(at, _)| is_gap(text[..at].chars().next_back()) && is_gap(text[at + words.len()..].chars().next()))
}

/// How many questions are asked.
pub const QUESTIONS: usize = 1_000;

/// An atlas of so many records: of twenty, nine are items, nine links, two sources.
pub fn generate(records: usize, vocabulary: &Vocabulary) -> World {
    let mut maker = Maker {
        dice: Dice(0x5ea7_c401),
        words: Words::new(),
        world: World { operations: Vec::new(), documents: Vec::new(), questions: Vec::new() },
        names: Vec::new(),
        vocabulary,
    };
    let (sources, items) = (records / 10, records * 9 / 20);
    (0..sources).for_each(|n| maker.source(n));
    (0..items).for_each(|n| maker.item(n, sources));
    (0..records - sources - items).for_each(|n| maker.link(n, sources, items));
    (0..QUESTIONS).for_each(|n| maker.question(n));
    maker.world
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A rank below `end`, rank `r` about in proportion to `1 / (r + 1)`.
    fn rank(&mut self, end: usize) -> usize {
        let share = (self.roll() >> 11) as f64 / (1u64 << 53) as f64;
        (((end as f64 + 1.0).powf(share)) as usize).clamp(1, end) - 1
    }
}

/// The words of all texts, the most frequent first: real ones at the head, made-up ones behind.
struct Words {
    english: Vec<String>,
    chinese: Vec<String>,
    characters: Vec<char>,
}

/// How many words each language has.
const ENGLISH_WORDS: usize = 24_000;
const CHINESE_WORDS: usize = 16_000;

impl Words {
    fn new() -> Self {
        let mut dice = Dice(77);
        let characters: Vec<char> = CHARACTERS.chars().filter(|c| !c.is_whitespace()).collect();
        let mut english: Vec<String> = ENGLISH.split_whitespace().map(str::to_owned).collect();
        let mut known: std::collections::HashSet<String> = english.iter().cloned().collect();
        while english.len() < ENGLISH_WORDS {
            let word = latin(&mut dice);
            english.extend(known.insert(word.clone()).then_some(word));
        }
        let mut chinese: Vec<String> = CHINESE.split_whitespace().map(str::to_owned).collect();
        while chinese.len() < CHINESE_WORDS {
            let word: String = (0..2 + dice.below(5) / 4).map(|_| *dice.of(&characters)).collect();
            chinese.extend(known.insert(word.clone()).then_some(word));
        }
        Self { english, chinese, characters }
    }
}

/// A made-up word in Latin letters.
fn latin(dice: &mut Dice) -> String {
    (0..2 + dice.below(2)).map(|_| format!("{}{}", dice.of(&ONSETS), dice.of(&RIMES))).collect()
}

struct Maker<'v> {
    dice: Dice,
    words: Words,
    world: World,
    /// English and Chinese name of each item.
    names: Vec<(String, String)>,
    vocabulary: &'v Vocabulary,
}

fn id(text: &str) -> Id {
    Id::parse(text).expect("invariant: a generated id")
}

impl Maker<'_> {
    fn source(&mut self, n: usize) {
        let (title, note) = (self.english(6), self.chinese(12));
        let publisher = format!("{} Press", capital(&latin(&mut self.dice)));
        let name = format!("source-{n}");
        self.world.operations.push(Operation::Source(Source {
            id: id(&name),
            title: LangText::plain(&title),
            publisher: publisher.as_str().into(),
            published: None,
            language: "en".into(),
            kind: id("news"),
            relays: Vec::new(),
            url: "".into(),
            note: note.as_str().into(),
        }));
        self.document(name, vec![title, publisher, note]);
    }

    fn item(&mut self, n: usize, sources: usize) {
        let name = format!("item-{n}");
        let kind = *self.dice.of(&["company", "public-body", "university", "investor"]);
        self.world.operations.push(Operation::Item { id: id(&name), kind: id(kind) });
        let subject = Subject::Item(id(&name));
        let (english, chinese) = self.names(kind);
        let (long, longer) = (30 + self.dice.below(40), 40 + self.dice.below(50));
        let texts = [
            ("name", english.clone(), "en"),
            ("name", chinese.clone(), "zh-Hans"),
            ("description", self.english(long), "en"),
            ("description", self.chinese(longer), "zh-Hans"),
        ];
        let country = *self.dice.of(&["CN", "DE", "KE", "US", "RS", "BR"]);
        self.claim(&subject, "country", Value::Country(CountryCode::parse(country).expect("a code")), sources);
        let mut found: Vec<String> = self.country_names(country);
        found.extend(self.vocabulary.kinds.get(kind).into_iter().flat_map(|k| k.label.0.values().cloned()));
        for (property, text, lang) in texts {
            self.claim(&subject, property, Value::Text(LangText::new(&text, lang).expect("a tag")), sources);
            found.push(text);
        }
        self.names.push((english, chinese));
        self.document(name, found);
    }

    fn link(&mut self, n: usize, sources: usize, items: usize) {
        let name = format!("link-{n}");
        let kind = *self.dice.of(&["supplies", "partners", "owns"]);
        // Few items have many links.
        let (from, to) = (self.dice.rank(items), self.dice.below(items));
        let (subject, object) = (id(&format!("item-{from}")), id(&format!("item-{to}")));
        self.world.operations.push(Operation::Link(Link { id: id(&name), link_type: id(kind), subject, object }));
        let subject = Subject::Link(id(&name));
        self.claim(&subject, "asserts", Value::Flag(true), sources);
        let long = 15 + self.dice.below(30);
        let (text, lang) =
            if n.is_multiple_of(2) { (self.english(long), "en") } else { (self.chinese(2 * long), "zh-Hans") };
        self.claim(&subject, "description", Value::Text(LangText::new(&text, lang).expect("a tag")), sources);
        let mut found = vec![text];
        found.extend(self.vocabulary.link_types.get(kind).into_iter().flat_map(|t| t.label.0.values().cloned()));
        for end in [from, to] {
            found.extend([self.names[end].0.clone(), self.names[end].1.clone()]);
        }
        self.document(name, found);
    }

    fn claim(&mut self, subject: &Subject, property: &str, value: Value, sources: usize) {
        let number = self.world.operations.len() as u32;
        self.world.operations.push(Operation::Claim(Claim {
            subject: subject.clone(),
            property: id(property),
            statement: Statement::Is(value),
            qualifiers: Qualifiers::default(),
        }));
        self.world.operations.push(Operation::Evidence(Evidence {
            claims: vec![Reference::Here(number)],
            source: id(&format!("source-{}", self.dice.below(sources))),
            stance: Stance::Supports,
            passage: Passage::default(),
            group: None,
            against_interest: false,
        }));
    }

    fn country_names(&self, code: &str) -> Vec<String> {
        let country = self.vocabulary.country(code);
        country.into_iter().flat_map(|country| ["en", "zh-Hans"].map(|lang| country.name(lang).to_owned())).collect()
    }

    /// The two names of a body: Hangzhou Vexcor Technology Co., Ltd. and 杭州维科尔科技有限公司.
    fn names(&mut self, kind: &str) -> (String, String) {
        let (place_en, place_zh) = *self.dice.of(&PLACES);
        let (field_en, field_zh) = *self.dice.of(&FIELDS_ZH);
        let forms = FORMS.iter().find(|(of, ..)| *of == kind).unwrap_or(&FORMS[0]);
        let own: String = (0..2 + self.dice.below(2)).map(|_| *self.dice.of(&self.words.characters)).collect();
        let english = format!("{place_en} {} {field_en} {}", capital(&latin(&mut self.dice)), forms.1);
        (english, self.written(&format!("{place_zh}{own}{field_zh}{}", forms.2)))
    }

    /// One name in eight is written in traditional characters.
    fn written(&mut self, simplified: &str) -> String {
        if self.dice.below(8) == 0 { traditional(simplified) } else { simplified.to_owned() }
    }

    fn english(&mut self, words: usize) -> String {
        let word = |dice: &mut Dice, all: &[String]| {
            let word = &all[dice.rank(all.len())];
            if dice.below(12) == 0 { format!("{word}s") } else { word.clone() }
        };
        let text: Vec<String> = (0..words).map(|_| word(&mut self.dice, &self.words.english)).collect();
        capital(&text.join(" ")) + "."
    }

    /// A text in sentences of a few words, now and then with a Latin word.
    fn chinese(&mut self, words: usize) -> String {
        let mut text = String::new();
        for n in 0..words / 2 {
            let at = self.dice.rank(self.words.chinese.len());
            text.push_str(&self.words.chinese[at]);
            match self.dice.below(14) {
                0 => text.push('，'),
                1 => text.push_str(self.dice.of::<&str>(&SCANNED)),
                _ if n % 13 == 12 => text.push('。'),
                _ => {}
            }
        }
        self.written(&text)
    }

    fn document(&mut self, id: String, texts: Vec<String>) {
        let plain = texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join(" \u{b6} ");
        self.world.documents.push(Document { id, texts, plain });
    }

    fn question(&mut self, n: usize) {
        let question = match n % 20 {
            0..=4 => self.chinese_word(),
            5 => self.character(),
            6..=10 => self.chinese_name(),
            11..=13 => self.mixed(),
            14 | 15 => self.english_word(),
            16 => self.phrase(),
            17 => self.two_words(),
            18 => self.english_name(),
            _ => self.slip(),
        };
        self.world.questions.push(question);
    }

    fn chinese_word(&mut self) -> Question {
        let word = self.words.chinese[self.dice.rank(self.words.chinese.len())].clone();
        self.asked("chinese word", word)
    }

    fn character(&mut self) -> Question {
        let one = *self.dice.of(&self.words.characters);
        self.asked("one character", one.to_string())
    }

    /// A whole name, or two to six characters of one.
    fn chinese_name(&mut self) -> Question {
        let name: Vec<char> = self.dice.of(&self.names).1.chars().collect();
        let take = if self.dice.below(3) == 0 { name.len() } else { 2 + self.dice.below(5) }.min(name.len());
        let from = self.dice.below(name.len() - take + 1);
        let part: String = name[from..from + take].iter().collect();
        self.asked("chinese name", part)
    }

    /// Some of these are typed in traditional characters.
    fn asked(&mut self, kind: &'static str, text: String) -> Question {
        let scanned = vec![Scanned::Characters(simplified(&text))];
        let text = if self.dice.below(5) == 0 { traditional(&text) } else { text };
        Question { kind, text, scanned }
    }

    /// Part of a Chinese text and a Latin word.
    fn mixed(&mut self) -> Question {
        let word = (*self.dice.of(&SCANNED)).to_owned();
        let chinese = if self.dice.below(2) == 0 { self.chinese_word() } else { self.chinese_name() };
        let mut scanned = chinese.scanned;
        scanned.push(Scanned::Noun(word.clone()));
        Question { kind: "mixed", text: format!("{} {word}", chinese.text), scanned }
    }

    fn word(&mut self) -> String {
        self.words.english[self.dice.rank(self.words.english.len())].clone()
    }

    fn english_word(&mut self) -> Question {
        Question { kind: "english word", text: self.word(), scanned: Vec::new() }
    }

    fn two_words(&mut self) -> Question {
        Question { kind: "two words", text: format!("{} {}", self.word(), self.word()), scanned: Vec::new() }
    }

    /// Two words that stand side by side somewhere.
    fn phrase(&mut self) -> Question {
        let source = self.dice.below(self.world.documents.len() / 10);
        let words: Vec<&str> = self.world.documents[source].plain.split(' ').take(3).collect();
        let words = words[1..].join(" ");
        Question { kind: "phrase", text: format!("\"{words}\""), scanned: vec![Scanned::Words(words)] }
    }

    fn english_name(&mut self) -> Question {
        let name = self.dice.of(&self.names).0.clone();
        let words: Vec<&str> = name.split(' ').collect();
        let take = 1 + self.dice.below(words.len());
        Question { kind: "english name", text: words[..take].join(" "), scanned: Vec::new() }
    }

    /// A made-up name with two letters swapped.
    fn slip(&mut self) -> Question {
        let name = self.dice.of(&self.names).0.clone();
        let mut word: Vec<char> = name.split(' ').nth(1).unwrap_or("name").chars().collect();
        let at = 1 + self.dice.below(word.len() - 2);
        word.swap(at, at + 1);
        Question { kind: "slip", text: word.into_iter().collect(), scanned: Vec::new() }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// For scanning, by rules of its own.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    for c in simplified(text).chars() {
        let c = if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
        // A Latin word inside a Chinese text parts the characters around it.
        let parted = c.is_ascii_alphanumeric() != before.is_ascii_alphanumeric();
        if parted && before != ' ' && c != ' ' {
            plain.push(' ');
        }
        if c != ' ' || before != ' ' {
            plain.push(c);
        }
        before = c;
    }
    plain.trim_end().to_owned()
}

fn simplified(text: &str) -> String {
    let plain = |c| TRADITIONAL.iter().find(|(_, old)| *old == c).map_or(c, |(new, _)| *new);
    text.chars().map(plain).collect()
}

fn traditional(text: &str) -> String {
    let old = |c| TRADITIONAL.iter().find(|(new, _)| *new == c).map_or(c, |(_, old)| *old);
    text.chars().map(old).collect()
}
