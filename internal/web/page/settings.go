package page

import (
	"context"
	"io"

	"ficus/internal/locale"
)

// SettingsPage is how a reader wants pages set. Its form posts the fields
// ReadLook reads, "language" and "to".
type SettingsPage struct {
	Shell
	To        string   // where to go back to
	Languages []string // the site speaks, by tag
	Language  string   // the one chosen; empty: what the browser asks for
}

// Render writes the page.
func (p SettingsPage) Render(ctx context.Context, w io.Writer) error {
	return settingsPage(p).Render(ctx, w)
}

// setting is one choice of one value; its options are ready to show.
type setting struct {
	name, label, value string
	options            []option
}

type option struct{ value, label string }

func (p SettingsPage) rows() []setting {
	l := p.Look
	return []setting{
		{"language", p.T("look.language"), p.Language, p.languages()},
		{"theme", p.T("look.theme"), l.Theme, []option{
			{"", p.T("look.theme_system")}, {"light", p.T("look.theme_light")}, {"sepia", p.T("look.theme_sepia")},
			{"dark", p.T("look.theme_dark")}, {"black", p.T("look.theme_black")}, {"contrast", p.T("look.theme_contrast")}}},
		{"face", p.T("look.face"), l.Face, []option{
			{"", p.T("look.face_book")}, {"sans", p.T("look.face_sans")}, {faceHyperlegible, p.hyperlegible()}}},
		{"size", p.T("look.size"), l.Size, []option{
			{"smallest", p.T("look.size_smallest")}, {"smaller", p.T("look.size_smaller")}, {"", p.T("look.usual")},
			{"larger", p.T("look.size_larger")}, {"largest", p.T("look.size_largest")}, {"huge", p.T("look.size_huge")}}},
		{"width", p.T("look.width"), l.Width, []option{
			{"narrow", p.T("look.width_narrow")}, {"", p.T("look.usual")}, {"wide", p.T("look.width_wide")}, {"full", p.T("look.width_full")}}},
		{"spacing", p.T("look.spacing"), l.Spacing, []option{
			{"close", p.T("look.spacing_close")}, {"", p.T("look.usual")}, {"open", p.T("look.spacing_open")}}},
		{"paragraphs", p.T("look.paragraphs"), l.Paragraphs, []option{
			{"", p.T("look.paragraphs_gap")}, {"book", p.T("look.paragraphs_book")}, {"justified", p.T("look.paragraphs_justified")}}},
		{"notes", p.T("look.notes"), l.Notes, []option{
			{"", p.T("look.notes_usual")}, {"shown", p.T("look.notes_shown")}, {"folded", p.T("look.notes_folded")}, {"hidden", p.T("look.notes_hidden")}}},
	}
}

// languages are called what their speakers call them.
func (p SettingsPage) languages() []option {
	list := []option{{"", p.T("look.language_browser")}}
	for _, tag := range p.Languages {
		list = append(list, option{tag, locale.LanguageName(tag)})
	}
	return list
}

// hyperlegible names that face, which the device must have when we do not.
func (p SettingsPage) hyperlegible() string {
	if p.Faces == "" {
		return p.T("look.face_hyperlegible")
	}
	return p.T("look.face_hyperlegible_here")
}
