package page

import "ficus/internal/archive"

// chapterFields are the fields of a chapter but for its text, as the forms of
// a new work and of a chapter show them.
type chapterFields struct {
	Shell
	head  FormHead
	typed ChapterTyped
	lang  string
}

func (c chapterFields) field(name, label, help, value string, limit int) field {
	return field{name: name, label: label, help: help, value: value, limit: limit, errors: c.head.Errors, optional: c.T("form.optional"), lang: c.lang}
}

func (c chapterFields) title() field {
	f := c.field("chapter_title", c.T("chapter_form.title"), "", c.typed.Title, c.head.Limits.Title)
	f.complete = "off"
	return f
}

func (c chapterFields) dedication() field {
	f := c.field("dedication", c.T("chapter_form.dedication"), c.T("chapter_form.dedication_help"), c.typed.Dedication, 0)
	f.complete = "off"
	return f
}

func (c chapterFields) date() field {
	f := c.field("chapter_published_on", c.T("chapter_form.published_on"), c.T("chapter_form.published_on_help"), c.typed.PublishedOn, 0)
	f.kind, f.class, f.lang = "date", "date", ""
	return f
}

// notes are the areas that stand around a text.
func (c chapterFields) notes() []field {
	limits := c.head.Limits
	return []field{
		c.field("notes_before", c.T("chapter_form.notes_before"), c.T("chapter_form.notes_help"), c.typed.NotesBefore, limits.Notes),
		c.field("notes_after", c.T("chapter_form.notes_after"), "", c.typed.NotesAfter, limits.Notes),
		c.field("disclaimer", c.T("chapter_form.disclaimer"), c.T("chapter_form.disclaimer_help"), c.typed.Disclaimer, limits.Notes),
		c.field("chapter_summary", c.T("chapter_form.summary"), "", c.typed.Summary, limits.Summary),
	}
}

// text is the box the story is written in.
func (c chapterFields) text() field {
	f := field{name: "text", label: c.T("chapter_form.text"), help: c.T("chapter_form.text_help"), value: c.typed.Text, errors: c.head.Errors, lang: c.lang, required: true}
	f.class = "editor"
	return f
}

func (c chapterFields) formats() ticks {
	t := ticks{field: field{name: "format", label: c.T("chapter_form.format"), kind: "radio", errors: c.head.Errors}}
	for _, one := range []tick{
		{value: archive.FormatText, label: c.T("chapter_form.format_text")},
		{value: archive.FormatMarkdown, label: c.T("chapter_form.format_markdown")},
		{value: archive.FormatHTML, label: c.T("chapter_form.format_html")},
	} {
		one.on = one.value == c.typed.Format || c.typed.Format == "" && one.value == archive.FormatText
		t.options = append(t.options, one)
	}
	return t
}

// pictures is the field that sends files with the text.
func (c chapterFields) pictures() field {
	return field{name: "pictures", help: c.T("chapter_form.pictures_help"), errors: c.head.Errors}
}

// keptNames lists the pictures that were sent before.
func (c chapterFields) keptNames() string {
	var names []string
	for _, kept := range c.typed.Pictures {
		names = append(names, kept.Name)
	}
	return c.Words.List(names)
}

// said tells whether anything folded has been filled in, or is wrong: then it
// stands open.
func (c chapterFields) said() bool {
	t := c.typed
	return t.Summary+t.Disclaimer+t.Dedication+t.NotesBefore+t.NotesAfter != "" ||
		c.head.wrong("chapter_summary", "disclaimer", "dedication", "notes_before", "notes_after", "chapter_published_on")
}
