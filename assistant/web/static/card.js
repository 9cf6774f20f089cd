// The procedure card: every field of the record, as the server sent it.
import { day, el, icon, safeAddress } from "./dom.js";

/** `cite(n)` gives the node for a source, or null; `told`: warnings that already stand above the card. */
export function procedureCard(card, cite, told = []) {
  const rows = (card.rows ?? []).filter((row) => row.value);
  return el("details", { class: "card" },
    el("summary", {},
      el("span", { class: "card-name" }, card.name),
      el("span", { class: "card-code" }, `Mã thủ tục ${card.code}`, card.checked_on ? ` · kiểm tra ngày ${day(card.checked_on)}` : ""),
      el("span", { class: "card-hint" }, "Xem toàn bộ: hồ sơ, thời hạn, lệ phí, nơi nộp, trình tự")),
    el("div", { class: "card-body" },
      flags((card.flags ?? []).filter((flag) => !told.includes(flag))),
      dossier(card.dossier ?? []),
      el("dl", {}, rows.map((row) => field(row, cite))),
      origin(card)));
}

function field(row, cite) {
  const marks = (row.citations ?? []).map(cite).filter(Boolean);
  const lines = String(row.value).split("\n");
  const last = [lines.pop(), marks.length ? " " : null, marks];
  const value = lines.length ? el("ul", {}, lines.map((line) => el("li", {}, line)), el("li", {}, last)) : last;
  return el("div", {}, el("dt", {}, row.label), el("dd", {}, value));
}

function dossier(items) {
  if (!items.length) return null;
  return el("section", {},
    el("h3", {}, "Hồ sơ cần chuẩn bị"),
    el("ol", { class: "dossier" }, items.map((item) =>
      el("li", {},
        el("span", { class: "dossier-name" }, item.name),
        item.quantity && el("span", { class: "dossier-count" }, item.quantity),
        item.submit === false && el("span", { class: "dossier-count" }, "chỉ xuất trình"),
        item.condition && el("span", { class: "dossier-when" }, item.condition),
        item.form && el("span", { class: "dossier-when" }, `Mẫu: ${item.form}`)))));
}

function flags(lines) {
  if (!lines.length) return null;
  return el("div", { class: "caution" }, el("p", {}, icon("major"), el("strong", {}, "Cần kiểm tra lại")), el("ul", {}, lines.map((line) => el("li", {}, line))));
}

function origin(card) {
  const address = safeAddress(card.url);
  if (!address) return null;
  return el("p", {}, el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, "Xem nơi công bố thủ tục", el("span", { class: "hidden" }, " (mở thẻ mới)")));
}
