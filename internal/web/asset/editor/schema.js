// The editor's schema is the Document of docs/text.md: the same blocks, the
// same marks, and nothing else. What it cannot hold cannot be typed or pasted.
import { Schema } from "prosemirror-model";

// What a block or a mark carries besides its meaning goes with it untouched.
const carried = ["lang", "dir", "title", "class", "cite", "datetime", "colspan", "rowspan", "scope", "start", "reversed", "value", "width", "height"];
const ours = new Set(["place", "verse", "end-mark", "letter", "messages", "scene", "centre", "right", "thought", "aside", "small-caps", "footnote", "player"]);

function rest(dom, but = []) {
  const kept = {};
  for (const name of carried) {
    let value = dom.getAttribute(name);
    if (value === null || but.includes(name)) continue;
    if (name === "class") value = value.split(/\s+/).filter((c) => c && !ours.has(c)).join(" ");
    if (value) kept[name] = value;
  }
  return Object.keys(kept).length ? JSON.stringify(kept) : "";
}

const aligned = (dom) => ["centre", "right"].find((c) => dom.classList.contains(c)) || "";
const shown = (node) => {
  const kept = node.attrs.rest ? JSON.parse(node.attrs.rest) : {};
  const dom = {};
  for (const name of ["lang", "dir", "title"]) if (kept[name]) dom[name] = kept[name];
  return dom;
};
const classes = (node, ...names) => ({ ...shown(node), class: [...names, node.attrs.align].filter(Boolean).join(" ") || null });

// leaf is a block of one run of text; tag and name are how it is stored.
function leaf(tag, name, more = {}) {
  return {
    group: "block", content: "inline*", attrs: { align: { default: "" }, rest: { default: "" } },
    toDOM: (node) => [tag, classes(node, name), 0],
    stored: { tag, name },
    ...more,
  };
}
const readLeaf = (dom) => ({ align: aligned(dom), rest: rest(dom) });

// holder is a block of blocks.
function holder(tag, name, content = "block+", more = {}) {
  return {
    group: "block", content, attrs: { rest: { default: "" } },
    toDOM: (node) => [tag, classes(node, name), 0],
    stored: { tag, name },
    ...more,
  };
}
const readHolder = (dom) => ({ rest: rest(dom) });

const nodes = {
  doc: { content: "block+" },
  paragraph: leaf("p", "", { parseDOM: [{ tag: "p", getAttrs: readLeaf }] }),
  place: leaf("p", "place", { parseDOM: [{ tag: "p.place", priority: 60, getAttrs: readLeaf }] }),
  verse: leaf("p", "verse", { parseDOM: [{ tag: "p.verse", priority: 60, getAttrs: readLeaf }] }),
  end_mark: leaf("p", "end-mark", { parseDOM: [{ tag: "p.end-mark", priority: 60, getAttrs: readLeaf }] }),
  heading: leaf("h3", "", {
    attrs: { level: { default: 3 }, align: { default: "" }, rest: { default: "" } }, defining: true,
    toDOM: (node) => ["h" + node.attrs.level, classes(node), 0],
    parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: "h" + n, getAttrs: (dom) => ({ level: Math.max(n, 2), ...readLeaf(dom) }) })),
  }),
  preformatted: leaf("pre", "", { code: true, parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: readLeaf }] }),
  scene_break: {
    group: "block", attrs: { glyphs: { default: "" }, rest: { default: "" } },
    toDOM: (node) => ["hr", { ...shown(node), title: node.attrs.glyphs || null }],
    parseDOM: [{ tag: "hr", getAttrs: (dom) => dom.classList.contains("scene") ? { glyphs: dom.title, rest: rest(dom, ["title"]) } : { glyphs: "", rest: rest(dom) } }],
  },
  quote: holder("blockquote", "", "block+", { parseDOM: [{ tag: "blockquote", getAttrs: readHolder }] }),
  letter: holder("div", "letter", "block+", { parseDOM: [{ tag: "div.letter, blockquote.letter", priority: 60, getAttrs: readHolder }] }),
  messages: holder("div", "messages", "block+", { parseDOM: [{ tag: "div.messages, blockquote.messages", priority: 60, getAttrs: readHolder }] }),
  division: holder("div", "", "block+", { parseDOM: [{ tag: "div[class], div[lang], div[dir], div[title]", priority: 40, getAttrs: readHolder }] }),
  bullet_list: holder("ul", "", "item+", { parseDOM: [{ tag: "ul", getAttrs: readHolder }] }),
  ordered_list: holder("ol", "", "item+", {
    toDOM: (node) => ["ol", { ...shown(node), start: (node.attrs.rest && JSON.parse(node.attrs.rest).start) || null }, 0],
    parseDOM: [{ tag: "ol", getAttrs: readHolder }],
  }),
  item: holder("li", "", "block+", { group: "", defining: true, parseDOM: [{ tag: "li", getAttrs: readHolder }] }),
  table: holder("table", "", "caption? row+", { isolating: true, parseDOM: [{ tag: "table", getAttrs: readHolder }] }),
  caption: { content: "inline*", toDOM: () => ["caption", 0], parseDOM: [{ tag: "caption" }], stored: { tag: "caption" } },
  row: holder("tr", "", "cell+", {
    group: "", attrs: { head: { default: false }, rest: { default: "" } },
    parseDOM: [{ tag: "thead tr", priority: 60, getAttrs: (dom) => ({ head: true, ...readHolder(dom) }) }, { tag: "tr", getAttrs: readHolder }],
  }),
  cell: holder("td", "", "block+", {
    group: "", isolating: true, attrs: { head: { default: false }, align: { default: "" }, rest: { default: "" } },
    toDOM: (node) => [node.attrs.head ? "th" : "td", { ...spans(node), ...classes(node) }, 0],
    parseDOM: [{ tag: "th", getAttrs: (dom) => ({ head: true, align: aligned(dom), ...readHolder(dom) }) }, { tag: "td", getAttrs: (dom) => ({ align: aligned(dom), ...readHolder(dom) }) }],
  }),
  figure: {
    group: "block", content: "inline*", attrs: { src: {}, alt: { default: "" }, align: { default: "" }, rest: { default: "" } }, isolating: true,
    toDOM: (node) => ["figure", classes(node), ["img", { src: node.attrs.src, alt: node.attrs.alt }], ["figcaption", 0]],
    parseDOM: [{
      tag: "figure", contentElement: (dom) => dom.querySelector("figcaption") || document.createElement("p"),
      getAttrs: (dom) => {
        const img = dom.querySelector("img");
        if (!img) return false;
        const kept = { ...JSON.parse(rest(dom) || "{}"), ...JSON.parse(rest(img, ["title", "class", "lang", "dir"]) || "{}") };
        return { src: img.getAttribute("src"), alt: img.alt, align: aligned(dom), rest: Object.keys(kept).length ? JSON.stringify(kept) : "" };
      },
    }],
  },
  definitions: holder("dl", "", "(term | meaning)+", { parseDOM: [{ tag: "dl", getAttrs: readHolder }] }),
  term: leaf("dt", "", { group: "", parseDOM: [{ tag: "dt", getAttrs: readLeaf }] }),
  meaning: holder("dd", "", "block+", { group: "", parseDOM: [{ tag: "dd", getAttrs: readHolder }] }),
  fold: holder("details", "", "summary block+", {
    attrs: { open: { default: false }, rest: { default: "" } },
    toDOM: (node) => ["div", { ...shown(node), class: "folded" }, 0],
    parseDOM: [{ tag: "details", getAttrs: (dom) => ({ open: dom.open, ...readHolder(dom) }) }],
  }),
  summary: { content: "inline*", toDOM: () => ["p", { class: "fold-line" }, 0], parseDOM: [{ tag: "summary" }], stored: { tag: "summary" } },
  text: { group: "inline" },
  line_break: { inline: true, group: "inline", selectable: false, toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
  picture: {
    inline: true, group: "inline", draggable: true, attrs: { src: {}, alt: { default: "" }, rest: { default: "" } },
    toDOM: (node) => ["img", { src: node.attrs.src, alt: node.attrs.alt }],
    parseDOM: [{ tag: "img[src]", getAttrs: (dom) => ({ src: dom.getAttribute("src"), alt: dom.alt, rest: rest(dom) }) }],
  },
};

function spans(node) {
  const kept = node.attrs.rest ? JSON.parse(node.attrs.rest) : {};
  return { colspan: kept.colspan || null, rowspan: kept.rowspan || null };
}

// mark is one of the Document's marks: the element and the class it is stored
// as. "single" ones stand once around a text; equal neighbours join.
function mark(tag, name = "", reads = [], more = {}) {
  const selector = name ? `${tag}.${name}` : tag;
  return {
    attrs: { rest: { default: "" } },
    toDOM: (m) => [tag, { ...shown(m), class: name || null }, 0],
    parseDOM: [{ tag: selector, priority: name ? 60 : 50, getAttrs: (dom) => ({ rest: rest(dom) }) }, ...reads.map((tag) => ({ tag, getAttrs: (dom) => ({ rest: rest(dom) }) }))],
    stored: { tag, name },
    ...more,
  };
}

let things = 0; // a link, a ruby, a footnote is one thing by itself, though it looks like its neighbour

function thing(tag, name, selector, more = {}) {
  return mark(tag, name, [], {
    attrs: { href: { default: "" }, rest: { default: "" }, id: { default: 0 } }, inclusive: false,
    toDOM: (m) => [tag, { ...shown(m), href: m.attrs.href || null, class: name || null }, 0],
    parseDOM: [{ tag: selector, priority: name ? 60 : 50, getAttrs: (dom) => ({ href: dom.getAttribute("href") || "", rest: rest(dom), id: ++things }) }],
    ...more,
  });
}

export const nextThing = () => ++things;

// Marks stand in one another in this order.
const marks = {
  link: thing("a", "", "a[href]"),
  player: thing("a", "player", "a.player[href]", { excludes: "link player" }),
  footnote: thing("span", "footnote", "span.footnote"),
  aside: mark("span", "aside"),
  span: mark("span", "", [], { parseDOM: [{ tag: "span", getAttrs: (dom) => rest(dom) ? { rest: rest(dom) } : false }], excludes: "" }),
  quoted: mark("q"),
  cite: mark("cite"),
  abbreviation: mark("abbr"),
  definition: mark("dfn"),
  deleted: mark("del"),
  inserted: mark("ins"),
  time: mark("time"),
  small: mark("small"),
  thought: mark("em", "thought"),
  emphasis: mark("em", "", ["i"]),
  strong: mark("strong", "", ["b"]),
  underline: mark("u"),
  strike: mark("s"),
  small_caps: mark("span", "small-caps"),
  superscript: mark("sup", "", [], { excludes: "superscript subscript" }),
  subscript: mark("sub", "", [], { excludes: "superscript subscript" }),
  keyboard: mark("kbd"),
  sample: mark("samp"),
  variable: mark("var"),
  code: mark("code"),
  ruby: thing("ruby", "", "ruby"),
  ruby_bracket: thing("rp", "", "rp"),
  ruby_text: thing("rt", "", "rt"),
};

export const schema = new Schema({ nodes, marks });
