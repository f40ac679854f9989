package manuscript

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mainJob are the samples of the main job: disclaimer, long A/N with a
// dedication, scenes under headings, a refrain, a closing A/N.
var mainJob = []string{
	"11-mole-watch.txt", "12-ward-nine.txt", "13-bellwether-school.txt", "14-two-lamps.txt",
	"15-relay-seven.txt", "16-bookbinders.txt", "17-night-harbour.txt", "18-rain.txt",
}

func TestAcceptance61EachStandsInItsPlaceAndEveryWordStaysInOrder(t *testing.T) {
	for _, name := range mainJob {
		t.Run(name, func(t *testing.T) {
			reading, want := readSample(t, name)
			checkExpected(t, reading, want)
			checkInvariants(t, reading)
			c := reading.Works[0].Chapters[0]
			for what, empty := range map[string]bool{
				"disclaimer": c.Disclaimer.IsEmpty(), "opening note": c.OpeningNote.IsEmpty(),
				"closing note": c.ClosingNote.IsEmpty(), "story": c.Body.IsEmpty(),
			} {
				if empty {
					t.Errorf("the %s is empty", what)
				}
			}
			if len(reading.Works) != 1 || len(reading.Works[0].Chapters) != 1 {
				t.Errorf("one chapter became %d works", len(reading.Works))
			}
		})
	}
}

// choicesBetween reads a sample again with choices.
func readAgain(t *testing.T, name string, choices []Choice) Reading {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	reading, err := Read(data, Options{Name: name, Choices: choices})
	if err != nil {
		t.Fatal(err)
	}
	return reading
}

func TestAcceptance62EveryGuessIsUndoneExactlyAndKeptOnReadingAgain(t *testing.T) {
	for _, name := range sampleNames(t) {
		t.Run(name, func(t *testing.T) {
			first, _ := readSample(t, name)
			for _, guess := range first.Guesses() {
				choice := Choice{guess.Start, guess.End, guess.What, "story"}
				undone := readAgain(t, name, []Choice{choice})
				checkInvariants(t, undone)
				checkBack(t, undone, guess)
				same(t, "the same choices again", jsonOf(t, undone), jsonOf(t, readAgain(t, name, []Choice{choice})))
			}
		})
	}
}

// checkBack holds that the text of a guess that was undone stands in the story
// again, between what stood before and behind it.
func checkBack(t *testing.T, undone Reading, guess Part) {
	t.Helper()
	shown := ""
	for _, p := range undone.Parts {
		if p.Start < guess.Start || p.End > guess.End || p.Start == p.End {
			continue
		}
		if p.What != InStory {
			t.Errorf("%q is still %s by %s", undone.Text(p), p.What, p.Rule)
			continue
		}
		shown += blockText(undone.Works[p.Work].Chapters[p.Chapter].Body.Blocks[p.Block])
	}
	if want := undone.SourceText[guess.Start:guess.End]; undone.Source.Kind == "txt" && letters(shown) != letters(want) {
		t.Errorf("undone %s by %s: the story shows %q for %q", guess.What, guess.Rule, shown, want)
	}
}

func TestAcceptance62UndoingEverythingGivesTheTextAsItCame(t *testing.T) {
	for _, name := range sampleNames(t) {
		if filepath.Ext(name) != ".txt" {
			continue
		}
		first, _ := readSample(t, name)
		choices := []Choice{{0, len(first.SourceText), "", "story"}}
		undone := readAgain(t, name, choices)
		if len(undone.Works) != 1 || len(undone.Works[0].Chapters) != 1 {
			t.Errorf("%s: undone, it is still %d works", name, len(undone.Works))
			continue
		}
		if got, want := letters(blocksText(undone.Works[0].Chapters[0].Body.Blocks)), letters(undone.SourceText); got != want {
			t.Errorf("%s: the story is %q, the text %q", name, got, want)
		}
	}
}

func TestUndoingOneGuessLeavesTheOthers(t *testing.T) {
	first, _ := readSample(t, "14-two-lamps.txt")
	for _, guess := range first.Guesses() {
		if guess.What != OpeningNote && guess.What != Disclaimer && guess.What != ClosingNote {
			continue
		}
		undone := readAgain(t, "14-two-lamps.txt", []Choice{{guess.Start, guess.End, guess.What, "story"}})
		for _, p := range undone.Parts {
			for _, q := range first.Parts {
				sameSpan := p.Start == q.Start && p.End == q.End
				if sameSpan && p.What != q.What && q.Start != guess.Start && q.Rule != "break.border" {
					t.Errorf("undoing %s turned %q from %s to %s", guess.What, first.Text(q), q.What, p.What)
				}
			}
		}
	}
}

func TestAWriterMayTurnStoryIntoANoteAndBack(t *testing.T) {
	text := "Some words for you.\n\nThe lamp went out.\n\nIt came back."
	end := strings.Index(text, "\n")
	note := Choice{0, end, InStory, OpeningNote}
	got, err := Read([]byte(text), Options{Choices: []Choice{note}})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "note", "<p>Some words for you.</p>", got.Works[0].Chapters[0].OpeningNote.HTML())
	same(t, "words left in the story", 7, got.Works[0].Chapters[0].Body.Words())
	back, err := Read([]byte(text), Options{Choices: []Choice{note, {0, end, OpeningNote, "story"}}})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Read([]byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "story", plain.Works, back.Works)
}

func TestTheDedicationIsUndoneByItself(t *testing.T) {
	first, _ := readSample(t, "11-mole-watch.txt")
	for _, p := range first.Parts {
		if p.What != OpeningNote {
			continue
		}
		undone := readAgain(t, "11-mole-watch.txt", []Choice{{p.Start, p.End, "dedication", "story"}})
		same(t, "dedication", "", undone.Works[0].Chapters[0].Dedication)
		same(t, "note", first.Works[0].Chapters[0].OpeningNote, undone.Works[0].Chapters[0].OpeningNote)
	}
}

func TestAcceptance65ALetterWithLabelsIsStory(t *testing.T) {
	for _, name := range []string{"03-letter-story-trap.txt", "21-character-says-an.txt", "22-letter-with-labels.txt", "23-letter-opens.txt"} {
		t.Run(name, func(t *testing.T) {
			reading, want := readSample(t, name)
			checkExpected(t, reading, want)
			for _, p := range reading.Parts {
				if p.What != InStory {
					t.Errorf("%q became %s by %s", reading.Text(p), p.What, p.Rule)
				}
			}
			body := blocksText(reading.Works[0].Chapters[0].Body.Blocks)
			same(t, "story", letters(reading.SourceText), letters(body))
		})
	}
}

func TestNoGuessLeavesEverythingInTheStory(t *testing.T) {
	for _, name := range mainJob {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		reading, err := Read(data, Options{Name: name, NoGuess: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range reading.Parts {
			if p.What != InStory && p.Rule != "break.border" {
				t.Errorf("%s: %q became %s", name, reading.Text(p), p.What)
			}
		}
		checkInvariants(t, reading)
	}
}

func TestEveryPartOfEveryRuleHasAReason(t *testing.T) {
	rules := Rules()
	if len(rules) < 40 {
		t.Fatalf("only %d rules", len(rules))
	}
	for i, rule := range rules {
		if i > 0 && rules[i-1] >= rule {
			t.Errorf("%s is not sorted", rule)
		}
		if want := "manuscript.reason." + rule; Reason(rule) != want {
			t.Errorf("Reason(%s) = %s", rule, Reason(rule))
		}
	}
}

func TestJSONHoldsTheContractOfFORMATS(t *testing.T) {
	text := "Disclaimer: not mine.\n\nA/N: for you all, thanks for the reviews!\n\nThe <lamp> went out."
	reading, err := Read([]byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"version":3,"source":{"kind":"txt","encoding":"utf-8","sha256":"` + reading.Source.SHA256 + `","bytes":86},` +
		`"works":[{"title":"","author":"","fields":{},"chapters":[{"title":"","disclaimer":"<p>not mine.</p>",` +
		`"opening_note":"<p>for you all, thanks for the reviews!</p>","closing_note":"","dedication":"","words":4,` +
		`"blocks":[{"kind":"paragraph","html":"<p>The &lt;lamp&gt; went out.</p>","text":"The <lamp> went out."}]}]}],` +
		`"parts":[{"what":"disclaimer","work":0,"chapter":0,"block":0,"rule":"disclaimer.label","confidence":0.98,"start":0,"end":21},` +
		`{"what":"opening_note","work":0,"chapter":0,"block":0,"rule":"note.label","confidence":0.97,"start":23,"end":64},` +
		`{"what":"block","work":0,"chapter":0,"block":0,"rule":"text.paragraph","confidence":1,"start":66,"end":86}],"dropped":[]}`
	if diff := cmp.Diff(want, strings.TrimSpace(jsonOf(t, reading))); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func jsonOf(t *testing.T, r Reading) string {
	t.Helper()
	out, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(out))
}
