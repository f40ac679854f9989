package prose

// shape says how the reader treats an element.
type shape uint8

const (
	shapeUnknown   shape = iota // not ours: the tag goes, the text stays
	shapeIgnored                // html, body, wbr …: the tag goes without a word
	shapeMark                   // an inline mark
	shapeLeaf                   // a block that holds inlines only
	shapeContainer              // a block that holds blocks
	shapeWrapper                // a block that is only kept for what it carries
	shapePart                   // a part of a list, a table, a definition list or a fold
	shapeVoid                   // br, hr, img
	shapeRemoved                // goes with everything inside
	shapeFrame                  // iframe: goes, but a listed player leaves what it plays
)

// element is one line of the allow-list.
type element struct {
	shape shape
	kind  Kind   // block shapes
	mark  Mark   // shapeMark
	level int    // headings
	drop  string // the Dropped kind told when the tag goes
}

// elements is the allow-list: reference/ao3.md §2.3 less the obsolete ones,
// which are mapped to what they mean (PRODUCT.md, Text). What is not here loses
// its tag and keeps its text.
var elements = map[string]element{
	"html": {shape: shapeIgnored}, "head": {shape: shapeIgnored}, "body": {shape: shapeIgnored},
	"meta": {shape: shapeIgnored}, "link": {shape: shapeIgnored}, "base": {shape: shapeIgnored},
	"wbr": {shape: shapeIgnored}, "col": {shape: shapeIgnored}, "colgroup": {shape: shapeIgnored},
	"picture": {shape: shapeIgnored},

	"script": {shape: shapeRemoved, drop: "script"}, "style": {shape: shapeRemoved, drop: "stylesheet"},
	"title": {shape: shapeRemoved, drop: "page-title"}, "svg": {shape: shapeRemoved, drop: "svg"},
	"math": {shape: shapeRemoved, drop: "math"}, "noembed": {shape: shapeRemoved, drop: "frame"},
	"noframes": {shape: shapeRemoved, drop: "frame"}, "noscript": {shape: shapeRemoved, drop: "script"},
	"plaintext": {shape: shapeRemoved, drop: "plaintext"}, "xmp": {shape: shapeRemoved, drop: "plaintext"},
	"iframe": {shape: shapeFrame, drop: "frame"},

	"frame": {drop: "frame"}, "frameset": {drop: "frame"}, "object": {drop: "media"}, "embed": {drop: "media"},
	"applet": {drop: "media"}, "audio": {drop: "media"}, "video": {drop: "media"}, "source": {drop: "media"},
	"track": {drop: "media"}, "canvas": {drop: "media"}, "form": {drop: "form"}, "input": {drop: "form"},
	"button": {drop: "form"}, "select": {drop: "form"}, "option": {drop: "form"}, "textarea": {drop: "form"},
	"label": {drop: "form"},

	"br": {shape: shapeVoid}, "hr": {shape: shapeVoid, kind: SceneBreak}, "img": {shape: shapeVoid},

	"p": {shape: shapeLeaf, kind: Paragraph}, "pre": {shape: shapeLeaf, kind: Preformatted},
	"listing": {shape: shapeLeaf, kind: Preformatted},
	"h1":      {shape: shapeLeaf, kind: Heading, level: 2}, "h2": {shape: shapeLeaf, kind: Heading, level: 2},
	"h3": {shape: shapeLeaf, kind: Heading, level: 3}, "h4": {shape: shapeLeaf, kind: Heading, level: 4},
	"h5": {shape: shapeLeaf, kind: Heading, level: 5}, "h6": {shape: shapeLeaf, kind: Heading, level: 6},

	"blockquote": {shape: shapeContainer, kind: Quote}, "ul": {shape: shapeContainer, kind: List},
	"ol": {shape: shapeContainer, kind: List}, "menu": {shape: shapeContainer, kind: List},
	"dir": {shape: shapeContainer, kind: List}, "table": {shape: shapeContainer, kind: Table},
	"dl": {shape: shapeContainer, kind: Definitions}, "details": {shape: shapeContainer, kind: Fold},

	"div": {shape: shapeWrapper, kind: Division}, "center": {shape: shapeWrapper, kind: Division},
	"address": {shape: shapeWrapper, kind: Division}, "figure": {shape: shapeWrapper, kind: Division},
	"section": {shape: shapeWrapper, kind: Division}, "article": {shape: shapeWrapper, kind: Division},
	"header": {shape: shapeWrapper, kind: Division}, "footer": {shape: shapeWrapper, kind: Division},
	"main": {shape: shapeWrapper, kind: Division}, "aside": {shape: shapeWrapper, kind: Division},
	"nav": {shape: shapeWrapper, kind: Division}, "hgroup": {shape: shapeWrapper, kind: Division},
	"fieldset": {shape: shapeWrapper, kind: Division}, "legend": {shape: shapeWrapper, kind: Division},

	"li": {shape: shapePart, kind: Item}, "dt": {shape: shapePart, kind: Term}, "dd": {shape: shapePart, kind: Meaning},
	"tr": {shape: shapePart, kind: Row}, "td": {shape: shapePart, kind: Cell}, "th": {shape: shapePart, kind: Cell},
	"thead": {shape: shapePart, kind: Table}, "tbody": {shape: shapePart, kind: Table}, "tfoot": {shape: shapePart, kind: Table},
	"caption": {shape: shapePart, kind: Table}, "summary": {shape: shapePart, kind: Fold}, "figcaption": {shape: shapePart, kind: Image},

	"em": {shape: shapeMark, mark: Emphasis}, "i": {shape: shapeMark, mark: Emphasis},
	"strong": {shape: shapeMark, mark: Strong}, "b": {shape: shapeMark, mark: Strong}, "big": {shape: shapeMark, mark: Strong},
	"u": {shape: shapeMark, mark: Underline}, "s": {shape: shapeMark, mark: Strike}, "strike": {shape: shapeMark, mark: Strike},
	"sup": {shape: shapeMark, mark: Superscript}, "sub": {shape: shapeMark, mark: Subscript},
	"small": {shape: shapeMark, mark: Small}, "code": {shape: shapeMark, mark: Code}, "tt": {shape: shapeMark, mark: Code},
	"a": {shape: shapeMark, mark: Link}, "abbr": {shape: shapeMark, mark: Abbreviation},
	"acronym": {shape: shapeMark, mark: Abbreviation}, "cite": {shape: shapeMark, mark: Citation},
	"dfn": {shape: shapeMark, mark: Definition}, "del": {shape: shapeMark, mark: Deleted}, "ins": {shape: shapeMark, mark: Inserted},
	"kbd": {shape: shapeMark, mark: Keyboard}, "samp": {shape: shapeMark, mark: Sample}, "var": {shape: shapeMark, mark: Variable},
	"q": {shape: shapeMark, mark: Quoted}, "ruby": {shape: shapeMark, mark: Ruby}, "rt": {shape: shapeMark, mark: RubyText},
	"rp": {shape: shapeMark, mark: RubyParenthesis}, "span": {shape: shapeMark, mark: Span}, "font": {shape: shapeMark, mark: Span},
	"bdo": {shape: shapeMark, mark: Span}, "bdi": {shape: shapeMark, mark: Span}, "time": {shape: shapeMark, mark: Time},
}

// markElements names the element each mark is written as.
var markElements = [...]string{
	LineBreak: "br", Emphasis: "em", Strong: "strong", Underline: "u", Strike: "s", Superscript: "sup",
	Subscript: "sub", Small: "small", Code: "code", SmallCaps: "span", Thought: "em", Aside: "span", Link: "a",
	Abbreviation: "abbr", Citation: "cite", Definition: "dfn", Deleted: "del", Inserted: "ins", Keyboard: "kbd",
	Sample: "samp", Variable: "var", Quoted: "q", Ruby: "ruby", RubyText: "rt", RubyParenthesis: "rp",
	Picture: "img", Span: "span", Time: "time", Player: "a", Footnote: "span", frameMark: "iframe", noteMark: "a",
}

// markClass is the reserved class of the marks that have no element of their
// own (docs/text.md).
func markClass(m Mark) string {
	switch m {
	case SmallCaps:
		return "small-caps"
	case Thought:
		return "thought"
	case Aside:
		return "aside"
	case Player:
		return "player"
	case Footnote:
		return "footnote"
	}
	return ""
}

// blockClass is the reserved class of the kinds that have no element of their
// own (docs/text.md).
func blockClass(k Kind) string {
	switch k {
	case SceneHeading:
		return "place"
	case Verse:
		return "verse"
	case EndMark:
		return "end-mark"
	case Letter:
		return "letter"
	case Messages:
		return "messages"
	}
	return ""
}

// kindOfClass is the way back: the kind a reserved class makes of an element
// of kind k, or k itself.
func kindOfClass(k Kind, class string) Kind {
	switch {
	case k == Paragraph && class == "place":
		return SceneHeading
	case k == Paragraph && class == "verse":
		return Verse
	case k == Paragraph && class == "end-mark":
		return EndMark
	case (k == Division || k == Quote) && class == "letter":
		return Letter
	case (k == Division || k == Quote) && class == "messages":
		return Messages
	}
	return k
}

// markOfClass is the way back for marks: what a reserved class makes of m.
func markOfClass(m Mark, class string) Mark {
	switch {
	case m == Span && class == "small-caps":
		return SmallCaps
	case m == Span && class == "aside":
		return Aside
	case m == Span && class == "footnote":
		return Footnote
	case (m == Emphasis || m == Span) && class == "thought":
		return Thought
	}
	return m
}
