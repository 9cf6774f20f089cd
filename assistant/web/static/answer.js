// One answer on the page: its text while it comes, then its sources, card, warnings and what one may do with it.
import { procedureCard } from "./card.js";
import { el, icon } from "./dom.js";
import { sendJson } from "./endpoint.js";
import { renderMarkdown } from "./markdown.js";
import { badge, marker, sourceList } from "./sources.js";

const STATUS = {
  partial: ["major", "Trả lời một phần"],
  clarification: ["info", "Cần anh/chị nói rõ thêm"],
  unanswerable: ["minor", "Chưa đủ căn cứ để trả lời"],
  out_of_scope: ["minor", "Ngoài phạm vi hỗ trợ"],
  refused: ["minor", "Không hỗ trợ yêu cầu này"],
  injection_blocked: ["minor", "Không làm theo chỉ dẫn trong tin nhắn"],
  personal_data: ["major", "Có thông tin cá nhân"],
  emergency: ["critical", "Trường hợp khẩn cấp"],
  handoff: ["info", "Chuyển cho cán bộ phụ trách"],
  error: ["major", "Chưa trả lời được"],
};

/** The article of one answer; `onAsk(text)` is called with a follow-up question. */
export class AnswerView {
  constructor(title, onAsk) {
    this.text = "";
    this.onAsk = onAsk;
    this.body = el("div", { class: "answer-text" }, el("p", { class: "waiting" }, el("span", { class: "dots", "aria-hidden": "true" }), "Đang tra cứu…"));
    this.more = el("div", { class: "answer-more" });
    this.node = el("article", { class: "answer", "aria-busy": "true" }, el("h2", { class: "who" }, title), this.body, this.more);
  }

  add(piece) {
    this.text += piece;
    this.body.replaceChildren(renderMarkdown(this.text));
  }

  /** The end of the answer: everything under `troly`. */
  finish(troly) {
    const sources = new Map(troly.citations.map((citation) => [citation.marker, citation]));
    const cite = (n) => (sources.has(n) ? marker(sources.get(n)) : null);
    this.node.dataset.status = troly.status;
    this.node.setAttribute("aria-busy", "false");
    const text = renderMarkdown(this.text, cite);
    this.body.replaceChildren(...[statusLine(troly.status), troly.findings.length ? report(troly.findings, text) : text].filter(Boolean));
    this.more.replaceChildren(...[
      warnings(troly.warnings),
      troly.card && procedureCard(troly.card, cite, troly.warnings),
      sourceList(troly.citations),
      this.followUps(troly.follow_ups, troly.status === "unanswerable" ? "Chọn một việc để được trả lời câu vừa hỏi" : "Hỏi tiếp"),
      actions(this.text, troly),
    ].filter(Boolean));
  }

  /** The answer did not come, or not whole: what arrived stays, with the reason and a way to try again. */
  fail(message, again) {
    this.node.setAttribute("aria-busy", "false");
    if (!this.text) this.body.replaceChildren();
    this.more.replaceChildren(
      el("p", { class: "problem", role: "alert" }, message),
      el("div", { class: "actions" }, el("button", { type: "button", class: "quiet small", onclick: again }, "Gửi lại câu hỏi")));
  }

  followUps(questions, heading) {
    if (!questions.length) return null;
    const chips = questions.map((text) => el("li", {}, el("button", { type: "button", class: "chip small", onclick: () => this.onAsk(text) }, text)));
    return el("div", { class: "follow-ups" }, el("p", { class: "muted" }, heading), el("ul", {}, chips));
  }
}

function statusLine(status) {
  const found = STATUS[status];
  return found ? el("p", { class: "status" }, icon(found[0]), found[1]) : null;
}

/** The findings have a list of their own on the reviewer's page: here the report is folded away. */
function report(findings, text) {
  return el("details", { class: "report" }, el("summary", {}, `Đã rà soát: ${findings.length} phát hiện. Báo cáo dạng chữ`), el("div", { class: "answer-text" }, text));
}

function warnings(lines) {
  if (!lines.length) return null;
  return el("div", { class: "caution" }, el("p", {}, icon("major"), el("strong", {}, "Lưu ý")), el("ul", {}, lines.map((line) => el("li", {}, line))));
}

function actions(text, troly) {
  const said = el("span", { role: "status", class: "muted" });
  const copied = () => (said.textContent = "Đã sao chép kèm nguồn.");
  const refused = () => (said.textContent = "Trình duyệt không cho sao chép ở trang này.");
  const write = (words) => navigator.clipboard?.writeText(words) ?? Promise.reject(new Error("no clipboard"));
  const onCopy = () => write(plainText(text, troly.citations)).then(copied, refused);
  const copy = el("button", { type: "button", class: "tool small", onclick: onCopy }, icon("copy"), "Sao chép");
  return el("div", { class: "actions" }, feedback(troly.answer_id), copy, said);
}

/** The answer with its sources, for a letter or a file. */
function plainText(text, citations) {
  const sources = citations.map((c) => `[${c.marker}] ${c.label}${badge(c) ? ` (${c.validity_label})` : ""}`);
  return [text.replaceAll("**", "").trim(), sources.length ? `Nguồn:\n${sources.join("\n")}` : "", "Nội dung do trợ lý ảo (AI) tra cứu, không thay thế ý kiến của cơ quan có thẩm quyền."].filter(Boolean).join("\n\n");
}

/** Hữu ích, or chưa đúng with a word on what is wrong. */
function feedback(answerId) {
  const box = el("div", { class: "feedback", role: "group", "aria-label": "Đánh giá câu trả lời" });
  const give = async (rating, comment = "") => {
    try {
      await sendJson("/v1/feedback", { answer_id: answerId, rating, comment });
      box.replaceChildren(el("p", { class: "muted", role: "status", tabindex: "-1" }, "Đã ghi nhận, cảm ơn anh/chị."));
    } catch (error) {
      box.append(el("p", { class: "problem", role: "alert" }, error.message));
    }
    box.firstChild.focus?.();
  };
  const up = el("button", { type: "button", class: "tool small", onclick: () => give("up") }, icon("good"), "Hữu ích");
  const down = el("button", { type: "button", class: "tool small", onclick: () => box.replaceChildren(complaint(give)) }, icon("bad"), "Chưa đúng");
  box.append(up, down);
  return box;
}

function complaint(give) {
  const comment = el("textarea", { rows: "2", maxlength: "2000", name: "comment" });
  const form = el("form", { class: "complaint", onsubmit: (event) => {
    event.preventDefault();
    give("down", comment.value.trim());
  } },
    el("label", {}, "Chưa đúng ở chỗ nào? ", el("span", { class: "muted" }, "(không bắt buộc, đừng ghi thông tin cá nhân)"), comment),
    el("button", { class: "quiet small" }, "Gửi phản hồi"));
  queueMicrotask(() => comment.focus());
  return form;
}
