// Runs before the page is drawn: the theme and text size that this person chose on this device.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = (name) => {
    try {
      return localStorage.getItem(`troly.${name}`) || "";
    } catch {
      return ""; // storage is switched off: the system's choice holds
    }
  };
  const apply = () => {
    const theme = read("theme");
    root.dataset.theme = theme || (dark.matches ? "dark" : "light");
    root.dataset.size = read("size") || "1";
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("troly:appearance", apply);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true))); // paper cannot be clicked
})();
