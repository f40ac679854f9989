package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// manuscripts measures the reader of manuscripts over the samples of a folder
// and those of the reader's own tests: how well it tells the parts apart, what
// it takes out of stories wrongly, how fast it is, and how much of a word
// processor's file it keeps beside pandoc.
func manuscripts(folder string) error {
	samples, err := findSamples("internal/manuscript/testdata", folder)
	if err != nil {
		return err
	}
	scores, wrong := scoreSamples(samples)
	fmt.Printf("%d manuscripts whose parts are known\n\n", len(samples))
	fmt.Print(scores)
	dressed, err := scoreDressed("internal/demo/stories")
	if err != nil {
		return err
	}
	fmt.Print(dressed)
	wrong.add(dressed.words)
	fmt.Printf("\nwords wrongly removed from the body: %d of %d (%.4f %%; aim 0, bar 0.05 %%)\n\n", wrong.removed, wrong.all, wrong.percent())
	if err := measureReading(); err != nil {
		return err
	}
	if err := measureWorst(); err != nil {
		return err
	}
	return pandoc(folder)
}

// sample is a manuscript and what is expected of it.
type sample struct {
	path string
	want map[string]json.RawMessage
}

// findSamples lists the manuscripts that have an expectation beside them. A
// folder that is not there is said and passed over.
func findSamples(folders ...string) ([]sample, error) {
	var found []sample
	for _, folder := range folders {
		if _, err := os.Stat(folder); err != nil {
			fmt.Printf("%s is not here; its samples are left out\n", folder)
			continue
		}
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			base, ok := strings.CutSuffix(path, ".expect.json")
			if err != nil || !ok {
				return err
			}
			files, _ := filepath.Glob(base + ".*")
			for _, file := range files {
				if file == path {
					continue
				}
				raw, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				s := sample{path: file}
				if err := json.Unmarshal(raw, &s.want); err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
				found = append(found, s)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// score counts, for one kind of part, those found that were there, those found
// that were not, and those missed.
type score struct{ right, extra, missed int }

// scores are the scores by kind.
type scores map[string]*score

func (s scores) of(kind string) *score {
	if s[kind] == nil {
		s[kind] = &score{}
	}
	return s[kind]
}

// lists compares what was found with what is there, in any order.
func (s scores) lists(kind string, want, got []string) {
	of, left := s.of(kind), slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			of.right++
			left = slices.Delete(left, i, i+1)
			continue
		}
		of.missed++
	}
	of.extra += len(left)
}

// String is the table of scores.
func (s scores) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%-16s %9s %9s %7s %7s %7s\n", "part", "precision", "recall", "right", "extra", "missed")
	kinds := make([]string, 0, len(s))
	for kind := range s {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	for _, kind := range kinds {
		of := s[kind]
		fmt.Fprintf(&out, "%-16s %9s %9s %7d %7d %7d\n", kind, ratio(of.right, of.right+of.extra), ratio(of.right, of.right+of.missed), of.right, of.extra, of.missed)
	}
	return out.String()
}

func ratio(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// wordLoss counts words of stories, and those that are missing from the body.
type wordLoss struct{ all, removed int }

func (w *wordLoss) add(other wordLoss) {
	w.all, w.removed = w.all+other.all, w.removed+other.removed
}

func (w wordLoss) percent() float64 {
	return 100 * float64(w.removed) / float64(max(w.all, 1))
}

// scoreSamples reads every sample and compares.
func scoreSamples(samples []sample) (scores, *wordLoss) {
	s, loss := scores{}, &wordLoss{}
	for _, one := range samples {
		data, err := os.ReadFile(one.path)
		if err == nil {
			var r manuscript.Reading
			if r, err = manuscript.Read(data, manuscript.Options{Name: filepath.Base(one.path)}); err == nil {
				one.compare(r, s, loss)
			}
		}
		if refused := (*manuscript.Error)(nil); errors.As(err, &refused) {
			fmt.Printf("%s: %s\n", one.path, refused.Sentence)
		} else if err != nil {
			fmt.Printf("%s: %v\n", one.path, err)
		}
	}
	return s, loss
}

func (one sample) text(key string) (texts []string, known bool) {
	raw, known := one.want[key]
	if !known {
		return nil, false
	}
	var single string
	if json.Unmarshal(raw, &single) == nil {
		if single == "" {
			return nil, true
		}
		return []string{single}, true
	}
	_ = json.Unmarshal(raw, &texts)
	return texts, true
}

// compare adds what one sample says to the scores.
func (one sample) compare(r manuscript.Reading, s scores, loss *wordLoss) {
	f := foundIn(r)
	for key, kind := range map[string]string{
		"works_titles": "title", "author": "author", "chapter_titles": "chapter", "scene_headings": "scene heading", "emphasis": "emphasis",
		"thoughts": "thought", "end_mark": "end mark", "footnotes": "footnote", "dedication": "dedication",
	} {
		if want, known := one.text(key); known {
			s.lists(kind, without(want, ""), without(f.lists[key], ""))
		}
	}
	for key, kind := range map[string]string{"disclaimer_has": "disclaimer", "opening_note_has": "opening note", "closing_note_has": "closing note", "left_out_has": "left out"} {
		one.holds(key, kind, f, s)
	}
	one.counts(f, s)
	var fields map[string]string
	if json.Unmarshal(one.want["fields"], &fields) == nil {
		for name, value := range fields {
			s.lists("field", []string{value}, without([]string{r.Works[0].Fields[name]}, ""))
		}
	}
	for _, key := range []string{"body_has", "body_in_order", "paragraphs_has"} {
		texts, _ := one.text(key)
		for _, text := range texts {
			words := len(strings.Fields(text))
			loss.all += words
			if !strings.Contains(f.body, text) {
				loss.removed += words
			}
		}
	}
}

// holds scores texts that must stand in a part; where the sample says that
// there is none, anything found is too much.
func (one sample) holds(key, kind string, f found, s scores) {
	want, known := one.text(key)
	if !known {
		return
	}
	if len(want) == 0 && strings.TrimSpace(f.parts[key]) != "" {
		s.of(kind).extra++
	}
	for _, text := range want {
		if strings.Contains(f.parts[key], text) {
			s.of(kind).right++
		} else {
			s.of(kind).missed++
		}
	}
}

// counts scores what samples only count.
func (one sample) counts(f found, s scores) {
	for key, kind := range map[string]string{"scene_breaks": "scene break", "letters": "letter", "messages": "messages"} {
		var want int
		if raw, known := one.want[key]; known && json.Unmarshal(raw, &want) == nil {
			got := f.counts[key]
			of := s.of(kind)
			of.right += min(want, got)
			of.missed += max(0, want-got)
			of.extra += max(0, got-want)
		}
	}
	var verse [][]string
	if raw, known := one.want["verse"]; known && json.Unmarshal(raw, &verse) == nil {
		var want []string
		for _, lines := range verse {
			want = append(want, strings.Join(lines, "\n"))
		}
		s.lists("verse", want, f.lists["verse"])
	}
}

func without(list []string, text string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == text })
}

// found is what a reading holds, in the words of an expectation.
type found struct {
	lists  map[string][]string
	parts  map[string]string
	counts map[string]int
	body   string
}

func foundIn(r manuscript.Reading) found {
	f := found{lists: map[string][]string{}, parts: map[string]string{}, counts: map[string]int{}}
	for _, w := range r.Works {
		f.lists["works_titles"] = append(f.lists["works_titles"], w.Title)
	}
	f.lists["author"] = []string{r.Works[0].Author}
	f.lists["dedication"] = []string{r.Works[0].Chapters[0].Dedication}
	for _, c := range r.Works[0].Chapters {
		f.lists["chapter_titles"] = append(f.lists["chapter_titles"], c.Title)
		f.parts["disclaimer_has"] += blocksOf(c.Disclaimer) + "\n"
		f.parts["opening_note_has"] += blocksOf(c.OpeningNote) + "\n"
		f.parts["closing_note_has"] += blocksOf(c.ClosingNote) + "\n"
		for _, b := range c.Body.Blocks {
			f.block(b)
		}
	}
	for _, p := range r.Parts {
		if p.What == manuscript.LeftOut {
			f.parts["left_out_has"] += r.Text(p) + "\n"
		}
	}
	return f
}

// block notes one block of the story.
func (f *found) block(b prose.Block) {
	text := textOf(b)
	f.body += text + "\n"
	switch b.Kind {
	case prose.SceneHeading:
		f.lists["scene_headings"] = append(f.lists["scene_headings"], text)
	case prose.EndMark:
		f.lists["end_mark"] = append(f.lists["end_mark"], text)
	case prose.Verse:
		f.lists["verse"] = append(f.lists["verse"], text)
	case prose.SceneBreak:
		f.counts["scene_breaks"]++
	case prose.Letter:
		f.counts["letters"]++
	case prose.Messages:
		f.counts["messages"]++
	}
	f.marks(b)
}

func (f *found) marks(b prose.Block) {
	var walk func([]prose.Inline)
	walk = func(runs []prose.Inline) {
		for _, run := range runs {
			if key := map[prose.Mark]string{prose.Emphasis: "emphasis", prose.Thought: "thoughts"}[run.Mark]; key != "" {
				f.lists[key] = append(f.lists[key], prose.PlainText(run.Kids))
			}
			if isNote(run) {
				f.lists["footnotes"] = append(f.lists["footnotes"], prose.PlainText(run.Kids))
			}
			walk(run.Kids)
		}
	}
	walk(b.Inlines)
	for _, inner := range b.Blocks {
		f.marks(inner)
	}
}

// isNote is true for a footnote, by its stored form.
func isNote(run prose.Inline) bool {
	if run.Mark == prose.Text || run.Mark == prose.LineBreak {
		return false
	}
	page := prose.Document{Blocks: []prose.Block{{Kind: prose.Paragraph, Inlines: []prose.Inline{run}}}}.HTML()
	return strings.HasPrefix(page, `<p><span class="footnote`)
}

// textOf is what a block shows as characters, a line each of those in it.
func textOf(b prose.Block) string {
	lines := []string{prose.PlainText(b.Inlines)}
	if lines[0] == "" {
		lines = nil
	}
	for _, inner := range b.Blocks {
		lines = append(lines, textOf(inner))
	}
	return strings.Join(lines, "\n")
}

// blocksOf is what a Document shows as characters, a line each block.
func blocksOf(d prose.Document) string { return textOf(prose.Block{Blocks: d.Blocks}) }
