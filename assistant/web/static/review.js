// The reviewer's page: a draft goes up, findings come back, and a person decides on each.
import { Conversation } from "./conversation.js";
import { startComposer } from "./composer.js";
import { el, icon } from "./dom.js";
import { call } from "./endpoint.js";
import { showFindings } from "./findings.js";
import { startMenu } from "./menu.js";
import { key, startSession } from "./session.js";

const $ = (id) => document.getElementById(id);

function start() {
  const conversation = new Conversation({
    model: "reviewer",
    title: document.body.dataset.title,
    log: $("log"),
    announce: $("announce"),
    key,
    extra: () => ($("as-of").value ? { as_of: $("as-of").value } : {}),
    onAnswer: (troly) => {
      if (troly.findings.length || troly.files.length) showFindings(troly.findings);
      if (troly.files.length) $("downloads").replaceChildren(...troly.files.map(download));
    },
  });
  startComposer($("composer"), conversation);
  const take = (file) => file && review(file, conversation);
  $("file").addEventListener("change", () => take($("file").files[0]));
  startDropping(document.querySelector(".drop"), take);
  $("again").addEventListener("click", () => location.reload());
}

async function review(file, conversation) {
  if (conversation.busy) return;
  say("");
  $("announce").textContent = "Đang tải dự thảo lên…";
  document.body.classList.add("uploading");
  try {
    const form = new FormData();
    form.append("purpose", "user_data");
    form.append("file", file);
    const kept = await (await call("/v1/files", { key: key(), method: "POST", body: form })).json();
    const content = [
      { type: "text", text: "Rà soát dự thảo này." },
      { type: "file", file: { file_id: kept.id } },
    ];
    await conversation.send(content, `Rà soát dự thảo: ${kept.filename}`);
  } catch (error) {
    say(error.message);
    $("announce").textContent = "";
  } finally {
    document.body.classList.remove("uploading");
    $("file").value = "";
  }
}

function say(text) {
  const problem = $("upload").querySelector(".problem");
  problem.textContent = text;
  problem.hidden = !text;
}

function startDropping(zone, take) {
  const over = (event, is) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    take(event.dataTransfer.files[0]);
  });
}

/** The file is fetched with the key and handed to the browser: an address alone would not open it. */
function download(file) {
  const fetchIt = async () => {
    try {
      const response = await call(`/v1/files/${encodeURIComponent(file.id)}/content`, { key: key() });
      const address = URL.createObjectURL(await response.blob());
      el("a", { href: address, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      say(error.message);
    }
  };
  const label = file.purpose === "annotated" ? "Tải bản có chú thích" : `Tải ${file.name}`;
  return el("button", { type: "button", class: "primary", onclick: fetchIt }, icon("down"), label);
}

startMenu();
let started = false;
startSession("reviewer", () => {
  if (!started) start();
  started = true;
  $("file").focus();
});
