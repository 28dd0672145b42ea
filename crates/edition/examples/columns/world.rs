//! A world of generated items and links, the same for the same count.

use edition::columns::{Choice, Country, Dictionaries};
use edition::rows::{ItemColumn, RowInput, Sizes};

/// Everything that the example publishes.
pub struct World {
    pub dictionaries: Dictionaries,
    pub items: Vec<ItemColumn>,
    /// Id, English and Chinese name of each item.
    pub names: Vec<(String, String, String)>,
    /// Id of each link.
    pub ids: Vec<String>,
    links: Vec<RowInput<'static>>,
}

impl World {
    /// The links with their ids.
    pub fn inputs(&self) -> Vec<RowInput<'_>> {
        self.links.iter().map(|link| RowInput { id: &self.ids[link.link as usize], ..link.clone() }).collect()
    }

    pub fn sizes(&self) -> Sizes {
        let dictionaries = &self.dictionaries;
        Sizes {
            kinds: dictionaries.item_kind.len(),
            link_types: dictionaries.link.len(),
            categories: dictionaries.category.len(),
            topics: dictionaries.topic.len(),
            lists: dictionaries.list.len(),
            countries: dictionaries.country.len(),
            statuses: dictionaries.status.len(),
            confidences: dictionaries.confidence.len(),
            precisions: dictionaries.precision.len(),
        }
    }
}

/// A world of `count` located links and a twentieth as many without a position.
pub fn generate(count: usize) -> World {
    let mut random = Random(0x5eed_a71a5);
    let dictionaries = dictionaries(&mut random);
    let cities = cities(&mut random, &dictionaries.country);
    let companies = 300 + count / 400;
    let mut world = World { dictionaries, items: Vec::new(), names: Vec::new(), ids: Vec::new(), links: Vec::new() };
    for n in 0..companies {
        let lists = if random.below(9) == 0 { 1 << random.below(40) } else { 0 };
        item(&mut world, "company", "Company", "公司", n, ItemColumn { kind: random.below(4) as u8, lists });
    }
    for n in 0..count + count / 20 {
        let located = n < count;
        add_link(&mut world, &mut random, &cities, companies, located);
    }
    world
}

/// SplitMix64 by Steele, Lea and Flood: small, and good enough to draw test data.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About normal, with deviation 1: the sum of twelve units, less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// 0 to `bound` − 1, small numbers more often: about Zipf's law with exponent 1.
    fn zipf(&mut self, bound: usize) -> usize {
        (((bound as f64 + 1.0).powf(self.unit()) - 1.0) as usize).min(bound - 1)
    }
}

struct City {
    lon: f64,
    lat: f64,
    country: u16,
}

fn cities(random: &mut Random, countries: &[Country]) -> Vec<City> {
    let place = |random: &mut Random| {
        let country = random.zipf(countries.len());
        let centre = &countries[country];
        let lon = (centre.lon + 4.0 * random.normal()).clamp(-179.9, 179.9);
        let lat = (centre.lat + 3.0 * random.normal()).clamp(-60.0, 72.0);
        City { lon, lat, country: country as u16 }
    };
    (0..3000).map(|_| place(random)).collect()
}

fn item(world: &mut World, id: &str, en: &str, zh: &str, number: usize, column: ItemColumn) -> u32 {
    let zh = if number.is_multiple_of(3) { String::new() } else { format!("{zh} {number}") };
    world.names.push((format!("{id}-{number}"), format!("{en} {number}"), zh));
    world.items.push(column);
    (world.items.len() - 1) as u32
}

fn add_link(world: &mut World, random: &mut Random, cities: &[City], companies: usize, located: bool) {
    let link = world.links.len() as u32;
    let facilities = world.items.len() - companies;
    let object = if facilities == 0 || random.below(10) < 6 {
        let kind = 5 + random.below(5) as u8;
        item(world, "facility", "Facility", "设施", facilities, ItemColumn { kind, lists: 0 })
    } else {
        (companies + random.zipf(facilities)) as u32
    };
    let city = &cities[random.zipf(cities.len())];
    let (position, precision) = place(random, city, located);
    let country = (located || random.below(8) > 0).then_some(city.country);
    world.ids.push(format!("l{:08x}", (random.next() >> 32) as u32 ^ link));
    world.links.push(RowInput {
        link,
        id: "",
        position,
        precision,
        country,
        subject: random.zipf(companies) as u32,
        object,
        link_type: random.zipf(22) as u8,
        categories: some_of(random, 30, 4),
        topics: if random.below(3) == 0 { some_of(random, 11, 3) as u32 } else { 0 },
        status: random.zipf(7) as u8,
        confidence: random.zipf(4) as u8,
        years: years(random),
        poi: random.below(100) == 0,
    });
}

fn place(random: &mut Random, city: &City, located: bool) -> (Option<(f64, f64)>, u8) {
    match (located, random.below(2)) {
        (false, _) => (None, 3),
        (true, 0) => (Some((city.lon + 0.03 * random.normal(), city.lat + 0.03 * random.normal())), 0),
        (true, _) => (Some((city.lon, city.lat)), 1),
    }
}

/// One choice, and now and then a second.
fn some_of(random: &mut Random, choices: usize, second_in: usize) -> u64 {
    let mut mask = 1 << random.zipf(choices);
    if random.below(second_in) == 0 {
        mask |= 1 << random.zipf(choices);
    }
    mask
}

fn years(random: &mut Random) -> Option<(i16, i16)> {
    let first = 2025 - random.zipf(28) as i16;
    let last = if random.below(5) == 0 { (first + random.below(6) as i16).min(2025) } else { first };
    (random.below(12) > 0).then_some((first, last))
}

fn dictionaries(random: &mut Random) -> Dictionaries {
    let countries = (0..250).map(|n| Country {
        id: format!("{}{}", char::from(b'A' + (n / 26) as u8), char::from(b'A' + (n % 26) as u8)),
        en: format!("Country {n}"),
        zh: format!("国家 {n}"),
        lon: -170.0 + 340.0 * random.unit(),
        lat: -50.0 + 115.0 * random.unit(),
    });
    Dictionaries {
        country: countries.collect(),
        item_kind: choices("kind", "Kind", "种类", 12),
        link: choices("link", "links", "关联", 22),
        category: choices("category", "Category", "类别", 30),
        topic: choices("topic", "Topic", "主题", 11),
        list: choices("list", "List", "名单", 40),
        status: choices("status", "Status", "状态", 7),
        confidence: choices("confidence", "Confidence", "可信度", 4),
        precision: choices("precision", "Precision", "精度", 5),
    }
}

fn choices(id: &str, en: &str, zh: &str, count: usize) -> Vec<Choice> {
    let colours = ["#b3471d", "#1f6f8b", "#5b7a1f", "#7b4f9d", "#8a6d00", "#2b5fa3", "#a3325f"];
    let choice = |n: usize| Choice {
        id: format!("{id}-{n}"),
        en: format!("{en} {n}"),
        zh: format!("{zh} {n}"),
        icon: String::new(),
        colour: colours[n % colours.len()].to_owned(),
        group: format!("group-{}", n % colours.len()),
    };
    (0..count).map(choice).collect()
}
