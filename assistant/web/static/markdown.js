// The little Markdown that answers use, as elements. Nothing in the text can become markup of its own.
import { el, safeAddress } from "./dom.js";

const INLINE =
  /\\([\\*`[\]#>|-])|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|`([^`\n]+)`|\[(\d{1,3})\](?!\()|\[([^\]\n]{1,300})\]\(([^()\s]{1,600})\)/g;
const HEADING = /^(#{1,4})\s+(.*)$/;
const ITEM = /^(\s*)(?:[-*•]|(\d{1,3})\.)\s+(.*)$/;
const RULE = /^\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?\|?\s*$/;

/** The text as nodes; `cite(n)` gives the node that stands for [n], or null when there is no such source. */
export function renderMarkdown(text, cite = () => null) {
  const lines = text.replace(/\r/g, "").split("\n");
  const out = document.createDocumentFragment();
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at, cite);
    if (node) out.append(node);
    at = next;
  }
  return out;
}

function block(lines, at, cite) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  const heading = HEADING.exec(line);
  if (heading) return [el("h3", {}, inline(heading[2], cite)), at + 1];
  if (/^\s*-{3,}\s*$/.test(line)) return [el("hr"), at + 1];
  if (line.startsWith(">")) return quote(lines, at, cite);
  if (line.includes("|") && RULE.test(lines[at + 1] ?? "")) return table(lines, at, cite);
  if (ITEM.test(line)) return list(lines, at, cite, indent(line));
  return paragraph(lines, at, cite);
}

/** What is quoted keeps its lines as they are: its “1.” is a clause, not a list of ours. */
function quote(lines, at, cite) {
  const node = el("blockquote");
  for (; at < lines.length && lines[at].startsWith(">"); at += 1) {
    const text = lines[at].replace(/^>\s?/, "");
    if (text.trim()) node.append(el("p", {}, inline(text, cite)));
  }
  return [node, at];
}

function list(lines, at, cite, depth) {
  const first = ITEM.exec(lines[at]);
  const node = first[2] ? el("ol", { start: first[2] }) : el("ul");
  while (at < lines.length) {
    const item = ITEM.exec(lines[at]);
    if (!item || indent(lines[at]) < depth || Boolean(item[2]) !== Boolean(first[2])) break;
    if (indent(lines[at]) > depth + 1 && node.lastChild) {
      const [inner, next] = list(lines, at, cite, indent(lines[at]));
      node.lastChild.append(inner);
      at = next;
      continue;
    }
    const entry = el("li", {}, inline(item[3], cite));
    for (at += 1; /^\s{2,}\S/.test(lines[at] ?? "") && !ITEM.test(lines[at]); at += 1) {
      entry.append(el("br"), ...inline(lines[at].trim(), cite));
    }
    node.append(entry);
  }
  return [node, at];
}

function table(lines, at, cite) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|");
  const row = (line, tag) => el("tr", {}, cells(line).map((cell) => el(tag, {}, inline(cell.trim(), cite))));
  const body = el("tbody");
  const head = el("thead", {}, row(lines[at], "th"));
  for (at += 2; at < lines.length && lines[at].includes("|"); at += 1) body.append(row(lines[at], "td"));
  return [el("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Bảng" }, el("table", {}, head, body)), at];
}

function paragraph(lines, at, cite) {
  const node = el("p");
  for (; at < lines.length && lines[at].trim(); at += 1) {
    if (node.hasChildNodes() && (ITEM.test(lines[at]) || HEADING.test(lines[at]) || lines[at].startsWith(">"))) break;
    if (node.hasChildNodes()) node.append(el("br"));
    node.append(...inline(lines[at].trim(), cite));
  }
  return [node, at];
}

function indent(line) {
  return line.length - line.trimStart().length;
}

function inline(text, cite, depth = 0) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push(text.slice(end, match.index));
    nodes.push(...token(match, cite, depth));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return together(nodes);
}

/** A source's number stays with the word before it: alone at the start of a line nobody knows whose it is. */
function together(nodes) {
  const out = [];
  for (const node of nodes) {
    const before = out.at(-1);
    const isMark = node instanceof Element && node.matches(".cite, .marker");
    if (isMark && before instanceof Element && before.matches(".keep")) before.append(node);
    else if (isMark && typeof before === "string") {
      const cut = before.trimEnd().lastIndexOf(" ") + 1;
      out.splice(-1, 1, before.slice(0, cut), el("span", { class: "keep" }, before.slice(cut), node));
    } else out.push(node);
  }
  return out;
}

function token(match, cite, depth) {
  const [whole, escaped, bold, italic, code, marker, label, address] = match;
  const inside = (part) => (depth < 3 ? inline(part, cite, depth + 1) : [part]);
  if (escaped) return [escaped];
  if (bold) return [el("strong", {}, inside(bold))];
  if (italic) return [el("em", {}, inside(italic))];
  if (code) return [el("code", {}, code)];
  if (marker) return [cite(Number(marker)) ?? el("span", { class: "marker" }, whole)];
  const target = safeAddress(address);
  return target ? [el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label)] : [whole];
}
