//! What somebody handed over becomes what readers see of it; the file itself stays, is locked away, or goes.

use std::path::Path;

use anyhow::{Context, Result};
use desk::capture::read::{Document, Hint, Unread, is_web_archive};
use desk::capture::{Recipients, seal};
use model::{Capture, CaptureText, Form, Grade, Id, Picture, Robots};

use super::taken::{Taken, painted, piece, read_apart, words_of};
use crate::args::Original;
use crate::atlas::today;

/// What becomes of the file itself.
pub enum Fate {
    /// It is kept, and given to nobody.
    Kept,
    /// It is kept, and anyone may have it.
    Open,
    /// It is kept for whoever has the key.
    Sealed(Recipients),
    /// It goes.
    Spent,
}

impl Fate {
    /// Reads what was typed.
    pub fn of(typed: &Original) -> Result<Self> {
        Ok(match typed {
            Original { open: true, .. } => Self::Open,
            Original { destroy: true, .. } => Self::Spent,
            Original { seal, .. } if !seal.is_empty() => Self::Sealed(Recipients::parse(seal)?),
            Original { .. } => Self::Kept,
        })
    }
}

/// A file that somebody has. A web archive that can't be read from beginning to end is not taken; the inner error says
/// where it breaks. Other files are kept, read or not, unless nothing would be left of them.
pub fn file(path: &Path, source: Option<Id>, fate: &Fate) -> Result<Result<Taken, String>> {
    let bytes = std::fs::read(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let hint = Hint { name, ..Hint::default() };
    let document = read_apart(&bytes, &hint);
    match document {
        Err(why) if is_web_archive(&bytes, &hint.name) => Ok(Err(why.to_string())),
        document => given(source, bytes, document, fate),
    }
}

/// What readers see of a file.
struct Shown {
    words: Option<CaptureText>,
    text: Option<Vec<u8>>,
    picture: Option<(Picture, Vec<u8>)>,
}

fn given(
    source: Option<Id>,
    file: Vec<u8>,
    document: Result<Document, Unread>,
    fate: &Fate,
) -> Result<Result<Taken, String>> {
    let (media_type, page) = match &document {
        Ok(document) => (document.media_type.clone(), document.page.clone()),
        Err(_) => Default::default(),
    };
    let (words, mut note) = words_of(document);
    let picture = painted(&file, &media_type).unwrap_or_else(|why| {
        note = why;
        None
    });
    let shown = Shown { text: words.as_ref().map(CaptureText::to_bytes), words, picture };
    let Some(kept) = kept(file, &shown, fate)? else {
        return Ok(Err("neither words nor a picture of it can be shown, so nothing would be left".into()));
    };
    let form = match fate {
        Fate::Kept if page.is_some() => Form::Archive,
        Fate::Kept => Form::File,
        Fate::Open => Form::Open,
        Fate::Sealed(_) => Form::Sealed,
        Fate::Spent => Form::Spent,
    };
    let capture = Capture { source, form, ..bare(&kept, media_type, page) };
    Ok(Ok(taken(capture, kept, shown, note)))
}

/// What is kept: never a digest of what was locked away or destroyed, for whoever handed out copies with marks would know
/// by it which of them this was. Nothing where nothing is left.
fn kept(file: Vec<u8>, shown: &Shown, fate: &Fate) -> Result<Option<Vec<u8>>> {
    Ok(match fate {
        Fate::Kept | Fate::Open => Some(file),
        Fate::Sealed(recipients) => Some(seal(&file, recipients)?),
        Fate::Spent => shown.picture.as_ref().map(|(_, bytes)| bytes.clone()).or_else(|| shown.text.clone()),
    })
}

fn bare(kept: &[u8], media_type: String, page: Option<(String, String)>) -> Capture {
    let (url, at) = page.unwrap_or_default();
    let kept = piece(kept);
    Capture {
        source: None,
        form: Form::File,
        // A day is enough for what somebody handed over: a second could tell who.
        at: if at.is_empty() { today().to_string().into() } else { at.into() },
        kept,
        body: kept,
        media_type: media_type.into(),
        text: None,
        final_url: url.as_str().into(),
        url: url.into(),
        status: 0,
        grade: Grade::Complete,
        reason: "given".into(),
        address: "".into(),
        certificates: None,
        vantage: "".into(),
        robots: Robots::Unknown,
        requisites: 0,
        missing: 0,
        picture: None,
    }
}

fn taken(capture: Capture, kept: Vec<u8>, shown: Shown, note: String) -> Taken {
    let Shown { words, text, picture } = shown;
    let capture =
        Capture { text: text.as_deref().map(piece), picture: picture.as_ref().map(|(picture, _)| *picture), ..capture };
    let bytes = std::iter::once(kept).chain(text).chain(picture.map(|(_, bytes)| bytes)).collect();
    Taken { capture, bytes, words, note }
}
