#!/usr/bin/env python3
"""Checks the sample atlas and its vocabulary: headers, ids, references, dates, codes, words. Exit code 1 on findings.

Run it anywhere: python3 tools/sample/check.py
A folder of restricted-party list files as argument also reports which items of the sample they name.
"""
import collections
import csv
import gzip
import pathlib
import re
import sys
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE, VOCABULARY = ROOT / "sample", ROOT / "vocabulary"
FOLDERS = ["foundation", "deployments", "networks", "coverage"]
EXPECTED = {"relations": 966, "located": 402, "entities": 889, "sources": 986, "cables": 15, "figures": 109, "glossary": 64}
HEADERS = {
    "sources": "id title publisher published_on language kind reports_on url note",
    "entities": "id kind name name_zh aliases country city parent description sources collective identifiers",
    "relations": "id kind subject object category place country lat lon location_precision start end amount currency "
    "status confidence description sources share country_role offered_only highlight topics",
    "cables": "id name name_zh owners supplier status rfs landing_points length_km route_accuracy sources",
    "figures": "id statement value unit as_of about source",
    "glossary": "term term_zh definition definition_zh category",
}
# How rows were gathered is no matter for readers, and no trace of it may stand in what they read.
FORBIDDEN = re.compile(
    r"\bseed (facts?|files?|texts?|documents?)\b|\bin the seed\b|\bexcerpts?\b|\b000_|stored (copy|page)|\bthe texts?\b|index words|\btexts read\b|project brief|"
    r"reports_on|before publication|should be checked|\bnot recorded\b|/(work|farm|tmp|home|root)/", re.I)
PROSE = {"sources": ["title", "publisher", "note"], "entities": ["name", "description"], "relations": ["description"],
         "figures": ["statement"], "glossary": ["definition"], "cables": []}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YEAR = r"(\d{4}|\d{3}X|\d{2}XX)"
DATE = re.compile(rf"{YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?%]?")
DEGREES = re.compile(r"-?\d{1,3}\.\d{1,6}")
NUMBER = re.compile(r"\d+(\.\d+)?")
CURRENCIES = set("AUD BGN BOB BRL CAD CHF CNY DKK EUR GBP HRK JPY KRW KZT MAD MXN MYR NPR PHP PLN PYG RUB SEK TTD USD "
                 "XAF XCD XOF ZAR".split())
findings = []


def report(where, what):
    findings.append(f"{where}: {what}")


def rows_of(path, header=None):
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        report(path.name, "byte order mark, CR or missing final newline")
    lines = list(csv.reader(raw.decode("utf-8").splitlines(keepends=True), strict=True))
    if header and lines[0] != header.split():
        report(path, f"header {lines[0]}")
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(lines[0]):
            report(f"{path}:{number}", f"{len(line)} fields")
        if any(value != value.strip() or "\n" in value or "  " in value for value in line):
            report(f"{path}:{number}", "stray white space")
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def tables_of(name):
    return tomllib.loads((VOCABULARY / f"{name}.toml").read_text("utf-8"))


def load_vocabulary():
    words = {
        "item-kind": {k["id"]: k for k in tables_of("kinds")["kind"]},
        "link-type": {t["id"]: t for t in tables_of("link-types")["link-type"]},
        "category": {c["id"]: c for c in tables_of("categories")["category"]},
        "topic": {t["id"]: t for t in tables_of("topics")["topic"]},
        "scheme": {s["id"]: s for s in tables_of("schemes")["scheme"]},
        "property": {p["id"]: p for p in tables_of("properties")["property"]},
    }
    for choice in tables_of("choices")["choice"]:
        words.setdefault(choice["set"], {})[choice["id"]] = choice
    words["country"] = {c["code"]: c for c in rows_of(VOCABULARY / "countries.csv", "code numeric en zh-Hans zh-Hant note lat lon region")}
    return words


def load_aliases(words):
    aliases = {}
    for row in rows_of(VOCABULARY / "aliases.csv", "table spelling id swap note"):
        if row["id"] not in words.get(row["table"], {}):
            report("aliases.csv", f"{row['table']} {row['id']} is not in the vocabulary")
        key = (row["table"], row["spelling"].lower())
        if key in aliases:
            report("aliases.csv", f"{key} twice")
        aliases[key] = row
    return aliases


WORDS = load_vocabulary()
ALIASES = load_aliases(WORDS)


def meaning(table, spelling, where):
    """The id that a spelling stands for, and whether the row's ends change places."""
    if spelling in WORDS[table]:
        return spelling, False
    row = ALIASES.get((table, spelling.lower()))
    if row is None:
        report(where, f"{table} {spelling!r} has no meaning")
        return None, False
    return row["id"], row["swap"] == "yes"


def check_vocabulary():
    kinds = set(WORDS["item-kind"])
    for table in ("item-kind", "link-type", "category"):
        icons = collections.Counter(entry["icon"] for entry in WORDS[table].values())
        for icon, count in icons.items():
            if count > 1:
                report(table, f"icon {icon} {count} times")
    for link in WORDS["link-type"].values():
        if unknown := {*link["subjects"], *link["objects"]} - kinds:
            report("link-types.toml", f"{link['id']} joins {unknown}")
    if len(WORDS["category"]) > 60:
        report("categories.toml", "more than 60 categories")
    for category in WORDS["category"].values():
        group = WORDS["category-group"].get(category["group"])
        if group is None or group["colour"] != category["colour"]:
            report("categories.toml", f"{category['id']}: group or colour")
    for entry in WORDS["property"].values():
        if (entry["value"] == "choice") != ("set" in entry) or entry.get("set", "status") not in WORDS:
            report("properties.toml", f"{entry['id']}: set")
        if set(entry["kinds"]) - kinds:
            report("properties.toml", f"{entry['id']}: kinds")
    check_texts()
    check_maps(kinds)


def check_texts():
    han = re.compile(r"[\u4e00-\u9fff]")
    for table, entries in WORDS.items():
        for key, entry in entries.items():
            if table == "country":
                continue
            if not SLUG.fullmatch(key):
                report(table, f"id {key!r}")
            for field in ("label", "plural", "inverse", "definition"):
                text = entry.get(field)
                if text is None:
                    continue
                if set(text) != {"en", "zh-Hans"} or not text["en"] or not text["zh-Hans"]:
                    report(table, f"{key}: {field} lacks a language")
                elif field == "definition" and not han.search(text["zh-Hans"]):
                    report(table, f"{key}: {field} is not Chinese")


def check_maps(kinds):
    types = rows_of(VOCABULARY / "aspi-types.csv", "label category link_type object_kind count")
    topics = rows_of(VOCABULARY / "aspi-topics.csv", "label topic")
    if (len(types), len(topics)) != (23, 11):
        report("aspi", f"{len(types)} types and {len(topics)} topics")
    for row in types:
        link = WORDS["link-type"].get(row["link_type"])
        if row["category"] not in WORDS["category"] or link is None or row["object_kind"] not in link["objects"]:
            report("aspi-types.csv", row["label"])
        if "company" not in link["subjects"] or meaning("category", row["label"], "aliases.csv")[0] != row["category"]:
            report("aspi-types.csv", f"{row['label']}: subject or alias")
    for row in topics:
        if row["topic"] not in WORDS["topic"] or meaning("topic", row["label"], "aliases.csv")[0] != row["topic"]:
            report("aspi-topics.csv", row["label"])
    for row in rows_of(VOCABULARY / "organisation-words.csv", "word kind"):
        if row["kind"] not in kinds or row["word"] != row["word"].lower():
            report("organisation-words.csv", row["word"])
    for row in rows_of(VOCABULARY / "country-names.csv", "spelling code"):
        if row["code"] and row["code"] not in WORDS["country"]:
            report("country-names.csv", row["spelling"])
    for row in rows_of(VOCABULARY / "boundaries.csv", "a b status note_en note_zh"):
        codes = [side for side in (row["a"], row["b"]) if len(side) == 2]
        if set(codes) - set(WORDS["country"]) or row["status"] not in WORDS["boundary-status"]:
            report("boundaries.csv", f"{row['a']}-{row['b']}")
    if len(WORDS["country"]) != 250:
        report("countries.csv", f"{len(WORDS['country'])} rows")
    for code, row in WORDS["country"].items():
        if row["region"] not in WORDS["region"] or (row["note"] and row["note"] not in WORDS["country-note"]):
            report("countries.csv", code)


class Atlas:
    """All rows of the four folders, with the folder each row stands in."""

    def __init__(self):
        self.rows = {name: [] for name in HEADERS}
        for folder in FOLDERS:
            for name, header in HEADERS.items():
                path = SAMPLE / folder / f"{name}.csv"
                if path.exists():
                    self.rows[name] += rows_of(path, header)
                elif name in ("sources", "entities", "relations"):
                    report(path, "missing")
        self.items = {row["id"]: row for row in self.rows["entities"]}
        self.sources = {row["id"]: row for row in self.rows["sources"]}


def check_ids(atlas):
    for name in ("sources", "relations", "figures", "cables"):
        for key, count in collections.Counter(row["id"] for row in atlas.rows[name]).items():
            if count > 1 or not SLUG.fullmatch(key):
                report(name, f"id {key!r} {count} times or badly formed")
    for row in atlas.rows["entities"]:
        first = atlas.items[row["id"]]
        for field in ("kind", "country", "city", "parent", "name", "name_zh", "collective"):
            if first[field] and row[field] and first[field] != row[field]:
                report(row["id"], f"{field} is {row[field]!r} and {first[field]!r}")


def check_sources_cited(atlas, where, text, stances):
    seen = set()
    for part in text.split("|"):
        body, _, stance = part.partition(":")
        if body.partition("#")[0] not in atlas.sources:
            report(where, f"source {part!r}")
        if stances and stance not in WORDS["stance"]:
            report(where, f"stance {part!r}")
        if body in seen:
            report(where, f"source twice {part!r}")
        seen.add(body)


def check_date(where, text):
    for part in text.split("/"):
        if text and part not in ("", "..") and not DATE.fullmatch(part):
            report(where, f"date {text!r}")


def check_country(where, code):
    if code and (code not in WORDS["country"] or not WORDS["country"][code]["numeric"]):
        report(where, f"country {code!r}")


def check_sources(atlas):
    for row in atlas.rows["sources"]:
        where = row["id"]
        meaning("source-kind", row["kind"], where)
        check_date(where, row["published_on"])
        for target in filter(None, row["reports_on"].split("|")):
            if target not in atlas.sources or target == where:
                report(where, f"relays {target!r}")
        if row["url"] and not re.fullmatch(r"https?://\S+", row["url"]):
            report(where, f"address {row['url']!r}")
        if row["language"] and not re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)?", row["language"]):
            report(where, f"language {row['language']!r}")
        if not row["title"]:
            report(where, "no title")


def check_digit_holds(scheme, value):
    if scheme != "uscc":
        return bool(value)
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(letter) * pow(3, place, 31) for place, letter in enumerate(value[:17]))
    return len(value) == 18 and letters[-total % 31] == value[17]


def check_entities(atlas):
    for row in atlas.rows["entities"]:
        where = row["id"]
        if not SLUG.fullmatch(where) or not row["name"] or not row["description"]:
            report(where, "id, name or description")
        meaning("item-kind", row["kind"], where)
        check_country(where, row["country"])
        if row["parent"] and row["parent"] not in atlas.items:
            report(where, f"parent {row['parent']!r}")
        if row["collective"] not in ("", "yes") or ("(collective" in row["name"]) != (row["collective"] == "yes"):
            report(where, "collective")
        for part in filter(None, row["identifiers"].split("|")):
            scheme, _, value = part.partition(":")
            if scheme not in WORDS["scheme"] or not check_digit_holds(scheme, value):
                report(where, f"identifier {part!r}")
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        if len(set(names)) != len(names):
            report(where, "a name twice")
        check_sources_cited(atlas, where, row["sources"], False)
        check_parents_end(atlas, where)


def check_parents_end(atlas, start):
    here, seen = start, set()
    while here in atlas.items and here not in seen:
        seen.add(here)
        here = atlas.items[here]["parent"]
    if here in seen:
        report(start, "parent loop")


def check_ends(atlas, row):
    link, swap = meaning("link-type", row["kind"], row["id"])
    ends = [row["subject"], row["object"]]
    for end in ends:
        if end not in atlas.items:
            return report(row["id"], f"item {end!r}")
    subject, object_ = reversed(ends) if swap else ends
    for end, side in ((subject, "subjects"), (object_, "objects")):
        kind, _ = meaning("item-kind", atlas.items[end]["kind"], end)
        if link and kind not in WORDS["link-type"][link][side]:
            report(row["id"], f"{link} cannot have the {kind} {end!r} among its {side}")
    if subject == object_:
        report(row["id"], "joins an item to itself")


def check_place(row):
    where = row["id"]
    precision, _ = meaning("precision", row["location_precision"], where)
    check_country(where, row["country"])
    if bool(row["country"]) != bool(row["country_role"]) or row["country_role"] not in ("", *WORDS["country-role"]):
        report(where, "role of the country")
    if not row["lat"] and not row["lon"]:
        return
    if not DEGREES.fullmatch(row["lat"]) or not DEGREES.fullmatch(row["lon"]):
        report(where, "coordinates")
    elif abs(float(row["lat"])) > 90 or abs(float(row["lon"])) > 180:
        report(where, "coordinates out of range")
    if precision in ("country", "unknown") or not row["place"] or row["country_role"] != "fact":
        report(where, "a point needs a named place of the fact")


def check_relations(atlas):
    for row in atlas.rows["relations"]:
        where = row["id"]
        check_ends(atlas, row)
        check_place(row)
        for part in filter(None, row["category"].split("|")):
            meaning("category", part, where)
        for part in filter(None, row["topics"].split("|")):
            meaning("topic", part, where)
        meaning("status", row["status"], where)
        if row["confidence"] not in WORDS["confidence"]:
            report(where, f"confidence {row['confidence']!r}")
        check_date(where, row["start"]), check_date(where, row["end"])
        if row["start"] and row["end"] and row["start"][:3] > row["end"][:3]:
            report(where, "ends before it starts")
        if bool(row["amount"]) != bool(row["currency"]) or (row["amount"] and not NUMBER.fullmatch(row["amount"])):
            report(where, "amount")
        if row["currency"] and row["currency"] not in CURRENCIES:
            report(where, f"currency {row['currency']!r}")
        if row["share"] and not (NUMBER.fullmatch(row["share"]) and 0 < float(row["share"]) <= 100):
            report(where, "share")
        if row["offered_only"] not in ("", "yes") or row["highlight"] not in ("", "yes") or not row["description"]:
            report(where, "flag or description")
        check_sources_cited(atlas, where, row["sources"], True)
        if ":supports" not in row["sources"]:
            report(where, "no supporting source")


def check_cables(atlas):
    for row in atlas.rows["cables"]:
        where = row["id"]
        if atlas.items.get(where, {}).get("kind") != "cable":
            report(where, "is no cable among the entities")
        for end in filter(None, (row["owners"] + "|" + row["supplier"]).split("|")):
            if end not in atlas.items:
                report(where, f"item {end!r}")
        meaning("status", row["status"], where)
        check_date(where, row["rfs"])
        if row["route_accuracy"] not in WORDS["route-accuracy"]:
            report(where, "accuracy of the route")
        for point in row["landing_points"].split(";"):
            name, code, lat, lon = point.split("|")
            check_country(where, code)
            if not name or not DEGREES.fullmatch(lat) or not DEGREES.fullmatch(lon):
                report(where, f"landing point {point!r}")
        check_sources_cited(atlas, where, row["sources"], True)


def check_figures(atlas):
    for row in atlas.rows["figures"]:
        if row["about"] not in atlas.items or not NUMBER.fullmatch(row["value"]) or not row["unit"]:
            report(row["id"], "item, value or unit")
        check_date(row["id"], row["as_of"])
        check_sources_cited(atlas, row["id"], row["source"], False)
    for row in atlas.rows["glossary"]:
        if row["category"] not in WORDS["glossary-category"] or not row["definition"]:
            report(row["term"], "category or definition")


def check_words(atlas):
    for name, fields in PROSE.items():
        for row in atlas.rows[name]:
            for field in fields:
                if found := FORBIDDEN.search(row[field]):
                    report(row.get("id") or row["term"], f"{field} says {found[0]!r}")
    if found := FORBIDDEN.search((SAMPLE / "README.md").read_text("utf-8").replace("`reports_on`", "")):
        report("sample/README.md", f"says {found[0]!r}")


def check_lists(atlas):
    for row in rows_of(VOCABULARY / "lists.csv", "list_id item name_en name_zh publisher keeper country authority url"):
        if row["keeper"] and row["keeper"] not in atlas.items:
            report("lists.csv", f"keeper {row['keeper']!r}")
        if row["item"] in atlas.items and atlas.items[row["item"]]["kind"] != "list":
            report("lists.csv", f"{row['item']} is no list")


def check_counts(atlas):
    counts = {name: len(rows) for name, rows in atlas.rows.items()}
    counts["located"] = sum(bool(row["lat"]) for row in atlas.rows["relations"])
    for name, expected in EXPECTED.items():
        if counts[name] != expected:
            report(name, f"{counts[name]} rows, expected {expected}")
    return counts


def folded(name):
    kept = (c for c in unicodedata.normalize("NFKC", name).lower() if c.isalnum() or c.isspace())
    return " ".join("".join(kept).split())


def name_owners(atlas):
    owners = {}
    for row in atlas.rows["entities"]:
        for name in filter(None, [row["name"], row["name_zh"], *row["aliases"].split("|")]):
            owners.setdefault(folded(name), set()).add(row["id"])
    return owners


def check_names(atlas):
    organisations = ("company", "government-body", "university", "investor", "civil-society", "media")
    for name, ids in name_owners(atlas).items():
        of_bodies = {key for key in ids if atlas.items[key]["kind"] in organisations}
        if len(of_bodies) > 1 and len(name) > 4:  # short acronyms are shared in life too
            report(name, f"names {sorted(of_bodies)}")


def list_matches(atlas, folder):
    owners, hits = name_owners(atlas), collections.defaultdict(set)
    countries = {row["spelling"] for row in rows_of(VOCABULARY / "country-names.csv")}
    for path in sorted(pathlib.Path(folder).glob("*.csv*")):
        opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else path.open(encoding="utf-8", newline="")
        with opened as lines:
            for row in csv.DictReader(lines):
                if row["country"] and row["country"] not in countries:
                    report(path.name, f"country {row['country']!r}")
                for item in owners.get(folded(row["name"]), ()):
                    hits[item].add((row["list_id"], row["name"]))
    for item, rows in sorted(hits.items()):
        print(f"{item}: {len({key for key, _ in rows})} lists, " + "; ".join(f"{key} {name!r}" for key, name in sorted(rows)))
    print(f"{len(hits)} items stand on a list under their own name or a curated alias")


def main():
    atlas = Atlas()
    check_vocabulary()
    for check in (check_ids, check_sources, check_entities, check_relations, check_cables, check_figures, check_words,
                  check_lists, check_names):
        check(atlas)
    counts = check_counts(atlas)
    if len(sys.argv) > 1:
        list_matches(atlas, sys.argv[1])
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
