#!/usr/bin/env python3
"""Writes a CSV file in the shape of ASPI's export of overseas infrastructure, with invented rows.

    python3 bench/import/generate.py ROWS [SEED] > export.csv

Types and topics appear about as often as in the real export; names, addresses and texts are made
up. The same ROWS and SEED give the same bytes. Standard library only.
"""

import csv
import random
import sys
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parents[2] / "vocabulary"
TOPICS = {
    "Surveillance": 482, "Artificial Intelligence": 326, "Covid-19": 232, "Cloud": 225, "5G": 212, "Smart cities": 190,
    "Biotech": 146, "Chinese state loan": 120, "ePayments": 118, "Chinese state support": 28, "US Entity List": 10,
}
COLUMNS = [
    "company_overseas_infrastructure_id", "company_id", "infrastructure_type_id", "secondary_infrastructure_type_id", "country_id",
    "city", "overseas_infrastructure_lat", "overseas_infrastructure_lng", "label", "year_commenced", "year_ended", "Primary topic",
    "Secondary", "Third topic", "text", "cable_id", "highlight", "cable_owner", "type_of_company_id_ref", "street address",
    "sources",
]
SYLLABLES = "an bei cor dan el fal gor han is jun kal lor min nor ost pan qua ras sol tam ur ven wes xin yor zan".split()


def word(rng, least=2, most=4):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(least, most))).capitalize()


def sentence(rng):
    words = [word(rng, 1, 3).lower() for _ in range(rng.randint(8, 22))]
    return " ".join(words).capitalize() + "."


def read(name):
    with open(VOCABULARY / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class World:
    """Companies, cities and cables that rows share."""

    def __init__(self, rng, rows):
        self.types = read("aspi-types.csv")
        countries = [c for c in read("countries.csv") if c["lat"]]
        self.countries = rng.sample(countries, 146)
        self.companies = [f"{n}|{word(rng)} {word(rng)}" for n in range(1, 28)]
        self.weights = [1 / n for n in range(1, 28)]
        self.cities = [self.city(rng) for _ in range(max(50, rows // 20))]
        self.cables = [f"{n}" for n in range(1, max(5, rows // 60))]

    def city(self, rng):
        country = rng.choice(self.countries)
        near = lambda key, most: max(-most, min(most, float(country[key]) + rng.uniform(-3, 3)))
        return word(rng), country["en"], near("lat", 85), near("lon", 179)


def row(rng, world, number):
    kind = rng.choices(world.types, [int(t["count"]) for t in world.types])[0]
    second = rng.choice(world.types)["label"] if rng.random() < 0.1 else ""
    city, country, lat, lon = rng.choice(world.cities)
    topics = rng.choices(list(TOPICS), list(TOPICS.values()), k=3)
    topics = [t if rng.random() < p else "" for t, p in zip(dict.fromkeys(topics), (0.5, 0.2, 0.05))] + ["", ""]
    cable = rng.choice(world.cables) if kind["label"].startswith("Cable") else ""
    start = rng.choice(["", str(rng.randint(1996, 2025)), str(rng.randint(2010, 2025))])
    urls = [f"https://{word(rng).lower()}.example/{rng.randrange(10**6)}/{word(rng).lower()}" for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))]
    text = "".join(f"<p>{sentence(rng)} <em>{word(rng)}</em> &amp; {sentence(rng)}</p>" for _ in range(rng.randint(1, 3)))
    return [
        number, rng.choices(world.companies, world.weights)[0], kind["label"], second, country, city, f"{lat:.4f}", f"{lon:.4f}",
        f"{city} {kind['label'].lower()} {number}", start, str(int(start) + 3) if start and rng.random() < 0.1 else "",
        topics[0], topics[1], topics[2], text, cable, "1" if rng.random() < 0.01 else "0", "1" if cable and rng.random() < 0.5 else "",
        "private", f"{rng.randint(1, 200)} {word(rng)} Street" if rng.random() < 0.1 else "", "; ".join(urls),
    ]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    rows = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) == 3 else 1)
    world = World(rng, rows)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number in range(1, rows + 1):
        writer.writerow(row(rng, world, number))


if __name__ == "__main__":
    main()
