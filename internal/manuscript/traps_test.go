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
