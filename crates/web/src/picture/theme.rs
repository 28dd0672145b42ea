//! The colours of pictures: those of the pages (`browser/style/tokens.css`), in both themes.

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Theme {
    /// Paper and ink.
    Light,
    /// Ink and paper.
    Dark,
}

/// The colours of a theme, as CSS hex.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Colours {
    pub water: &'static str,
    pub land: &'static str,
    pub border: &'static str,
    pub disputed: &'static str,
    pub ink: &'static str,
    pub soft: &'static str,
    pub paper: &'static str,
    pub accent: &'static str,
    pub on_accent: &'static str,
}

const LIGHT: Colours = Colours {
    water: "#d8e3e6",
    land: "#ece5d6",
    border: "#b3a88f",
    disputed: "#7d7462",
    ink: "#1d1b18",
    soft: "#5c574f",
    paper: "#fbf9f4",
    accent: "#9c3520",
    on_accent: "#ffffff",
};

const DARK: Colours = Colours {
    water: "#161c20",
    land: "#2b2924",
    border: "#59533f",
    disputed: "#8d8468",
    ink: "#ece7dd",
    soft: "#b0a898",
    paper: "#171614",
    accent: "#ec9478",
    on_accent: "#1b0f0b",
};

impl Theme {
    /// Its colours.
    pub fn colours(self) -> &'static Colours {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }

    /// The theme of this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_the_colours_of_the_pages() {
        let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/../../browser/style/tokens.css");
        let sheet = std::fs::read_to_string(sheet).expect("the tokens");
        for (selector, theme) in [(":root {", Theme::Light), (":root[data-theme=\"dark\"] {", Theme::Dark)] {
            let block = sheet.split(selector).nth(1).and_then(|rest| rest.split('}').next()).expect(selector);
            let colours = theme.colours();
            for (name, colour) in [
                ("water", colours.water),
                ("land", colours.land),
                ("border", colours.border),
                ("disputed-border", colours.disputed),
                ("ink", colours.ink),
                ("ink-soft", colours.soft),
                ("paper", colours.paper),
                ("accent", colours.accent),
                ("on-accent", colours.on_accent),
            ] {
                assert!(block.contains(&format!("--{name}: {colour};")), "{}: --{name} is not {colour}", theme.name());
            }
        }
    }
}
