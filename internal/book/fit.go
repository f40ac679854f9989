package book

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// fitter makes Documents fit to be bound: every address whole or gone, every
// picture in the file or a link, headings that step down one at a time, no
// empty paragraphs, no soft hyphens. The words stay as they are.
type fitter struct {
	origin  string // makes whole addresses of short ones; may be empty
	shelf   *shelf
	heading int  // level of the last heading met
	deeper  int  // how many levels all headings are set down
	bare    bool // scene breaks are bare: no e-reader reads the ornament aloud
	notes   findings
	setting setting
	voice   Voice
	spoken  speech // what its words say among the writer's
}

// findings is what fitting learnt that accessibility metadata may not claim
// without looking.
type findings struct {
	pictures     int
	withoutWords int // pictures without alternative text
	plainTables  int // tables without a header cell
	moving       bool
}

// document fits one text that stands under a heading of the level.
func (f *fitter) document(d prose.Document, under int) prose.Document {
	f.heading = under
	return prose.Document{Blocks: f.blocks(d.Blocks)}
}

func (f *fitter) blocks(in []prose.Block) []prose.Block {
	out := make([]prose.Block, 0, len(in))
	for _, b := range in {
		around := f.setting
		f.setting = around.block(b)
		if b.Kind == prose.Image {
			out = append(out, f.image(b))
			f.setting = around
			continue
		}
		b.Attrs = f.attrs(b.Attrs)
		b.Inlines = f.inlines(b.Inlines)
		b = f.setting.indented(b)
		b.Blocks = f.blocks(b.Blocks)
		f.setting = around
		if f.bare {
			b.Glyphs = ""
		}
		if b.Kind == prose.Paragraph && len(b.Blocks) == 0 && blank(b.Inlines) {
			continue
		}
		if b.Kind == prose.Heading {
			b.Level = min(b.Level+f.deeper, f.heading+1, 6)
			f.heading = b.Level
		}
		if b.Kind == prose.Table && !hasHeader(b) {
			f.notes.plainTables++
		}
		out = append(out, b)
	}
	return out
}

// image brings a picture standing alone, or leaves a paragraph with a link.
func (f *fitter) image(b prose.Block) prose.Block {
	b.Attrs = f.attrs(b.Attrs)
	b.Inlines = f.inlines(b.Inlines)
	b.Alt = oneLine(b.Alt)
	if name, ok := f.picture(b.Src, b.Alt); ok {
		b.Src = name
		return b
	}
	runs := f.linkTo(b.Src, b.Alt)
	if !blank(b.Inlines) {
		runs = append(runs, prose.Inline{Mark: prose.Text, Text: " "})
		runs = append(runs, b.Inlines...)
	}
	return prose.Block{Kind: prose.Paragraph, Align: b.Align, Inlines: runs}
}

// picture brings a picture into the book and notes what is known of it.
func (f *fitter) picture(src, alt string) (name string, ok bool) {
	p, ok := f.shelf.bring(src)
	if !ok {
		return "", false
	}
	f.notes.pictures++
	if alt == "" {
		f.notes.withoutWords++
	}
	f.notes.moving = f.notes.moving || p.moving
	return p.name, true
}

// linkTo stands where a picture cannot: a link to it, or only its words when
// it has no address outside.
func (f *fitter) linkTo(src, alt string) []prose.Inline {
	word, rest := prose.TextRun(f.voice.T("book.picture")), "]"
	if t := f.spoken; t.language != "" {
		word = prose.Inline{Mark: prose.Span, Attrs: prose.Attrs{{Name: "dir", Value: t.direction}, {Name: "lang", Value: t.language}}, Kids: []prose.Inline{word}}
	}
	if alt != "" {
		rest = ": " + alt + "]"
	}
	runs := []prose.Inline{prose.TextRun("["), word, prose.TextRun(rest)}
	if href, ok := f.address(src); ok {
		return []prose.Inline{{Mark: prose.Link, Attrs: prose.Attrs{{Name: "href", Value: href}}, Kids: runs}}
	}
	return runs
}

func (f *fitter) inlines(in []prose.Inline) []prose.Inline {
	if len(in) == 0 {
		return nil
	}
	out := make([]prose.Inline, 0, len(in))
	for _, run := range in {
		if run.Mark == prose.Text {
			if run.Text = f.setting.run(softHyphens.Replace(xmlClean(run.Text))); run.Text != "" {
				out = append(out, run)
			}
			continue
		}
		around := f.setting
		f.setting = around.inside(run)
		run.Kids = f.inlines(run.Kids)
		f.setting = around
		out = append(out, f.inline(run)...)
	}
	return out
}

// softHyphens takes out the hyphens nobody sees: they break the dictionary and
// the search of e-readers (E14).
var softHyphens = strings.NewReplacer("\u00ad", "")

// inline fits one mark whose kids are fitted already.
func (f *fitter) inline(run prose.Inline) []prose.Inline {
	switch run.Mark {
	case prose.Picture:
		alt := oneLine(run.Attrs.Get("alt"))
		name, ok := f.picture(run.Attrs.Get("src"), alt)
		if !ok {
			return f.linkTo(run.Attrs.Get("src"), alt)
		}
		run.Attrs = withAttr(withAttr(f.attrs(run.Attrs), "src", name), "alt", alt)
	case prose.Link:
		href, ok := f.address(run.Attrs.Get("href"))
		if !ok || blank(run.Kids) {
			return run.Kids
		}
		run.Attrs = withAttr(f.attrs(run.Attrs), "href", href)
	case prose.Time:
		run.Attrs = f.attrs(run.Attrs)
		if run.Attrs.Get("datetime") == "" {
			return run.Kids
		}
	default:
		run.Attrs = f.attrs(run.Attrs)
	}
	return []prose.Inline{run}
}

// address makes a whole address of one in a text. A place inside a page has no
// meaning in a book and is refused, as is what cannot be parsed.
func (f *fitter) address(href string) (string, bool) {
	href = strings.TrimSpace(href)
	if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") && f.origin != "" {
		href = f.origin + href
	}
	u, err := url.Parse(href)
	if err != nil {
		return "", false
	}
	switch {
	case u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
	case (u.Scheme == "http" || u.Scheme == "https") && plainHost.MatchString(u.Host):
	default:
		return "", false
	}
	return escaped(u.String()), true
}

// escaped percent-encodes what strict readers do not accept in an address
// though browsers do.
func escaped(address string) string {
	var out strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>[\]^{|}`+"`", c) >= 0 {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

var plainHost = pattern.New(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

// attrs makes the addresses among attributes whole. The rest was made valid
// when prose read the text.
func (f *fitter) attrs(in prose.Attrs) prose.Attrs {
	if l := in.Get("lang"); l != "" && !wellFormedLanguage.MatchString(l) {
		in = withoutAttr(in, "lang") // no voice speaks it, and checkers refuse it
	}
	cite := in.Get("cite")
	if cite == "" {
		return in
	}
	if whole, ok := f.address(cite); ok {
		return withAttr(in, "cite", whole)
	}
	return withoutAttr(in, "cite")
}

// withAttr sets an attribute and keeps the list sorted.
func withAttr(attrs prose.Attrs, name, value string) prose.Attrs {
	out := append(withoutAttr(attrs, name), prose.Attr{Name: name, Value: value})
	slices.SortFunc(out, func(a, b prose.Attr) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func withoutAttr(attrs prose.Attrs, name string) prose.Attrs {
	return slices.DeleteFunc(slices.Clone(attrs), func(a prose.Attr) bool { return a.Name == name })
}

// blank says whether runs show nothing: no picture and no character but space.
func blank(runs []prose.Inline) bool {
	for _, run := range runs {
		if run.Mark == prose.Picture || !blank(run.Kids) {
			return false
		}
		if strings.TrimSpace(run.Text) != "" {
			return false
		}
	}
	return true
}

// hasHeader says whether a table has a head a screen reader can name cells by.
func hasHeader(table prose.Block) bool {
	for _, row := range table.Blocks {
		if row.Header {
			return true
		}
		for _, cell := range row.Blocks {
			if cell.Header {
				return true
			}
		}
	}
	return false
}
