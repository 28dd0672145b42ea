//! A request, read: what handlers know of it.

use ui::{Arg, Lang};

use super::Desk;
use super::reply::{Failure, Reply};
use crate::accounts::Account;
use crate::drafts::state::may_see;
use crate::drafts::{self, Draft};
use crate::world::Token;

/// A file that came with a form. Its name is not kept.
pub(crate) struct Sent {
    /// The field's name.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What is asked, and by whom.
pub(crate) struct Ask<'a> {
    pub desk: &'a Desk,
    pub lang: Lang,
    /// The path without the language.
    pub path: &'a str,
    pub params: Vec<String>,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub files: Vec<Sent>,
    pub who: Option<Account>,
    pub token: Option<Token>,
}

impl Ask<'_> {
    /// A word in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// A sentence with something put in.
    pub fn t_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.lang.t_with(key, args)
    }

    /// An address of the desk in the reader's language.
    pub fn to(&self, path: impl AsRef<str>) -> String {
        format!("{}{}", self.lang.prefix(), path.as_ref())
    }

    /// Who is logged in. Routes for nobody in particular do not ask.
    pub fn who(&self) -> Result<&Account, Failure> {
        self.who.as_ref().ok_or(Failure::LogIn)
    }

    /// What was filled in; empty if it was not.
    pub fn field(&self, name: &str) -> &str {
        find(&self.form, name)
    }

    /// The file that was sent in a field; empty bytes are none.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let sent = self.files.iter().find(|file| file.name == name && !file.bytes.is_empty());
        sent.map(|file| file.bytes.as_slice())
    }

    /// What the address asks for; empty if nothing.
    pub fn asked(&self, name: &str) -> &str {
        find(&self.query, name)
    }

    /// A whole number of the path.
    pub fn number(&self, place: usize) -> Result<i64, Failure> {
        let text = self.params.get(place).ok_or(Failure::Missing)?;
        let digits = !text.is_empty() && text.len() <= 19 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| digits).ok_or(Failure::Missing)
    }

    /// The draft of the path, if whoever asks may see it. One that they may not see is not there.
    pub fn draft(&self) -> Result<Draft, Failure> {
        let (id, who) = (self.number(0)?, self.who()?);
        let draft = self.desk.store.read(|db| drafts::read(db, id))?;
        draft.filter(|draft| may_see(who, draft.author)).ok_or(Failure::Missing)
    }

    /// Back to a page, with a word about what was done.
    pub fn done(&self, path: &str, said: &str) -> Reply {
        Reply::see_other(self.to(format!("{path}?said={said}")))
    }
}

fn find<'l>(list: &'l [(String, String)], name: &str) -> &'l str {
    list.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}
