package manuscript

import (
	"strings"
	"testing"
)

// traps are stories that look like something else. Not one word of them may
// leave the story.
var traps = map[string]string{
	"a log opens the story": `Date: 4 November
Setting: the south mole
Status: dark

The lamp had been out since Sunday, and the log said so in three hands.

She added a fourth.`,
	"a case file opens the story": `Category: lighthouse
Status: contained

Nobody had ever contained a lighthouse before.`,
	"the narrator writes to somebody": `I kept the lamp for forty years.

***

I wrote this story down for you. I am sorry it took so long. Thank you for waiting.`,
	"the narrator speaks to the reader": `Dear reader, I am writing this story in a cupboard. You will be sorry for me by the end, and I thank you for it.

I have no paper. You will have noticed.

***

The cupboard has a lock on the inside.`,
	"a break typed as the signature line": "The door was open.\n\n-- \n\nShe closed it.\n\nThat was all.",
	"speech that owns nothing": `"I do not own the lamp," he said. "I never said I did."

Nobody was making any money from it.`,
	"a note found in a bottle": `They pulled the cork.

Note: bring rope.

"That's all it says," said Bo.`,
	"a suicidal clock": `The clock said twelve. It had been saying so for a week.

Note: I have gone to ask the sun.`,
	"a chapter spoken of": `Chapter was the word he used for it. Chapter seven was the worst.

Part of him wanted to go home. Part two of the evening was worse.`,
	"a play": `BO: Where is it?

SAM: I don't know. Thank you for asking.

BO: I asked you.

SAM: You did.

BO: And?

SAM: Thanks.

BO: Is it under the chapter house?

SAM: I'm sorry.`,
	"a lone summary": `Summary: there is no lamp.

That was the whole report, and he had taken a month over it.`,
	"shouting": `NO NO NO

He could hear it through the wall.

NO NO NO

It was the neighbour's parrot.`,
	"a kiss at the end of a card": `The card said come home.

xx

She put it in the drawer with the others.`,
	"for whom the harbour was loud": `For Oriane, who had never seen the sea, the harbour was loud.

She put her hands over her ears and looked at it.`,
	"I write, I always have": `I write. I have always written. My mother says it is a kind of homework.

The lamp comes on at six.`,
}

func TestNotOneWordOfAStoryIsTakenOut(t *testing.T) {
	for name, text := range traps {
		for _, before := range []string{"", "A/N: thank you all for the reviews!\n\n"} {
			r, err := Read([]byte(before+text), Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if before != "" && name == "a lone summary" {
				continue // two labels are a header
			}
			for _, p := range r.Parts {
				if p.What != InStory && p.Start >= len(before) {
					t.Errorf("%s: %q became %s by %s", name, r.Text(p), p.What, p.Rule)
				}
			}
			if before != "" && r.Works[0].Chapters[0].OpeningNote.IsEmpty() {
				t.Errorf("%s: the note before it is not set apart", name)
			}
			checkInvariants(t, r)
		}
	}
}

func TestALineBehindALateAsideStaysInTheStory(t *testing.T) {
	r, err := Read([]byte("The lamp was out for a week.\n\nNobody slept.\n\nA/N: I cried when I wrote this, you guys.\n\nAnd then the light came on."), Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := r.Works[0].Chapters[0]
	contains(t, "story", blocksText(c.Body.Blocks), texts{"And then the light came on."})
	contains(t, "note", blocksText(c.ClosingNote.Blocks), texts{"I cried"})
	last := r.Parts[len(r.Parts)-1]
	if last.Offer != ClosingNote || last.Certainty() != "look" {
		t.Errorf("the last line is offered as %q, %s", last.Offer, last.Certainty())
	}
}

func TestARefrainIsNeitherBreakNorHeading(t *testing.T) {
	for _, refrain := range []string{"Hold the line", "HOLD THE LINE", "Not today.", "Hold the line, Mara", "Harbour Road", "oh, oh, oh"} {
		text := strings.ReplaceAll("0415 HRS\n\nThe siren went.\n\nR\n\nShe ran.\n\n***\n\nR\n\nHe ran too.\n\nR\n\nEverybody ran.", "R\n", refrain+"\n")
		r, err := Read([]byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Parts {
			if r.Text(p) == refrain && p.Rule != "text.paragraph" {
				t.Errorf("%q was taken for %s", refrain, p.Rule)
			}
		}
	}
}

func TestAHeadedNoteOfMarkdownGoesToTheNextHeading(t *testing.T) {
	r, err := Read([]byte("# The Lamp\n\n## Author's Note\n\nTides by the almanac.\n\nThe rope is real.\n\n## One\n\nIt lit.\n\n## Two\n\nIt went out."), Options{Kind: "md"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "chapters", 2, len(r.Works[0].Chapters))
	contains(t, "note", blocksText(r.Works[0].Chapters[0].OpeningNote.Blocks), texts{"Tides by", "The rope is real."})
}

func TestFacesAndScrapsAreNoBreaks(t *testing.T) {
	for _, text := range []string{":)", ":-)", ";)", "=)", "},", "];", "<3", "...", "?!", "O", "I", "x", "xx", "xoxo", "10.", "H&R", "V/r,", "(...)", "\"\""} {
		if mark, ok := breakOf(text); ok {
			t.Errorf("%q was taken for %s", text, mark.rule)
		}
	}
	for _, text := range []string{"***", "* * *", "*", "#", "---", "~~", "~*~", "~.~", "~x~", "~ X ~", "xXx", "oOo", ". oO0Oo .", "ooooo", "[break]", "(Scene Break)", "--- page break ---",
		"＊＊＊", "⁂", "— ⋆⭒˚.⋆ ♄ ⋆⭒˚.⋆ —", "===", "=====", "+++", "––––––––––––––––", "————", "<><><>", "*~*~*~*~*"} {
		if mark, ok := breakOf(text); !ok || mark.confidence < 0.9 {
			t.Errorf("%q is a break with %v", text, mark.confidence)
		}
	}
}

func TestSceneHeadingsOfAllKinds(t *testing.T) {
	for text, rule := range map[string]string{
		"0415 HRS": "heading.time", "0930 ZULU": "heading.time", "0845 Local Time": "heading.time", "6:07am": "heading.time", "(Friday, 11:37 PM)": "heading.date",
		"JAG offices: 1154, August 23": "heading.date", "August 1997": "heading.date", "(November 4th, 13843 BCE)": "heading.date", "Monday 7/14": "heading.date",
		"14 Quay Row, Lower Harbour": "heading.address", "Apartment 6": "heading.address", "//Pell's POV//": "heading.view", "Location: the mole": "heading.label",
		"FALLS CHURCH, VIRGINIA": "heading.capitals", "Two weeks later": "heading.later", "South Mole, Northlight": "heading.place",
	} {
		if s, ok := slugOf(text); !ok || s.rule != rule {
			t.Errorf("%q is %q", text, s.rule)
		}
	}
	for _, text := range []string{"\"0415 HRS,\" he said.", "He came at 6:07 am.", "Hold the line", "Monday came and went.", "C O N S E N T", "Not today!", "I…", "Sirs,", "J."} {
		if s, ok := slugOf(text); ok {
			t.Errorf("%q was taken for %s", text, s.rule)
		}
	}
}

func TestChapterHeadsOfAllKinds(t *testing.T) {
	for text, want := range map[string]head{
		"Chapter 4: Name": {3, 4, "Name", "Chapter 4"}, "CHAPTER FOUR": {3, 4, "", "CHAPTER FOUR"}, "Chapter XIV. The Stair": {3, 14, "The Stair", "Chapter XIV"},
		"Chapter Fourty-Nine": {3, 49, "", "Chapter Fourty-Nine"}, "Part Two - Oil": {2, 2, "Oil", "Part Two"}, "Chapter 7 The Stair": {3, 7, "The Stair", "Chapter 7"},
		"Prologue": {namedUnit, 0, "Prologue", "Prologue"}, "***Part One***": {2, 1, "", "Part One"}, "Chapter 3/12": {3, 3, "", "Chapter 3"},
		"Chapter the Last: Thaw": {3, lastNumber, "Thaw", "Chapter the Last"},
	} {
		if h, ok := headOf(text); !ok || h != want {
			t.Errorf("%q is %+v, %v", text, h, ok)
		}
	}
	for _, text := range []string{"Chapter was the word", "Part of him wanted to go", "Chapter 7 was the worst of them", "Epilogues are hard.", "Book him"} {
		if h, ok := headOf(text); ok {
			t.Errorf("%q was taken for %+v", text, h)
		}
	}
}
