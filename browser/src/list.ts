// The result list: the same links that the map shows, each as a sentence that leads to its record.

import { element } from "./dom.ts";
import type { Icons } from "./icons.ts";
import { label } from "./names.ts";
import type { Choice, Dictionaries, Lang } from "./names.ts";
import type { RowText } from "./protocol.ts";
import type { Records } from "./records.ts";
import { text } from "./text.ts";

/** What writing a row needs to know. */
export interface Writing {
  dictionaries: Dictionaries;
  records: Records;
  lang: Lang;
  icons: Icons;
}

/** The same parts as the server's list, as far as the columns hold them. */
export function resultItem(row: RowText, writing: Writing): HTMLLIElement {
  const { dictionaries, lang } = writing;
  const categories = row.categories.map((category) => element("li", {}, tag(dictionaries.category[category], writing)));
  return element(
    "li",
    { class: "result", "data-row": String(row.row) },
    element("p", { class: "result-title" }, recordLink(row, writing)),
    element(
      "div",
      { class: "result-meta" },
      place(row, writing),
      when(row, writing),
      confidence(row, writing),
      row.offered && flag("offered", text(lang).offered, writing),
      row.poi && flag("poi", text(lang).poi, writing),
      categories.length > 0 && element("ul", { class: "tags" }, ...categories),
    ),
  );
}

/** "Nairobi, Kenya", as far as it is known; a party's country is no place of the fact. */
function place(row: RowText, { dictionaries, records, lang }: Writing): HTMLElement {
  const words = text(lang);
  const known = records.words(row.row);
  const party = known?.party && dictionaries.country.find(({ id }) => id === known.party);
  if (party) return element("span", { class: "party-country" }, `${words.party}${words.colon}`, countryLink(party, records, lang));
  const country = row.country < 0 ? null : countryLink(dictionaries.country[row.country], records, lang);
  const name = known?.place ? element("bdi", {}, known.place) : null;
  if (!name && !country) return element("span", { class: "unknown" }, words.nowhere);
  return element("span", { class: "place" }, name, name && country && words.within, country);
}

function countryLink(country: Choice, records: Records, lang: Lang): HTMLAnchorElement {
  return element("a", { href: records.address("country", country.id) }, label(country, lang));
}

/** The date as the server writes it; before that is here, its years. */
function when(row: RowText, { records, lang }: Writing): HTMLElement {
  const known = records.words(row.row)?.when ?? years(row);
  return element("span", known ? {} : { class: "unknown" }, known || text(lang).undated);
}

function years(row: RowText): string {
  if (row.first === null) return "";
  return row.first === row.last ? String(row.first) : `${row.first}–${row.last}`;
}

const CONFIDENCE_ICONS: Record<string, string> = {
  confirmed: "double-tick",
  probable: "half-circle",
  reported: "circle",
  disputed: "split",
};

function confidence(row: RowText, writing: Writing): HTMLElement {
  const choice = writing.dictionaries.confidence[row.confidence];
  const sign = writing.icons.element(CONFIDENCE_ICONS[choice.id]);
  return element("span", { class: `badge confidence-${choice.id}` }, sign, label(choice, writing.lang));
}

function flag(name: string, words: string, { icons }: Writing): HTMLElement {
  return element("span", { class: `badge flag-${name}` }, icons.element(name), words);
}

function tag(choice: Choice, { icons, lang }: Writing): HTMLElement {
  return element("span", { class: "tag" }, icons.element(choice.icon, choice.colour), element("span", {}, label(choice, lang)));
}

/** The same sentence without any markup, for names that are read aloud. */
export function sentence(row: RowText, { dictionaries, lang }: Writing): string {
  return `${row.subject} ${label(dictionaries.link[row.link], lang)} ${row.object}`;
}

/** A link that knows its address at the latest when the reader reaches for it. */
function recordLink(row: RowText, writing: Writing): HTMLAnchorElement {
  const { records } = writing;
  const name = (words: string) => element("bdi", {}, words);
  const verb = ` ${label(writing.dictionaries.link[row.link], writing.lang)} `;
  const link = element("a", { href: records.now(row.row) ?? `#row-${row.row}` }, name(row.subject), verb, name(row.object));
  if (records.now(row.row) !== null) return link;
  const learn = async () => (link.href = await records.of(row.row));
  for (const sign of ["pointerenter", "focus", "touchstart"]) {
    link.addEventListener(sign, () => void learn().catch(() => {}), { once: true, passive: true });
  }
  link.addEventListener("click", (event) => {
    if (!link.getAttribute("href")?.startsWith("#row-")) return;
    event.preventDefault();
    void learn().then((address) => location.assign(address));
  });
  return link;
}
