// The few words that the script itself says; everything else on the page is the server's.

import type { Key } from "./filter.ts";
import type { Lang } from "./names.ts";

const en = {
  here: (n: number) => `${grouped(n)} ${n === 1 ? "link" : "links"} here`,
  countries: (names: string, n: number) => `${names}: ${grouped(n)} ${n === 1 ? "link" : "links"} known only to the country`,
  placeless: (n: number) => `Place unknown: ${grouped(n)} ${n === 1 ? "link" : "links"}`,
  undated: "undated",
  comma: ", ",
  more: "Show more",
  close: "Close",
  remove: (filter: string) => `Remove the filter ${filter}`,
  active: "Active filters",
  none: "No link passes this filter.",
  failed: "The map's data could not be loaded. The list below is complete.",
  noMap: "This browser can't draw the map. The list holds everything that it would show.",
  map: "Map of the links. Arrow keys move it, plus and minus zoom. The list beside it holds the same links.",
  poi: "point of particular interest",
  offered: "offered only",
  nowhere: "location unknown",
  schematic: "schematic route",
  surveyed: "surveyed route",
  landing: "landing point",
  credit: "Made with Natural Earth",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wheel: "Hold Ctrl while scrolling to zoom the map",
  wheelMac: "Hold ⌘ while scrolling to zoom the map",
  fingers: "Move the map with two fingers",
  keys: {
    item: "Item", "item-kind": "Kind of item", link: "Type of link", category: "Category", topic: "Topic", list: "List",
    source: "Source", country: "Country", status: "Status", confidence: "Confidence", precision: "Precision of place",
    from: "From", to: "To", poi: "Particular interest", bbox: "Area", q: "Text",
  } satisfies Record<Key, string>,
};

const zh: typeof en = {
  here: (n) => `此处 ${grouped(n)} 条关系`,
  countries: (names, n) => `${names}：${grouped(n)} 条关系仅知国家或地区`,
  placeless: (n) => `地点不详：${grouped(n)} 条关系`,
  undated: "日期不详",
  comma: "、",
  more: "显示更多",
  close: "关闭",
  remove: (filter) => `移除筛选：${filter}`,
  active: "当前筛选",
  none: "没有符合筛选条件的关系。",
  failed: "地图数据无法载入。下方列表是完整的。",
  noMap: "此浏览器无法绘制地图。列表包含地图上的全部内容。",
  map: "关系地图。方向键移动，加号和减号缩放。旁边的列表包含相同的关系。",
  poi: "重点关注",
  offered: "仅为推介",
  nowhere: "地点不详",
  schematic: "示意路线",
  surveyed: "实测路线",
  landing: "登陆点",
  credit: "底图：Natural Earth",
  zoomIn: "放大",
  zoomOut: "缩小",
  wheel: "按住 Ctrl 并滚动可缩放地图",
  wheelMac: "按住 ⌘ 并滚动可缩放地图",
  fingers: "用两根手指移动地图",
  keys: {
    item: "条目", "item-kind": "条目种类", link: "关系类型", category: "类别", topic: "主题", list: "名单", source: "来源",
    country: "国家或地区", status: "状态", confidence: "可信度", precision: "地点精度", from: "从", to: "到",
    poi: "重点关注", bbox: "区域", q: "文本",
  },
};

export type Text = typeof en;

export function text(lang: Lang): Text {
  return lang === "zh" ? zh : en;
}

/** Digits in groups of three, as the server writes them. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
