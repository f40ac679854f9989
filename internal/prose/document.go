// Package prose is the one Document every text becomes on its way in and
// comes from on its way out: its model, the reader that makes safe Documents
// of HTML, typed text and Markdown, and the writers that turn them back into
// HTML, XHTML, Markdown and plain text. It is pure: no files, no network, no
// clock.
package prose

// Document is one text (a chapter, a note, a summary) as a sequence of
// blocks. The zero Document is an empty text.
type Document struct {
	Blocks []Block
}

// Kind says what a block is to a reader of the story.
type Kind uint8

// The kinds of block. The names in comments are those of FORMATS.md and of the
// reserved classes in docs/text.md.
const (
	Paragraph    Kind = iota // running text; "paragraph"
	Heading                  // a heading inside the chapter, Level 2–6; "heading"
	SceneHeading             // a time, place or point of view over a scene; lines are separated by LineBreak; "scene_heading"
	SceneBreak               // a break between scenes; Glyphs holds what the writer drew; "scene_break"
	Verse                    // one stanza a block, lines separated by LineBreak; "verse"
	Quote                    // a quotation holding blocks; "quote"
	Letter                   // a letter inside the story, holding blocks; "letter"
	Messages                 // a thread of messages, holding paragraphs (speaker in Strong); "messages"
	List                     // an ordered or unordered list holding Item blocks; "list"
	Item                     // an item of a list, holding blocks
	Table                    // a table holding Row blocks (and a caption in Inlines); "table"
	Row                      // a row of a table holding Cell blocks; Header when it stands in a table head
	Cell                     // a cell of a row holding blocks; Header for th
	Image                    // an image standing alone; Inlines hold its caption; "image"
	EndMark                  // "The End", "TBC": a closing line of the writer's; "end_mark"
	Preformatted             // text whose spaces and lines stand as typed
	Definitions              // a definition list holding Term and Meaning blocks
	Term                     // a term in a definition list
	Meaning                  // a meaning in a definition list, holding blocks
	Fold                     // a details element: Inlines is the summary line, Blocks what it folds
	Division                 // a plain container (div, address, figure without image) that carries class, lang or dir

	noteBody // the words of a footnote set at the end, holding blocks; in no stored text
)

// Align is the alignment of a block's text. Only what means something is kept:
// left and justified are how the page is set, not what the writer said.
type Align uint8

// The alignments that are kept.
const (
	AlignStart Align = iota
	AlignCentre
	AlignRight
)

// Block is one block of a Document. Leaf kinds use Inlines, container kinds
// use Blocks; a Fold, a Table and an Image use both as said at their kind.
type Block struct {
	Kind    Kind
	Level   int      // Heading: 2–6
	Align   Align    // centre and right only
	Ordered bool     // List: numbered
	Header  bool     // Row, Cell: a table head
	Open    bool     // Fold: open as it comes
	Glyphs  string   // SceneBreak: the writer's own ornament, as typed; empty for a bare rule
	Src     string   // Image: address of the picture
	Alt     string   // Image: what it shows, in words
	Attrs   Attrs    // lang, dir, title, class and the few attributes of its element
	Inlines []Inline // leaf text
	Blocks  []Block  // children
}

// Attrs are the attributes of a block or inline that survive: lang dir title
// class href src alt width height colspan rowspan scope start reversed value
// cite datetime open. They are kept sorted by name.
type Attrs []Attr

// Attr is one attribute by its HTML name.
type Attr struct{ Name, Value string }

// Mark says what an inline run means.
type Mark uint8

// The inline marks. Each has one HTML element; the comment names it.
const (
	Text            Mark = iota // characters; no children
	LineBreak                   // br
	Emphasis                    // em
	Strong                      // strong
	Underline                   // u
	Strike                      // s
	Superscript                 // sup
	Subscript                   // sub
	Small                       // small
	Code                        // code
	SmallCaps                   // span.small-caps
	Thought                     // em.thought: what a character thinks
	Aside                       // span.aside: a writer's note inside the text
	Link                        // a[href]
	Abbreviation                // abbr
	Citation                    // cite
	Definition                  // dfn
	Deleted                     // del
	Inserted                    // ins
	Keyboard                    // kbd
	Sample                      // samp
	Variable                    // var
	Quoted                      // q
	Ruby                        // ruby, holding text, RubyText and RubyParenthesis
	RubyText                    // rt
	RubyParenthesis             // rp
	Picture                     // img inside a line; Attrs hold src and alt
	Span                        // span with lang, dir, title or class
	Time                        // time
	Player                      // a.player[href]: what plays on one of the sites PlayedAt knows; its kids name it
	Footnote                    // span.footnote: a note to the place it stands at; pages and books number it and set it at the end

	frameMark // iframe: what a Player is in a copy for another place, in no Document
	noteMark  // a[href]: what stands for a footnote whose words are set at the end; in no stored text
)

// Inline is a run of text or a mark around other runs.
type Inline struct {
	Mark  Mark
	Text  string // Text only: the characters, never empty, never with a line end
	Attrs Attrs
	Kids  []Inline
}
