//! Which witnesses must have cosigned a checkpoint: the policy file of c2sp.org/tlog-policy, Ed25519 keys only.

use std::collections::{BTreeMap, BTreeSet};

use model::{Problem, Where};

use crate::cosignature::WitnessKey;
use crate::key_text::split_note;
use crate::note::VerifyingKey;

/// A log that a policy trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key, named by its origin.
    pub key: VerifyingKey,
    /// Where it is to be had.
    pub url: Option<String>,
}

/// A witness that a policy knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name in the policy.
    pub name: String,
    /// Its key.
    pub key: WitnessKey,
    /// Its submission prefix.
    pub url: Option<String>,
}

/// Logs, witnesses, and which witnesses together are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The logs; may be empty.
    pub logs: Vec<PolicyLog>,
    /// The witnesses; may be empty.
    pub witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    /// `None`: no cosignature is needed.
    quorum: Option<Member>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Witness(usize),
    Group(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    needed: usize,
    members: Vec<Member>,
}

/// Who has cosigned a checkpoint, as a policy sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The witnesses that have, by name in the policy, with the POSIX time of each.
    pub by: Vec<(String, u64)>,
    /// How many witnesses the policy knows.
    pub of: usize,
    /// Whether they are enough. A policy without quorum is met by nobody's word, so this is false where `of` is 0.
    pub met: bool,
    /// The latest time as of which they are enough.
    pub since: Option<u64>,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Every line that can't be understood, with its number.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut reading = Reading::default();
        let mut problems = Vec::new();
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if let Err(what) = reading.line(line) {
                let at = Where { file: file.into(), line: number, column: 0 };
                problems.push(Problem::error(at, what));
            }
        }
        if problems.is_empty() && reading.quorum.is_none() {
            let hint = "write `quorum none`, or `quorum` and the name of a witness or group";
            problems.push(Problem::error(Where { file: file.into(), ..Where::default() }, "no quorum").hint(hint));
        }
        let Reading { logs, witnesses, groups, quorum, .. } = reading;
        let policy = Self { logs, witnesses, groups, quorum: quorum.flatten() };
        if problems.is_empty() { Ok(policy) } else { Err(problems) }
    }

    /// Who has cosigned this note, and whether they are enough.
    ///
    /// # Errors
    /// What is wrong with the note or with a cosignature of a known witness.
    pub fn seen(&self, note: &str) -> Result<Seen, &'static str> {
        let (text, lines) = split_note(note)?;
        let time = |witness: &PolicyWitness| Ok(witness.key.line_in(text, &lines)?.map(|(time, _)| time));
        let times = self.witnesses.iter().map(time).collect::<Result<Vec<Option<u64>>, &'static str>>()?;
        let enough = |since: &u64| self.is_enough(&|witness| times[witness] >= Some(*since));
        let mut known: Vec<u64> = times.iter().flatten().copied().collect();
        known.sort_unstable();
        let since = known.into_iter().rev().find(|since| self.quorum.is_some() && enough(since));
        let by = self.witnesses.iter().zip(&times).filter_map(|(witness, time)| Some((witness.name.clone(), (*time)?)));
        Ok(Seen { by: by.collect(), of: self.witnesses.len(), met: since.is_some(), since })
    }

    fn is_enough(&self, has: &dyn Fn(usize) -> bool) -> bool {
        self.quorum.is_none_or(|member| self.witnessed(member, has))
    }

    fn witnessed(&self, member: Member, has: &dyn Fn(usize) -> bool) -> bool {
        match member {
            Member::Witness(witness) => has(witness),
            Member::Group(group) => {
                let Group { needed, members } = &self.groups[group];
                members.iter().filter(|member| self.witnessed(**member, has)).count() >= *needed
            }
        }
    }
}

/// A policy as far as it was read. Names are bytes without meaning, as the specification wants.
#[derive(Default)]
struct Reading {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    names: BTreeMap<Vec<u8>, Member>,
    grouped: BTreeSet<Member>,
    quorum: Option<Option<Member>>,
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<(), String> {
        if line.iter().any(|byte| (*byte < 0x20 && *byte != b'\t') || *byte == 0x7f) {
            return Err("a control character".into());
        }
        let words = line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
        let words: Vec<&[u8]> = words.collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key] => self.log(key, None),
            [b"log", key, url] => self.log(key, Some(url)),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, count, members @ ..] if !members.is_empty() => self.group(name, count, members),
            [b"quorum", name] => self.quorum(name),
            _ => Err(format!("`{}` is no line of a policy", text(line))),
        }
    }

    fn log(&mut self, key: &[u8], url: Option<&[u8]>) -> Result<(), String> {
        let key = VerifyingKey::parse(&text(key)).map_err(|error| error.to_string())?;
        if self.logs.iter().any(|log| log.key.bytes() == key.bytes()) {
            return Err("a log of this key stands above".into());
        }
        self.logs.push(PolicyLog { key, url: url.map(text) });
        Ok(())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&[u8]>) -> Result<(), String> {
        let key = WitnessKey::parse(&text(key)).map_err(|error| error.to_string())?;
        if self.witnesses.iter().any(|witness| witness.key.same_key(&key)) {
            return Err("a witness of this key stands above".into());
        }
        self.define(name, Member::Witness(self.witnesses.len()))?;
        self.witnesses.push(PolicyWitness { name: text(name), key, url: url.map(text) });
        Ok(())
    }

    fn group(&mut self, name: &[u8], count: &[u8], members: &[&[u8]]) -> Result<(), String> {
        let needed = match count {
            b"all" => members.len(),
            b"any" => 1,
            number => decimal(number).ok_or_else(|| format!("`{}` is no number of members", text(number)))?,
        };
        if !(1..=members.len()).contains(&needed) {
            return Err(format!("`{needed}` of `{}` members can't be", members.len()));
        }
        let members = members.iter().map(|name| self.named(name)).collect::<Result<Vec<Member>, String>>()?;
        for member in &members {
            if !self.grouped.insert(*member) {
                return Err("a name is a member twice".into());
            }
        }
        self.define(name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { needed, members });
        Ok(())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), String> {
        let quorum = if name == b"none" { None } else { Some(self.named(name)?) };
        let twice = self.quorum.replace(quorum).is_some();
        if twice { Err("a second quorum".into()) } else { Ok(()) }
    }

    fn named(&self, name: &[u8]) -> Result<Member, String> {
        self.names.get(name).copied().ok_or_else(|| format!("`{}` stands nowhere above", text(name)))
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), String> {
        let taken = name == b"none" || self.names.insert(name.into(), member).is_some();
        if taken { Err(format!("the name `{}` is taken", text(name))) } else { Ok(()) }
    }
}

fn decimal(bytes: &[u8]) -> Option<usize> {
    let number: usize = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    (number.to_string().as_bytes() == bytes).then_some(number)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CosigningKey;
    use crate::tests::{key, of_size};

    fn witness(seed: u8) -> CosigningKey {
        CosigningKey::generate(&format!("w.example/{seed}"), [seed; 32]).unwrap()
    }

    /// The example of the specification, with keys.
    fn example() -> String {
        let line =
            |name: &str, seed| format!("witness {name} {} https://w.example/{seed}\n", witness(seed).witness_key());
        let xs: String = (1..=3).map(|n| line(&format!("X{n}"), n)).collect();
        let ys: String = (1..=3).map(|n| line(&format!("Y{n}"), n + 3)).collect();
        format!(
            "log {}\n\n# two organisations\n{xs}group X-witnesses 2 X1 X2 X3\n{ys}\
             group Y-witnesses any Y1 Y2 Y3\n\tgroup X-and-Y all  X-witnesses Y-witnesses \nquorum X-and-Y\n",
            key().verifying_key()
        )
    }

    fn seen(policy: &Policy, by: &[(u8, u64)]) -> Seen {
        let (_, ledger) = of_size(2);
        let lines: String = by.iter().map(|(n, time)| witness(*n).cosign(ledger.checkpoint().text(), *time)).collect();
        policy.seen(&(ledger.checkpoint().note.clone() + &lines)).unwrap()
    }

    #[test]
    fn the_specification_s_example_wants_two_of_one_group_and_one_of_the_other() {
        let policy = Policy::parse("policy", example().as_bytes()).unwrap();
        assert_eq!((policy.logs.len(), policy.witnesses.len()), (1, 6));
        assert_eq!(policy.witnesses[3].url.as_deref(), Some("https://w.example/4"));
        for (by, met) in [
            (&[(1, 9), (2, 9), (4, 9)][..], true),
            (&[(1, 9), (3, 9), (6, 9)], true),
            (&[(1, 9), (4, 9), (5, 9), (6, 9)], false),
            (&[(1, 9), (2, 9), (3, 9)], false),
            (&[], false),
        ] {
            let seen = seen(&policy, by);
            assert_eq!((seen.met, seen.by.len(), seen.of), (met, by.len(), 6), "{by:?}");
        }
    }

    #[test]
    fn a_quorum_is_as_old_as_the_signature_that_completes_it() {
        let policy = Policy::parse("policy", example().as_bytes()).unwrap();
        assert_eq!(seen(&policy, &[(1, 50), (2, 70), (3, 60), (5, 90)]).since, Some(60));
    }

    #[test]
    fn without_a_quorum_nobody_has_witnessed_anything() {
        let policy = Policy::parse("policy", b"quorum none\n").unwrap();
        assert_eq!(seen(&policy, &[(1, 9)]), Seen::default());
    }

    #[test]
    fn one_witness_alone_can_be_the_quorum() {
        let text = format!("witness one {}\nquorum one", witness(1).witness_key());
        let policy = Policy::parse("policy", text.as_bytes()).unwrap();
        assert!(seen(&policy, &[(1, 9)]).met && !seen(&policy, &[(2, 9)]).met);
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let w = |n| witness(n).witness_key();
        let two = format!("witness a {}\nwitness b {}\n", w(1), w(2));
        for (text, line) in [
            (String::new(), 0),
            ("quorum none\nquorum none\n".into(), 2),
            ("quorum a\n".into(), 1),
            (format!("{two}group g 3 a b\nquorum g\n"), 3),
            (format!("{two}group g 0 a b\nquorum g\n"), 3),
            (format!("{two}group g 01 a b\nquorum g\n"), 3),
            (format!("{two}group g any\nquorum none\n"), 3),
            (format!("{two}group g any a c\nquorum none\n"), 3),
            (format!("{two}group g any a a\nquorum none\n"), 3),
            (format!("{two}group g any a\ngroup h any a\nquorum none\n"), 4),
            (format!("{two}group none any a\nquorum none\n"), 3),
            (format!("{two}witness a {}\nquorum none\n", w(3)), 3),
            (format!("{two}witness c {}\nquorum none\n", w(1)), 3),
            (format!("log {}\nquorum none\n", w(1)), 1),
            (format!("witness a {}\nquorum none\n", key().verifying_key()), 1),
            ("quorum none\r\n".into(), 1),
            ("quorums none\n".into(), 1),
        ] {
            let problems = Policy::parse("policy", text.as_bytes()).expect_err(&text);
            assert_eq!(problems[0].at.line, line, "{text}: {problems:?}");
        }
    }
}
