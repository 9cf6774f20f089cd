// The page of a source is whole without this. It adds the display menu, and shows internal sources to who has a key.
import { startMenu } from "./menu.js";
import { key } from "./session.js";

startMenu();

// An address opened in a tab carries no key, so the server answers as to a stranger: ask again with it.
async function askAgain() {
  const response = await fetch(location.href, { headers: { Accept: "text/html", Authorization: `Bearer ${key()}` } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.title = page.title;
  document.getElementById("main").replaceWith(document.adoptNode(page.getElementById("main")));
}

if (key()) askAgain();
else document.querySelector(".cited")?.scrollIntoView({ block: "center" });
