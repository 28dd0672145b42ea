//! What somebody should look at before sending: people in the words, a source that nobody can open, a date that can't be
//! read. Warnings alone; nobody is kept from sending.

use model::{About, Concern, ConcernKind, Field, Suggestion};
use url::{Host, Url};

use super::personal::{SignKind, signs};
use super::when;

/// So many concerns of one kind are told.
const MOST: usize = 5;

/// What to look at again, in the order of the form.
pub(super) fn look(suggestion: &Suggestion) -> Vec<Concern> {
    let mut all = Vec::new();
    for (field, text) in suggestion.fields.iter() {
        let found = signs(text).into_iter().map(|sign| concern(field, kind(sign.kind), &sign.words));
        all.extend(found.take(MOST));
        match field {
            Field::When => all.extend(when::hint(text).map(|hint| concern(field, ConcernKind::BadDate, &hint))),
            Field::Source => all.extend(source(suggestion, text)),
            _ => {}
        }
    }
    all
}

fn concern(field: Field, kind: ConcernKind, words: &str) -> Concern {
    Concern { field, kind, words: words.into() }
}

fn kind(kind: SignKind) -> ConcernKind {
    match kind {
        SignKind::Email => ConcernKind::Email,
        SignKind::Phone => ConcernKind::Phone,
        SignKind::Number => ConcernKind::PersonalNumber,
        SignKind::Name => ConcernKind::PersonName,
    }
}

fn source(suggestion: &Suggestion, text: &str) -> Option<Concern> {
    let text = text.trim();
    if text.is_empty() {
        let needs = !matches!(suggestion.about, About::Page(_)) && suggestion.files.is_empty();
        return needs.then(|| concern(Field::Source, ConcernKind::NoSource, ""));
    }
    let address = text.split_whitespace().find(|word| word.contains("://"))?;
    (!is_public(address)).then(|| concern(Field::Source, ConcernKind::BadAddress, address))
}

/// Whether everyone can open it, as far as its text tells.
fn is_public(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let private_names = [".onion", ".local", ".internal", ".lan", ".home", ".invalid", ".test", ".localhost"];
    let open = match url.host() {
        Some(Host::Domain(name)) => name.contains('.') && !private_names.iter().any(|end| name.ends_with(end)),
        Some(Host::Ipv4(four)) => {
            !(four.is_private() || four.is_loopback() || four.is_link_local() || four.is_unspecified())
        }
        Some(Host::Ipv6(six)) => !(six.is_loopback() || six.is_unspecified() || six.is_unique_local()),
        None => false,
    };
    open && matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(about: &str, fields: &[(Field, &str)]) -> Vec<(Field, ConcernKind, String)> {
        let mut suggestion = Suggestion { about: About::parse(about).expect("a subject"), ..Suggestion::default() };
        fields.iter().for_each(|(field, text)| suggestion.fields.set(*field, *text));
        look(&suggestion).into_iter().map(|one| (one.field, one.kind, one.words)).collect()
    }

    #[test]
    fn a_source_should_be_one_that_everyone_can_open() {
        let bad = |address: &str| {
            let found = looked("new", &[(Field::Source, address)]);
            found.iter().any(|(_, kind, _)| *kind == ConcernKind::BadAddress)
        };
        for address in [
            "http://192.168.1.7/a",
            "https://intranet/x",
            "file:///srv/a.pdf",
            "https://abc.onion/",
            "https://me:pw@example.org/",
            "http://[::1]/",
            "https://",
        ] {
            assert!(bad(address), "{address}");
        }
        for address in ["https://example.org/a?b=c", "The Paper, 12 March 2019, page 4", "see https://例子.中国/新闻"]
        {
            assert!(!bad(address), "{address}");
        }
    }

    #[test]
    fn only_a_report_of_an_error_needs_no_source() {
        let none = vec![(Field::Source, ConcernKind::NoSource, String::new())];
        assert_eq!(looked("item/zte", &[(Field::What, "x")]), none);
        assert_eq!(looked("page/links", &[(Field::What, "x")]), []);
    }

    #[test]
    fn what_looks_like_a_person_is_told_with_its_field() {
        let found = looked("page/", &[(Field::Note, "write to a.b@example.org"), (Field::When, "May 2017")]);
        assert_eq!(
            found,
            [
                (Field::When, ConcernKind::BadDate, "2017-05".to_owned()),
                (Field::Note, ConcernKind::Email, "a.b@example.org".into()),
            ]
        );
    }
}
