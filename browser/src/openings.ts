// From what a reader picked (address.ts) to what the sheet says of it, and where on the map it is.

import type { Position } from "geojson";
import type { Opening } from "./address.ts";
import type { Cables } from "./cables.ts";
import { element } from "./dom.ts";
import type { Engine } from "./engine.ts";
import * as grid from "./grid.ts";
import { sentence } from "./list.ts";
import type { Writing } from "./list.ts";
import { label } from "./names.ts";
import type { Mark, RowText } from "./protocol.ts";
import type { Content } from "./sheet.ts";
import { text } from "./text.ts";

export interface Found {
  content: Content;
  /** Longitude and latitude, where it has one point. */
  at: [number, number] | null;
  /** Points that shall be in view together. */
  all?: [number, number][];
}

export class Openings {
  constructor(
    private readonly engine: Engine,
    private readonly writing: Writing,
    private readonly cables: Cables,
    /** Moves the map to a point. */
    private readonly fly: (at: [number, number]) => void,
  ) {}

  /** Null for what this edition, or this selection, does not have. */
  async find(open: Opening): Promise<Found | null> {
    switch (open.kind) {
      case "link":
        return this.link(open.id);
      case "cable":
        return this.cable(open.id);
      case "group":
        return this.group(open.id);
      case "country":
        return this.country(open.codes);
      case "unplaced":
        return { content: { title: text(this.writing.lang).placeless, subset: { kind: "placeless" } }, at: null };
    }
  }

  private async link(id: string): Promise<Found | null> {
    const row = await this.writing.records.row(id).catch(() => -1);
    if (row < 0) return null;
    const { rows } = await this.engine.ask("list", { of: { kind: "row", row }, offset: 0, limit: 1 });
    return { content: { title: () => text(this.writing.lang).link, subset: { kind: "row", row } }, at: position(rows[0]) };
  }

  private async group(id: string): Promise<Found | null> {
    const level = Number.parseInt(id, 10);
    if (!(level >= 0)) return null;
    const { marks } = await this.engine.ask("draw", { west: 0, east: 1, north: 0, south: 1, zoom: level - 4 });
    const mark = marks.find((each) => each.id === id);
    if (!mark) return null;
    const words = text(this.writing.lang);
    const at: [number, number] = [grid.longitude(mark.x), grid.latitude(mark.y)];
    const nearer = element("button", { type: "button", class: "quiet" }, words.nearer);
    nearer.addEventListener("click", () => this.fly(at));
    return { content: { title: words.here, lead: [nearer], subset: { kind: "cells", cells: mark.cells, level } }, at };
  }

  private country(codes: string[]): Found | null {
    const { dictionaries, lang } = this.writing;
    const words = text(lang);
    const countries = codes.map((code) => dictionaries.country.findIndex(({ id }) => id === code)).filter((at) => at >= 0);
    if (countries.length === 0) return null;
    const names = countries.map((country) => label(dictionaries.country[country], lang));
    return { content: { title: (total) => words.countries(names, total), subset: { kind: "countries", countries } }, at: null };
  }

  private cable(id: string): Found | null {
    const cable = this.cables.get(id);
    if (!cable) return null;
    const { lang, records } = this.writing;
    const words = text(lang);
    const name = (lang === "zh" && cable.name_zh) || cable.name;
    const landings = cable.landings.map((landing) => {
      const button = element("button", { type: "button", class: "quiet" }, landing.name);
      button.addEventListener("click", () => this.fly(landing.at));
      return element("li", {}, button);
    });
    const surveyed = cable.accuracy === "surveyed";
    const lead = [
      element("p", {}, surveyed ? words.surveyed : words.schematic),
      element("p", {}, element("a", { href: records.address("item", id) }, words.record)),
      landings.length ? element("h3", {}, words.landings(landings.length)) : null,
      landings.length ? element("ul", { class: "map-landings" }, ...landings) : null,
      element("h3", {}, words.cableLinks),
    ];
    return { content: { title: () => name, lead, subset: { kind: "item", id } }, at: null, all: unrolled(cable.lines.flat()) };
  }
}

/** How a mark is read aloud: one link as its sentence, a group by its number and its countries. */
export function markName(mark: Mark, described: { countries: number[]; first: RowText | null }, writing: Writing): string {
  const words = text(writing.lang);
  const countries = described.countries.map((country) => label(writing.dictionaries.country[country], writing.lang)).join(words.comma);
  const poi = mark.poi > 0 ? words.comma + words.poi : "";
  if (mark.count === 1 && described.first) return sentence(described.first, writing) + (countries && words.within + countries) + poi;
  return words.here(mark.count) + (countries && words.colon + countries) + poi;
}

/** Points on one copy of the world, beginning with the first: a cable over the antimeridian stays in one piece. */
function unrolled(points: Position[]): [number, number][] {
  let before = points[0]?.[0] ?? 0;
  return points.map(([lon, lat]) => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [before, lat];
  });
}

function position(row: RowText | undefined): [number, number] | null {
  return row?.x == null || row.y == null ? null : [grid.longitude(row.x), grid.latitude(row.y)];
}
