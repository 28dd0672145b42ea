//! Hostile strings: what runs, after what ends the text it is put into, in the spellings that filters let through.

use std::collections::BTreeSet;

const VECTORS: &str = include_str!("vectors.txt");
const SINKS: &str = include_str!("sinks.txt");

/// The spellings. Those that a browser would undo twice come through where something was undone once too often.
const SPELLINGS: [fn(&str) -> String; 13] = [
    str::to_owned,
    str::to_ascii_uppercase,
    |text| text.char_indices().map(|(at, c)| if at % 2 == 0 { c.to_ascii_uppercase() } else { c }).collect(),
    |text| marks(text, |c| format!("&#{};", c as u32)),
    |text| marks(text, |c| format!("&#x{:07x}", c as u32)),
    |text| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
    percent,
    |text| marks(text, |c| format!("\\u{:04x}", c as u32)),
    |text| marks(text, |c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c).to_string()),
    |text| text.replace('<', "<\0").replace("script", "scr\tipt").replace(':', "\n:"),
    |text| text.replace(' ', "/").replace('=', "\u{c}=\u{c}"),
    |text| format!("\u{202e}\u{feff}{}\u{2028}", text.replace('>', "\u{200b}>")),
    |text| text.replace('<', "+ADw-").replace('>', "+AD4-").replace('"', "+ACI-"),
];

/// All of them, each once, in an order that mixes them.
pub fn all() -> Vec<String> {
    let mut all = BTreeSet::new();
    for (vector, sink) in VECTORS.lines().flat_map(|vector| SINKS.lines().map(move |sink| (vector, sink))) {
        let whole = format!("{sink}{}", vector.replace("RUN", "alert(1)"));
        all.extend(SPELLINGS.map(|spell| spell(&whole)));
    }
    all.into_iter().collect()
}

/// Every byte but letters and digits as it stands in an address.
pub fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Spells the signs that have a meaning in HTML.
fn marks(text: &str, spell: impl Fn(char) -> String) -> String {
    text.chars().map(|c| if "<>\"'&=/:`".contains(c) { spell(c) } else { c.to_string() }).collect()
}
