//! Places, never more exact than the sources: the place's name, its country, and how precise that is.

use maud::{Markup, html};

use crate::lang::Lang;

/// Where a fact is, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The place as the sources name it; empty where none is named.
    pub name: String,
    /// The country's name in the reader's language; empty where none is known.
    pub country: String,
    /// The country's page; empty for none.
    pub country_href: String,
    /// The label of the precision ("city"); empty where there is no point.
    pub precision: String,
    /// Latitude and longitude in degrees as they are held, for a point.
    pub point: Option<(String, String)>,
    /// The country is a party's (an investor's, a list keeper's), not the place of the fact.
    pub of_party: bool,
}

/// The place in one line: "Harare, Zimbabwe (city)". Nothing known reads "location unknown".
pub fn place(lang: Lang, place: &Place) -> Markup {
    if place.of_party {
        return html! { span.party-country { (lang.t("country-of-party")) (lang.t("list-colon")) (country(place)) } };
    }
    html! {
        @if place.name.is_empty() && place.country.is_empty() { span.unknown { (lang.t("location-unknown")) } }
        @else {
            span.place {
                @if !place.name.is_empty() { bdi { (place.name) } }
                @if !place.name.is_empty() && !place.country.is_empty() { (lang.t("list-comma")) }
                (country(place))
                @if !place.precision.is_empty() {
                    " " span.soft { (lang.t("bracket-open")) (place.precision) (lang.t("bracket-close")) }
                }
            }
        }
    }
}

/// The coordinates, as they are held.
pub fn coordinates(lang: Lang, place: &Place) -> Markup {
    html! {
        @if let Some((lat, lon)) = &place.point {
            span.coordinates { (lang.t("latitude")) " " (lat) (lang.t("list-comma")) (lang.t("longitude")) " " (lon) }
        }
    }
}

fn country(place: &Place) -> Markup {
    html! {
        @if place.country_href.is_empty() { (place.country) }
        @else { a href=(place.country_href) { (place.country) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_with_its_precision_and_nothing_known_says_so() {
        let harare =
            Place { name: "Harare".into(), country: "Zimbabwe".into(), precision: "city".into(), ..Place::default() };
        assert!(place(Lang::En, &harare).0.starts_with("<span class=\"place\"><bdi>Harare</bdi>, Zimbabwe "));
        assert!(place(Lang::En, &harare).0.contains("(city)"));
        assert!(place(Lang::ZhHans, &harare).0.contains("（city）"));
        assert!(place(Lang::En, &Place::default()).0.contains("location unknown"));
    }

    #[test]
    fn a_partys_country_is_never_shown_as_the_place() {
        let investor = Place { name: "Tokyo".into(), country: "Japan".into(), of_party: true, ..Place::default() };
        let html = place(Lang::En, &investor).0;
        assert!(html.contains("country of a party: Japan") && !html.contains("Tokyo"), "{html}");
    }
}
