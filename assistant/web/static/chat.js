// The pages on which one asks: citizen, the same inside another site, and staff.
import { Conversation } from "./conversation.js";
import { startComposer, startExamples } from "./composer.js";
import { startMenu } from "./menu.js";
import { key, startSession } from "./session.js";

const page = document.body.dataset;
const asOf = document.getElementById("as-of");

function start() {
  const conversation = new Conversation({
    model: page.model,
    title: page.title,
    log: document.getElementById("log"),
    announce: document.getElementById("announce"),
    key: page.key === undefined ? () => "" : key,
    extra: () => (asOf?.value ? { as_of: asOf.value } : {}),
  });
  const submit = startComposer(document.getElementById("composer"), conversation);
  startExamples(document.getElementById("examples"), submit);
  document.getElementById("again")?.addEventListener("click", () => {
    conversation.clear();
    document.body.classList.remove("talking");
    document.getElementById("question").focus({ preventScroll: true });
  });
}

startMenu();
if (page.key === undefined) start();
else {
  let started = false;
  startSession(page.model, () => {
    if (!started) start();
    started = true;
    document.getElementById("question").focus({ preventScroll: true }); // the notice above stays in view
  });
}

// Inside another site, Escape closes the frame; nothing but this word is sent, so any site may hear it.
if (parent !== window) {
  document.addEventListener("keydown", (event) => {
    const drawer = document.getElementById("drawer");
    if (event.key === "Escape" && !drawer?.open) parent.postMessage("troly:close", "*");
  });
}
