//! Keeps natural persons out: the atlas has no record for them.
//!
//! A row that says it is a person is refused. A list without types mixes persons in, so a name
//! that has the shape of a person's and no sign of an organisation is held back until someone has looked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use model::Vocabulary;

use crate::outcome::Refusal;

/// Kinds and types that mean a natural person.
const PERSON_WORDS: [&str; 14] = [
    "person",
    "natural-person",
    "natural person",
    "individual",
    "individuals",
    "people",
    "human",
    "citizen",
    "private-person",
    "private person",
    "suspect",
    "official",
    "executive",
    "自然人",
];

const HONORIFICS: [&str; 16] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sheikh",
    "shaikh",
    "mullah",
    "hajji",
    "gen",
    "col",
    "capt",
    "lt",
];

/// What only notes on persons say.
const PERSONAL_NOTES: [&str; 17] = [
    "date of birth",
    "dob ",
    "dob:",
    "d.o.b",
    "place of birth",
    "pob ",
    "pob:",
    "passport",
    "nationality",
    "national id",
    "citizenship",
    "gender",
    "date of issue",
    "target type: individual",
    "entity type: individual",
    "type: individual",
    "[individual]",
];

/// Words that only organisations, works and things carry in their names, besides the vocabulary's.
const ORGANISATION_WORDS: &str = "
    academy accelerator administration advanced aero aerospace affiliates agency agro air airport alliance analytics arsenal asbestos
    association asia asian authority auto automation automotive avia aviation bank base beedi biotech board branch brigade brothers
    bureau business cable capital center centre centr chamber chemical chemicals chip china chinese circuit city cloud club combine command
    commerce commercial commission committee commodities communication communications complex component components computer computers
    computing concern conglomerate consortium construction consultancy consultants consulting contractor contractors control
    cooperation cooperative corps cotton council creative cyber data defence defense department design detention development diamond
    digital directorate display distribution division dynamics dynamic electric electrical electro electron electronic electronics
    elektronika empire energy engine engineering engineers equip equipment establishment estate european exchange experimental export
    express fab farm fashion federal federalnoe federation fields finance fleet flight flying force forensic forensics foreign forum
    foundation foundry freight galaxy garments genomics global gmbh gosudarstvennoe government graphics guard hardware heavy helicopter
    high hospital hotel imaging import industria industrial industry information infrastructure insight instrument instruments
    integrated intelligence intelligent intellectual international internet invest investment investments islamic jet joint lab
    laboratories laboratory labs laser links logistic logistics machine machinery machines management manufacture manufacturer
    manufacturers manufacturing marine maritime market marketing mart materials material mechanical mechanics media medical metal metals
    meteorological micro microelectronics microsystems microwave middle military mill mills mine mines mining ministry missile mobile
    mobility monitoring motor motors nano national naval navy net network networks nuclear ocean office oil onshore openlab optical optics
    optoelectronics organisation organization orbita overseas pacific parts pearl penitentiary people petrochemical petroleum pharma
    photonics planet plan platform police polymer port power precision press prime prison process procurement product production
    products professorship program programme project property propulsion provincial quantum radar radio rail railway ranch real refinery
    region regional repair republic research resort resources rocket robotics salt sanatori satellite school science sciences
    scientech scientific security semiconductor semiconductors sensor service services ship shipping shipyards silicon smart society software
    solar solution solutions source space spare special sports stars state station steel stock store stores studio supercomputer
    supercomputing supplies supply support surveillance survey system systems talent talents tea tech technic technical technique
    technologies technology tekno tele telecom telecommunication telecommunications test testing textile textiles tool tooling tools
    trade traders trading trans transport travel tubes turbine union unit universal universities upravleniya vehicle venture ventures
    vision wafer warehouse wave weapons wholesale works workshop world yard zone
    zavod nii niti okb tsentr konstruktorskoe byuro institut nauchno proizvodstvennoe obyedinenie kontsern uchrezhdenie
    electronica eletronica elektronik import-export sanayi ticaret havacilik";

/// Particles inside personal names.
const PARTICLES: [&str; 12] = ["al", "el", "bin", "ibn", "bint", "de", "van", "von", "da", "ul", "ur", "abu"];

static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| ORGANISATION_WORDS.split_whitespace().collect());

/// Whether a kind or type means a natural person.
pub(crate) fn is_person_word(kind: &str) -> bool {
    PERSON_WORDS.contains(&kind.trim().to_lowercase().as_str())
}

/// Whether a word is one that only organisations carry in their names.
pub(crate) fn is_organisation_word(word: &str) -> bool {
    has_organisation_word(word)
}

/// Whether a name begins as one speaks to a person, and nothing in it is an organisation's.
pub(crate) fn is_addressed_as_person(name: &str) -> bool {
    let words = words(name);
    let addressed =
        words.first().is_some_and(|w| HONORIFICS.contains(&w.trim_end_matches('.').to_lowercase().as_str()));
    addressed && (2..=5).contains(&words.len()) && !words.iter().any(|w| has_organisation_word(w))
}

/// Why a row of a list without types is held back, if it is.
pub(crate) fn refusal(vocabulary: &Vocabulary, name: &str, aliases: &[&str], notes: &str) -> Option<Refusal> {
    let notes = notes.to_lowercase();
    if PERSONAL_NOTES.iter().any(|sign| notes.contains(sign)) {
        return Some(Refusal::PersonalData);
    }
    if is_addressed_as_person(name) {
        return Some(Refusal::Honorific);
    }
    let organisation = |n: &str| is_organisation(vocabulary, n);
    let typed = notes.contains("target type:");
    let held = !typed && !organisation(name) && !aliases.iter().any(|a| organisation(a)) && has_shape_of_person(name);
    held.then_some(Refusal::LooksLikePerson)
}

/// Whether another name on a row is left out: it may be a person behind the organisation. One that
/// has a word of the organisation's own name is another spelling of it.
pub(crate) fn is_doubtful_alias(vocabulary: &Vocabulary, name: &str, alias: &str) -> bool {
    let folded = names::fold(name);
    let shares = |w: &&str| names::fold(w).split(' ').any(|w| w.len() > 2 && folded.split(' ').any(|n| n == w));
    is_addressed_as_person(alias)
        || (!is_organisation(vocabulary, alias) && has_shape_of_person(alias) && !words(alias).iter().any(shares))
}

fn is_organisation(vocabulary: &Vocabulary, name: &str) -> bool {
    vocabulary.organisation_kind(&without_short_words(name)).is_some()
        || words(name).iter().any(|w| has_organisation_word(w) || is_abbreviation(w, name))
        || vocabulary.countries.iter().any(|c| name.contains(&c.english))
}

/// `Ao` may be a name where `AO` is a legal form.
fn without_short_words(name: &str) -> String {
    let telling = |w: &&&str| {
        w.chars().count() > 2 || w.chars().all(char::is_uppercase) || ["co", "oy"].contains(&w.to_lowercase().as_str())
    };
    words(name).iter().filter(telling).copied().collect::<Vec<_>>().join(" ")
}

fn words(name: &str) -> Vec<&str> {
    name.split([' ', ',', '(', ')', '/', '“', '”', '"', '‘', '\u{a0}', '–', '—']).filter(|w| !w.is_empty()).collect()
}

/// An organisation's word, alone or as a part of a hyphenated word.
fn has_organisation_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = |w: &str| WORDS.contains(w.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("’s"));
    plain(&lower) || lower.split('-').any(plain)
}

/// Capitals only, in a name that is not all capitals: `NSCC Tianjin`.
fn is_abbreviation(word: &str, name: &str) -> bool {
    let capitals = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && capitals(word) && !capitals(name) && !name.contains(',')
}

/// `First Last`, `LAST, First`, `First Middle Patronymic Last`: two to four capitalised words of letters.
fn has_shape_of_person(name: &str) -> bool {
    let words = words(name);
    let named: Vec<&&str> = words.iter().filter(|w| !PARTICLES.contains(&w.to_lowercase().as_str())).collect();
    (2..=4).contains(&words.len()) && !named.is_empty() && named.iter().all(|w| is_capitalised(w))
}

fn is_capitalised(word: &str) -> bool {
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    letters && word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::VOCABULARY;

    fn held(name: &str) -> bool {
        refusal(&VOCABULARY, name, &[], "").is_some()
    }

    #[test]
    fn names_in_the_shape_of_a_persons_are_held_back() {
        for name in [
            "Jane Roe",
            "ROE, Jane",
            "Roe, Jane Mary",
            "Li Xiaoming",
            "Hasan bin Ali",
            "Ivan Petrovich Sidorov",
            "Abu Jan",
            "J. R. Roe",
            "María José O’Roe",
            "Park Min-su",
            "Ao Li",
            "Иван Петров",
            "Dr. Jane Roe",
            "Sheikh Jan Ali",
        ] {
            assert!(held(name), "{name}");
        }
    }

    #[test]
    fn names_of_organisations_pass() {
        for name in [
            "Huawei Cloud Berlin",
            "Siberica Oy",
            "AO Kaspersky",
            "NSCC Tianjin",
            "Bright Electronics",
            "13th Institute",
            "Loongson",
            "Aviation-Parts Plus",
            "Ministry of State Security",
            "海光信息",
            "Dr. Roe Laboratories",
            "Roe & Sons Co.",
        ] {
            assert!(!held(name), "{name}");
        }
    }

    #[test]
    fn personal_data_in_the_notes_is_refused_whatever_the_name() {
        assert_eq!(refusal(&VOCABULARY, "Bright Electronics", &[], "DOB: 1 Jan 1970"), Some(Refusal::PersonalData));
        assert_eq!(
            refusal(&VOCABULARY, "Jane Roe", &["Roe Trading"], ""),
            None,
            "an organisation may be named after its founder"
        );
    }

    #[test]
    fn an_alias_may_be_a_person_behind_the_organisation() {
        assert!(is_doubtful_alias(&VOCABULARY, "Bright Electronics", "Jane Roe"));
        assert!(!is_doubtful_alias(&VOCABULARY, "Emal Bilal Construction", "Imal Bilal"));
        assert!(!is_doubtful_alias(&VOCABULARY, "Bright Electronics", "Shining Systems"));
    }
}
