package manuscript

import (
	"html"
	"slices"
	"strings"
	"testing"

	"ficus/internal/prose"

	"pgregory.net/rapid"
)

// linesOfTexts are lines as they stand in manuscripts, of every kind.
var linesOfTexts = []string{
	"She went down the stair.", "\"It's late,\" he said.", "Nobody answered, and the lamp burned on.", "He had *never* been _there_ before.", "It was 1897, or 1898.",
	"Title: The Lamp", "Author: Quill", "by Quill", "Rating: PG", "Disclaimer: I own nothing.", "A/N: thank you for the reviews!", "Notes: bring rope.", "Summary: a lamp.",
	"***", "* * *", "xXx", "-", "--", "#", ".", "…", "~ 2 weeks later ~", "—", "[break]",
	"Chapter One", "Chapter 2: Oil", "PART TWO", "Prologue", "第三章 夜", "Глава первая", "Erstes Kapitel", "1.", "II", "Contents",
	"0415 HRS", "NORTHLIGHT STATION", "4 November", "Le 3 mai 1897", "//Wen's POV//", "Dear Edda,", "Yours,", "Jor", "P.S. Bring rope.",
	"Bo: hello", "Sam: no", "<odo> anyone", "From: quill@example.net", "Subject: NEW: Lamp", "-- ", "http://www.example.net/~q", "+44 1632 960 112", "12 Ropewalk Lane",
	"Oh bring me a lamp and a ladder", "and I will climb to the sea", "[1] A note.", "* A note.", "The year[1] was long*.", "/He lies,/ she thought.", "/x/ = thoughts",
	"The End", "TBC", "(A/N: no)", "    set in by four", "\tset in by a tab", "> quoted", "a  b\u00a0c", "two  spaces", "tabs\t\tin it", "a page\fends", "x_y_z and/or 2 * 3", "Next chapter: oil.", "caf\u0065\u0301", "​zero",
}

// anyText draws a text of such lines.
func anyText(t *rapid.T) string {
	var s strings.Builder
	for range rapid.IntRange(1, 30).Draw(t, "lines") {
		s.WriteString(rapid.SampledFrom(linesOfTexts).Draw(t, "line"))
		s.WriteString(rapid.SampledFrom([]string{"\n", "\n\n", "\n\n", "\n\n\n", "\r\n"}).Draw(t, "end"))
	}
	return s.String()
}

func TestWhateverStandsInATextTheInvariantsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := anyText(rt)
		kind := rapid.SampledFrom([]string{"txt", "md", "html", ""}).Draw(rt, "kind")
		if kind == "html" {
			text = "<p>" + strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(text), "\n\n", "</p><p>"), "\n", "<br>") + "</p>"
		}
		r, err := Read([]byte(text), Options{Kind: kind})
		if err != nil {
			return // nothing but what no reader sees
		}
		checkInvariants(rt, r)
		checkBinding(rt, r)
		checkReadAgain(rt, r)
		undone, err := Read([]byte(text), Options{Kind: kind, Choices: []Choice{{0, len(r.SourceText), "", "story"}}})
		if err != nil {
			rt.Fatal(err)
		}
		checkInvariants(rt, undone)
		if kind == "txt" {
			if got, want := letters(blocksText(undone.Works[0].Chapters[0].Body.Blocks)), letters(undone.SourceText); got != want {
				rt.Fatalf("undone, the story is %q, the text %q", got, want)
			}
		}
	})
}

// checkReadAgain holds that what was read, written as a page and read again
// has the same words, and that each block that was no plain paragraph is still
// what it was.
func checkReadAgain(t holder, r Reading) {
	if r.Source.Kind == "md" {
		return // HTML in Markdown is one block whatever it holds
	}
	for w := range r.Works {
		for _, c := range r.Works[w].Chapters {
			if c.Body.Words() == 0 {
				continue
			}
			again, err := Read([]byte("<!DOCTYPE html>"+c.Body.HTML()), Options{Kind: "html", NoGuess: true})
			if err != nil {
				t.Fatalf("read again: %v", err)
			}
			twice := again.Works[0].Chapters[0].Body
			if got, want := letters(blocksText(withoutBreaks(twice.Blocks))), letters(blocksText(withoutBreaks(c.Body.Blocks))); got != want {
				t.Fatalf("read again\n%s\nis\n%s", c.Body.HTML(), twice.HTML())
			}
			for i, b := range c.Body.Blocks {
				if b.Kind != prose.Paragraph && !sameShape(twice.Blocks, b) {
					t.Fatalf("block %d, %s, is lost when it is read again:\n%s", i, KindName(b.Kind), twice.HTML())
				}
			}
		}
	}
}

// withoutBreaks leaves out what is drawn between scenes: two breaks in a row, as
// they stand where a note between them was set apart, are one when read again.
func withoutBreaks(blocks []prose.Block) []prose.Block {
	return slices.DeleteFunc(slices.Clone(blocks), func(b prose.Block) bool { return b.Kind == prose.SceneBreak })
}

func sameShape(blocks []prose.Block, b prose.Block) bool {
	return slices.ContainsFunc(blocks, func(other prose.Block) bool {
		return other.Kind == b.Kind && (b.Kind == prose.SceneBreak || letters(blockText(other)) == letters(blockText(b)))
	})
}
