// What readers come for, as a reader with a keyboard alone does it; each task is done with script and, in another browser, without
// script and SVG. A task begins at a page that a reader knows, and ends with what was looked for being there to read.
import assert from "node:assert/strict";

/** A number as it stands in a sentence. */
const whole = (text) => Number(text.replace(/\D/g, ""));
const totalOn = async (hand) => whole(await hand.text("[data-total]"));

export const TASKS = {
  "find a company by its name": async (hand) => {
    await hand.open("/");
    await hand.write("q", "hikvision");
    await hand.browser.key("Enter");
    await hand.until(async () => (await hand.path()).startsWith("/search"), "the results");
    await hand.follow({ tag: "a", href: /^\/item\/hikvision$/ });
    await hand.reads(/Hikvision/, "h1");
  },
  "find a company by its name in Chinese": async (hand) => {
    await hand.open("/search?q=%E6%B5%B7%E5%BA%B7%E5%A8%81%E8%A7%86");
    await hand.follow({ tag: "a", href: /^\/item\/hikvision$/ });
    await hand.reads(/海康威视/);
  },
  "find who owns a company": async (hand) => {
    await hand.open("/item/hikvision");
    await hand.follow({ tag: "a", href: /\/item\/hikvision\/connections$/ });
    const { owners } = await hand.json("/item/hikvision/connections.json");
    assert.ok(owners.length > 0);
    for (const { item } of owners) assert.ok((await hand.text("main")).includes(item.name), item.name);
    await hand.follow({ tag: "a", href: new RegExp(`^/item/${owners[0].item.id}$`) });
    await hand.reads(/./, "h1");
  },
  "find who supplied surveillance in a country": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/countries$/ });
    await hand.follow({ tag: "a", href: /^\/country\/KE$/ });
    const { doers } = await hand.json("/country/KE.json");
    const huawei = doers.first.find(({ item }) => item.id === "huawei");
    await hand.follow({ tag: "a", href: /\/links\?.*item=huawei/ });
    assert.equal(await totalOn(hand), huawei.links);
    await hand.reads(/Huawei supplies/);
  },
  "narrow the list to a country and a category": async (hand) => {
    await hand.open("/links");
    await hand.unfold(/^Category/);
    await hand.tick({ name: "category", value: "surveillance" });
    await hand.unfold(/^Country/);
    await hand.tick({ name: "country", value: "KE" });
    await hand.follow({ tag: "button", text: /^Show|^Apply|^Filter/ });
    assert.match(await hand.path(), /category=surveillance.*country=KE/);
    assert.equal(await totalOn(hand), (await hand.json("/links.json?category=surveillance&country=KE")).total);
  },
  "narrow the list to some years": async (hand) => {
    await hand.open("/links");
    await hand.unfold(/^Years/);
    await hand.write("from", "2017");
    await hand.write("to", "2019");
    await hand.browser.key("Enter");
    await hand.until(async () => (await hand.path()).includes("to=2019"), "the list");
    assert.equal(await totalOn(hand), (await hand.json("/links.json?from=2017&to=2019")).total);
  },
  "take one filter away, then all": async (hand) => {
    await hand.open("/links?country=KE&category=surveillance");
    await hand.follow({ tag: "a", href: /^\/links\?category=surveillance$/ });
    assert.equal(await totalOn(hand), (await hand.json("/links.json?category=surveillance")).total);
    await hand.follow({ tag: "a", href: /^\/links$/, text: /all|reset/i });
    assert.equal(await totalOn(hand), (await hand.json("/links.json")).total);
  },
  "go to the next page of a list": async (hand) => {
    await hand.open("/links");
    await hand.follow({ tag: "a", href: /\/links\?page=2$/ });
    const [first] = (await hand.json("/links.json?page=2")).links;
    await hand.reads(new RegExp(first.subject.name.slice(0, 10).replace(/[^\p{L} ]/gu, ".")), "[data-results]");
  },
  "download exactly what was filtered": async (hand) => {
    await hand.open("/links?country=KE");
    const csv = await hand.file(await hand.reach({ tag: "a", text: /^CSV$/ }));
    const rows = (await csv.text()).trim().split(/\r?\n(?=[^"]*(?:"[^"]*"[^"]*)*$)/).length - 1;
    assert.equal(rows, await totalOn(hand));
  },
  "cite a record": async (hand) => {
    await hand.open("/item/hikvision");
    await hand.follow({ tag: "a", href: /\/cite\/item\/hikvision$/ });
    assert.match(await hand.reads(/@misc|@online|@dataset/), /item\/hikvision/);
    const bib = await hand.file(await hand.reach({ tag: "a", href: /\.bib$/ }));
    assert.match(await bib.text(), /^@\w+\{/);
  },
  "cite a filter": async (hand) => {
    await hand.open("/links?country=KE");
    await hand.follow({ tag: "a", href: /\/cite\?country=KE$/ });
    await hand.reads(/Kenya/);
  },
  "see how a statement is known": async (hand) => {
    await hand.open("/item/hikvision");
    await hand.unfold(/how do we know/i);
    const open = await hand.browser.find("details.how[open] .evidence li");
    assert.ok(open.length > 0 && /According to/.test(open[0].text), open[0]?.text);
  },
  "find what speaks against a disputed link": async (hand) => {
    await hand.open("/links?confidence=disputed");
    await hand.follow({ tag: "a", href: /^\/link\// });
    await hand.reads(/contradict/i);
    await hand.follow({ tag: "a", href: /^\/source\// });
    await hand.reads(/./, "h1");
  },
  "read a source and what rests on it": async (hand) => {
    await hand.open("/sources?sort=uses");
    await hand.follow({ tag: "a", href: /^\/source\// });
    const { title } = await hand.json(`${await hand.path()}.json`);
    assert.ok((await hand.text("h1")).includes(title.replace(/\s+/g, " ")), title);
    await hand.follow({ tag: "a", href: /^\/(link|item)\// });
    await hand.reads(/./, "h1");
  },
  "see who is on a list": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/lists$/ });
    await hand.follow({ tag: "a", href: /^\/list\/us-entity-list$/ });
    const { total } = await hand.json("/list/us-entity-list.json");
    assert.equal(whole((await hand.text("main [role=status]")).match(/[\d,]+/)[0]), total);
  },
  "find what a word means": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/glossary$/ });
    const [term] = (await hand.json("/glossary.json")).groups[0].terms;
    const words = await hand.text();
    for (const text of [term.term, term.definition]) assert.ok(text && words.includes(text), text);
  },
  "read a story and go to what stands behind a sentence": async (hand) => {
    await hand.open("/stories");
    await hand.follow({ tag: "a", href: /^\/story\/cloudwalk-zimbabwe$/ });
    await hand.reach({ tag: "a", href: /#ref-1$/ });
    await hand.browser.key("Enter");
    await hand.follow({ tag: "a", href: /^\/(source|link)\// });
    await hand.reads(/./, "h1");
  },
  "see the map as a picture and open one of its marks": async (hand) => {
    await hand.open("/map?country=KE");
    const [picture] = await hand.browser.find(".map-figure img");
    assert.equal((await hand.file({ attributes: { href: picture.attributes.src } })).headers.get("content-type"), "image/png");
    const mark = await hand.follow({ tag: "a", href: /\/links\?/, text: /link/ });
    assert.equal(await totalOn(hand), Number(mark.attributes["data-links"]));
  },
  "find how two organisations are connected": async (hand) => {
    await hand.open("/item/huawei/connections");
    await hand.follow({ tag: "a", href: /\/path\?from=huawei$/ });
    await hand.write("to", "hikvision");
    await hand.browser.key("Enter");
    await hand.until(async () => (await hand.path()).includes("to="), "the paths");
    const { total } = await hand.json("/path.json?from=huawei&to=hikvision");
    assert.match(await hand.reads(/weakest evidence/), new RegExp(`${total} path`));
  },
  "compare two organisations": async (hand) => {
    await hand.open("/compare?item=huawei");
    await hand.reach({ name: "item", value: "Huawei" });
    await hand.write("item", "zte");
    await hand.browser.key("Enter");
    await hand.until(async () => (await hand.path()).includes("zte"), "the comparison");
    await hand.reads(/Huawei.*ZTE/s, "h1");
  },
  "check a list of one's own and have it forgotten": async (hand) => {
    await hand.open("/screen");
    await hand.write("list", "Hikvision\nXyloquent Brandywhistle");
    await hand.follow({ tag: "button", text: /./, href: undefined });
    await hand.reads(/Xyloquent/);
    await hand.reach({ tag: "button", text: /^(?!.*forget)(Check|Compare|Start)/i });
    await hand.browser.key("Enter");
    await hand.reads(/Hikvision/, ".screened");
    await hand.follow({ tag: "button", text: /forget/i });
    assert.match(await hand.path(), /forgotten=1/);
  },
  "go from a figure to the list of what it counts": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/figures$/ });
    const { tables } = await hand.json("/figures.json");
    const row = tables.find(({ id }) => id === "category").rows[0];
    await hand.follow({ tag: "a", href: new RegExp(`^${row.url.replace("?", "\\?")}$`) });
    assert.equal(await totalOn(hand), row.links);
  },
  "take a figure as a picture": async (hand) => {
    await hand.open("/figures/category");
    const picture = await hand.file(await hand.reach({ tag: "a", text: /^PNG/ }));
    assert.equal(Buffer.from(await picture.arrayBuffer()).subarray(1, 4).toString(), "PNG");
  },
  "see what an edition changed, and its feed": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/changes$/ });
    const feed = await hand.file(await hand.reach({ tag: "a", text: /^Atom$/ }));
    assert.match(await feed.text(), /^<\?xml/);
    await hand.follow({ tag: "a", href: /^\/changes\/\d+$/ });
    await hand.reads(/Edition/i, "h1");
  },
  "see what the atlas still lacks": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/quality$/ });
    const { attributes } = await hand.follow({ tag: "a", href: /^\/quality\/[a-z-]+$/ });
    const check = await hand.json(`${attributes.href}.json`);
    assert.equal(whole((await hand.text("main [role=status]")).match(/[\d,]+/)[0]), check.total);
  },
  "follow a cable to its landing points": async (hand) => {
    await hand.open("/items?kind=cable");
    await hand.follow({ tag: "a", href: /^\/item\/peace-cable$/ });
    const { features } = await hand.json("/lines.geojson");
    const landings = features.filter(({ properties }) => properties.cable === "peace-cable").map(({ properties }) => properties.name);
    const text = await hand.text();
    for (const name of landings) assert.ok(text.includes(name), name);
  },
  "read the same record in Chinese": async (hand) => {
    await hand.open("/link/huawei-supplies-kenya-police-nairobi");
    await hand.follow({ tag: "a", text: /简体中文/ });
    assert.match(await hand.path(), /^\/zh\/link\/huawei-supplies-kenya-police-nairobi$/);
    await hand.reads(/华为/);
    await hand.follow({ tag: "a", text: /English/ });
    assert.match(await hand.path(), /^\/link\//);
  },
  "embed a slice elsewhere": async (hand) => {
    await hand.open("/links?country=KE");
    await hand.follow({ tag: "a", href: /\/share\?country=KE$/ });
    assert.match(await hand.reads(/<iframe/, "#share-embed"), /\/embed\?country=KE/);
  },
  "verify a record": async (hand) => {
    await hand.open("/item/hikvision");
    await hand.follow({ tag: "a", href: /\/verify\/item\/hikvision$/ });
    await hand.reads(/verify/i);
    await hand.reach({ tag: "a", href: /^\/verify\/e\d+-\d+$|proof/ });
  },
  "take the whole edition home": async (hand) => {
    await hand.open("/");
    await hand.follow({ tag: "a", href: /^\/about$/ });
    await hand.open("/data");
    const sums = await hand.file(await hand.reach({ tag: "a", text: /SHA256SUMS/ }));
    assert.match(await sums.text(), /^[0-9a-f]{64} /);
  },
};
