//! The editors' pages: an origin of its own, behind a log-in, complete without script.

mod ask;
mod frame;
mod guard;
mod page;
mod reply;
mod route;
mod serve;

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Texts, Vocabulary};
use ui::{AssetUrls, Imprint};

use crate::accounts::passkey::Passkeys;
use crate::drafts::captures::Asking;
use crate::drafts::review;
use crate::store::{Store, StoreError};
use crate::world::World;
use crate::writer::Writer;

pub use serve::router;

/// What the desk is made of.
pub struct Desk {
    store: Arc<Store>,
    world: Arc<dyn World>,
    writer: Arc<dyn Writer>,
    vocabulary: Arc<Vocabulary>,
    setup: Setup,
    passkeys: Passkeys,
    /// Where the words of captures are; without it there are none to choose from.
    texts: Option<Arc<dyn Texts>>,
    asking: Asking,
}

/// What its operator sets.
#[derive(Debug, Default)]
pub struct Setup {
    /// The atlas' name and licence, and the address of its public site.
    pub imprint: Arc<Imprint>,
    /// The scheme and host under which browsers reach the desk, such as `https://desk.example.org`.
    pub address: String,
    /// Where style and scripts are.
    pub assets: AssetUrls,
    /// Their bytes and MIME types, by path below `/assets/`.
    pub files: BTreeMap<String, (&'static str, Vec<u8>)>,
}

impl Desk {
    /// Opens the desk. A draft that was being written to the ledger when it stopped is brought to an end.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open(
        store: Arc<Store>,
        world: Arc<dyn World>,
        writer: Arc<dyn Writer>,
        vocabulary: Arc<Vocabulary>,
        setup: Setup,
    ) -> Result<Self, StoreError> {
        review::resume(&store, &*world, &*writer)?;
        // Where it fails now the drafts' pages say so.
        let _unfinished = review::destroy(&store, &*writer);
        let passkeys = Passkeys::new(&setup.address, &*world);
        Ok(Self { store, world, writer, vocabulary, setup, passkeys, texts: None, asking: Asking::default() })
    }

    /// The same with the words of captures.
    #[must_use]
    pub fn with_texts(self, texts: Arc<dyn Texts>) -> Self {
        Self { texts: Some(texts), ..self }
    }

    /// Whether browsers reach the desk over TLS, so that its cookie may be bound to that.
    fn is_secure(&self) -> bool {
        self.setup.address.starts_with("https://")
    }

    /// The name of the cookie: `__Host-` binds it to this very host, where there is TLS.
    fn cookie(&self) -> &'static str {
        if self.is_secure() { "__Host-desk" } else { "desk" }
    }
}

#[cfg(test)]
mod tests;
