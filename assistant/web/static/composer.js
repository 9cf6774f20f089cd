// The box one types in: Enter sends, Shift+Enter makes a line, and the button stops a running answer.
import { el } from "./dom.js";

const LIMIT = 4000;

/** Connects the form with a conversation; returns a function that sends a given text. */
export function startComposer(form, conversation) {
  const box = form.elements.question;
  const button = form.querySelector("button");
  const count = form.querySelector(".count");
  const submit = (text) => {
    const question = text.trim();
    if (!question || conversation.busy) return;
    box.value = "";
    measure();
    conversation.send(question);
  };
  const measure = () => {
    const left = LIMIT - box.value.length;
    count.textContent = left < 500 ? `Còn ${left} ký tự` : "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (conversation.busy) conversation.stop();
    else submit(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(box.value);
  });
  box.addEventListener("input", measure);
  conversation.log.addEventListener("busy", ({ detail: busy }) => {
    button.textContent = busy ? "Dừng" : "Gửi";
    document.body.classList.add("talking");
  });
  return submit;
}

/** The examples of a page ask what they say. */
export function startExamples(list, submit) {
  for (const text of list.dataset.examples.split("|")) {
    list.append(el("li", {}, el("button", { type: "button", class: "chip", onclick: () => submit(text) }, text)));
  }
}
