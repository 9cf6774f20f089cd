// Findings: where, what is written, why it is doubtful, on what basis, and what is proposed.
import { el, icon } from "./dom.js";

const SEVERITIES = { critical: "Nghiêm trọng", major: "Quan trọng", minor: "Nhỏ", info: "Lưu ý" };
const ORDER = Object.keys(SEVERITIES);

/** Fills the list and its filters; focus goes to the heading, so that the eye and a screen reader land there. */
export function showFindings(findings) {
  const section = document.getElementById("findings");
  const numbered = findings.map((finding, n) => ({ ...finding, number: n + 1 })); // as “phát hiện số 3” counts them
  const sorted = numbered.sort((a, b) => rank(a) - rank(b) || a.start - b.start);
  const hidden = new Set();
  const draw = () => {
    const shown = sorted.filter((finding) => !hidden.has(finding.severity));
    document.getElementById("finding-list").replaceChildren(...shown.map(item));
  };
  document.getElementById("findings-title").textContent = findings.length ? `${findings.length} phát hiện` : "Không có phát hiện nào từ các phép kiểm tra đã chạy";
  document.getElementById("filters").replaceChildren(...ORDER.filter((s) => findings.some((f) => f.severity === s)).map((s) => filter(s, findings, hidden, draw)));
  draw();
  section.hidden = false;
  document.body.classList.add("reviewed");
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start", behavior: "smooth" });
}

function rank(finding) {
  return ORDER.indexOf(finding.severity);
}

function filter(severity, findings, hidden, draw) {
  const count = findings.filter((finding) => finding.severity === severity).length;
  const change = (event) => {
    if (event.target.checked) hidden.delete(severity);
    else hidden.add(severity);
    draw();
  };
  return el("label", { class: `filter ${severity}` }, el("input", { type: "checkbox", checked: true, onchange: change }), icon(severity), `${SEVERITIES[severity]} (${count})`);
}

function item(finding) {
  const row = (name, text) => text && el("div", {}, el("dt", {}, name), el("dd", {}, text));
  return el("li", { class: `finding ${finding.severity}` },
    el("div", { class: "finding-head" },
      el("span", { class: `severity ${finding.severity}` }, icon(finding.severity), SEVERITIES[finding.severity] ?? finding.severity),
      el("span", { class: "check" }, `Phát hiện ${finding.number} · `, el("span", { title: "Mã phép kiểm tra" }, finding.check))),
    el("h3", {}, finding.name),
    finding.place && el("p", { class: "place" }, finding.place),
    finding.quote && el("blockquote", { class: "official" }, el("p", {}, finding.quote)),
    el("dl", {}, row("Lý do", finding.reason), row("Căn cứ", finding.basis), row("Đề xuất", finding.proposal), row("Độ tin cậy", finding.confidence < 1 ? `${Math.round(finding.confidence * 100)}%` : "")));
}
