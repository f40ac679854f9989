package prose

import (
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	notes "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownNotes reads the footnotes of Markdown, [^1] and [^1]: below. Where a
// note is named first its words stand in the text, which is how a Document has
// them; a note that no line of the story names stays the paragraph it was.
type markdownNotes struct{}

// Extend implements goldmark.Extender. The numbers are goldmark's own for its
// parsers of footnotes.
func (markdownNotes) Extend(md goldmark.Markdown) {
	md.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(extension.NewFootnoteBlockParser(), 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
		parser.WithASTTransformers(util.Prioritized(markdownNotes{}, 999)),
	)
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(markdownNotes{}, 500)))
}

// inlineNote is a footnote's words at the place of its first reference.
type inlineNote struct{ ast.BaseInline }

var kindInlineNote = ast.NewNodeKind("InlineNote")

// Kind implements ast.Node.
func (*inlineNote) Kind() ast.NodeKind { return kindInlineNote }

// Dump implements ast.Node.
func (n *inlineNote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Transform implements parser.ASTTransformer.
func (markdownNotes) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	list, links := findNotes(doc)
	if list == nil {
		return
	}
	byNumber := map[int]*notes.Footnote{}
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		note := n.(*notes.Footnote)
		byNumber[note.Index] = note
	}
	for _, link := range links {
		note := byNumber[link.Index]
		if note == nil {
			continue
		}
		delete(byNumber, link.Index)
		within := &inlineNote{}
		gatherWords(within, note, reader.Source())
		link.Parent().ReplaceChild(link.Parent(), link, within)
		list.RemoveChild(list, note)
	}
	for n := list.FirstChild(); n != nil; n = list.FirstChild() {
		putBack(list, n.(*notes.Footnote))
	}
	list.Parent().RemoveChild(list.Parent(), list)
}

// findNotes finds the list of all notes, and the references outside it in
// their order.
func findNotes(doc *ast.Document) (list *notes.FootnoteList, links []*notes.FootnoteLink) {
	// The walk's only error is the walker's, which gives none.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *notes.FootnoteList:
			list = n
			return ast.WalkSkipChildren, nil
		case *notes.FootnoteLink:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	return list, links
}

// gatherWords moves the lines of a note's blocks into one run of inlines, a
// break between blocks.
func gatherWords(into *inlineNote, block ast.Node, source []byte) {
	for child := block.FirstChild(); child != nil; {
		next := child.NextSibling()
		switch {
		case child.Type() == ast.TypeInline:
			into.AppendChild(into, child)
		case child.FirstChild() == nil && child.Lines().Len() > 0:
			parted(into)
			into.AppendChild(into, plainWords(child, source))
		default:
			parted(into)
			gatherWords(into, child, source)
		}
		child = next
	}
}

func parted(note *inlineNote) {
	if note.HasChildren() {
		line := ast.NewString([]byte("<br>"))
		line.SetCode(true)
		note.AppendChild(note, line)
	}
}

// plainWords are the lines of code or of HTML, as the signs they are.
func plainWords(block ast.Node, source []byte) ast.Node {
	words := ast.NewString([]byte(html.EscapeString(strings.TrimSpace(string(block.Lines().Value(source))))))
	words.SetCode(true)
	return words
}

// putBack makes a note that nothing names the blocks it was.
func putBack(list *notes.FootnoteList, note *notes.Footnote) {
	label := ast.NewString([]byte("[^" + html.EscapeString(string(note.Ref)) + "]: "))
	label.SetCode(true)
	first := note.FirstChild()
	if first == nil || !ast.IsParagraph(first) {
		paragraph := ast.NewParagraph()
		paragraph.AppendChild(paragraph, label)
		list.Parent().InsertBefore(list.Parent(), list, paragraph)
	} else {
		first.InsertBefore(first, first.FirstChild(), label)
	}
	for child := note.FirstChild(); child != nil; child = note.FirstChild() {
		list.Parent().InsertBefore(list.Parent(), list, child)
	}
	list.RemoveChild(list, note)
}

// RegisterFuncs implements renderer.NodeRenderer.
func (markdownNotes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindInlineNote, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		tag := "</span>"
		if entering {
			tag = `<span class="footnote">`
		}
		_, err := w.WriteString(tag)
		return ast.WalkContinue, err
	})
	// A note named again, or in another note, shows what names it.
	r.Register(notes.KindFootnoteLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		_, err := w.WriteString("<sup>" + strconv.Itoa(n.(*notes.FootnoteLink).Index) + "</sup>")
		return ast.WalkContinue, err
	})
}
