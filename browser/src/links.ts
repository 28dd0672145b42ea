// Turns row numbers into the addresses of records. Ids come in chunks and are fetched only when a
// reader reaches for a link: a change of filter asks for nothing.

const CHUNK = 4096;

export class LinkAddresses {
  private readonly chunks = new Map<number, Promise<string[]>>();
  private readonly known = new Map<number, string[]>();

  constructor(
    private readonly ids: string,
    private readonly base: string,
  ) {}

  /** The address, if its chunk is here already. */
  now(row: number): string | null {
    const id = this.known.get(Math.floor(row / CHUNK))?.[row % CHUNK];
    return id === undefined ? null : this.address(id);
  }

  async of(row: number): Promise<string> {
    const ids = await this.chunk(Math.floor(row / CHUNK));
    return this.address(ids[row % CHUNK]);
  }

  /** Fetches the only chunk of a small edition, so that every address is known. */
  async prepare(rows: number): Promise<void> {
    if (rows > 0 && rows <= CHUNK) await this.chunk(0);
  }

  private address(id: string): string {
    return `${this.base}/link/${encodeURIComponent(id)}`;
  }

  private chunk(number: number): Promise<string[]> {
    const chunk = this.chunks.get(number) ?? this.load(number);
    this.chunks.set(number, chunk);
    return chunk;
  }

  private async load(number: number): Promise<string[]> {
    const response = await fetch(`${this.ids}${number}.json`);
    if (!response.ok) {
      this.chunks.delete(number);
      throw new Error(`${this.ids}${number}.json: ${response.status}`);
    }
    const ids = (await response.json()) as string[];
    this.known.set(number, ids);
    return ids;
  }
}
