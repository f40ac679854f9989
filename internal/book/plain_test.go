package book

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlainTextStandsIn72ColumnsOrFlows(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("The lamp was lit and nobody said why. ", 9))
	b := storm()
	b.Title = strings.TrimSpace(strings.Repeat("The Long Way Round ", 7))
	b.Chapters[0].Body, b.NotesBefore = doc(long), doc(long)
	set := string(bind(t, b, Text))
	for line := range strings.Lines(set) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 72 {
			t.Errorf("a line has %d columns: %s", n, line)
		}
	}
	b.Options.Flowing = true
	flowing := string(bind(t, b, Text))
	for _, words := range []string{"\n" + long + "\n", b.Title + "\n"} {
		if !strings.Contains(flowing, words) {
			t.Errorf("a paragraph is broken in\n%s", flowing)
		}
	}
	words := func(s string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("-", "", "=", "").Replace(s)), " ")
	}
	if words(set) != words(flowing) {
		t.Error("they do not say the same")
	}
	whole := bind(t, storm(), EPUB)
	b = storm()
	b.Options.Flowing = true
	if !slices.Equal(bind(t, b, EPUB), whole) {
		t.Error("a book that is no plain text is another")
	}
}

func TestPlainBindingsHaveContents(t *testing.T) {
	for f, want := range map[Format]string{
		Text:     "Contents\n\n- 1. Oil\n- Chapter 2\n- Chapter the Third\n",
		Markdown: "### Contents\n\n- 1\\. Oil\n- Chapter 2\n- Chapter the Third\n",
	} {
		if got := string(bind(t, storm(), f)); !strings.Contains(got, want) {
			t.Errorf("%s lacks the contents:\n%s", f, got[:min(len(got), 1500)])
		}
		b := storm()
		b.Chapters = b.Chapters[:1]
		if strings.Contains(string(bind(t, b, f)), "Contents") {
			t.Errorf("%s of one chapter has contents", f)
		}
	}
}
