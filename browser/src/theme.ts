// The map's colours: those of the page, read from its custom properties, in both themes.

export interface Theme {
  land: string;
  water: string;
  border: string;
  disputed: string;
  ink: string;
  soft: string;
  paper: string;
  accent: string;
  onAccent: string;
  focus: string;
  font: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const value = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    land: value("--land", "#ece5d6"),
    water: value("--water", "#d8e3e6"),
    border: value("--border", "#b3a88f"),
    disputed: value("--disputed-border", "#7d7462"),
    ink: value("--ink", "#1d1b18"),
    soft: value("--ink-soft", "#5c574f"),
    paper: value("--paper", "#fbf9f4"),
    accent: value("--accent", "#9c3520"),
    onAccent: value("--on-accent", "#ffffff"),
    focus: value("--focus", "#1f5f99"),
    font: style.fontFamily,
  };
}

/** Calls back when the system's or the page's theme changes. */
export function onThemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
