// Sources: the small number in the text, the list under it, and the drawer that shows one of them whole.
import { day, el, icon, safeAddress } from "./dom.js";

const SIGNS = { in_force: "✓", partly_expired: "◐", not_yet: "◷", suspended: "◷", expired: "✕" };

const ROOM = matchMedia("(min-width: 68rem)");

/** Validity as a sign and a word. */
export function badge(citation) {
  if (["calculation", "draft"].includes(citation.kind) || !citation.validity_label) return null;
  const word = citation.validity_label;
  const sign = el("span", { "aria-hidden": "true" }, SIGNS[citation.validity] ?? "?");
  return el("span", { class: `badge ${citation.validity}` }, sign, word[0].toUpperCase() + word.slice(1));
}

/** The number in the text that opens its source. */
export function marker(citation) {
  const name = `Nguồn ${citation.marker}: ${citation.label}`;
  return el("button", { type: "button", class: "cite", "aria-label": name, title: citation.label, onclick: () => show(citation) }, String(citation.marker));
}

/** The list under an answer: closed when it is long. */
export function sourceList(citations) {
  if (!citations.length) return null;
  const items = citations.map((citation) =>
    el("li", {},
      el("button", { type: "button", class: "source", onclick: () => show(citation) },
        el("span", { class: "cite-number", "aria-hidden": "true" }, String(citation.marker)),
        el("span", {}, el("span", { class: "source-label" }, citation.label), " ", badge(citation)))));
  const summary = el("summary", {}, icon("book"), `Nguồn trích dẫn (${citations.length})`);
  return el("details", { class: "sources", open: citations.length <= 3 }, summary, el("ul", {}, items));
}

function facts(citation) {
  const rows = [
    ["Có hiệu lực từ", citation.effective_on],
    ["Hết hiệu lực từ", citation.expires_on],
    ["Kiểm tra ngày", citation.checked_on],
    ["Xét tại ngày", citation.as_of],
  ].filter(([, value]) => value);
  if (!rows.length) return null;
  return el("dl", { class: "facts" }, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, day(value)))));
}

function links(citation) {
  const own = safeAddress(citation.url);
  const origin = safeAddress(citation.source_url);
  // A tab opened with “opener” takes the key of this session along, so that staff can read internal sources there.
  const rel = own.startsWith("/") ? "opener" : "noopener noreferrer";
  return el("div", { class: "links" },
    own && el("a", { class: "primary", href: own, target: "_blank", rel }, icon("book"), "Đọc trong kho dữ liệu", el("span", { class: "hidden" }, " (mở thẻ mới)")),
    origin && el("a", { class: "quiet", href: origin, target: "_blank", rel: "noopener noreferrer" }, icon("external"), "Nơi công bố", el("span", { class: "hidden" }, " (mở thẻ mới)")));
}

function show(citation) {
  const drawer = document.getElementById("drawer") ?? document.body.appendChild(el("dialog", { id: "drawer", class: "drawer", "aria-labelledby": "drawer-title" }));
  const close = el("button", { type: "button", class: "tool", onclick: () => drawer.close() }, icon("close"), el("span", { class: "hidden" }, "Đóng"));
  drawer.replaceChildren(
    el("div", { class: "drawer-head" }, el("h2", { id: "drawer-title" }, `Nguồn ${citation.marker}`), close),
    el("div", { class: "drawer-body" },
      el("p", { class: "source-title" }, citation.label),
      el("p", {}, badge(citation)),
      citation.quote
        ? el("blockquote", { class: "official" }, citation.quote.split("\n").map((line) => el("p", {}, line)))
        : el("p", { class: "muted" }, "Câu trả lời dẫn nguồn này, không trích nguyên văn. Hãy mở nguồn để đọc."),
      facts(citation),
      links(citation)));
  drawer.onclick = (event) => event.target === drawer && drawer.close();
  drawer.onkeydown = (event) => event.key === "Escape" && drawer.close();
  drawer.onclose = () => document.body.classList.remove("beside");
  if (drawer.open) close.focus();
  else open(drawer);
}

/** Where there is room the source stands beside the text, which stays readable; elsewhere it lies over it. */
function open(drawer) {
  const beside = ROOM.matches && !document.body.matches(".review, .embedded");
  document.body.classList.toggle("beside", beside);
  if (beside) drawer.show();
  else drawer.showModal();
}
