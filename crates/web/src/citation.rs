//! Citations in the formats that reference managers read, each from the same few facts.

use serde_json::{Value, json};

/// What is cited.
pub(crate) struct Work {
    /// A key that is the same for the same thing in the same edition: letters, digits, `-`.
    pub key: String,
    /// The title of the record or of the selection.
    pub title: String,
    /// The atlas, which is author and publisher.
    pub atlas: String,
    /// The number of the edition.
    pub edition: String,
    /// Its UTC day, `YYYY-MM-DD`.
    pub date: String,
    /// The ledger's root, in hexadecimal.
    pub root: String,
    /// The licence of the data.
    pub licence: String,
    /// The whole address, or its path where the atlas has no address of its own.
    pub url: String,
    /// The language's tag.
    pub lang: &'static str,
    /// A collection of records rather than one.
    pub collection: bool,
}

impl Work {
    fn year(&self) -> &str {
        self.date.get(..4).unwrap_or_default()
    }

    /// Edition, root and licence, for formats that have no field for them.
    fn note(&self) -> String {
        format!("Edition {}, {}, root {}, {}", self.edition, self.date, self.root, self.licence)
    }

    /// BibTeX. `@misc` and not `@dataset`: every program knows it.
    pub fn bibtex(&self) -> String {
        let fields = [
            ("title", format!("{{{}}}", tex(&self.title))),
            ("author", format!("{{{}}}", tex(&self.atlas))),
            ("year", self.year().to_owned()),
            ("date", self.date.clone()),
            ("version", tex(&self.edition)),
            ("url", self.url.replace(['{', '}', '\\'], "")),
            ("note", tex(&self.note())),
        ];
        let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{{},\n{}\n}}\n", self.key, lines.join(",\n"))
    }

    /// RIS: a tag of two letters a line.
    pub fn ris(&self) -> String {
        let lines = [
            ("TY", if self.collection { "DATA" } else { "ELEC" }.to_owned()),
            ("ID", self.key.clone()),
            ("TI", self.title.clone()),
            ("AU", self.atlas.clone()),
            ("PB", self.atlas.clone()),
            ("PY", self.year().to_owned()),
            ("DA", self.date.replace('-', "/")),
            ("ET", self.edition.clone()),
            ("LA", self.lang.to_owned()),
            ("UR", self.url.clone()),
            ("N1", self.note()),
            ("ER", String::new()),
        ];
        lines.iter().map(|(tag, value)| format!("{tag}  - {}\r\n", one_line(value))).collect()
    }

    /// CSL-JSON: a list of one.
    pub fn csl(&self) -> Value {
        let day: Vec<u32> = self.date.split('-').filter_map(|part| part.parse().ok()).collect();
        json!([{
            "id": self.key,
            "type": if self.collection { "dataset" } else { "webpage" },
            "title": self.title,
            "author": [{ "literal": self.atlas }],
            "publisher": self.atlas,
            "container-title": self.atlas,
            "issued": { "date-parts": [day] },
            "version": self.edition,
            "URL": self.url,
            "language": self.lang,
            "note": self.note(),
        }])
    }
}

/// A text whose every letter TeX prints as it is.
fn tex(text: &str) -> String {
    let mut out = String::new();
    for letter in one_line(text).chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> Work {
        Work {
            key: "atlas-item-zte-7".into(),
            title: "A & B {100%} #1_x\nnext".into(),
            atlas: "Counteratlas".into(),
            edition: "7".into(),
            date: "2026-11-21".into(),
            root: "ab12".into(),
            licence: "CC BY 4.0".into(),
            url: "https://atlas.example/item/zte".into(),
            lang: "en",
            collection: false,
        }
    }

    #[test]
    fn bibtex_protects_what_tex_would_read() {
        let text = work().bibtex();
        assert!(text.starts_with("@misc{atlas-item-zte-7,\n"), "{text}");
        assert!(text.contains("title = {{A \\& B \\{100\\%\\} \\#1\\_x next}}"), "{text}");
        assert!(text.contains("year = {2026}") && text.contains("root ab12"), "{text}");
        let braces = |c| text.matches(c).count() - text.matches(&format!("\\{c}")).count();
        assert_eq!(braces('{'), braces('}'));
    }

    #[test]
    fn ris_has_one_tag_a_line_and_an_end() {
        let text = work().ris();
        for line in text.split_terminator("\r\n") {
            assert!(line.len() >= 6 && &line[2..6] == "  - " && line.is_char_boundary(2), "{line}");
        }
        assert!(text.starts_with("TY  - ELEC\r\n") && text.ends_with("ER  - \r\n"));
        assert!(text.contains("DA  - 2026/11/21") && text.contains("TI  - A & B {100%} #1_x next\r\n"));
    }

    #[test]
    fn csl_has_the_day_in_parts() {
        let list = work().csl();
        assert_eq!(list[0]["issued"]["date-parts"][0], json!([2026, 11, 21]));
        assert_eq!((&list[0]["type"], &list[0]["version"]), (&json!("webpage"), &json!("7")));
    }
}
