// What the columns do not hold of a row: its id, and how the server writes its place and date. It comes
// in chunks. The only chunk of a small edition is fetched at once; those of a large one when a reader
// reaches for a link, so that a change of filter asks for nothing.

const CHUNK = 4096;

/** Texts in the reader's language, row by row; empty for none. */
interface Texts {
  /** The name of the place, without its country. */
  place: string[];
  /** The code of a country that is only a party's. */
  party: string[];
  /** The date with its precision. */
  when: string[];
}

export interface RowWords {
  place: string;
  party: string;
  when: string;
}

/** Where the chunks are, and what stands before and after an id in a record's address. */
export interface RecordAddresses {
  ids: string;
  texts: string;
  base: string;
  ending: string;
}

export class Records {
  private readonly ids = new Map<number, string[]>();
  private readonly texts = new Map<number, Texts>();
  private readonly asked = new Map<string, Promise<void>>();
  private rows = 0;
  /** When everything that is fetched without a reader's doing is here, or can't be had. */
  ready: Promise<void> = Promise.resolve();

  constructor(private readonly at: RecordAddresses) {}

  /** Fetches the only chunk of a small edition, so that every row is known. */
  prepare(rows: number): void {
    this.rows = rows;
    if (rows > 0 && rows <= CHUNK) this.ready = this.chunk(0).catch(() => {});
  }

  /** The address of a link's record, if its chunk is here already. */
  now(row: number): string | null {
    const id = this.ids.get(Math.floor(row / CHUNK))?.[row % CHUNK];
    return id === undefined ? null : this.address("link", id);
  }

  async of(row: number): Promise<string> {
    return this.address("link", await this.id(row));
  }

  async id(row: number): Promise<string> {
    const number = Math.floor(row / CHUNK);
    await this.chunk(number);
    return this.ids.get(number)![row % CHUNK];
  }

  /** The row of a link; −1 if the edition has none of this id. */
  async row(id: string): Promise<number> {
    for (let number = 0; number * CHUNK < this.rows; number++) {
      await this.idsOf(number);
      const at = this.ids.get(number)!.indexOf(id);
      if (at >= 0) return number * CHUNK + at;
    }
    return -1;
  }

  /** What the server says of a row; null as long as its chunk is not here. */
  words(row: number): RowWords | null {
    const texts = this.texts.get(Math.floor(row / CHUNK));
    const at = row % CHUNK;
    return texts ? { place: texts.place[at], party: texts.party[at], when: texts.when[at] } : null;
  }

  /** The address of a record's page. */
  address(kind: "link" | "item" | "country", id: string): string {
    return `${this.at.base}/${kind}/${encodeURIComponent(id)}${this.at.ending}`;
  }

  /** The ids of a chunk; its texts too, but a list can do without them. */
  private async chunk(number: number): Promise<void> {
    const texts = this.at.texts && this.once(`${this.at.texts}${number}.json`, this.texts, number).catch(() => {});
    await Promise.all([this.idsOf(number), texts]);
  }

  private idsOf(number: number): Promise<void> {
    return this.once(`${this.at.ids}${number}.json`, this.ids, number);
  }

  private once<T>(url: string, into: Map<number, T>, number: number): Promise<void> {
    const under = this.asked.get(url) ?? json<T>(url).then((value) => void into.set(number, value));
    this.asked.set(url, under);
    under.catch(() => this.asked.delete(url));
    return under;
  }
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.json()) as T;
}
