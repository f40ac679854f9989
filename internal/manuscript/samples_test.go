package manuscript

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ficus/internal/prose"

	"github.com/google/go-cmp/cmp"
)

// expected is what a sample's .expect.json may ask, in the words of FORMATS.md.
// A key that is absent asks nothing.
type expected struct {
	WorksTitles    []string          `json:"works_titles"`
	Author         *string           `json:"author"`
	Fields         map[string]string `json:"fields"`
	ChapterTitles  []string          `json:"chapter_titles"`
	DisclaimerHas  texts             `json:"disclaimer_has"`
	OpeningNote    *string           `json:"opening_note"`
	ClosingNote    *string           `json:"closing_note"`
	OpeningNoteHas texts             `json:"opening_note_has"`
	ClosingNoteHas texts             `json:"closing_note_has"`
	Dedication     *string           `json:"dedication"`
	SceneHeadings  []string          `json:"scene_headings"`
	SceneBreaks    *int              `json:"scene_breaks"`
	BreaksCertain  []string          `json:"breaks_certain"`
	BreaksDoubtful []string          `json:"breaks_doubtful"`
	Paragraphs     *int              `json:"paragraphs"`
	Verse          [][]string        `json:"verse"`
	EndMark        *string           `json:"end_mark"`
	LeftOutHas     texts             `json:"left_out_has"`
	BodyHas        texts             `json:"body_has"`
	BodyLacks      texts             `json:"body_lacks"`
	BodyInOrder    []string          `json:"body_in_order"`
	PlainHas       texts             `json:"paragraphs_has"` // whole paragraphs, neither heading nor break
	Emphasis       []string          `json:"emphasis"`
	Italics        []string          `json:"italics"` // all the file shows slanted, wherever it stands; held in italics_test.go
	Thoughts       []string          `json:"thoughts"`
	Encoding       *string           `json:"encoding"`
	Chapters       *int              `json:"chapters"`
	Letters        *int              `json:"letters"`
	Messages       *int              `json:"messages"`
	Footnotes      []string          `json:"footnotes"`
	Offers         map[string]string `json:"offers"` // start of a part's text → what is offered
}

// texts is one text or a list of them.
type texts []string

func (t *texts) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = texts{one}
		return nil
	}
	var many []string
	err := json.Unmarshal(data, &many)
	*t = many
	return err
}

// readSample reads a file of testdata and what is expected of it.
func readSample(t *testing.T, name string) (Reading, expected) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	reading, err := Read(data, Options{Name: name})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	raw, err := os.ReadFile(filepath.Join("testdata", strings.TrimSuffix(name, filepath.Ext(name))+".expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&want); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return reading, want
}

// sampleNames are the manuscripts of testdata that say what is expected.
func sampleNames(t *testing.T) []string {
	t.Helper()
	expects, err := filepath.Glob("testdata/*.expect.json")
	if err != nil || len(expects) < 7 {
		t.Fatalf("testdata holds %d expectations, want at least 7 (%v)", len(expects), err)
	}
	var names []string
	for _, e := range expects {
		base := strings.TrimSuffix(e, ".expect.json")
		for _, ext := range []string{".txt", ".md", ".html"} {
			if _, err := os.Stat(base + ext); err == nil {
				names = append(names, filepath.Base(base+ext))
			}
		}
	}
	if len(names) != len(expects) {
		t.Fatalf("%d manuscripts for %d expectations", len(names), len(expects))
	}
	return names
}

func TestEverySampleIsUnderstoodAsItsExpectationSays(t *testing.T) {
	for _, name := range sampleNames(t) {
		t.Run(name, func(t *testing.T) {
			reading, want := readSample(t, name)
			checkExpected(t, reading, want)
			checkInvariants(t, reading)
			if t.Failed() {
				t.Log(describe(reading))
			}
		})
	}
}

func checkExpected(t *testing.T, r Reading, want expected) {
	t.Helper()
	w := r.Works[0]
	if want.WorksTitles != nil {
		var titles []string
		for _, work := range r.Works {
			titles = append(titles, work.Title)
		}
		same(t, "works_titles", want.WorksTitles, titles)
	}
	if want.Author != nil {
		same(t, "author", *want.Author, w.Author)
	}
	checkFields(t, want.Fields, w.Fields)
	if want.ChapterTitles != nil {
		var titles []string
		for _, c := range w.Chapters {
			titles = append(titles, c.Title)
		}
		same(t, "chapter_titles", want.ChapterTitles, titles)
	}
	notes := allNotes(w)
	contains(t, "disclaimer_has", notes[Disclaimer], want.DisclaimerHas)
	contains(t, "opening_note_has", notes[OpeningNote], want.OpeningNoteHas)
	contains(t, "closing_note_has", notes[ClosingNote], want.ClosingNoteHas)
	for what, text := range map[string]*string{OpeningNote: want.OpeningNote, ClosingNote: want.ClosingNote} {
		if text != nil {
			same(t, what, *text, notes[what])
		}
	}
	if want.Dedication != nil {
		same(t, "dedication", *want.Dedication, w.Chapters[0].Dedication)
	}
	contains(t, "left_out_has", spansOf(r, LeftOut), want.LeftOutHas)
	if want.LeftOutHas != nil && len(want.LeftOutHas) == 0 && strings.TrimSpace(spansOf(r, LeftOut)) != "" {
		t.Errorf("left out: %q, want nothing", spansOf(r, LeftOut))
	}
	if want.Encoding != nil {
		same(t, "encoding", *want.Encoding, r.Source.Encoding)
	}
	if want.Chapters != nil {
		same(t, "chapters", *want.Chapters, len(w.Chapters))
	}
	checkBlocks(t, r, want)
}

func checkFields(t *testing.T, want, got map[string]string) {
	t.Helper()
	if want != nil && len(want) == 0 && len(got) > 0 {
		t.Errorf("fields = %q, want none", got)
	}
	for name, value := range want {
		same(t, "field "+name, value, got[name])
	}
}

func checkBlocks(t *testing.T, r Reading, want expected) {
	t.Helper()
	byKind := map[string][]string{}
	var body []string
	for _, c := range r.Works[0].Chapters {
		for _, b := range c.Body.Blocks {
			byKind[KindName(b.Kind)] = append(byKind[KindName(b.Kind)], blockText(b))
			body = append(body, blockText(b))
		}
	}
	if want.SceneHeadings != nil {
		same(t, "scene_headings", want.SceneHeadings, byKind["scene_heading"])
	}
	if want.SceneBreaks != nil {
		same(t, "scene_breaks", *want.SceneBreaks, len(byKind["scene_break"]))
	}
	if want.Paragraphs != nil {
		same(t, "paragraphs", *want.Paragraphs, len(byKind["paragraph"])+len(byKind["verse"]))
	}
	if want.Letters != nil {
		same(t, "letters", *want.Letters, len(byKind["letter"]))
	}
	if want.Messages != nil {
		same(t, "messages", *want.Messages, len(byKind["messages"]))
	}
	if want.EndMark != nil {
		same(t, "end_mark", *want.EndMark, strings.Join(byKind["end_mark"], "\n"))
	}
	if want.Verse != nil {
		var stanzas [][]string
		for _, text := range byKind["verse"] {
			stanzas = append(stanzas, strings.Split(text, "\n"))
		}
		same(t, "verse", want.Verse, stanzas)
	}
	whole := strings.Join(body, "\n")
	contains(t, "body_has", whole, want.BodyHas)
	for _, text := range want.BodyLacks {
		if strings.Contains(whole, text) {
			t.Errorf("body_lacks: %q is in the story", text)
		}
	}
	at := 0
	for _, text := range want.BodyInOrder {
		next := strings.Index(whole[at:], text)
		if next < 0 {
			t.Errorf("body_in_order: %q is missing or too early", text)
			continue
		}
		at += next + len(text)
	}
	for _, text := range want.PlainHas {
		if !slices.Contains(byKind["paragraph"], text) {
			t.Errorf("paragraphs_has: %q is no paragraph of its own", text)
		}
	}
	checkParts(t, r, want)
	checkMarks(t, r, want)
}

func checkParts(t *testing.T, r Reading, want expected) {
	t.Helper()
	confidence := map[string]float64{}
	for _, p := range r.Parts {
		if p.What == InStory && strings.HasPrefix(p.Rule, "break.") {
			confidence[r.Text(p)] = p.Confidence
		}
	}
	for _, text := range want.BreaksCertain {
		if confidence[text] < 0.9 {
			t.Errorf("breaks_certain: %q has %v", text, confidence[text])
		}
	}
	for _, text := range want.BreaksDoubtful {
		if c := confidence[text]; c == 0 || c >= 0.9 {
			t.Errorf("breaks_doubtful: %q has %v", text, c)
		}
	}
	for start, offer := range want.Offers {
		found := slices.ContainsFunc(r.Parts, func(p Part) bool {
			return strings.HasPrefix(r.Text(p), start) && p.Offer == offer
		})
		if !found {
			t.Errorf("offers: nothing that begins %q is offered as %s", start, offer)
		}
	}
}

func checkMarks(t *testing.T, r Reading, want expected) {
	t.Helper()
	marks := map[prose.Mark][]string{}
	for _, c := range r.Works[0].Chapters {
		for _, b := range c.Body.Blocks {
			collectMarks(b, marks)
		}
	}
	if want.Emphasis != nil {
		same(t, "emphasis", want.Emphasis, append([]string{}, marks[prose.Emphasis]...))
	}
	if want.Footnotes != nil {
		same(t, "footnotes", want.Footnotes, append([]string{}, marks[footnoteKey]...))
	}
	if want.Thoughts != nil {
		same(t, "thoughts", want.Thoughts, append([]string{}, marks[prose.Thought]...))
	}
}

// footnoteKey is where collectMarks puts footnotes.
const footnoteKey prose.Mark = 255

func collectMarks(b prose.Block, marks map[prose.Mark][]string) {
	var walk func([]prose.Inline)
	walk = func(runs []prose.Inline) {
		for _, run := range runs {
			if isFootnote(run) {
				marks[footnoteKey] = append(marks[footnoteKey], prose.PlainText(run.Kids))
			} else if run.Mark != prose.Text {
				marks[run.Mark] = append(marks[run.Mark], prose.PlainText(run.Kids))
			}
			walk(run.Kids)
		}
	}
	walk(b.Inlines)
	for _, inner := range b.Blocks {
		collectMarks(inner, marks)
	}
}

func allNotes(w Work) map[string]string {
	notes := map[string]string{}
	for _, c := range w.Chapters {
		for what, d := range map[string]prose.Document{Disclaimer: c.Disclaimer, OpeningNote: c.OpeningNote, ClosingNote: c.ClosingNote} {
			if text := blocksText(d.Blocks); text != "" {
				notes[what] += text + "\n"
			}
		}
	}
	return notes
}

func spansOf(r Reading, what string) string {
	var s strings.Builder
	for _, p := range r.Parts {
		if p.What == what {
			s.WriteString(r.Text(p) + "\n")
		}
	}
	return s.String()
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func contains(t *testing.T, what, text string, want texts) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s: %q is not in %q", what, w, text)
		}
	}
}

// describe prints the parts, for a failing test.
func describe(r Reading) string {
	var s strings.Builder
	for _, p := range r.Parts {
		text := r.Text(p)
		if len(text) > 70 {
			text = text[:70] + "…"
		}
		s.WriteString(strings.Join([]string{p.What, p.Rule, p.Offer, p.Certainty(), strings.ReplaceAll(text, "\n", "⏎")}, " | ") + "\n")
	}
	return s.String()
}
