package manuscript

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ficus/internal/prose"

	"pgregory.net/rapid"
)

// writer is one whose manuscripts are read one after another: what each
// reading teaches is known to the next.
type writer struct {
	t      *testing.T
	undone map[Habit]int
	known  []Habit
}

func newWriter(t *testing.T) *writer { return &writer{t: t, undone: map[Habit]int{}} }

func (w *writer) reads(text string, choices ...Choice) Reading {
	w.t.Helper()
	r, err := Read([]byte(text), Options{Habits: w.known, Choices: choices})
	if err != nil {
		w.t.Fatal(err)
	}
	checkInvariants(w.t, r)
	return r
}

// accepts takes a reading as it is: its lessons are learnt.
func (w *writer) accepts(r Reading) {
	for _, l := range r.Lessons {
		of := Habit{Kind: l.Kind, Shape: l.Shape}
		if w.undone[of]++; !l.Undone {
			w.undone[of] = 0
		}
		w.known = slices.DeleteFunc(w.known, func(h Habit) bool { return h.Kind == l.Kind && h.Shape == l.Shape })
		if n := w.undone[of]; n != 1 {
			w.known = append(w.known, Habit{Kind: l.Kind, Shape: l.Shape, Ask: n > 1})
		}
	}
}

// become is the choice that makes something of the part that holds some words.
func become(r Reading, words, what string) Choice {
	for _, p := range r.Parts {
		if strings.Contains(r.Text(p), words) {
			return Choice{Start: p.Start, End: p.End, What: p.What, Become: what}
		}
	}
	return Choice{}
}

// partOf is the part that holds some words.
func partOf(t *testing.T, r Reading, words string) Part {
	t.Helper()
	for _, p := range r.Parts {
		if strings.Contains(r.Text(p), words) {
			return p
		}
	}
	t.Fatalf("%q is in no part", words)
	return Part{}
}

func story(r Reading) string { return blocksText(r.Works[0].Chapters[0].Body.Blocks) }

// wantPart holds what a part is, how sure, and whether it is known.
func wantPart(t *testing.T, r Reading, words, what, certainty string, known bool) {
	t.Helper()
	if p := partOf(t, r, words); p.What != what || p.Certainty() != certainty || p.Known != known {
		t.Errorf("%q is %s, %s, known %t (%s); want %s, %s, %t", words, p.What, p.Certainty(), p.Known, p.Rule, what, certainty, known)
	}
}

const (
	scene      = "The lamp was lit at six. Nobody came down the stair, and the sea went on.\n\nShe counted the steps again. There were nine, as there had always been, and one was wet.\n\n"
	firstText  = "I do not own the lamp and make no money with this story.\n\n***\n\n" + scene + "~ * ~\n\n" + scene
	secondText = "I do not own the lamp and make no money with this story.\n\n***\n\nThe second night was worse than the first had been. The oil ran low.\n\n" + scene + "~ * ~\n\n" + scene
)

func TestWhatAWriterAcceptedIsSureNextTime(t *testing.T) {
	w := newWriter(t)
	first := w.reads(firstText)
	wantPart(t, first, "I do not own the lamp", Disclaimer, "likely", false)
	if first.Familiar() {
		t.Error("a first reading is familiar")
	}
	w.accepts(first)
	second := w.reads(secondText)
	wantPart(t, second, "I do not own the lamp", Disclaimer, "sure", true)
	wantPart(t, second, "~ * ~", InStory, "sure", true)
	if !second.Familiar() {
		t.Errorf("what is as it was accepted is not familiar: %+v", second.Guesses())
	}
	other := w.reads(strings.Replace(secondText, "I do not own the lamp", "We do not own the harbour", 1))
	if other.Familiar() {
		t.Error("other words are as familiar")
	}
}

func TestHiddenWordsAreLookedAtHoweverFamiliarTheRest(t *testing.T) {
	w := newWriter(t)
	w.accepts(w.reads(firstText))
	page := func(more string) []byte {
		return []byte("<!DOCTYPE html><p>" + strings.ReplaceAll(strings.TrimSpace(secondText), "\n\n", "</p><p>") + more + "</p>")
	}
	for more, want := range map[string]bool{"": true, `<span style="display:none">hidden words</span>`: false} {
		r, err := Read(page(more), Options{Habits: w.known})
		if err != nil {
			t.Fatal(err)
		}
		if r.Familiar() != want {
			t.Errorf("with %q it is familiar: %t (%v, %+v)", more, r.Familiar(), r.Dropped, r.Guesses())
		}
	}
}

func TestALabelOfTheWritersOwnIsKnownAgain(t *testing.T) {
	w := newWriter(t)
	text := "Ramblings: thank you all for the reviews, you kept me going!\n\n" + scene
	r := w.reads(text)
	w.accepts(w.reads(text, become(r, "Ramblings", OpeningNote)))
	next := "Ramblings: sorry about the wait for this chapter, exams.\n\n" + scene + "***\n\n" + scene + "***\n\nRamblings: tell me what you think, please review.\n"
	r = w.reads(next)
	wantPart(t, r, "exams", OpeningNote, "sure", true)
	wantPart(t, r, "tell me what", ClosingNote, "sure", true)
	if strings.Contains(story(r), "Ramblings") || !strings.Contains(story(r), "The lamp was lit at six.") {
		t.Errorf("the story is %q", story(r))
	}
}

func TestALabelIsNoReasonToTakeStoryOut(t *testing.T) {
	known := []Habit{{Kind: habitNoteLabel, Shape: "mara"}, {Kind: habitNoteLabel, Shape: "ramblings"}, {Kind: habitNoteLabel, Shape: "notes"}}
	for name, text := range map[string]string{
		"messages":      "Mara: thank you for the story!\n\nPell: sorry I was late.\n\nMara: you always are.\n\n" + scene,
		"a play":        "Mara: thanks for the update.\n\nPell: (laughs) You read it?\n\nMara: I did.\n\nPell: Oh.\n\nMara: Please review it, you said.\n\nPell: I did say so.\n\n",
		"a story":       "Ramblings: that was what her father called the book he had kept under the stair.\n\n" + scene,
		"in the middle": scene + "Ramblings: thank you for the reviews!\n\n" + scene + scene + scene + "\"There,\" she said.\n",
		"a notebook":    "Notes: bring rope, and the second lamp.\n\n" + scene,
	} {
		without, err := Read([]byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		with, err := Read([]byte(text), Options{Habits: known})
		if err != nil {
			t.Fatal(err)
		}
		if story(with) != story(without) {
			t.Errorf("%s: the story is\n%s\nand was\n%s", name, story(with), story(without))
		}
	}
}

func TestABreakOfTheWritersOwnIsKnownAgain(t *testing.T) {
	w := newWriter(t)
	text := scene + "lamp lamp\n\n" + scene + "lamp lamp\n\n" + scene
	r := w.reads(text)
	var choices []Choice
	for _, p := range r.Parts {
		if r.Text(p) == "lamp lamp" {
			choices = append(choices, Choice{p.Start, p.End, p.What, "scene_break"})
		}
	}
	w.accepts(w.reads(text, choices...))
	r = w.reads(scene + text)
	if p := partOf(t, r, "lamp lamp"); p.Rule != "habit.break" || p.Certainty() != "sure" {
		t.Errorf("the break is read by %s", p.Rule)
	}
	once := w.reads(scene + "lamp lamp\n\n" + scene)
	if p := partOf(t, once, "lamp lamp"); p.Rule == "habit.break" {
		t.Error("words that stand once are a break")
	}
}

func TestWhatWasPutBackTwiceIsOnlyOffered(t *testing.T) {
	w := newWriter(t)
	text := "A/N: the diary begins here, dear readers, with thanks.\n\n" + scene
	for range 2 {
		r := w.reads(text)
		if p := partOf(t, r, "diary"); p.What != OpeningNote {
			t.Fatalf("it is %s, put back fewer than two times", p.What)
		}
		w.accepts(w.reads(text, become(r, "diary", "story")))
	}
	r := w.reads(text)
	p := partOf(t, r, "diary")
	if p.What != InStory || p.Offer != OpeningNote || p.Rule != "habit.ask" || r.Familiar() {
		t.Errorf("it is %s, offered as %q by %s", p.What, p.Offer, p.Rule)
	}
	w.accepts(w.reads(text, become(r, "diary", OpeningNote)))
	wantPart(t, w.reads(text), "diary", OpeningNote, "sure", true)
}

func TestGapsPutBackTwiceAreOffered(t *testing.T) {
	w := newWriter(t)
	one := "The lamp was lit at six and nobody came.\nThe stair was wet, and the sea went on.\nShe counted the steps again that night.\nThere were nine, as there had always been.\n"
	text := one + "\n" + one + one
	for range 2 {
		r := w.reads(text)
		i := slices.IndexFunc(r.Parts, func(p Part) bool { return p.Rule == "break.gap" })
		if i < 0 {
			t.Fatal("no gap is a break")
		}
		w.accepts(w.reads(text, Choice{r.Parts[i].Start, r.Parts[i].End, InStory, "story"}))
	}
	r := w.reads(text)
	if story(r) != strings.TrimSpace(strings.ReplaceAll(text, "\n\n", "\n")) {
		t.Errorf("the story is %q", story(r))
	}
	if !slices.ContainsFunc(r.Parts, func(p Part) bool { return p.Offer == "scene_break" }) {
		t.Error("the gap is not offered")
	}
}

func TestALegendIsRemembered(t *testing.T) {
	w := newWriter(t)
	w.accepts(w.reads("/x/ = thoughts\n\n" + scene + "/He lies,/ it came to her.\n\n" + scene))
	r := w.reads(scene + "/He lies,/ it came to her.\n\n/He always did./ The lamp went out and/or it had never burned.\n\n")
	thoughts := 0
	for _, b := range r.Works[0].Chapters[0].Body.Blocks {
		for _, run := range b.Inlines {
			thoughts += boolInt(run.Mark == prose.Thought)
		}
	}
	if thoughts != 2 {
		t.Errorf("%d thoughts are marked: %s", thoughts, r.Works[0].Chapters[0].Body.HTML())
	}
	same(t, "recalled", []Habit{{Kind: "legend", Shape: "/ thought"}}, r.Recalled)
	if unmarked := w.reads(scene + "He and/or she.\n\n" + scene); unmarked.Recalled != nil {
		t.Errorf("without its signs %v is recalled", unmarked.Recalled)
	}
	if own := w.reads("/x/ = emphasis\n\n" + scene + "/Never/ again, and /never/ here.\n\n"); own.Recalled != nil {
		t.Errorf("beside a legend of its own %v is recalled", own.Recalled)
	}
}

func TestHeadsEndMarksAndWordsAreRemembered(t *testing.T) {
	w := newWriter(t)
	text := "Night the Third\n\nStandard lamp rules apply, as ever and always.\n\n" + scene + scene + "so it goes\n"
	r := w.reads(text)
	w.accepts(w.reads(text, become(r, "Night the", ChapterHead), become(r, "Standard lamp", Disclaimer), become(r, "so it goes", "end_mark")))
	r = w.reads(strings.Replace(text, "Third", "Fourth", 1))
	wantPart(t, r, "Night the Fourth", ChapterHead, "sure", true)
	wantPart(t, r, "Standard lamp", Disclaimer, "sure", true)
	wantPart(t, r, "so it goes", InStory, "sure", true)
	if !r.Familiar() || r.Works[0].Chapters[0].Title != "Night the Fourth" {
		t.Errorf("the chapter is %q", r.Works[0].Chapters[0].Title)
	}
	closing := w.reads(scene + scene + "Standard lamp rules apply, as ever and always.\n")
	wantPart(t, closing, "Standard lamp", Disclaimer, "sure", true)
	inside := w.reads(scene + "Standard lamp rules apply, as ever and always.\n\n" + scene)
	wantPart(t, inside, "Standard lamp", InStory, "sure", false)
}

func TestReadingAgainWithTheSameKnowledgeGivesTheSame(t *testing.T) {
	w := newWriter(t)
	w.accepts(w.reads(firstText))
	r := w.reads(secondText, become(w.reads(secondText), "~ * ~", "story"))
	again, err := Read([]byte(secondText), Options{Habits: r.Habits, Choices: []Choice{become(w.reads(secondText), "~ * ~", "story")}})
	if err != nil {
		t.Fatal(err)
	}
	one, _ := r.JSON()
	two, _ := again.JSON()
	if string(one) != string(two) || !strings.Contains(string(one), `"habits":[`) {
		t.Errorf("read again it is\n%s\nand was\n%s", two, one)
	}
	if plain, _ := Read([]byte(secondText), Options{}); plain.Habits != nil {
		t.Error("nothing was known, and is told")
	}
}

func TestWhatIsKnownOfAWriterIsBounded(t *testing.T) {
	long := strings.Repeat("a", LongestHabit+1)
	var many []Habit
	for range 2 * MostHabits {
		many = append(many, Habit{Kind: habitNoteLabel, Shape: long}, Habit{}, Habit{Kind: "\x00", Shape: "\xff"})
	}
	if h := habitsOf(many); len(h.ask) > MostHabits || len(h.labels) > 0 {
		t.Errorf("%d habits are heeded", len(h.ask))
	}
	r, err := Read([]byte(long+": thank you for the reviews!\n\n"+scene), Options{Habits: many})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range r.Lessons {
		if len(l.Shape) > LongestHabit {
			t.Errorf("a shape of %d bytes is learnt", len(l.Shape))
		}
	}
}

// lessonsOfSamples are the habits of one who accepted every sample as it is.
func lessonsOfSamples(t *testing.T) []Habit {
	t.Helper()
	w := newWriter(t)
	for _, name := range sampleNames(t) {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(data, Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		w.accepts(r)
	}
	return w.known
}

// Whatever was accepted before, of every sample the same words are story.
func TestWhatIsKnownTakesNoStoryOutOfAnySample(t *testing.T) {
	all := lessonsOfSamples(t)
	for from := 0; from < len(all); from += MostHabits {
		known := all[from:min(from+MostHabits, len(all))]
		for _, name := range sampleNames(t) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			without, _ := Read(data, Options{Name: name})
			with, err := Read(data, Options{Name: name, Habits: known})
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, with)
			for _, words := range takenOut(without, with) {
				t.Errorf("%s: %q is no story any more", name, words)
			}
		}
	}
}

// takenOut is what was story in one reading and is none in another.
func takenOut(before, after Reading) (gone []string) {
	for _, p := range before.Parts {
		if p.What != InStory || letters(before.Text(p)) == "" {
			continue
		}
		for _, q := range after.Parts {
			if q.What != InStory && q.Start < p.End && p.Start < q.End {
				gone = append(gone, after.Text(q))
			}
		}
	}
	return gone
}

// anyHabits draws what a writer may ever have accepted, among it what no
// writer would.
func anyHabits(t *rapid.T) []Habit {
	var list []Habit
	for range rapid.IntRange(0, 12).Draw(t, "habits") {
		line := rapid.SampledFrom(linesOfTexts).Draw(t, "of")
		h := rapid.SampledFrom([]Habit{
			{Kind: habitNoteLabel, Shape: ownLabel(line)}, {Kind: habitDisclaimerLabel, Shape: ownLabel(line)},
			{Kind: habitNoteWords, Shape: folded(line)}, {Kind: habitDisclaimerWords, Shape: folded(line)}, {Kind: habitEnd, Shape: folded(line)},
			{Kind: habitBreak, Shape: drawnShape(line)}, {Kind: habitHead, Shape: headShape(line)}, {Kind: habitLegend, Shape: "/ thought"},
			{Kind: habitNoteLabel, Shape: "a/n"}, {Kind: habitBreak, Shape: "gap"}, {Kind: LeftOut, Shape: "mail.signature"}, {Kind: habitHeading, Shape: "heading.time"},
		}).Draw(t, "habit")
		h.Ask = rapid.Bool().Draw(t, "ask")
		list = append(list, h)
	}
	return list
}

// Whatever is known of a writer: the invariants hold, everything can be undone,
// and what is taken out beyond a first reading stands at an edge of a chapter
// in a shape that was accepted.
func TestWhateverIsKnownOfAWriterTheInvariantsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text, known := anyText(rt), anyHabits(rt)
		r, err := Read([]byte(text), Options{Kind: "txt", Habits: known})
		if err != nil {
			return
		}
		checkInvariants(rt, r)
		for _, p := range r.Parts {
			if p.Known && p.Certainty() != "sure" || p.Known && p.Offer != "" {
				rt.Fatalf("%q is known and %s, offered as %q", r.Text(p), p.Certainty(), p.Offer)
			}
			if strings.HasPrefix(p.Rule, "habit.") && p.What != InStory && p.What != LeftOut && !p.Known && !strings.Contains(p.Rule, "ask") {
				rt.Fatalf("%q is %s by %s and not known", r.Text(p), p.What, p.Rule)
			}
		}
		undone, err := Read([]byte(text), Options{Kind: "txt", Habits: known, Choices: []Choice{{0, len(r.SourceText), "", "story"}}})
		if err != nil {
			rt.Fatal(err)
		}
		if got, want := letters(blocksText(undone.Works[0].Chapters[0].Body.Blocks)), letters(undone.SourceText); got != want {
			rt.Fatalf("undone, the story is %q, the text %q", got, want)
		}
		again, err := Read([]byte(text), Options{Kind: "txt", Habits: r.Habits})
		if err != nil {
			rt.Fatal(err)
		}
		one, _ := r.JSON()
		two, _ := again.JSON()
		if string(one) != string(two) {
			rt.Fatal("read again with what was known it differs")
		}
	})
}

// Prose between its edges never becomes anything else, whatever was accepted.
func TestWhateverIsKnownProseStaysStory(t *testing.T) {
	lines := []string{
		"She went down the stair and the lamp burned on behind her.", "\"It's late,\" he said, and put the kettle down.",
		"Nobody answered, and he had not thought that anybody would.", "He had seen the harbour once before, in the year of the flood.",
		"\"Notes,\" she said: \"bring rope.\"", "They were four, and then they were three, and it rained.",
	}
	rapid.Check(t, func(rt *rapid.T) {
		var s strings.Builder
		for range rapid.IntRange(4, 20).Draw(rt, "paragraphs") {
			s.WriteString(rapid.SampledFrom(lines).Draw(rt, "line") + "\n\n")
		}
		known := anyHabits(rt)
		for _, line := range lines {
			known = append(known, Habit{Kind: habitNoteLabel, Shape: ownLabel(line)}, Habit{Kind: habitBreak, Shape: drawnShape(line)}, Habit{Kind: habitHead, Shape: headShape(line)}, Habit{Kind: habitEnd, Shape: folded(line)})
		}
		r, err := Read([]byte(s.String()), Options{Kind: "txt", Habits: known})
		if err != nil {
			rt.Fatal(err)
		}
		if got, want := letters(story(r)), letters(s.String()); got != want {
			rt.Fatalf("the story is\n%s\nof\n%s", story(r), s.String())
		}
	})
}
