// The key of a civil servant: asked for once, kept for this tab only, sent with every request.
import { call } from "./endpoint.js";

const NAME = "troly.key";

/** The key of this tab, or "". */
export function key() {
  try {
    return sessionStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

/** Shows `#gate` until there is a key that may use `model`, then `#desk`. Calls `ready()` when it opens. */
export function startSession(model, ready) {
  const gate = document.getElementById("gate");
  const desk = document.getElementById("desk");
  const form = gate.querySelector("form");
  const problem = gate.querySelector(".problem");
  const open = (opened) => {
    gate.hidden = opened;
    desk.hidden = !opened;
    for (const node of document.querySelectorAll("[data-with-key]")) node.hidden = !opened;
  };
  const enter = async (candidate) => {
    await check(candidate, model);
    sessionStorage.setItem(NAME, candidate);
    open(true);
    ready();
  };
  const say = (text) => {
    problem.textContent = text;
    problem.hidden = !text;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    await enter(form.elements.key.value.trim()).then(() => form.reset(), (error) => {
      say(error.message);
      form.elements.key.focus();
    });
  });
  document.getElementById("leave").addEventListener("click", () => {
    sessionStorage.removeItem(NAME);
    location.reload();
  });
  open(false);
  if (key()) enter(key()).catch((error) => say(error.message));
}

async function check(candidate, model) {
  if (!candidate) throw new Error("Hãy nhập khóa truy cập.");
  const { data } = await (await call("/v1/models", { key: candidate })).json();
  if (data.some((one) => one.id === model)) return;
  throw new Error("Khóa này chưa được cấp quyền dùng trợ lý ở trang này. Hãy hỏi quản trị viên.");
}
