//! The languages of the interface, and the only way to a word in them.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use maud::{Markup, PreEscaped};

use crate::number::grouped;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English, without a prefix in the path.
    En,
    /// Simplified Chinese, under `/zh`.
    ZhHans,
}

/// A value put into a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// A whole number: chooses the plural form and is printed with digits in groups.
    Count(u64),
    /// A text, printed as it is (years too).
    Text(&'a str),
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhHans];

    /// What stands before every path of this language: `""` or `"/zh"`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::ZhHans => "/zh",
        }
    }

    /// The BCP 47 tag, for `lang` attributes and for choosing labels.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The writing direction, for `dir` attributes.
    pub const fn dir(self) -> &'static str {
        "ltr"
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
        }
    }

    /// The language that a path asks for, and the path without its prefix.
    pub fn of_path(path: &str) -> (Self, &str) {
        match path.strip_prefix(Self::ZhHans.prefix()) {
            Some("") => (Self::ZhHans, "/"),
            Some(rest) if rest.starts_with('/') => (Self::ZhHans, rest),
            _ => (Self::En, path),
        }
    }

    /// The language to switch to.
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::ZhHans,
            Self::ZhHans => Self::En,
        }
    }

    /// The message `key` without arguments.
    pub fn t(self, key: &str) -> String {
        self.t_with(key, &[])
    }

    /// The message `key` with its arguments. A key that does not exist comes back as itself (a test sees to it that none does).
    pub fn t_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let values = args.iter().map(|(name, arg)| (*name, arg.value()));
        self.format(key, &values.collect())
    }

    /// The message `key` with markup put in for arguments, for sentences that hold links.
    pub fn t_markup(self, key: &str, parts: &[(&str, Markup)]) -> Markup {
        let marks = parts.iter().enumerate().map(|(index, (name, _))| (*name, FluentValue::from(mark(index))));
        let text = self.format(key, &marks.collect());
        PreEscaped(splice(&text, parts))
    }

    fn format(self, key: &str, args: &FluentArgs<'_>) -> String {
        let bundle = &BUNDLES[self as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }
}

impl Arg<'_> {
    fn value(&self) -> FluentValue<'static> {
        match *self {
            #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
            Self::Count(n) => FluentValue::from(n as f64),
            Self::Text(text) => FluentValue::from(text.to_owned()),
        }
    }
}

/// A private-use character stands for one piece of markup while Fluent builds the sentence.
fn mark(index: usize) -> String {
    let code = 0xF_0000 + u32::try_from(index).expect("a sentence has few parts");
    char::from_u32(code).expect("plane 15 is private use").to_string()
}

fn splice(text: &str, parts: &[(&str, Markup)]) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let index = (letter as u32).checked_sub(0xF_0000).map(|index| index as usize);
        match index.and_then(|index| parts.get(index)) {
            Some((_, markup)) => html.push_str(&markup.0),
            None => html.push_str(&maud::html!((letter)).0),
        }
    }
    html
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle(Lang::En, EN), bundle(Lang::ZhHans, ZH_HANS)]);

/// The messages of one language: its files, one for each area of the site, as one text.
macro_rules! messages {
    ($lang:literal) => {
        messages!(
            $lang:
            "frame"
            "evidence"
            "filter"
            "records"
            "pages"
            "content"
            "guide"
            "takehome"
            "errors"
            "map"
            "graph"
            "verify"
            "search"
            "publication"
            "archive"
            "desk"
            "desktasks"
            "deskflows"
            "suggest"
        )
    };
    ($lang:literal: $($area:literal)*) => {
        concat!($(include_str!(concat!("../messages/", $lang, "/", $area, ".ftl")), "\n"),*)
    };
}

pub(crate) const EN: &str = messages!("en");
pub(crate) const ZH_HANS: &str = messages!("zh-Hans");

fn bundle(lang: Lang, source: &str) -> FluentBundle<FluentResource> {
    let locale = lang.tag().parse().expect("our own tags are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Names are isolated by `<bdi>` in the page; isolation marks would end up in JSON and titles.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(format_number));
    let resource = FluentResource::try_new(source.to_owned()).expect("our own message file parses");
    bundle.add_resource(resource).expect("no key stands twice");
    bundle
}

fn format_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "came from a u64 count")]
        FluentValue::Number(number) => Some(grouped(number.value as u64)),
        _ => None,
    }
}

/// A label of the vocabulary as a heading: its first letter large.
pub fn capitalised(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn plural_forms_follow_the_language() {
        let one = [("n", Arg::Count(1))];
        let many = [("n", Arg::Count(12_345))];
        assert_eq!(Lang::En.t_with("count-links", &one), "1 link");
        assert_eq!(Lang::En.t_with("count-links", &many), "12,345 links");
        assert_eq!(Lang::ZhHans.t_with("count-links", &many), "12,345 条关系");
    }

    #[test]
    fn markup_goes_in_where_the_language_wants_it_and_the_rest_is_escaped() {
        let parts = [("source", html! { a href="/s" { "A & B" } }), ("date", html! { "<2017>" })];
        let html = Lang::En.t_markup("evidence-sentence-plain", &parts).0;
        assert_eq!(html, "According to <a href=\"/s\">A &amp; B</a> (&lt;2017&gt;)");
    }

    #[test]
    fn a_heading_begins_with_a_large_letter() {
        assert_eq!(capitalised("smart city"), "Smart city");
        assert_eq!(capitalised("智慧城市"), "智慧城市");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn text_arguments_are_not_formatted_as_numbers() {
        assert!(Lang::En.t_with("footer-edition", &[("number", Arg::Text("12345"))]).contains("12345"));
    }
}
