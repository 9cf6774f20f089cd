// “Hiển thị”: text size and theme, kept on this device.
import { el } from "./dom.js";

const CHOICES = [
  ["size", "Cỡ chữ", [["1", "Thường"], ["2", "Lớn"], ["3", "Rất lớn"]]],
  ["theme", "Màu nền", [["", "Theo máy"], ["light", "Sáng"], ["dark", "Tối"]]],
];

/** Fills the menu of the page's bar, where there is one. */
export function startMenu() {
  const button = document.getElementById("display");
  const body = document.getElementById("display-menu");
  if (!button || !body) return;
  body.append(...CHOICES.map(([name, legend, options]) => choice(name, legend, options)));
  const toggle = (open) => {
    body.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => toggle(body.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || body.hidden) return;
    toggle(false);
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) toggle(false);
  });
}

function choice(name, legend, options) {
  const current = read(name) || options[0][0];
  const set = (value) => {
    try {
      localStorage.setItem(`troly.${name}`, value);
    } catch {
      document.documentElement.dataset[name] = value; // storage is switched off: for this page only
    }
    dispatchEvent(new Event("troly:appearance"));
  };
  return el("fieldset", {}, el("legend", {}, legend), options.map(([value, label]) =>
    el("label", { class: "pick" }, el("input", { type: "radio", name, value, checked: value === current, onchange: () => set(value) }), label)));
}

function read(name) {
  try {
    return localStorage.getItem(`troly.${name}`);
  } catch {
    return null;
  }
}
