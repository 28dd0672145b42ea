// The sprite of icons, fetched once and set into the page, so that drawing an icon later asks
// nobody for anything.

const SVG = "http://www.w3.org/2000/svg";
/** Names of symbols are no names of the page's own parts. */
const PREFIX = "icon-";

export class Icons {
  private constructor(private readonly symbols: ReadonlyMap<string, Element>) {}

  /** The icons of a sprite; none if it can't be had, for every icon has its word beside it. */
  static async load(url: string | undefined): Promise<Icons> {
    const response = url ? await fetch(url).catch(() => null) : null;
    if (!response?.ok) return new Icons(new Map());
    const sprite = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    const symbols = new Map([...sprite.querySelectorAll("symbol")].map((symbol) => [symbol.id, document.importNode(symbol, true)]));
    const holder = document.createElementNS(SVG, "svg");
    holder.setAttribute("hidden", "");
    holder.setAttribute("aria-hidden", "true");
    for (const symbol of symbols.values()) symbol.id = PREFIX + symbol.id;
    holder.append(...symbols.values());
    document.body.append(holder);
    return new Icons(symbols);
  }

  /** An icon as the server writes it, in a colour or in that of the text; nothing where there is none. */
  element(name: string | undefined, colour?: string): SVGElement | null {
    if (!name || !this.symbols.has(name)) return null;
    const svg = document.createElementNS(SVG, "svg");
    const attributes = { width: "18", height: "18", fill: "none", stroke: "currentColor", "aria-hidden": "true", focusable: "false" };
    for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
    svg.setAttribute("class", colour ? "icon tinted" : "icon");
    if (colour) svg.setAttribute("color", colour);
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#${PREFIX}${name}`);
    svg.append(use);
    return svg;
  }

  /** An icon as a picture for a canvas. */
  async picture(name: string | undefined, colour: string): Promise<HTMLImageElement | null> {
    const symbol = name ? this.symbols.get(name) : undefined;
    if (!symbol) return null;
    const body = `<svg xmlns="${SVG}" width="96" height="96" viewBox="0 0 24 24" fill="none" color="${colour}"
      stroke="${colour}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${symbol.innerHTML}</svg>`;
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(body)}`;
    return image.decode().then(() => image, () => null);
  }
}
