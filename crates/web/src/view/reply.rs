//! The right of reply: who was asked about a record, until when, and what came, word for word.

use edition::{Item, LinkView};
use model::{Statement, Value};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::Passage;
use crate::view::terms::ItemRef;

/// A reply that was asked for.
#[derive(Serialize)]
pub(crate) struct Asked {
    /// Who was asked.
    pub organisation: ItemRef,
    /// When, how, and until when. EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// When a reply came. EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// Whether it is known that none came.
    pub none_received: bool,
    /// The reply, word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Passage>,
    /// The link that says so.
    pub url: String,
}

const ASKED: &str = "asked-for-reply";

impl Maker<'_> {
    /// The replies that were asked for on a link, of its ends or about them.
    pub fn asked_on_link(&self, link: LinkView<'_>) -> Vec<Asked> {
        if link.link_type() == ASKED {
            return Vec::new();
        }
        let (subject, object) = (link.subject(), link.object());
        let all = [subject.links_out(), subject.links_in(), object.links_out(), object.links_in()];
        self.asked(all.into_iter().flatten(), |request| names(request, link.id()))
    }

    /// The replies that were asked for on an item: those that name it, and those about it that name nothing.
    pub fn asked_on_item(&self, item: Item<'_>) -> Vec<Asked> {
        let all = item.links_out().into_iter().chain(item.links_in());
        self.asked(all, |request| names(request, item.id()) || request.values("concerns").next().is_none())
    }

    fn asked<'e>(
        &self,
        links: impl Iterator<Item = LinkView<'e>>,
        concerns: impl Fn(LinkView<'e>) -> bool,
    ) -> Vec<Asked> {
        let mut found: Vec<LinkView<'e>> = links.filter(|link| link.link_type() == ASKED && concerns(*link)).collect();
        found.sort_by_key(|link| link.number());
        found.dedup_by_key(|link| link.number());
        found.into_iter().map(|link| self.one(link)).collect()
    }

    fn one(&self, link: LinkView<'_>) -> Asked {
        let date = |property| link.date(property).map(|date| date.as_str().to_owned());
        let text = |property| {
            link.values(property).find_map(|value| match value {
                Value::Text(text) => Some(Passage { text: text.text().into(), lang: text.lang().into() }),
                _ => None,
            })
        };
        let none = |claim: &edition::PublishedClaim<'_>| {
            claim.property() == "reply-received" && *claim.statement() == Statement::None
        };
        Asked {
            organisation: self.item_ref(link.subject()),
            asked: date("start"),
            channel: text("reply-channel").map(|channel| channel.text),
            deadline: date("reply-deadline"),
            received: date("reply-received"),
            none_received: link.claims().iter().any(none),
            reply: text("reply"),
            url: self.urls().link(link.id()),
        }
    }
}

/// Whether a request names a record.
fn names(request: LinkView<'_>, id: &str) -> bool {
    request.values("concerns").any(|value| matches!(value, Value::Text(text) if text.text() == id))
}
