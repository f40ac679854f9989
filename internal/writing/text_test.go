package writing_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/writing"
)

// editable is a stored note as the form shows it.
func editable(html string) string { return prose.ReadStored(html).Editable() }

const hostile = "<script>alert('x')</script><style>p{color:red}</style><p onclick=\"alert(1)\" style=\"color:red\">Kept <a href=\"javascript:alert(1)\">words</a></p><!-- a comment --><iframe src=\"https://evil.example\"></iframe>"

func TestAcceptance17_PartNothingHostileIsStored(t *testing.T) {
	d := newDesk(t)
	f := fields(func(f *archive.WorkFields) {
		f.Title, f.Summary, f.NotesBefore, f.NotesAfter = "A <script>title</script>", hostile, hostile, hostile
		f.Freeforms = []string{"Kept words"}
	})
	chapter := archive.ChapterFields{
		Title: "<b>Bold</b>", Text: hostile, Summary: hostile, Disclaimer: hostile, NotesBefore: hostile, NotesAfter: hostile, Dedication: hostile,
	}
	for _, format := range []string{archive.FormatText, archive.FormatMarkdown, archive.FormatHTML} {
		chapter.Format = format
		id := d.create(writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{chapter}})
		work, text := d.work(id), d.text(d.chapters(id)[0].ID)
		for field, html := range map[string]string{
			"summary": work.Summary, "notes": work.NotesBefore + work.NotesAfter, "body": text.Body,
			"chapter": text.Summary + text.Disclaimer + text.NotesBefore + text.NotesAfter,
		} {
			for _, bad := range []string{"<script", "<style", "onclick", "javascript:", "comment", "<iframe", "style="} {
				if strings.Contains(html, bad) {
					t.Errorf("%s, %s: %q is left in %s", format, field, bad, html)
				}
			}
			if !strings.Contains(html, "Kept") || !strings.Contains(html, "words") {
				t.Errorf("%s, %s: the words are gone from %q", format, field, html)
			}
		}
		wants(t, "the title as typed", work.Title, "A <script>title</script>")
	}
}

// Saving what the form shows, unchanged, leaves every byte as it was.
func TestSavingAChapterUnchangedChangesNothing(t *testing.T) {
	const typed = "<p align=\"center\">A <b>b</b></p>\nplain line\nnext line\n\nnew\n\n\nafter a gap\n\n<ul><li>x</li></ul> & <em>y</em>"
	for format, source := range map[string]string{
		archive.FormatText:     typed,
		archive.FormatHTML:     "<div><p>One</p>\n<p>Two&nbsp;words<br>three</p><hr><blockquote>q</blockquote></div>",
		archive.FormatMarkdown: "# Head\n\nOne *two* **three**\nfour\n\n- a\n- b\n\n> quote\n\n***\n\n\\*not\\* `code`",
	} {
		t.Run(format, func(t *testing.T) {
			desks(t, func(t *testing.T, d *desk) {
				chapter := archive.ChapterFields{
					Title: "A title", Text: source, Format: format, Summary: "<i>sum</i>\nmary", Disclaimer: "Not mine &amp; yours", NotesBefore: "one\n\ntwo", NotesAfter: "<a href=\"https://example.org\">there</a>", Dedication: "Pell & co",
				}
				id := d.create(writing.NewWork{Fields: fields(), Chapters: []archive.ChapterFields{chapter}})
				one := d.chapters(id)[0]
				before := d.text(one.ID)
				wants(t, "the source", before.Source, source)
				for range 2 {
					d.Clock.Pass(2 * time.Hour)
					d.save(d.open(id, one.ID))
					wants(t, "what it says", d.text(one.ID), before)
					wants(t, "its date", d.chapters(id)[0].Published, one.Published)
				}
				wants(t, "its format", d.text(one.ID).Format, format)
			})
		})
	}
}

func TestAcceptance18_PartPlainTextBecomesBreaksAndParagraphs(t *testing.T) {
	d := newDesk(t)
	id := d.post("one\ntwo\n\nthree\n\n\nfour")
	chapter := d.chapters(id)[0].ID
	wants(t, "the body", d.text(chapter).Body, "<p>one<br>two</p>\n<p>three</p>\n<p>\u00a0</p>\n<p>four</p>")
	f := d.open(id, chapter)
	f.Fields.Text = editable(d.text(chapter).Body)
	d.save(f)
	wants(t, "the body, saved again from itself", d.text(chapter).Body, "<p>one<br>two</p>\n<p>three</p>\n<p>\u00a0</p>\n<p>four</p>")
}

func TestPreviewStoresNothing(t *testing.T) {
	d := newDesk(t)
	set, err := d.Preview(t.Context(), 0, archive.ChapterFields{Text: "One two <script>x</script>three."}, nil, false)
	must(t, err)
	wants(t, "the words", set.Words, 3)
	wants(t, "the works", d.works(), 0)
	_, err = d.Preview(t.Context(), 0, archive.ChapterFields{Title: strings.Repeat("t", 256)}, nil, false)
	wants(t, "what is wrong", refused(t, err), []string{"chapter_title too_long", "text required"})
}

func TestTextOfAnyScriptAndSizeIsTakenWhole(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		long := strings.Repeat("灯台守の話。", 80_000)
		for _, whole := range []string{long, "אבג " + "\u202b" + "דהו", "a\x00b", strings.Repeat("\n", 100_000) + "end", "👩‍🚀 at the light"} {
			id := d.post(whole)
			body := d.text(d.chapters(id)[0].ID).Body
			for _, word := range strings.Fields(strings.ReplaceAll(whole, "\x00", " ")) {
				if clean := strings.Trim(word, "\u202b"); !strings.Contains(body, clean) && len(whole) < 1000 {
					t.Errorf("%q is not in %q", clean, body)
				}
			}
		}
	})
}
