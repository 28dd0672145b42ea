//! Under which name, licence and address an atlas is published, as its settings say.

use std::collections::BTreeMap;

use crate::lang::Lang;

/// What the publisher says of the atlas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The atlas' name.
    pub name: String,
    /// Its name in other languages, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
    /// The licence of its data.
    pub licence: String,
    /// The address under which it is published, without a slash at the end; empty if there is none.
    pub address: String,
}

impl Default for Imprint {
    fn default() -> Self {
        Self {
            name: "Counteratlas".into(),
            names: BTreeMap::from([(Lang::ZhHans.tag().into(), "反图集".into())]),
            licence: "CC BY 4.0".into(),
            address: String::new(),
        }
    }
}

impl Imprint {
    /// The atlas' name for readers of a language.
    pub fn name_in(&self, lang: Lang) -> &str {
        self.names.get(lang.tag()).unwrap_or(&self.name)
    }

    /// The whole address of a path; the path alone where no address is known.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_atlas_without_a_name_in_a_language_goes_by_its_own() {
        let imprint = Imprint { name: "Atlas of X".into(), names: BTreeMap::new(), ..Imprint::default() };
        assert_eq!(imprint.name_in(Lang::ZhHans), "Atlas of X");
        assert_eq!(Imprint::default().name_in(Lang::ZhHans), "反图集");
        assert_eq!(Imprint::default().name_in(Lang::En), "Counteratlas");
    }

    #[test]
    fn addresses_are_whole_where_one_is_known() {
        let imprint = Imprint { address: "https://atlas.example".into(), ..Imprint::default() };
        assert_eq!(imprint.whole("/data"), "https://atlas.example/data");
        assert_eq!(Imprint::default().whole("/data"), "/data");
    }
}
