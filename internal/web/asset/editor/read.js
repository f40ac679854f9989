// Reads HTML that the server made safe into what the editor holds.
import { DOMParser as Reader } from "prosemirror-model";
import { schema } from "./schema.js";

const reader = Reader.fromSchema(schema);

function page(html) {
  const body = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html").body;
  // A blank paragraph holds one no-break space where it is stored, and nothing
  // where one types.
  for (const p of body.querySelectorAll("p")) {
    if (!p.children.length && p.textContent === "\u00a0") p.replaceChildren();
  }
  // Line ends between blocks are how the text is stored.
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const between = [];
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (/^\s*$/.test(node.data) && node.data.includes("\n") && !node.parentElement.closest("pre")) between.push(node);
  }
  between.forEach((node) => node.remove());
  return body;
}

export const read = (html) => reader.parse(page(html), { preserveWhitespace: "full" });
export const readSlice = (html) => reader.parseSlice(page(html), { preserveWhitespace: "full" });
