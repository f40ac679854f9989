// Writes what the editor holds as the HTML a Document is stored as.
import { schema } from "./schema.js";

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (s) => s.replace(/[&<>]/g, (c) => escapes[c]);
const value = (s) => String(s).replace(/[&<>"]/g, (c) => escapes[c]);
const blank = "\u00a0";

function attributes(node, name, more = {}) {
  const all = { ...(node.attrs.rest ? JSON.parse(node.attrs.rest) : {}), ...more };
  const classes = [name, node.attrs.align, all.class].filter(Boolean).join(" ");
  if (classes) all.class = classes;
  return Object.keys(all).sort().filter((k) => all[k] !== "" || k === "alt").map((k) => ` ${k}="${value(all[k])}"`).join("");
}

// inlines writes the runs of a text: marks open and close as they begin and
// end, in the schema's order.
function inlines(node) {
  let html = "";
  let open = [];
  const close = (n) => { while (open.length > n) html += `</${open.pop().type.spec.stored.tag}>`; };
  node.forEach((run) => {
    let same = 0;
    while (same < open.length && same < run.marks.length && open[same].eq(run.marks[same])) same++;
    close(same);
    for (const mark of run.marks.slice(same)) {
      const { tag, name } = mark.type.spec.stored;
      html += `<${tag}${attributes(mark, name, mark.attrs.href ? { href: mark.attrs.href } : {})}>`;
      open.push(mark);
    }
    if (run.isText) html += text(run.text);
    else if (run.type === schema.nodes.line_break) html += "<br>";
    else html += `<img${attributes(run, "", { src: run.attrs.src, alt: run.attrs.alt })}>`;
  });
  close(0);
  return html;
}

function figure(node) {
  const kept = node.attrs.rest ? JSON.parse(node.attrs.rest) : {};
  const size = {};
  for (const name of ["width", "height"]) if (kept[name]) { size[name] = kept[name]; delete kept[name]; }
  const outer = { attrs: { align: node.attrs.align, rest: JSON.stringify(kept) } };
  const caption = node.content.size ? `<figcaption>${inlines(node)}</figcaption>` : "";
  return `<figure${attributes(outer, "")}><img${attributes({ attrs: {} }, "", { ...size, src: node.attrs.src, alt: node.attrs.alt })}>${caption}</figure>`;
}

function table(node) {
  let html = `<table${attributes(node, "")}>`;
  let part = "";
  node.forEach((row) => {
    if (row.type === schema.nodes.caption) {
      if (row.content.size) html += `<caption>${inlines(row)}</caption>`;
      return;
    }
    const wanted = row.attrs.head && part !== "tbody" ? "thead" : "tbody";
    if (part !== wanted) html += (part ? `</${part}>` : "") + `<${wanted}>`;
    part = wanted;
    html += `<tr${attributes(row, "")}>`;
    row.forEach((cell) => {
      const tag = cell.attrs.head ? "th" : "td";
      html += `<${tag}${attributes(cell, "")}>${blocks(cell)}</${tag}>`;
    });
    html += "</tr>";
  });
  return html + (part ? `</${part}>` : "") + "</table>";
}

function block(node) {
  const { nodes } = schema;
  switch (node.type) {
    case nodes.scene_break:
      return `<hr${attributes(node, node.attrs.glyphs ? "scene" : "", node.attrs.glyphs ? { title: node.attrs.glyphs } : {})}>`;
    case nodes.figure: return figure(node);
    case nodes.table: return table(node);
    case nodes.heading: return `<h${node.attrs.level}${attributes(node, "")}>${inlines(node)}</h${node.attrs.level}>`;
    case nodes.preformatted: return `<pre${attributes(node, "")}>\n${inlines(node)}</pre>`;
    case nodes.fold: return `<details${attributes(node, "", node.attrs.open ? { open: "open" } : {})}>${blocks(node)}</details>`;
  }
  const { tag, name } = node.type.spec.stored;
  if (!node.inlineContent) return `<${tag}${attributes(node, name)}>${blocks(node)}</${tag}>`;
  if (!node.content.size && node.type !== nodes.paragraph) return "";
  return `<${tag}${attributes(node, name)}>${inlines(node) || blank}</${tag}>`;
}

function blocks(node) {
  const parts = [];
  node.forEach((child) => parts.push(block(child)));
  return parts.filter(Boolean).join("\n");
}

// write gives the text of the editor. Empty paragraphs at its end are where one
// goes on typing, not gaps.
export function write(doc) {
  const parts = [];
  doc.forEach((child) => parts.push(block(child)));
  const gap = `<p>${blank}</p>`;
  while (parts.length && (parts.at(-1) === gap || parts.at(-1) === "")) parts.pop();
  while (parts.length && parts[0] === gap) parts.shift();
  return parts.filter(Boolean).join("\n");
}
