// A conversation: what was asked and answered on this page. It is kept nowhere else; the server keeps none.
import { AnswerView } from "./answer.js";
import { el } from "./dom.js";
import { ask } from "./endpoint.js";

const MOST = 40; // messages sent along: far more than a follow-up needs

export class Conversation {
  /** `extra()`: more fields for `troly`; `key()`: the key to send; `onAnswer(troly)`: after each whole answer. */
  constructor({ model, title, log, announce, key = () => "", extra = () => ({}), onAnswer = () => {} }) {
    Object.assign(this, { model, title, log, announce, key, extra, onAnswer });
    this.messages = [];
    this.id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.stopper = null;
  }

  get busy() {
    return this.stopper !== null;
  }

  stop() {
    this.stopper?.abort();
  }

  /** Ask; `content` may be text or the protocol's list of parts. Resolves when the answer is whole or has failed. */
  async send(content, shown = content) {
    if (this.busy) return;
    document.getElementById("drawer")?.close(); // its numbers are those of an answer before
    this.log.append(el("article", { class: "question" }, el("h2", { class: "who hidden" }, "Câu hỏi"), el("p", {}, shown)));
    const view = new AnswerView(this.title, (text) => this.send(text));
    this.log.append(view.node);
    const seen = bringUp(view.node.previousSibling);
    await this.run(content, shown, view);
    seen(); // now there is enough below it to bring it all the way up
  }

  async run(content, shown, view) {
    this.stopper = new AbortController();
    this.changed(true);
    const messages = [...this.messages, { role: "user", content }];
    const body = { model: this.model, messages: recent(messages), troly: { conversation_id: this.id, ...this.extra() } };
    try {
      for await (const piece of ask(body, { key: this.key(), signal: this.stopper.signal })) {
        if (piece.text) view.add(piece.text);
        if (piece.troly) this.close(view, messages, piece.troly);
      }
    } catch (error) {
      const stopped = error.name === "AbortError";
      view.fail(stopped ? "Đã dừng theo yêu cầu." : error.message, () => {
        view.node.previousSibling?.remove();
        view.node.remove();
        this.send(content, shown);
      });
    } finally {
      this.stopper = null;
      this.changed(false);
    }
  }

  close(view, messages, troly) {
    view.finish(troly);
    this.messages = [...messages, { role: "assistant", content: view.text }];
    this.announce.textContent = "Đã có câu trả lời.";
    this.onAnswer(troly);
  }

  changed(busy) {
    if (busy) this.announce.textContent = "Đang tra cứu…";
    this.log.dispatchEvent(new CustomEvent("busy", { detail: busy }));
  }

  clear() {
    this.stop();
    this.messages = [];
    this.log.replaceChildren();
    this.announce.textContent = "Đã xóa cuộc trò chuyện.";
  }
}

/** The question comes to the top of its panel. Calling what is returned does it again, unless the reader has moved. */
function bringUp(question) {
  const panel = question.closest(".talk");
  const inPanel = panel && panel.scrollHeight > panel.clientHeight && getComputedStyle(panel).overflowY === "auto";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let moved = false;
  const notice = () => (moved = true);
  const listen = () => ["wheel", "touchmove", "keydown", "mousedown"].forEach((sign) => addEventListener(sign, notice, { once: true, passive: true }));
  setTimeout(listen); // not the key that sent the question
  const go = (behavior) => {
    if (inPanel) panel.scrollTo({ top: question.offsetTop - 8, behavior });
    else question.scrollIntoView({ block: "start", behavior });
  };
  go(still ? "auto" : "smooth");
  return () => moved || go("auto");
}

/** The last messages, and before them the one that named the draft: a question about it needs it. */
function recent(messages) {
  const last = messages.slice(-MOST);
  const hasFile = (message) => Array.isArray(message.content) && message.content.some((part) => part.type === "file");
  const draft = messages.slice(0, -MOST).findLast(hasFile);
  return draft && !last.some(hasFile) ? [draft, ...last] : last;
}
