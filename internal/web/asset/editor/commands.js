// What the buttons and the keys of the editor do.
import { lift, setBlockType, toggleMark, wrapIn, chainCommands, exitCode } from "prosemirror-commands";
import { wrapInList, liftListItem, splitListItem, sinkListItem } from "prosemirror-schema-list";
import { NodeSelection, TextSelection } from "prosemirror-state";
import { schema, nextThing } from "./schema.js";

const { nodes, marks } = schema;

// drawn is a scene break as people type it: signs alone, three or more.
const drawn = /^(?:\s*[*#~=_\-–—•·+oOxX◊◆☆★♥❦]\s*){3,}$/u;

export const mark = (name) => toggleMark(marks[name]);
export const leaf = (name, attrs) => setBlockType(nodes[name], attrs);

// around puts blocks into a letter or a quotation, or takes them out of it.
export function around(name) {
  return (state, dispatch) => within(state, nodes[name]) ? lift(state, dispatch) : wrapIn(nodes[name])(state, dispatch);
}

export function list(name) {
  return (state, dispatch) => within(state, nodes[name]) ? liftListItem(nodes.item)(state, dispatch) : wrapInList(nodes[name])(state, dispatch);
}

export function within(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

// align sets the alignment of the texts in the selection, or takes it off.
export function align(value) {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const tr = state.tr;
    let on = true;
    state.doc.nodesBetween(from, to, (node) => { if (node.isTextblock && "align" in node.attrs && node.attrs.align !== value) on = false; });
    state.doc.nodesBetween(from, to, (node, at) => {
      if (node.isTextblock && "align" in node.attrs) tr.setNodeAttribute(at, "align", on ? "" : value);
    });
    if (!tr.docChanged) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

// direct turns the texts in the selection the other way: right to left, or as
// their letters say.
export function direct(state, dispatch) {
  const { from, to } = state.selection;
  const tr = state.tr;
  state.doc.nodesBetween(from, to, (node, at) => {
    if (!node.isTextblock || !("rest" in node.attrs)) return;
    const kept = node.attrs.rest ? JSON.parse(node.attrs.rest) : {};
    if (kept.dir) delete kept.dir;
    else kept.dir = "rtl";
    tr.setNodeAttribute(at, "rest", Object.keys(kept).length ? JSON.stringify(kept) : "");
  });
  if (!tr.docChanged) return false;
  dispatch?.(tr);
  return true;
}

// sceneBreak puts a break after the text one is in.
export function sceneBreak(state, dispatch) {
  const { $from } = state.selection;
  const after = $from.depth ? $from.after(1) : state.selection.to;
  if (dispatch) {
    const tr = state.tr.insert(after, nodes.scene_break.create());
    if (after + 1 >= tr.doc.content.size) tr.insert(after + 1, nodes.paragraph.create());
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView());
  }
  return true;
}

// drawBreak makes a break of a line of signs when Enter ends it, with the signs.
function drawBreak(state, dispatch) {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || $from.depth !== 1 || parent.type !== nodes.paragraph || !drawn.test(parent.textContent)) return false;
  if (dispatch) {
    const start = $from.before();
    const tr = state.tr.replaceWith(start, start + parent.nodeSize, [nodes.scene_break.create({ glyphs: parent.textContent.trim() }), nodes.paragraph.create()]);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, start + 2)).scrollIntoView());
  }
  return true;
}

function lineBreak(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.line_break.create(), false).scrollIntoView());
  return true;
}

// verseLine is Enter in verse: a new line, and after an empty one the story.
function verseLine(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.verse) return false;
  const last = $from.parent.lastChild;
  if ($from.parentOffset !== $from.parent.content.size || last?.type !== nodes.line_break) return lineBreak(state, dispatch);
  if (dispatch) {
    const after = $from.after();
    const tr = state.tr.insert(after, nodes.paragraph.create()).delete($from.pos - 1, $from.pos);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after))).scrollIntoView());
  }
  return true;
}

// afterLine is Enter at the end of a scene heading, a heading or an end mark:
// the story goes on.
function afterLine(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || ![nodes.place, nodes.heading, nodes.end_mark].includes($from.parent.type) || $from.parentOffset !== $from.parent.content.size) return false;
  if (dispatch) {
    const tr = state.tr.insert($from.after(), nodes.paragraph.create());
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve($from.after() + 1))).scrollIntoView());
  }
  return true;
}

// leaveHolder is Enter in an empty last paragraph of a letter and its like: one
// is out of it.
function leaveHolder(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.paragraph || $from.parent.content.size || $from.depth < 2) return false;
  if (![nodes.letter, nodes.quote, nodes.messages, nodes.division].includes($from.node(-1).type) || $from.index(-1) !== $from.node(-1).childCount - 1) return false;
  return lift(state, dispatch);
}

export const enter = chainCommands(drawBreak, verseLine, afterLine, splitListItem(nodes.item), leaveHolder);
export const shiftEnter = chainCommands(exitCode, lineBreak);
export const indent = sinkListItem(nodes.item);

// link, ruby and pictures ask for words first: these say what stands now, and
// set what was answered.
export function linkAt(state) {
  const { $from, from, to } = state.selection;
  let found = $from.marks().find((m) => m.type === marks.link);
  state.doc.nodesBetween(from, to, (node) => { found ||= node.marks.find((m) => m.type === marks.link); });
  return found?.attrs.href || "";
}

export function setLink(href) {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    const tr = state.tr;
    if (!href) tr.removeMark(from, to, marks.link);
    else if (empty) tr.insert(from, schema.text(href, [marks.link.create({ href, id: nextThing() })]));
    else tr.addMark(from, to, marks.link.create({ href, id: nextThing() }));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

// note makes a footnote of what is selected, or puts one in.
export function setNote(words) {
  return (state, dispatch) => {
    const at = state.selection.to;
    dispatch?.(state.tr.insert(at, schema.text(words, [marks.footnote.create({ id: nextThing() })])).scrollIntoView());
    return true;
  };
}

export function setRuby(reading) {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (empty) return false;
    const ruby = marks.ruby.create({ id: nextThing() });
    const tr = state.tr.addMark(from, to, ruby).insert(to, schema.text(reading, [ruby, marks.ruby_text.create({ id: nextThing() })]));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

export function setPicture(src, alt) {
  return (state, dispatch) => {
    const at = state.selection;
    const figure = nodes.figure.create({ src, alt });
    if (at instanceof NodeSelection && at.node.type === nodes.figure) {
      dispatch?.(state.tr.setNodeMarkup(at.from, null, { ...at.node.attrs, src, alt }));
      return true;
    }
    dispatch?.(state.tr.insert(at.$from.depth ? at.$from.after(1) : at.to, figure).scrollIntoView());
    return true;
  };
}

export function pictureAt(state) {
  const { node } = state.selection;
  return node?.attrs.src ? node.attrs : { src: "", alt: "" };
}
