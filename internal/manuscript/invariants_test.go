package manuscript

import (
	"strings"
	"unicode"

	"ficus/internal/prose"
)

// holder is a test of any kind that something is held by.
type holder interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkInvariants holds what is true of every reading of every text: parts
// are sorted and cover the source but for white space, every part names a
// known rule, and each block shows the letters of its span, in order.
func checkInvariants(t holder, r Reading) {
	t.Helper()
	at := 0
	for i, p := range r.Parts {
		if p.Start < at || p.End < p.Start || p.End > len(r.SourceText) {
			t.Fatalf("part %d is %d to %d after %d of %d", i, p.Start, p.End, at, len(r.SourceText))
		}
		if between := r.SourceText[at:p.Start]; strings.TrimSpace(between) != "" {
			t.Fatalf("before part %d stands %q in no part", i, between)
		}
		if !ruleNames[p.Rule] {
			t.Fatalf("part %d names the unknown rule %q", i, p.Rule)
		}
		at = p.End
	}
	if rest := r.SourceText[at:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("behind the last part stands %q", rest)
	}
	checkStory(t, r)
}

// checkStory compares the story with the spans of its parts, letter by letter:
// nothing lost, nothing moved, nothing added.
func checkStory(t holder, r Reading) {
	t.Helper()
	next := map[[2]int]int{}
	shown := map[noteKey]string{}
	for _, p := range r.Parts {
		c := &r.Works[p.Work].Chapters[p.Chapter]
		switch p.What {
		case InStory:
			key := [2]int{p.Work, p.Chapter}
			if p.Block != next[key] {
				t.Fatalf("block %d of chapter %v comes where %d should", p.Block, key, next[key])
			}
			next[key]++
			if r.Source.Kind == "md" {
				continue // signs of Markdown and addresses are in the span alone
			}
			if c.Body.Blocks[p.Block].Kind == prose.SceneBreak {
				continue // of drawn lines in a row the longest is shown
			}
			if got, want := letters(blockText(c.Body.Blocks[p.Block])), letters(r.Text(p)); got != want && !noted(c.Body.Blocks[p.Block], want) {
				t.Fatalf("block %d shows %q, its span holds %q (%s)", p.Block, got, want, p.Rule)
			}
		case OpeningNote, ClosingNote, Disclaimer:
			doc := map[string]prose.Document{OpeningNote: c.OpeningNote, ClosingNote: c.ClosingNote, Disclaimer: c.Disclaimer}[p.What]
			checkNote(t, r, p, doc, shown)
		}
	}
	for w := range r.Works {
		for c := range r.Works[w].Chapters {
			if got, want := len(r.Works[w].Chapters[c].Body.Blocks), next[[2]int{w, c}]; got != want {
				t.Fatalf("chapter %d of work %d has %d blocks for %d parts", c, w, got, want)
			}
		}
	}
}

// noted is true for a block with a footnote in it that came from elsewhere: its
// span holds all its other letters, and the note's mark.
func noted(b prose.Block, span string) bool {
	runs, found := withoutNotes(b.Inlines)
	figures := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return -1
			}
			return r
		}, text)
	}
	return found && figures(letters(prose.PlainText(runs))) == figures(span)
}

func withoutNotes(runs []prose.Inline) (left []prose.Inline, found bool) {
	for _, run := range runs {
		if isFootnote(run) {
			found = true
			continue
		}
		left = append(left, run)
	}
	return left, found
}

// noteKey names one note of one chapter.
type noteKey struct {
	work, chapter int
	what          string
}

// checkNote holds that a note shows its span but for the label before it.
// shown holds what of each note no part has accounted for yet.
func checkNote(t holder, r Reading, p Part, doc prose.Document, shown map[noteKey]string) {
	t.Helper()
	if r.Source.Kind == "md" {
		return
	}
	span := r.Text(p)
	first, _, _ := strings.Cut(span, "\n")
	if l, ok := labelOf(first); ok && (l.what == OpeningNote || l.what == Disclaimer) {
		span = span[l.rest:]
	}
	key := noteKey{p.Work, p.Chapter, p.What}
	if _, seen := shown[key]; !seen {
		shown[key] = letters(blocksText(doc.Blocks))
	}
	want := letters(span)
	at := strings.Index(shown[key], want)
	if at < 0 {
		t.Fatalf("the %s shows %q, its span holds %q", p.What, shown[key], want)
	}
	shown[key] = shown[key][at+len(want):]
}

// letters is a text's letters and figures without anything between.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
