// Elements are built from data here and nowhere from strings of markup: text stays text.

/** el("p", { class: "lead" }, "xin chào", el("b", {}, "!")); functions become listeners, false and null are left out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M12 4v12m0 0l-5-5m5 5l5-5M5 20h14",
  external: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  good: "M5 12.5l4.5 4.5L19 7.5",
  bad: "M12 5v9M12 18.5v.5",
  critical: "M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7zM12 7.5v5.5M12 16.5v.2",
  major: "M12 4l9.5 16.5h-19zM12 10v5M12 17.8v.2",
  minor: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.2",
  info: "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5",
  book: "M4 5.5C6.5 4 9.5 4 12 5.5 14.5 4 17.5 4 20 5.5V19c-2.5-1.5-5.5-1.5-8 0-2.5-1.5-5.5-1.5-8 0zM12 5.5V19",
};

/** A drawing without meaning of its own: the word stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.info);
  svg.append(path);
  return svg;
}

/** “2026-07-31” → “31/07/2026”; anything else as it stands. */
export function day(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : iso ?? "";
}

/** Only addresses of the web and of this server's own sources become links. */
export function safeAddress(address) {
  const text = String(address ?? "");
  return /^https?:\/\//i.test(text) || /^\/v1\/[^/\\]/.test(text) ? text : "";
}
