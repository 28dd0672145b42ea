//! Signs of people in free text: addresses for mail, numbers to call, numbers and names of persons. Signs alone: they are
//! shown to whoever wrote the text, and decide nothing.

use std::net::Ipv4Addr;

/// A sign, with the words that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Of what.
    pub kind: SignKind,
    /// As they stand in the text.
    pub words: String,
}

/// What a sign is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignKind {
    /// An address for mail.
    Email,
    /// A number to call.
    Phone,
    /// A number that a state gave a person.
    Number,
    /// A person's name with how one speaks to them or what they are.
    Name,
}

/// What stands before a person's name.
const BEFORE: [&str; 25] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "col",
    "colonel",
    "gen",
    "general",
    "capt",
    "captain",
    "lt",
    "lieutenant",
    "major",
    "sgt",
    "sergeant",
    "inspector",
    "commissioner",
    "engineer",
    "ceo",
];

/// What stands behind a Chinese person's name.
const BEHIND: [&str; 14] = [
    "先生",
    "女士",
    "小姐",
    "局长",
    "主任",
    "经理",
    "警官",
    "教授",
    "同志",
    "总裁",
    "董事长",
    "书记",
    "工程师",
    "院士",
];

/// The most common Chinese family names: those of more than nine in ten people.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤";

/// All signs in a text, in the order of their kinds; each words once.
pub fn signs(text: &str) -> Vec<Sign> {
    let mut all: Vec<Sign> = Vec::new();
    let found = [
        (SignKind::Email, emails(text)),
        (SignKind::Phone, phones(text)),
        (SignKind::Number, numbers(text)),
        (SignKind::Name, names(text)),
    ];
    for (kind, words) in found.into_iter().flat_map(|(kind, found)| found.into_iter().map(move |words| (kind, words))) {
        let sign = Sign { kind, words };
        if !all.contains(&sign) {
            all.push(sign);
        }
    }
    all
}

fn emails(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || "<>()[],;:\"'，。；：、（）“”".contains(c);
    let is_email = |word: &&str| {
        let Some((name, host)) = word.split_once('@') else { return false };
        let labels: Vec<&str> = host.split('.').collect();
        !name.is_empty() && labels.len() >= 2 && labels.iter().all(|label| !label.is_empty() && !label.contains('@'))
    };
    text.split(apart).map(|word| word.trim_end_matches('.')).filter(is_email).map(str::to_owned).collect()
}

/// Runs of digits with what stands between the groups of a telephone number.
fn phones(text: &str) -> Vec<String> {
    runs(text, |c| c.is_ascii_digit() || " -().+/".contains(c)).into_iter().filter(|run| is_phone(run)).collect()
}

fn is_phone(run: &str) -> bool {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let first = groups.first().copied().unwrap_or_default();
    // A date, an address of a machine, a span of years, a sum in groups of three.
    let year = |group: &&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let dated = groups.len() <= 4 && (groups.first().is_some_and(year) || groups.last().is_some_and(year));
    let machine = run.trim().parse::<Ipv4Addr>().is_ok();
    let sum = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3) && !run.starts_with(['+', '0', '(']);
    if run.starts_with('+') {
        return (8..=15).contains(&digits);
    }
    let resident = groups.iter().map(|group| group.len()).eq([3, 2, 4]);
    if dated || machine || sum || resident {
        return false;
    }
    let chinese_mobile = groups.len() == 1 && digits == 11 && first.starts_with('1') && !first.starts_with(['0', '2']);
    let chinese_mobile = chinese_mobile && first.as_bytes()[1] >= b'3';
    let grouped = groups.len() >= 2 && (9..=13).contains(&digits) && groups.iter().all(|group| group.len() <= 8);
    chinese_mobile || (grouped && !run.contains('.')) || (grouped && groups.len() >= 3)
}

/// Numbers of residents: China's with its check digit (GB 11643-1999), and the shape of the United States'.
fn numbers(text: &str) -> Vec<String> {
    let chinese = runs(text, |c| c.is_ascii_digit() || c == 'X' || c == 'x').into_iter().filter(|run| is_resident(run));
    let american = runs(text, |c| c.is_ascii_digit() || c == '-').into_iter().filter(|run| {
        let groups: Vec<usize> = run.split('-').map(str::len).collect();
        groups == [3, 2, 4]
    });
    chinese.chain(american).collect()
}

fn is_resident(run: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some(head) = run.get(..17).filter(|_| run.len() == 18) else { return false };
    let digits: Option<Vec<u32>> = head.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let last = "10X98765432".chars().nth((sum % 11) as usize);
    last.is_some_and(|last| run.ends_with(last) || run.to_ascii_uppercase().ends_with(last))
}

/// Runs of letters that fit, without the marks at their ends.
fn runs(text: &str, fits: impl Fn(char) -> bool) -> Vec<String> {
    let all = text.split(|c: char| !fits(c));
    let bare = all.map(|run| {
        run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).trim_start_matches([' ', '-', '.', '/', ')'])
    });
    bare.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

fn names(text: &str) -> Vec<String> {
    let mut found = addressed(text);
    found.extend(chinese(text));
    found
}

/// A word of [`BEFORE`] and up to three capitalised words behind it.
fn addressed(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_name = |word: &&&str| {
        let word = bare(word);
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
            && (word.chars().count() == 1 || word.chars().any(char::is_lowercase))
    };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !BEFORE.contains(&bare(word).to_lowercase().as_str()) || !word.chars().next().is_some_and(char::is_uppercase)
        {
            continue;
        }
        let behind: Vec<String> = words[at + 1..].iter().take(3).take_while(is_name).map(|word| bare(word)).collect();
        let organisation = behind.iter().any(|word| crate::person::is_organisation_word(word));
        if !behind.is_empty() && !organisation && !ends_sentence(word) {
            found.push(format!("{} {}", bare(word), behind.join(" ")));
        }
    }
    found
}

/// `… the general. Huawei …`: the full stop of a word that is no abbreviation.
fn ends_sentence(word: &str) -> bool {
    word.ends_with(['!', '?', ',', ';', ':']) || (word.ends_with('.') && word.len() > 5)
}

/// A family name, one or two more characters, and a word of [`BEHIND`].
fn chinese(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for end in BEHIND {
        for (at, _) in text.match_indices(end) {
            let before = text[..at].chars().count();
            let name =
                [3, 2].into_iter().filter(|length| before >= *length).map(|length| &letters[before - length..before]);
            let mut named = name.filter(|name| FAMILIES.contains(name[0]) && name.iter().all(|c| *c >= '\u{4e00}'));
            found.extend(named.next().map(|name| format!("{}{end}", name.iter().collect::<String>())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(SignKind, &str)]) {
        let found = signs(text);
        let found: Vec<(SignKind, &str)> = found.iter().map(|sign| (sign.kind, sign.words.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_for_mail_are_found() {
        check("Write to <jane.roe@mail.example.org>.", &[(SignKind::Email, "jane.roe@mail.example.org")]);
        check("请联系li@example.cn。", &[(SignKind::Email, "请联系li@example.cn")]);
        check("@handle, a@b, 3 @ 5 each", &[]);
    }

    #[test]
    fn numbers_to_call_are_found_and_dates_sums_and_machines_are_not() {
        for phone in
            ["+254 20 123 4567", "+8613812345678", "(0755) 2878-0808", "020-12345678", "13812345678", "0171 234 56 78"]
        {
            check(&format!("Call {phone} today"), &[(SignKind::Phone, phone)]);
        }
        for other in [
            "2017-08-21",
            "21.08.2017",
            "2014/2019",
            "1 200 000 dollars",
            "192.168.10.12",
            "40 cameras in 12 towns",
            "LEI 529900T8BM49AURSDO55",
            "tender 2019-0042-17",
            "ISBN 9783161484100",
        ] {
            check(other, &[]);
        }
    }

    #[test]
    fn numbers_of_residents_are_found_by_their_check_digit() {
        // The example of GB 11643-1999, annex A.
        check("id 11010519491231002X", &[(SignKind::Number, "11010519491231002X")]);
        check("id 110105194912310021", &[]);
        check("SSN 078-05-1120", &[(SignKind::Number, "078-05-1120")]);
    }

    #[test]
    fn names_with_how_one_speaks_to_people_are_found() {
        check("We met Mr. John Q. Smith, of Nairobi", &[(SignKind::Name, "Mr John Q Smith")]);
        check("signed by Col. Okello", &[(SignKind::Name, "Col Okello")]);
        check("General Electric Company sold it", &[]);
        check("Dr. Roe Laboratories sold it", &[]);
        check("由王晓明局长签署", &[(SignKind::Name, "王晓明局长")]);
        check("市公安局局长办公室", &[]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,80}|[0-9+(). @a-zX王局长-]{0,60}") {
            let _ = signs(&text);
        }
    }
}
