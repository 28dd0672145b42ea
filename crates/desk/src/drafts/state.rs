//! The states of a draft, and who may bring it from one into the next.

use crate::accounts::{Account, Role};

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum State {
    /// It is being written.
    Draft,
    /// Its author wants it reviewed.
    Submitted,
    /// Somebody is looking at it.
    InReview,
    /// It was approved and is being written to the ledger.
    Accepting,
    /// It is in the ledger.
    Accepted,
    /// Something has to be changed first.
    Returned,
    /// It is not wanted.
    Rejected,
}

impl State {
    /// All states, in the order of their path.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Submitted, Self::InReview, Self::Accepting, Self::Accepted, Self::Returned, Self::Rejected];

    /// The word in the store and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in-review",
            Self::Accepting => "accepting",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether it was decided for good: what it would do now is no longer the question.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Accepting | Self::Accepted | Self::Rejected)
    }

    /// Whether its content may change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// What somebody does with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    /// Asks for a review.
    Submit,
    /// Takes it back to write on.
    Recall,
    /// Begins to review it.
    Take,
    /// Gives it back with what has to change.
    Return,
    /// Ends it.
    Reject,
    /// Approves it: it becomes an entry of the ledger.
    Accept,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 6] = [Self::Submit, Self::Recall, Self::Take, Self::Return, Self::Reject, Self::Accept];

    /// The word in the store and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Recall => "recall",
            Self::Take => "take",
            Self::Return => "return",
            Self::Reject => "reject",
            Self::Accept => "accept",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }

    /// From which states, and into which.
    pub fn path(self) -> (&'static [State], State) {
        match self {
            Self::Submit => (&[State::Draft, State::Returned], State::Submitted),
            Self::Recall => (&[State::Submitted], State::Draft),
            Self::Take => (&[State::Submitted], State::InReview),
            Self::Return => (&[State::Submitted, State::InReview], State::Returned),
            Self::Reject => (&[State::Submitted, State::InReview], State::Rejected),
            Self::Accept => (&[State::InReview], State::Accepting),
        }
    }

    /// The roles that may do it at all.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Submit | Self::Recall => WRITERS,
            Self::Take | Self::Return | Self::Reject => REVIEWERS,
            Self::Accept => &[Role::Approver],
        }
    }

    /// Whether it is the author's own business, or whoever else's but theirs.
    pub fn is_authors(self) -> bool {
        matches!(self, Self::Submit | Self::Recall)
    }

    /// Whether it needs a reason in words.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Reject)
    }

    /// Whether it needs a statement on conflicts of interest.
    pub fn needs_interest(self) -> bool {
        matches!(self, Self::Submit | Self::Accept)
    }
}

/// Who may write drafts.
pub(crate) const WRITERS: &[Role] = &[Role::Contributor, Role::Researcher, Role::Editor, Role::Approver];
/// Who may see those of others, and write on them.
pub(crate) const READERS: &[Role] = &[Role::Researcher, Role::Editor, Role::Approver];
/// Who may review.
pub(crate) const REVIEWERS: &[Role] = &[Role::Editor, Role::Approver];

/// Whether somebody may see a draft of this author.
pub(crate) fn may_see(who: &Account, author: i64) -> bool {
    who.roles.any(READERS) || (who.id == author && who.roles.any(WRITERS))
}
