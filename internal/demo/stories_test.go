package demo

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ficus/internal/prose"
)

// read is the Document of a text in the format it was written in.
func read(format Format, text string) (prose.Document, []prose.Dropped) {
	switch format {
	case HTML:
		return prose.ReadHTML(text)
	case Markdown:
		return prose.ReadMarkdown(text)
	default:
		return prose.ReadTyped(text)
	}
}

func stories(t *testing.T) []Story {
	t.Helper()
	all, err := Stories()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDemoIsADozenWorksInFiveFandoms(t *testing.T) {
	fandoms := map[string]bool{}
	words := 0
	all := stories(t)
	for _, s := range all {
		for _, f := range s.Fandoms {
			fandoms[f] = true
		}
		for _, c := range s.Chapters {
			d, _ := read(c.Format, c.Text)
			words += d.Words()
		}
	}
	if len(all) < 12 {
		t.Errorf("%d works, want at least 12", len(all))
	}
	if len(fandoms) < 5 {
		t.Errorf("%d fandoms, want at least 5", len(fandoms))
	}
	if words < 20000 {
		t.Errorf("%d words, want at least 20,000", words)
	}
}

func TestDemoShowsEveryKindOfWork(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range stories(t) {
		last := s.Chapters[len(s.Chapters)-1]
		seen["rated "+s.Rating] = true
		seen["in "+s.Language] = true
		for _, category := range s.Categories {
			seen[category] = true
		}
		seen["restricted"] = seen["restricted"] || s.Restricted
		seen["open-ended"] = seen["open-ended"] || s.Planned == 0
		seen["several chapters"] = seen["several chapters"] || s.Planned > 3
		seen["long title"] = seen["long title"] || utf8.RuneCountInString(s.Title) > 200
		seen["verse"] = seen["verse"] || strings.Contains(last.Text, `class="verse"`)
		seen["letters"] = seen["letters"] || strings.Contains(last.Text, `class="letter"`)
		seen["scene headings"] = seen["scene headings"] || strings.Contains(last.Text, `<p class="place">0415 HRS`)
		seen["manuscript"] = seen["manuscript"] || last.Format == Manuscript
		seen["ruby"] = seen["ruby"] || strings.Contains(last.Text, "<ruby>")
	}
	for _, want := range []string{
		"rated General", "rated Teen", "rated Mature", "rated Not Rated",
		"F/F", "F/M", "M/M", "Gen", "in he", "in ja",
		"restricted", "open-ended", "several chapters", "long title",
		"verse", "letters", "scene headings", "manuscript", "ruby",
	} {
		if !seen[want] {
			t.Errorf("no work of the demo is %s", want)
		}
	}
}

func TestDemoKeepsTheLimitsOfTheWorkForm(t *testing.T) {
	ratings := []string{"Not Rated", "General", "Teen", "Mature", "Explicit"}
	warnings := []string{"chose not to warn", "none apply", "graphic violence", "major character death", "rape/non-con", "underage sex"}
	categories := []string{"F/F", "F/M", "M/M", "Gen", "Multi", "Other"}
	for _, s := range stories(t) {
		t.Run(s.Slug, func(t *testing.T) {
			within(t, "title", s.Title, 1, 255)
			within(t, "summary", s.Summary, 1, 1250)
			within(t, "notes before", s.NotesBefore, 0, 5000)
			within(t, "notes after", s.NotesAfter, 0, 5000)
			if !slices.Contains(ratings, s.Rating) {
				t.Errorf("rating %q is not one of %v", s.Rating, ratings)
			}
			someOf(t, "warnings", s.Warnings, warnings)
			someOf(t, "categories", s.Categories, categories)
			for _, set := range [][]string{s.Fandoms, s.Relationships, s.Characters, s.Freeforms} {
				if len(set) == 0 {
					t.Error("a kind of tag is missing")
				}
			}
			if len(s.Relationships) > 1 {
				someOf(t, "main tags", s.MainTags, s.Relationships)
			}
			tags := slices.Concat(s.Fandoms, s.Relationships, s.Characters, s.Freeforms)
			if len(tags) > 75 {
				t.Errorf("%d tags, want at most 75", len(tags))
			}
			for _, tag := range tags {
				within(t, "tag "+tag, tag, 1, 150)
				if strings.ContainsAny(tag, ",，、*<>^{}=`\\%") {
					t.Errorf("tag %q has a character tags may not have", tag)
				}
			}
		})
	}
}

func TestDemoWorksAreByAndForItsWriters(t *testing.T) {
	accountOf := map[string]string{}
	for _, w := range Writers() {
		for _, pseud := range w.Pseuds {
			accountOf[pseud] = w.Account
		}
	}
	for _, s := range stories(t) {
		if len(s.Creators) == 0 {
			t.Errorf("%s has no creator", s.Slug)
		}
		for _, c := range s.Creators {
			if accountOf[c.Pseud] != c.Account {
				t.Errorf("%s: %s is no pseud of %s", s.Slug, c.Pseud, c.Account)
			}
		}
		for _, gift := range s.Gifts {
			if accountOf[gift] == "" {
				t.Errorf("%s is a gift to %s, who is no writer here", s.Slug, gift)
			}
			if accountOf[gift] == s.Creators[0].Account {
				t.Errorf("%s is a gift of %s to themselves", s.Slug, gift)
			}
		}
	}
}

func TestDemoChaptersAreReadWholeAndInOrder(t *testing.T) {
	for _, s := range stories(t) {
		if s.Planned != 0 && len(s.Chapters) > s.Planned {
			t.Errorf("%s has %d chapters of %d planned", s.Slug, len(s.Chapters), s.Planned)
		}
		for i, c := range s.Chapters {
			where := s.Slug + "/" + c.File
			d, dropped := read(c.Format, c.Text)
			if d.IsEmpty() {
				t.Errorf("%s is empty", where)
			}
			if len(dropped) > 0 {
				t.Errorf("%s: the reader left out %v", where, dropped)
			}
			if c.DaysAgo < 1 || i > 0 && c.DaysAgo >= s.Chapters[i-1].DaysAgo {
				t.Errorf("%s: posted %d days ago, which is out of order", where, c.DaysAgo)
			}
			within(t, where+" disclaimer", c.Disclaimer, 0, 5000)
			within(t, where+" notes before", c.NotesBefore, 0, 5000)
			within(t, where+" notes after", c.NotesAfter, 0, 5000)
		}
	}
}

func TestDemoProseIsTypeset(t *testing.T) {
	for _, s := range stories(t) {
		for _, c := range s.Chapters {
			if c.Format == Manuscript {
				continue // kept as a writer typed it
			}
			d, _ := read(c.Format, c.Text)
			text := d.Text(0)
			for _, typed := range []string{`"`, `'`, "...", "--", "“ ", "“\n"} {
				if at := strings.Index(text, typed); at >= 0 {
					t.Errorf("%s/%s has a typewriter's %s at %q", s.Slug, c.File, typed, text[max(0, at-20):min(len(text), at+20)])
				}
			}
		}
	}
}

func TestADrabbleIsAHundredWords(t *testing.T) {
	for _, s := range stories(t) {
		if !slices.Contains(s.Freeforms, "Drabble") {
			continue
		}
		d, _ := read(s.Chapters[0].Format, s.Chapters[0].Text)
		if d.Words() != 100 {
			t.Errorf("%s has %d words, want 100", s.Slug, d.Words())
		}
	}
}

func within(t *testing.T, what, text string, least, most int) {
	t.Helper()
	if n := utf8.RuneCountInString(text); n < least || n > most {
		t.Errorf("%s has %d characters, want %d to %d", what, n, least, most)
	}
}

func someOf(t *testing.T, what string, have, allowed []string) {
	t.Helper()
	if len(have) == 0 {
		t.Errorf("no %s", what)
	}
	for _, h := range have {
		if !slices.Contains(allowed, h) {
			t.Errorf("%s: %q is not one of %v", what, h, allowed)
		}
	}
}
