// One address or more of every kind of page, in English; `/zh` before it gives the Chinese one. A test holds this against the
// table of routes, so that no page is left out of what walks here.
export const PAGES = {
  map: "/",
  "map with a filter": "/?country=KE&category=surveillance",
  links: "/links",
  "links with a filter": "/links?link=supplies&from=2018&page=2",
  "links under no choice": "/links?country=KE&category=satellite-calibration",
  items: "/items",
  "items of a kind": "/items?kind=company",
  company: "/item/hikvision",
  "large company": "/item/huawei",
  "public body": "/item/kenya-national-police",
  connections: "/item/huawei/connections",
  path: "/path?from=huawei&to=hikvision",
  "path to choose": "/path?from=Hua&to=zte",
  comparison: "/compare?item=huawei&item=zte&item=hikvision",
  "comparison to choose": "/compare",
  "list of one's own": "/screen",
  "list of one's own, understood": screened("preview"),
  "list of one's own, compared": screened("result"),
  cable: "/item/peace-cable",
  list: "/item/us-entity-list",
  link: "/link/huawei-supplies-kenya-police-nairobi",
  "disputed link": "/link/oracle-supplies-liaoning-police",
  source: "/source/aspi-2019-11",
  sources: "/sources",
  lists: "/lists",
  "who is on a list": "/list/us-entity-list",
  country: "/country/KE",
  "country with little": "/country/PS",
  countries: "/countries",
  category: "/category/smart-city-public-security",
  categories: "/categories",
  stories: "/stories",
  story: "/story/cloudwalk-zimbabwe",
  "story with maps": "/story/beidou-stations-abroad",
  figures: "/figures",
  "figures with a filter": "/figures?country=KE",
  "one figure": "/figures/category",
  "one figure, years, with a filter": "/figures/year?country=KE",
  changes: "/changes",
  "changes of an edition": "/changes/1",
  corrections: "/corrections",
  notices: "/notices",
  transparency: "/transparency",
  quality: "/quality",
  "quality, one number": "/quality/single-source",
  picture: "/map?country=KE",
  share: "/share?country=KE",
  embed: "/embed?country=KE",
  citation: "/cite/item/hikvision",
  "citation of a filter": "/cite?country=KE",
  data: "/data",
  "static copy": "/static-copy",
  search: "/search?q=hikvision",
  "search of one group": "/search?q=%E4%B8%AD%E5%9B%BD&group=links&explain=1",
  "search without a word": "/search",
  glossary: "/glossary",
  verify: "/verify",
  "verify a record": "/verify/item/hikvision",
  "verify an operation": "/verify/e0-6",
  "suggestion of something new": "/suggestion",
  "suggestion about a record": "/suggestion?about=item/hikvision",
  "suggestion for an empty place": "/suggestion?about=item/hikvision/website",
  "report of an error": "/suggestion?about=page/links%3Fcountry%3DKE",
  "how a suggestion stands": "/suggestion/status",
  "how to": "/how-to",
  method: "/method",
  boundaries: "/boundaries",
  about: "/about",
  patterns: "/patterns",
};

/** The path of a kind of page at this origin. A list of one's own has an address only once it was sent. */
export async function pathOf(kind, origin) {
  const path = PAGES[kind];
  return typeof path === "string" ? path : path(origin);
}

/** Sends a list, once for each origin and stage, and gives the address of what became of it. */
function screened(stage) {
  const made = new Map();
  return (origin) => {
    if (!made.has(origin)) made.set(origin, screenedAt(origin, stage));
    return made.get(origin);
  };
}

const OWN_LIST = "Supplier,Country\n杭州海康威视数字技术股份有限公司,CN\nHuawei,CN\nXyloquent Brandywhistle GmbH,DE\n";

async function screenedAt(origin, stage) {
  const post = (path, fields) => fetch(origin + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const path = (await post("/screen", { list: OWN_LIST })).headers.get("location");
  if (stage === "preview") return path;
  await post(path, { action: "start", name: "0", country: "1", heading: "1" });
  for (let attempt = 0; attempt < 300; attempt++) {
    if ((await (await fetch(`${origin}${path}.json`)).json()).counts) return path;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the list was never compared");
}

/** Pages that say no, with their status. */
export const REFUSALS = {
  "/nothing-here": 404,
  "/item/nobody-at-all": 404,
  "/links?category=6g": 400,
  "/links?page=9999": 400,
  "/search?q=a&group=people": 400,
};

export const LANGUAGES = { en: "", "zh-Hans": "/zh" };

/** Whether a page holds a map, which is at rest only when its worker is. */
export async function hasMap(page) {
  return (await page.locator("#atlas-map").count()) > 0;
}
