package manuscript

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// state is how letters look at one place of a page.
type state struct {
	italic, bold, under, strike, caps, raised, lowered, pre bool
}

// element is an element of a page that is open.
type element struct {
	name    string
	id      string
	classes []string
	style   styled
	state   state // of the letters right inside it
	emits   bool  // its tag was written, and its end is
	hidden  int   // where what it hides begins there, plus one; 0: it hides nothing
	comment bool  // what it hides is a remark and goes whatever its length
	words   int   // words before it
	from    int   // where its tag begins in what is not emitted yet
	ruled   bool  // a line is drawn below it
	layout  bool  // a table, or a part of one, that only places what is in it
}

// undresser writes a page again so that every look is said by an element:
// whatever a stylesheet, a class or an inline style makes italic, bold, small
// capitals, centred, a line across or hidden. Nothing else of a style is kept.
type undresser struct {
	emit   func(piece string)
	piece  int   // bytes from which on it is emitted
	out    sheet // what is not emitted yet
	before int   // bytes that are
	sheet  *stylesheet
	open   []element
	drops  map[string]int
	own    map[string]string // lists of classes → those of the writer's own
	words  int
	most   int // bytes of the output up to which looks are written
	beyond int // elements nested too deep to be looked at
	tables layoutTables
	skip   string
	shown  bool // hidden text is shown
}

// deepest is how many open elements are looked at; deeper ones lose their look.
const deepest = 400

// longestHidden is how many words an element may hide; more are a story.
const longestHidden = 60

// pieceSize is how many bytes of a page are undressed before they are read.
const pieceSize = 128 << 10

// undress resolves the styles of a page, its own stylesheets and those given
// with it, to elements that mean something, and emits it in pieces of at least so
// many bytes, each of whole elements. Hidden text is left out, unless it is long or asked for.
func undress(page string, hidden bool, sheets []string, piece int, emit func(piece string)) []Dropped {
	u := &undresser{shown: hidden, sheet: newStylesheet(), drops: map[string]int{}, own: map[string]string{}, emit: emit, piece: piece}
	for _, css := range sheets {
		u.sheet.add(css)
	}
	if hasTag(page, "<style") {
		for _, m := range styleElement.FindAllStringSubmatch(page, 50) {
			u.sheet.add(m[1])
			u.drops["stylesheet"]++
		}
	}
	page = prose.PlaceNotes(prose.KeepHearts(page)) // while it has its ids
	u.most = min(8*len(page)+1<<20, mostText)
	u.tables = surveyTables(page)
	if hasTag(page, "<pre") && boxedParas.MatchString(page) {
		page = boxedParas.ReplaceAllString(page, "$1")
	}
	if strings.Contains(page, "<![") {
		page = conditional.ReplaceAllString(page, "")
	}
	tokens := prose.TokensOf(page)
	u.out.page, u.out.room = page, min(len(page), piece+piece/8)
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		u.out.at = tokens.At()
		u.token(kind, tokens)
	}
	u.out.at = tokens.At()
	u.text(tokens.Raw())
	u.closeFrom(0)
	u.flush()
	var dropped []Dropped
	for kind, n := range u.drops {
		dropped = append(dropped, Dropped{kind, n})
	}
	return dropped
}

// flush emits what was written. It is called where nothing of that can change.
func (u *undresser) flush() {
	u.before += u.out.len()
	u.emit(u.out.take())
}

// between is true where no element is open that was written, or may yet take
// back what was: what stands there is whole.
func (u *undresser) between() bool {
	return u.beyond == 0 && !slices.ContainsFunc(u.open, func(e element) bool { return e.emits || e.hidden > 0 })
}

var (
	styleElement = pattern.New(`(?is)<style\b[^>]*>(.*?)</style>`)
	conditional  = pattern.New(`(?s)<!\[(?:if|endif)[^>]*\]>`)
	boxedParas   = pattern.New(`(?i)<pre\b[^>]*>\s*(<p\b)`) // paragraphs of a site that boxes them
	officeNames  = pattern.New(`^(?:o|w|m|v|x|st\d?|u1):`)
	officeData   = pattern.New(`^(?:xml|w:sdtpr|o:officedocumentsettings|w:worddocument|w:latentstyles)$`)
)

// token takes one token.
func (u *undresser) token(kind html.TokenType, tokens *prose.Tokens) {
	switch kind {
	case html.TextToken:
		if u.skip == "" {
			u.text(tokens.Raw())
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		u.start(tokens.Name(), tokens.Attrs(), kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		u.end(tokens.Name())
	case html.CommentToken:
		if text := tokens.Text(); text != "StartFragment" && text != "EndFragment" && !strings.HasPrefix(text, "[if ") {
			u.drops["comment"]++
		}
	}
}

// mostAttributes is how many attributes of a tag are looked at.
const mostAttributes = 60

func (u *undresser) start(name string, attrs []prose.Attribute, closed bool) {
	attrs = attrs[:min(len(attrs), mostAttributes)]
	switch {
	case u.skip != "":
		return
	case name == "style" || officeData.MatchString(name) && !closed:
		u.skip = name
		return
	case officeNames.MatchString(name):
		u.drops["office"]++
		return
	}
	u.openElement(name, attrs, closed)
}

// openElement takes a start tag: it closes what the tag closes, finds the look
// of the element, and writes what is left of the tag.
func (u *undresser) openElement(name string, attrs []prose.Attribute, closed bool) {
	u.closeImplied(name)
	if u.out.len() >= u.piece && blockElement(name) && u.between() {
		u.flush()
	}
	e := element{name: name, words: u.words}
	for _, a := range attrs {
		switch a.Name {
		case "id":
			e.id = strings.ToLower(a.Value)
		case "class":
			e.classes = strings.Fields(strings.ToLower(a.Value))
		}
	}
	e.layout = u.tables.places(name, u.open)
	e.style = u.sheet.styleOf(&e, u.open)
	e.style = e.style.over(u.inlineStyle(name, attrs))
	if len(u.open) >= deepest {
		u.beyond++
		return
	}
	e.state = u.state().with(&e)
	u.lines(&e)
	e.from = u.out.len()
	u.hide(&e)
	e.emits = u.writeTag(&e, attrs)
	if !voidElement(name) && !closed {
		u.open = append(u.open, e)
	}
}

// inlineStyle reads the style attribute and the attributes of old pages.
func (u *undresser) inlineStyle(name string, attrs []prose.Attribute) styled {
	var s styled
	for _, a := range attrs {
		switch a.Name {
		case "style":
			s = s.over(readDeclarations(a.Value, func(property string) { u.drops[droppedProperty(property)]++ }))
		case "color", "face", "size":
			if name == "font" {
				u.drops[map[string]string{"color": "font-colour", "face": "font-face", "size": "font-size"}[a.Name]]++
			}
		case "hidden":
			s.hidden = on
		}
	}
	return s
}

// state is how letters look where the page stands now.
func (u *undresser) state() state {
	if len(u.open) == 0 {
		return state{}
	}
	return u.open[len(u.open)-1].state
}

// with is the look inside an element: its tag's, and over it its style's. A
// heading is bold without saying anything.
func (s state) with(e *element) state {
	switch e.name {
	case "b", "strong", "big":
		s.bold = true
	case "i", "em":
		s.italic = s.italic || !slices.Contains(e.classes, "thought")
	case "u":
		s.under = true
	case "s", "strike":
		s.strike = true
	case "pre", "textarea", "listing":
		s.pre = false
	}
	t := e.style
	heads := blockElement(e.name) && (e.name == "th" || len(e.name) == 2 && e.name[0] == 'h')
	if !heads {
		settle(&s.bold, t.bold)
	}
	if e.name != "a" {
		settle(&s.under, t.under)
	}
	settle(&s.italic, t.italic)
	settle(&s.strike, t.strike)
	settle(&s.caps, t.caps)
	settle(&s.pre, t.pre)
	if !blockElement(e.name) {
		settle(&s.raised, t.raised)
		settle(&s.lowered, t.lowered)
	}
	return s
}

func settle(to *bool, t turn) {
	if t != unsaid {
		*to = t == on
	}
}

// lines draws the line above an element, and remembers the one below.
func (u *undresser) lines(e *element) {
	if e.name != "p" && e.name != "div" && e.name != "br" {
		return
	}
	if e.style.newPage || e.style.above && !e.style.boxed {
		u.out.write("<hr>")
	}
	e.ruled = e.style.below && !e.style.boxed
}

// hide notes where what an element hides begins.
func (u *undresser) hide(e *element) {
	remark := e.name == "a" && strings.HasPrefix(e.id, "cmnt")
	e.comment = e.style.comment || remark || slices.Contains(e.classes, "msocomanchor") || slices.Contains(e.classes, "msocommentreference")
	if remark && !strings.HasPrefix(e.id, "cmnt_ref") && u.hideAround() {
		return
	}
	if (e.style.hidden == on || e.comment) && !voidElement(e.name) {
		e.hidden = u.out.len() + 1
	}
}

// hideAround hides the paragraph that a remark stands in.
func (u *undresser) hideAround() bool {
	for k := len(u.open) - 1; k >= 0; k-- {
		if around := &u.open[k]; around.name == "p" {
			around.hidden, around.comment = around.from+1, true
			return true
		}
	}
	return false
}
