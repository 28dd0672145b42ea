//! Which part of one name meets which part of the other.

use crate::acronym::{is_acronym, spelt_out};
use crate::like::{LEAST, Rule, likeness, near};
use crate::name::{MOST_TOKENS, Name};
use crate::script::Script;
use crate::spelling::{LONGEST, Spelling};
use crate::token::Token;

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
    /// The parts that count and are not met yet, a bit each.
    pub(crate) left_open: u32,
    pub(crate) right_open: u32,
    /// How well each part of the left and of the right name is met, 0 where it is not.
    pub(crate) left: [f32; MOST_TOKENS],
    pub(crate) right: [f32; MOST_TOKENS],
}

impl Meetings {
    pub(crate) fn of(left: &Name, right: &Name) -> Meetings {
        let mut meetings = Meetings {
            list: [Meeting::default(); MOST_TOKENS],
            len: 0,
            left_open: left.counting,
            right_open: right.counting,
            left: [0.0; MOST_TOKENS],
            right: [0.0; MOST_TOKENS],
        };
        meetings.meet_same(left, right);
        if meetings.is_open() {
            meetings.join(left, right);
            if meetings.is_open() {
                meetings.meet_alike(left, right);
            }
            if meetings.is_open() {
                meetings.spell_out(left, right);
            }
        }
        meetings
    }

    pub(crate) fn list(&self) -> &[Meeting] {
        &self.list[..self.len as usize]
    }

    /// Equal parts first: most of the work, and no arithmetic.
    fn meet_same(&mut self, left: &Name, right: &Name) {
        for i in bits(self.left_open) {
            let a = &left.tokens[i];
            let same = bits(self.right_open).find(|j| {
                let b = &right.tokens[*j];
                a.hash == b.hash && a.concept == b.concept
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
        for i in bits(self.left_open) {
            let a = &left.tokens[i];
            for j in bits(self.right_open) {
                let b = &right.tokens[j];
                if count == found.len() {
                    break;
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
    fn is_open(&self) -> bool {
        self.left_open != 0 && self.right_open != 0
    }

    /// One word here, several there: HikVision and Hik Vision, 晓晨 and Xiao Chen.
    fn join(&mut self, left: &Name, right: &Name) {
        for i in bits(self.left_open) {
            if self.left[i] == 0.0
                && may_be_several(&left.tokens[i])
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
        for j in bits(self.right_open) {
            if self.right[j] == 0.0
                && may_be_several(&right.tokens[j])
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

    /// An abbreviation here, its words there.
    fn spell_out(&mut self, left: &Name, right: &Name) {
        for i in bits(self.left_open) {
            if self.left[i] == 0.0
                && is_acronym(&left.tokens[i])
                && let Some(words) = spelt_out(&left.tokens[i], right, &self.right)
            {
                self.push(Meeting {
                    left: i as u8,
                    right: words.from,
                    left_span: 1,
                    right_span: words.span,
                    rule: Rule::Initials,
                    likeness: words.likeness,
                });
            }
        }
        for j in bits(self.right_open) {
            if self.right[j] == 0.0
                && is_acronym(&right.tokens[j])
                && let Some(words) = spelt_out(&right.tokens[j], left, &self.left)
            {
                self.push(Meeting {
                    left: words.from,
                    right: j as u8,
                    left_span: words.span,
                    right_span: 1,
                    rule: Rule::Initials,
                    likeness: words.likeness,
                });
            }
        }
    }

    fn push(&mut self, meeting: Meeting) {
        self.left_open &= !span_bits(meeting.left, meeting.left_span);
        self.right_open &= !span_bits(meeting.right, meeting.right_span);
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

/// The places of the bits that are set, lowest first.
pub(crate) fn bits(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (at < 32).then_some(at as usize)
    })
}

fn span_bits(from: u8, span: u8) -> u32 {
    ((1 << span) - 1) << from
}

/// A word of its own, or a compound in a script without spaces, which elsewhere is several words.
fn may_be_several(token: &Token) -> bool {
    token.is_distinctive() || token.script.is_dense() && token.counts()
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
    fn initials_meet_their_words_whichever_name_has_them() {
        assert!(rules("KRIZ", "Korea Research Institute of Zoolatry").contains(&Rule::Initials));
        assert!(rules("Korea Research Institute of Zoolatry", "KRIZ").contains(&Rule::Initials));
    }

    #[test]
    fn a_part_meets_one_part_only() {
        let (a, b) = (Name::new("Alpha Alpha"), Name::new("Alpha"));
        assert_eq!(Meetings::of(&a, &b).list().len(), 1);
    }
}
