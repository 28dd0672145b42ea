//! Passkeys (WebAuthn): what a browser is asked for, and whether its answer holds.
//!
//! A ceremony has two steps; what was asked waits in memory for five minutes. A name without a passkey is asked for one
//! that nobody has, so that log-in does not tell which names there are.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::params;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
    Webauthn, WebauthnBuilder,
};

use super::{enrol, login, named, note};
use crate::store::{Store, StoreError};
use crate::world::{Token, World};

/// Seconds that a question waits for its answer.
const WAITS: i64 = 300;
/// So many questions wait at once.
const MOST: usize = 1000;

/// The questions of one desk.
pub(crate) struct Passkeys {
    site: Option<Webauthn>,
    host: String,
    waiting: Mutex<HashMap<String, Waiting>>,
    /// From which the passkeys are made that nobody has.
    salt: [u8; 32],
}

struct Waiting {
    ends: i64,
    account: i64,
    asked: Asked,
}

enum Asked {
    Enrol(Box<PasskeyRegistration>),
    LogIn(Box<PasskeyAuthentication>),
}

impl Passkeys {
    /// For the pages of this address. Under a bare number there are none: passkeys belong to a name.
    pub fn new(address: &str, world: &dyn World) -> Self {
        let url = Url::parse(address).ok();
        let host = url.as_ref().and_then(|url| url.domain()).unwrap_or_default().to_owned();
        let site = url.and_then(|url| WebauthnBuilder::new(&host, &url).ok()?.rp_name("Counteratlas").build().ok());
        Self { site, host, waiting: Mutex::default(), salt: world.random() }
    }

    /// Whether there can be passkeys here.
    pub fn are_possible(&self) -> bool {
        self.site.is_some()
    }

    /// What to ask of whoever opens a link; `None` if the link does not count.
    pub fn ask_to_enrol(&self, store: &Store, world: &dyn World, link: &Token) -> Result<Option<Value>, StoreError> {
        let (Some(site), Some(offer)) = (&self.site, enrol::offer(store, world, link)?) else { return Ok(None) };
        let (id, name) = (offer.account.id, &offer.account.name);
        let handle: Vec<u8> =
            store.read(|db| Ok(db.query_row("SELECT handle FROM account WHERE id = ?1", [id], |row| row.get(0))?))?;
        let Ok(handle) = Uuid::from_slice(&handle) else { return Ok(None) };
        let Ok((question, state)) = site.start_passkey_registration(handle, name, name, None) else { return Ok(None) };
        let ceremony = self.wait(world, id, Asked::Enrol(Box::new(state)));
        Ok(Some(json!({ "ceremony": ceremony, "options": question })))
    }

    /// Enrols with the passkey that answers; whatever the account logged in with before is destroyed, and so is the
    /// link. Gives the token of a session.
    pub fn enrol(
        &self,
        store: &Store,
        world: &dyn World,
        link: &Token,
        answer: &Value,
    ) -> Result<Option<Token>, StoreError> {
        let (Some(site), Some((account, Asked::Enrol(state)))) = (&self.site, self.take(world, answer)) else {
            return Ok(None);
        };
        let credential = serde_json::from_value::<RegisterPublicKeyCredential>(answer["credential"].clone());
        let passkey = credential.ok().and_then(|credential| site.finish_passkey_registration(&credential, &state).ok());
        let Some((passkey, data)) = passkey.and_then(|key| serde_json::to_string(&key).ok().map(|data| (key, data)))
        else {
            return Ok(None);
        };
        store.write(|tx| {
            if !enrol::spend(tx, world, link, account)? {
                return Ok(None);
            }
            tx.execute(
                "INSERT INTO passkey (credential, account, data, made) VALUES (?1, ?2, ?3, ?4)",
                params![passkey.cred_id().as_slice(), account, data, world.today().to_string()],
            )?;
            note(tx, world, Some(account), "enrol", "passkey")?;
            login::begin(tx, world, account).map(Some)
        })
    }

    /// What to ask of whoever gives this name.
    pub fn ask_to_log_in(&self, store: &Store, world: &dyn World, name: &str) -> Result<Option<Value>, StoreError> {
        let Some(site) = &self.site else { return Ok(None) };
        let known = store.read(|db| {
            let Some(account) = named(db, name)? else { return Ok(None) };
            let mut rows = db.prepare("SELECT data FROM passkey WHERE account = ?1")?;
            let data = rows.query_map([account.id], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            Ok(Some((account.id, data)))
        })?;
        let keys = |data: &[String]| data.iter().filter_map(|d| serde_json::from_str(d).ok()).collect::<Vec<Passkey>>();
        let (account, keys) = known.map_or((0, Vec::new()), |(account, data)| (account, keys(&data)));
        let asked = if keys.is_empty() { None } else { site.start_passkey_authentication(&keys).ok() };
        Ok(Some(match asked {
            Some((question, state)) => {
                let ceremony = self.wait(world, account, Asked::LogIn(Box::new(state)));
                json!({ "ceremony": ceremony, "options": question })
            }
            None => json!({ "ceremony": Token::new(world).text(), "options": self.nobodys(world, name) }),
        }))
    }

    /// Logs in with the passkey that answers; gives the token of a session.
    pub fn log_in(&self, store: &Store, world: &dyn World, answer: &Value) -> Result<Option<Token>, StoreError> {
        let (Some(site), Some((account, Asked::LogIn(state)))) = (&self.site, self.take(world, answer)) else {
            return Ok(None);
        };
        let credential = serde_json::from_value::<PublicKeyCredential>(answer["credential"].clone());
        let result =
            credential.ok().and_then(|credential| site.finish_passkey_authentication(&credential, &state).ok());
        let Some(result) = result.filter(|result| result.user_verified()) else { return Ok(None) };
        store.write(|tx| {
            let sql = "SELECT p.data FROM passkey p JOIN account a ON a.id = p.account
                 WHERE p.credential = ?1 AND p.account = ?2 AND a.closed IS NULL";
            let mut rows = tx.prepare(sql)?;
            let id = result.cred_id().as_slice();
            let found = rows.query_map(params![id, account], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            let Some(mut key) = found.first().and_then(|data| serde_json::from_str::<Passkey>(data).ok()) else {
                return Ok(None);
            };
            if key.update_credential(&result) == Some(true)
                && let Ok(data) = serde_json::to_string(&key)
            {
                tx.execute("UPDATE passkey SET data = ?2 WHERE credential = ?1", params![id, data])?;
            }
            login::begin(tx, world, account).map(Some)
        })
    }

    /// The question for a passkey that nobody has, the same one for the same name.
    fn nobodys(&self, world: &dyn World, name: &str) -> Value {
        let mut hash = Sha256::new();
        hash.update(self.salt);
        hash.update(name);
        json!({ "publicKey": {
            "challenge": URL_SAFE_NO_PAD.encode(world.random()),
            "timeout": WAITS * 1000,
            "rpId": self.host,
            "allowCredentials": [{ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(hash.finalize()) }],
            "userVerification": "required",
        } })
    }

    fn wait(&self, world: &dyn World, account: i64, asked: Asked) -> String {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, token) = (world.now(), Token::new(world));
        waiting.retain(|_, one| one.ends > now);
        if waiting.len() < MOST {
            waiting.insert(token.text().to_owned(), Waiting { ends: now + WAITS, account, asked });
        }
        token.text().to_owned()
    }

    /// What waited for this answer. It waits no more, whatever the answer is worth.
    fn take(&self, world: &dyn World, answer: &Value) -> Option<(i64, Asked)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let one = waiting.remove(answer["ceremony"].as_str()?)?;
        (one.ends > world.now()).then_some((one.account, one.asked))
    }
}
