// One script tag puts the citizen's chat on any page:
//   <script src="(máy chủ này)/widget.js" defer data-label="Hỏi đáp thủ tục"></script>
// The chat itself is a frame of this server (/embed); the site must be named in TROLY_ALLOWED_ORIGINS.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const label = script.dataset.label || "Hỏi đáp thủ tục";
  const side = script.dataset.side === "left" ? "left" : "right";

  const host = document.createElement("div");
  host.lang = "vi";
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    button { position: fixed; ${side}: 16px; bottom: 16px; z-index: 2147483000; display: flex; align-items: center; gap: 10px;
      min-height: 52px; padding: 8px 20px 8px 14px; border: 2px solid #fff; border-radius: 26px; background: #0b5566; color: #fff;
      font: 600 16px/1.2 "Segoe UI", system-ui, sans-serif; cursor: pointer; box-shadow: 0 4px 16px rgb(10 30 40 / 30%); }
    button:hover { background: #0e6a7f; }
    button:focus-visible { outline: 3px solid #c98a1b; outline-offset: 3px; }
    svg { width: 26px; height: 26px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    iframe { position: fixed; ${side}: 16px; bottom: 80px; z-index: 2147483000; width: min(400px, calc(100vw - 32px));
      height: min(640px, calc(100vh - 100px)); border: 1px solid #c4cacd; border-radius: 14px; background: #fff;
      box-shadow: 0 12px 40px rgb(10 30 40 / 28%); }
    [hidden] { display: none; }
    @media (max-width: 480px) {
      iframe { inset: 0 0 72px 0; width: 100%; height: auto; border: 0; border-radius: 0; }
      iframe:not([hidden]) + button { left: 16px; right: 16px; bottom: 10px; justify-content: center; }
    }
  `);
  root.adoptedStyleSheets = [sheet];

  const frame = document.createElement("iframe");
  frame.title = `${label}: trợ lý ảo (AI)`;
  frame.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  const words = document.createElement("span");
  button.append(drawing(), words);
  root.append(frame, button);

  function toggle(open) {
    if (open && !frame.src) frame.src = `${origin}/embed`; // nothing is loaded before it is wanted
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    words.textContent = open ? "Đóng hỏi đáp" : label;
    if (open) frame.focus();
    else button.focus();
  }

  function drawing() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5");
    svg.append(path);
    return svg;
  }

  button.addEventListener("click", () => toggle(frame.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !frame.hidden) toggle(false);
  });
  // Escape pressed inside the frame comes as a message; only that one word from that one frame is heeded.
  addEventListener("message", (event) => {
    if (event.origin === origin && event.source === frame.contentWindow && event.data === "troly:close") toggle(false);
  });
  words.textContent = label;
  button.setAttribute("aria-expanded", "false");
  document.body.append(host);
})();
