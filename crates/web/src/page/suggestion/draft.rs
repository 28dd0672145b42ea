//! A suggestion as its form brought it.

use model::multipart::parts;
use model::{About, Field, Fields};

use crate::ask::Ask;
use crate::reply::Failure;

/// What stood in the form.
#[derive(Default)]
pub(super) struct Draft {
    /// What it is about.
    pub about: About,
    /// The words.
    pub fields: Fields,
    /// The token of files that are held; empty for none.
    pub held: String,
    /// Which button was pressed.
    pub step: String,
    /// The token of the question.
    pub question: String,
    /// The answer to it.
    pub answer: String,
}

/// Reads a form, with or without files. Nothing of a file but its bytes is looked at, not even its name.
pub(super) fn read<'a>(ask: &Ask<'a>) -> Result<(Draft, Vec<&'a [u8]>), Failure> {
    let mut draft = Draft::default();
    for (name, value) in &ask.query {
        draft.set(name, value);
    }
    let form = ask.posted.map(|posted| parts(&posted.mime, &posted.bytes).ok_or(Failure::Query)).transpose()?;
    let (files, words): (Vec<_>, Vec<_>) = form.into_iter().flatten().partition(|part| part.file.is_some());
    words.iter().for_each(|part| draft.set(&part.name, &String::from_utf8_lossy(part.bytes)));
    Ok((draft, files.into_iter().map(|part| part.bytes).filter(|bytes| !bytes.is_empty()).collect()))
}

impl Draft {
    fn set(&mut self, name: &str, value: &str) {
        let value = readable(value);
        match name {
            "about" => self.about = About::parse(&value).unwrap_or_default(),
            "held" => self.held = value,
            "step" => self.step = value,
            "question" => self.question = value,
            "answer" => self.answer = value,
            _ => {
                if let Some(field) = Field::ALL.into_iter().find(|field| field.name() == name) {
                    self.fields.set(field, value);
                }
            }
        }
    }

    /// What the next form has to bring back although nobody sees it.
    pub fn hidden(&self) -> Vec<(&'static str, String)> {
        vec![("about", self.about.to_string()), ("held", self.held.clone())]
    }
}

/// Line breaks as forms send them become plain ones; what is no character to read is dropped.
fn readable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_as_they_were_typed_but_for_what_nobody_can_read() {
        assert_eq!(readable("a\r\nb\tc\u{0}\u{7f} 海\n"), "a\nb\tc 海\n");
        let mut draft = Draft::default();
        for (name, value) in [("what", "x"), ("where", "y"), ("colour", "z"), ("about", "item/zte"), ("held", "h")] {
            draft.set(name, value);
        }
        assert_eq!((draft.fields.get(Field::What), draft.fields.get(Field::Place)), ("x", "y"));
        assert_eq!(draft.hidden(), [("about", "item/zte".to_owned()), ("held", "h".into())]);
    }
}
