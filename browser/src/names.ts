// What the indices of the columns are called (names.json).

export interface Choice {
  id: string;
  en: string;
  zh: string;
  icon?: string;
  colour?: string;
  group?: string;
}

export interface Country extends Choice {
  lon: number;
  lat: number;
}

/** The keys of the filter whose values are the choices of a dictionary. */
export const DICTIONARY_KEYS = [
  "item-kind", "link", "category", "topic", "list", "status", "confidence", "precision", "country",
] as const;

export type DictionaryKey = (typeof DICTIONARY_KEYS)[number];

export type Dictionaries = Record<Exclude<DictionaryKey, "country">, Choice[]> & { country: Country[] };

export interface Names extends Dictionaries {
  version: number;
  /** `collective` holds the numbers of the items that stand for many. */
  items: { id: string[]; en: string[]; zh: string[]; kind: number[]; lists: number[]; "more-lists"?: number[]; collective: number[] };
}

export type Lang = "en" | "zh";

/** The label in the reader's language, else in the other one. */
export function label(choice: { en: string; zh: string }, lang: Lang): string {
  return (lang === "zh" ? choice.zh : choice.en) || choice.en || choice.zh;
}
