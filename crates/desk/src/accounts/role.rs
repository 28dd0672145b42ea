//! What somebody may do at the desk. The routes name the roles that may use them.

use std::fmt;

/// A role. Rights come from the table of routes alone; no role contains another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Writes drafts and sees its own.
    Contributor,
    /// Writes drafts, sees all of them, and comments.
    Researcher,
    /// Does what a researcher does, takes drafts into review, assigns, returns and rejects them.
    Editor,
    /// Does what an editor does, and accepts what others wrote.
    Approver,
    /// Makes and closes accounts, and sees the administrative acts. Sees no draft.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Contributor, Self::Researcher, Self::Editor, Self::Approver, Self::Admin];

    /// The word in the store, in forms and in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Researcher => "researcher",
            Self::Editor => "editor",
            Self::Approver => "approver",
            Self::Admin => "admin",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// The roles of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

impl Roles {
    /// These.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | 1 << role as u8))
    }

    /// Whether this is one of them.
    pub fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u8 != 0
    }

    /// Whether one of these is one of those.
    pub fn any(self, of: &[Role]) -> bool {
        of.iter().any(|role| self.has(*role))
    }

    /// All of them, in their order.
    pub fn all(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// Reads words parted by blanks; unknown words give no right.
    pub fn parse(words: &str) -> Self {
        Self::of(words.split_whitespace().filter_map(Role::parse))
    }

    /// The one that says most of whoever writes a draft or decides on it.
    pub fn highest(self) -> Option<Role> {
        self.all().filter(|role| *role != Role::Admin).last().or(self.all().last())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.all().map(Role::word).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_read_back_and_unknown_words_give_no_right() {
        let roles = Roles::of([Role::Admin, Role::Editor]);
        assert_eq!(roles.to_string(), "editor admin");
        assert_eq!(Roles::parse("root editor admin superuser"), roles);
        assert_eq!(Roles::parse("root"), Roles::default());
        assert!(roles.has(Role::Editor) && !roles.has(Role::Approver));
        assert!(roles.any(&[Role::Approver, Role::Admin]) && !roles.any(&[]));
        assert_eq!(roles.highest(), Some(Role::Editor));
    }
}
