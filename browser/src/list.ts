// The result list: the same links that the map shows, each as a sentence that leads to its record.

import { element } from "./dom.ts";
import type { LinkAddresses } from "./links.ts";
import { label } from "./names.ts";
import type { Dictionaries, Lang } from "./names.ts";
import type { RowText } from "./protocol.ts";
import { text } from "./text.ts";

/** What writing a row needs to know. */
export interface Writing {
  dictionaries: Dictionaries;
  addresses: LinkAddresses;
  lang: Lang;
}

export function resultItem(row: RowText, writing: Writing): HTMLLIElement {
  return element(
    "li",
    { class: "result", "data-row": String(row.row) },
    element("p", { class: "result-title" }, recordLink(row, writing)),
    element("div", { class: "result-meta" }, ...facts(row, writing).map((fact) => element("span", {}, fact))),
  );
}

/** "SUBJECT verb OBJECT", from the fields. */
export function sentence(row: RowText, { dictionaries, lang }: Writing): string {
  return `${row.subject} ${label(dictionaries.link[row.link], lang)} ${row.object}`;
}

function facts(row: RowText, { dictionaries, lang }: Writing): string[] {
  const words = text(lang);
  const categories = row.categories.map((category) => label(dictionaries.category[category], lang));
  return [
    row.country >= 0 ? label(dictionaries.country[row.country], lang) : "",
    years(row, lang),
    ...categories,
    label(dictionaries.status[row.status], lang),
    label(dictionaries.confidence[row.confidence], lang),
    row.poi ? `▲ ${words.poi}` : "",
  ].filter(Boolean);
}

export function years(row: RowText, lang: Lang): string {
  if (row.first === null) return text(lang).undated;
  return row.first === row.last ? String(row.first) : `${row.first}–${row.last}`;
}

/** A link that knows its address at the latest when the reader reaches for it. */
function recordLink(row: RowText, writing: Writing): HTMLAnchorElement {
  const { addresses } = writing;
  const link = element("a", { href: addresses.now(row.row) ?? `#row-${row.row}` }, sentence(row, writing));
  if (addresses.now(row.row) !== null) return link;
  const learn = async () => (link.href = await addresses.of(row.row));
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
