//! Which part of one name meets which part of the other.

use crate::like::{LEAST, Rule, likeness, near};
use crate::name::{MOST_TOKENS, Name};
use crate::script::Script;
use crate::spelling::{LONGEST, Spelling};
use crate::token::{CAPITALS, Token};

/// One meeting of two parts; `span` parts from `left` or `right` on count as one where `rule` is [`Rule::Joined`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meeting {
    pub(crate) left: u8,
    pub(crate) right: u8,
    pub(crate) left_span: u8,
    pub(crate) right_span: u8,
    pub(crate) rule: Rule,
    pub(crate) likeness: f32,
}

/// All meetings of two names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meetings {
    list: [Meeting; MOST_TOKENS],
    len: u8,
    /// How well each part of the left and of the right name is met, 0 where it is not.
    pub(crate) left: [f32; MOST_TOKENS],
    pub(crate) right: [f32; MOST_TOKENS],
}

impl Meetings {
    pub(crate) fn of(left: &Name, right: &Name) -> Meetings {
        let mut meetings = Meetings {
            list: [Meeting::default(); MOST_TOKENS],
            len: 0,
            left: [0.0; MOST_TOKENS],
            right: [0.0; MOST_TOKENS],
        };
        meetings.meet_same(left, right);
        if meetings.is_open(left, right) {
            meetings.join(left, right);
            meetings.meet_alike(left, right);
            meetings.spell_out(left, right);
        }
        meetings
    }

    pub(crate) fn list(&self) -> &[Meeting] {
        &self.list[..self.len as usize]
    }

    /// Equal parts first: most of the work, and no arithmetic.
    fn meet_same(&mut self, left: &Name, right: &Name) {
        for (i, a) in left.tokens.iter().enumerate().filter(|(_, t)| t.counts()) {
            let same =
                right.tokens.iter().enumerate().position(|(j, b)| {
                    self.right[j] == 0.0 && a.hash == b.hash && a.concept == b.concept && b.counts()
                });
            if let Some(j) = same {
                self.push(Meeting {
                    left: i as u8,
                    right: j as u8,
                    left_span: 1,
                    right_span: 1,
                    rule: Rule::Same,
                    likeness: 1.0,
                });
            }
        }
    }

    /// Then the best of the rest, greedily.
    fn meet_alike(&mut self, left: &Name, right: &Name) {
        let mut found = [Meeting::default(); 32];
        let mut count = 0;
        for (i, a) in left.tokens.iter().enumerate().filter(|(i, t)| self.left[*i] == 0.0 && t.counts()) {
            for (j, b) in right.tokens.iter().enumerate() {
                if self.right[j] > 0.0 || !b.counts() || count == found.len() {
                    continue;
                }
                let (likeness, rule) = likeness(a, b, left, right);
                if likeness >= LEAST {
                    found[count] =
                        Meeting { left: i as u8, right: j as u8, left_span: 1, right_span: 1, rule, likeness };
                    count += 1;
                }
            }
        }
        found[..count].sort_unstable_by(|x, y| {
            y.likeness.total_cmp(&x.likeness).then(x.left.cmp(&y.left)).then(x.right.cmp(&y.right))
        });
        for meeting in &found[..count] {
            if self.left[meeting.left as usize] == 0.0 && self.right[meeting.right as usize] == 0.0 {
                self.push(*meeting);
            }
        }
    }

    /// Something that tells names apart is left over on both sides.
    fn is_open(&self, left: &Name, right: &Name) -> bool {
        let open = |tokens: &[Token], met: &[f32]| tokens.iter().zip(met).any(|(t, m)| t.counts() && *m == 0.0);
        open(&left.tokens, &self.left) && open(&right.tokens, &self.right)
    }

    /// One word here, several there: HikVision and Hik Vision, 晓晨 and Xiao Chen.
    fn join(&mut self, left: &Name, right: &Name) {
        for i in 0..left.tokens.len() {
            if self.left[i] == 0.0
                && left.tokens[i].is_distinctive()
                && let Some((j, span, likeness)) = joined(&left.tokens[i], &right.tokens, &self.right)
            {
                self.push(Meeting {
                    left: i as u8,
                    right: j,
                    left_span: 1,
                    right_span: span,
                    rule: Rule::Joined,
                    likeness,
                });
            }
        }
        for j in 0..right.tokens.len() {
            if self.right[j] == 0.0
                && right.tokens[j].is_distinctive()
                && let Some((i, span, likeness)) = joined(&right.tokens[j], &left.tokens, &self.left)
            {
                self.push(Meeting {
                    left: i,
                    right: j as u8,
                    left_span: span,
                    right_span: 1,
                    rule: Rule::Joined,
                    likeness,
                });
            }
        }
    }

    /// An abbreviation in capitals here, its words there.
    fn spell_out(&mut self, left: &Name, right: &Name) {
        for i in 0..left.tokens.len() {
            if self.left[i] == 0.0
                && is_acronym(&left.tokens[i])
                && let Some((j, span, likeness)) = initials(&left.tokens[i], &right.tokens, &self.right)
            {
                self.push(Meeting {
                    left: i as u8,
                    right: j,
                    left_span: 1,
                    right_span: span,
                    rule: Rule::Initials,
                    likeness,
                });
            }
        }
        for j in 0..right.tokens.len() {
            if self.right[j] == 0.0
                && is_acronym(&right.tokens[j])
                && let Some((i, span, likeness)) = initials(&right.tokens[j], &left.tokens, &self.left)
            {
                self.push(Meeting {
                    left: i,
                    right: j as u8,
                    left_span: span,
                    right_span: 1,
                    rule: Rule::Initials,
                    likeness,
                });
            }
        }
    }

    fn push(&mut self, meeting: Meeting) {
        for i in meeting.left..meeting.left + meeting.left_span {
            self.left[i as usize] = self.left[i as usize].max(meeting.likeness);
        }
        for j in meeting.right..meeting.right + meeting.right_span {
            self.right[j as usize] = self.right[j as usize].max(meeting.likeness);
        }
        if (self.len as usize) < MOST_TOKENS {
            self.list[self.len as usize] = meeting;
            self.len += 1;
        }
    }
}

/// The run of unmet parts that together read like the one part.
fn joined(one: &Token, many: &[Token], met: &[f32; MOST_TOKENS]) -> Option<(u8, u8, f32)> {
    if one.spelling.len() < 5 {
        return None;
    }
    let mut best = None;
    for start in 0..many.len() {
        if many[start].spelling.letters().first() != one.spelling.letters().first() {
            continue;
        }
        let free = many[start..]
            .iter()
            .zip(&met[start..])
            .take_while(|(t, m)| **m == 0.0 && t.spelling.len() > 0 && t.counts() && !both_han(one, t))
            .count();
        let mut length = 0;
        for span in 1..=free.min(6) {
            length += many[start + span - 1].spelling.len();
            if span < 2 || length + 1 < one.spelling.len() {
                continue;
            }
            if length > one.spelling.len() + 2 || length > LONGEST {
                break;
            }
            let whole = Spelling::joined(many[start..start + span].iter().map(|t| &t.spelling));
            let likeness =
                if whole.letters() == one.spelling.letters() { 0.96 } else { near(&whole, &one.spelling) - 0.05 };
            if likeness >= 0.8 && best.is_none_or(|(_, _, known)| likeness > known) {
                best = Some((start as u8, span as u8, likeness));
            }
        }
    }
    best
}

/// Characters are compared with characters, never by their sound.
fn both_han(a: &Token, b: &Token) -> bool {
    a.script == Script::Han && b.script == Script::Han
}

/// A word that may stand for the initials of others.
pub(crate) fn is_acronym(token: &Token) -> bool {
    token.is_distinctive()
        && (2..=7).contains(&token.spelling.len())
        && (token.is(CAPITALS) || token.to - token.from <= 5)
}

/// The run of parts whose initials spell the abbreviation, links skipped.
fn initials(short: &Token, many: &[Token], met: &[f32; MOST_TOKENS]) -> Option<(u8, u8, f32)> {
    let letters = short.spelling.letters();
    for start in 0..many.len() {
        let mut at = 0;
        let mut span = 0;
        for (k, token) in many[start..].iter().enumerate() {
            if at == letters.len() || met[start + k] >= 0.9 && k == 0 {
                break;
            }
            if sounds_as(token.initial, letters[at]) {
                at += 1;
                span = k + 1;
            } else if token.counts() {
                break;
            }
        }
        if at == letters.len() && span >= 2 {
            return Some((
                start as u8,
                span as u8,
                if at >= 4 {
                    0.9
                } else if at == 3 {
                    0.8
                } else {
                    0.62
                },
            ));
        }
    }
    None
}

/// Abbreviations are compared as they are spelt: `C` of `Co` and of `China` are one letter.
fn sounds_as(initial: u8, letter: u8) -> bool {
    initial == letter || matches!((initial, letter), (b'c', b'k' | b's') | (b'w', b'v') | (b'y', b'i') | (b'q', b'k'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(a: &str, b: &str) -> Vec<Rule> {
        let (a, b) = (Name::new(a), Name::new(b));
        Meetings::of(&a, &b).list().iter().map(|m| m.rule).collect()
    }

    #[test]
    fn one_word_meets_several() {
        assert_eq!(rules("Zorbaxtel", "Zorbax Tel"), [Rule::Joined]);
        assert_eq!(rules("晓晨岭", "Xiao Chen Ling"), [Rule::Joined]);
    }

    #[test]
    fn initials_meet_their_words() {
        assert!(rules("KRIZ", "Korea Research Institute of Zoolatry").contains(&Rule::Initials));
        assert!(!rules("KRIZ", "Korea Institute of Zoolatry").contains(&Rule::Initials));
    }

    #[test]
    fn a_part_meets_one_part_only() {
        let (a, b) = (Name::new("Alpha Alpha"), Name::new("Alpha"));
        assert_eq!(Meetings::of(&a, &b).list().len(), 1);
    }
}
