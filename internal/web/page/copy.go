package page

import (
	"context"
	"html"
	"io"
	"strconv"

	"ficus/internal/prose"
)

// CopyPage gives a chapter as another place takes it: each of its parts in a
// box of its own, and beside them what that place cannot show.
type CopyPage struct {
	Shell
	Work    Link
	Chapter Link
	Lang    string
	Target  prose.Target
	Address string // of this page, which takes ?for=
	Parts   []CopyPart
	Losses  []prose.Loss
}

// CopyPart is one part of a chapter as the place takes it.
type CopyPart struct {
	Name string // "title", "dedication", "disclaimer", "summary", "notes_before", "text" or "notes_after"
	Text string
}

// Render writes the page.
func (p CopyPage) Render(ctx context.Context, w io.Writer) error {
	return copyPage(p).Render(ctx, w)
}

// CopyTitle is the heading of the page of a target.
func CopyTitle(s Shell, t prose.Target) string {
	switch t {
	case prose.ForFFN:
		return s.T("copy.for_ffn")
	case prose.ForMarkdown:
		return s.T("copy.for_markdown")
	}
	return s.T("copy.for_ao3")
}

func (p CopyPage) about() string {
	switch p.Target {
	case prose.ForFFN:
		return p.T("copy.about_ffn")
	case prose.ForMarkdown:
		return p.T("copy.about_markdown")
	}
	return p.T("copy.about_ao3")
}

// others lead to the same chapter for the other places.
func (p CopyPage) others() []Link {
	var links []Link
	for _, t := range prose.Targets() {
		if t != p.Target {
			links = append(links, Link{CopyTitle(p.Shell, t), p.Address + "?for=" + string(t)})
		}
	}
	return links
}

func (p CopyPage) file() string { return p.Address + "/" + string(p.Target) }

// PartName is what a part is called on the page and in the file.
func (c CopyPart) PartName(s Shell) string {
	switch c.Name {
	case "title":
		return s.T("copy.part_title")
	case "dedication":
		return s.T("copy.part_dedication")
	case "disclaimer":
		return s.T("copy.part_disclaimer")
	case "summary":
		return s.T("copy.part_summary")
	case "notes_before":
		return s.T("copy.part_notes_before")
	case "notes_after":
		return s.T("copy.part_notes_after")
	}
	return s.T("copy.part_text")
}

// help says where a part goes that the place has no box for.
func (p CopyPage) help(c CopyPart) string {
	switch {
	case p.Target == prose.ForAO3 && (c.Name == "dedication" || c.Name == "disclaimer"):
		return p.T("copy.help_ao3_notes")
	case p.Target == prose.ForFFN && c.Name != "text" && c.Name != "title":
		return p.T("copy.help_ffn_notes")
	}
	return ""
}

// rich tells whether a part is copied as it looks and not as its signs.
func (p CopyPage) rich(c CopyPart) bool {
	return p.Target == prose.ForFFN && !c.IsPlain()
}

// IsPlain tells whether a part is characters and no markup.
func (c CopyPart) IsPlain() bool { return c.Name == "title" || c.Name == "dedication" }

// box is the textarea as a string: templ would fold the spaces in it.
func (c CopyPart) box(p CopyPage) string {
	described := ""
	if p.help(c) != "" {
		described = ` aria-describedby="copy-help-` + c.Name + `"`
	}
	return `<textarea id="copy-` + c.Name + `" readonly dir="auto" spellcheck="false" lang="` + html.EscapeString(p.Lang) + `" rows="` + c.rows() + `"` + described + ">\n" +
		html.EscapeString(c.Text) + "</textarea>"
}

func (c CopyPart) rows() string {
	if c.Name == "text" {
		return "16"
	}
	return strconv.Itoa(min(8, 2+len(c.Text)/60))
}

// lossKeys are the messages of what a place cannot show.
var lossKeys = map[string]string{
	"aside": "copy.loss_aside", "centre": "copy.loss_centre", "cite": "copy.loss_cite", "class": "copy.loss_class", "code": "copy.loss_code",
	"definitions": "copy.loss_definitions", "drawn_break": "copy.loss_drawn_break", "fold": "copy.loss_fold", "footnote": "copy.loss_footnote", "heading": "copy.loss_heading",
	"html_block": "copy.loss_html_block", "html_mark": "copy.loss_html_mark", "html_picture": "copy.loss_html_picture", "html_table": "copy.loss_html_table",
	"language": "copy.loss_language", "letter": "copy.loss_letter", "letter_plain": "copy.loss_letter_plain", "link": "copy.loss_link", "list": "copy.loss_list",
	"list_number": "copy.loss_list_number", "messages": "copy.loss_messages", "picture_here": "copy.loss_picture_here", "picture_words": "copy.loss_picture_words",
	"player": "copy.loss_player", "player_words": "copy.loss_player_words",
	"preformatted": "copy.loss_preformatted", "quote": "copy.loss_quote", "right": "copy.loss_right", "ruby": "copy.loss_ruby", "scene_heading": "copy.loss_scene_heading",
	"signs": "copy.loss_signs", "small": "copy.loss_small", "small_caps": "copy.loss_small_caps", "strike": "copy.loss_strike", "table": "copy.loss_table",
	"time": "copy.loss_time", "title": "copy.loss_title", "verse": "copy.loss_verse",
}

// Loss says what a place cannot show.
func (s Shell) Loss(l prose.Loss) string { return s.N(lossKeys[l.Kind], l.Count) }
