// One address of every kind of page, in English; `/zh` before it gives the Chinese one.
export const PAGES = {
  map: "/",
  "map with a filter": "/?country=KE&category=surveillance",
  links: "/links",
  "links with a filter": "/links?link=supplies&from=2018&page=2",
  items: "/items",
  company: "/item/hikvision",
  "public body": "/item/kenya-national-police",
  connections: "/item/huawei/connections",
  path: "/path?from=huawei&to=hikvision",
  "path to choose": "/path?from=Hua&to=zte",
  comparison: "/compare?item=huawei&item=zte&item=hikvision",
  "list of one's own": "/screen",
  cable: "/item/peace-cable",
  list: "/item/us-entity-list",
  link: "/link/huawei-supplies-kenya-police-nairobi",
  "disputed link": "/link/oracle-supplies-liaoning-police",
  source: "/source/aspi-2019-11",
  country: "/country/KE",
  category: "/category/smart-city-public-security",
  picture: "/map?country=KE",
  share: "/share?country=KE",
  embed: "/embed?country=KE",
  citation: "/cite/item/hikvision",
  data: "/data",
  "static copy": "/static-copy",
  search: "/search?q=hikvision",
  "search of one group": "/search?q=%E4%B8%AD%E5%9B%BD&group=links&explain=1",
  glossary: "/glossary",
  about: "/about",
  patterns: "/patterns",
};

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
