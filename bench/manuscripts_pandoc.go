package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// kept counts what of a file's form a reader kept.
type kept struct {
	italics, strong, breaks, notes, aligned int
	slanted                                 int // letters in italics: runs may be cut in many ways
	took                                    time.Duration
	problem                                 string
}

// besidePandoc reads the files of word processors, books and pages with Ficus
// and with pandoc, and prints what each kept. Without pandoc it says so.
func besidePandoc(folders ...string) error {
	if _, err := exec.LookPath("pandoc"); err != nil {
		fmt.Println("\npandoc is not installed; nothing to stand beside")
		return nil
	}
	fmt.Printf("\n%-34s %28s   %28s\n%-34s %28s   %28s\n", "beside pandoc", "Ficus", "pandoc", "", "em  strong  hr  notes  align", "em  strong  hr  notes  align")
	for _, folder := range folders {
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !besideKinds[strings.ToLower(filepath.Ext(path))] {
				return err
			}
			ours, theirs := readHere(path), readByPandoc(path)
			fmt.Printf("%-34.34s %s   %s  %s\n", filepath.Base(path), ours, theirs, verdict(ours, theirs))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var besideKinds = map[string]bool{".html": true, ".htm": true, ".docx": true, ".odt": true, ".epub": true, ".rtf": true}

// String is one side of the comparison.
func (k kept) String() string {
	if k.problem != "" {
		return fmt.Sprintf("%28s        ", k.problem)
	}
	return fmt.Sprintf("%2d  %6d  %2d  %5d  %5d %6.1f ms", k.italics, k.strong, k.breaks, k.notes, k.aligned, float64(k.took.Microseconds())/1000)
}

// verdict names what pandoc kept more of.
func verdict(ours, theirs kept) string {
	if ours.problem != "" || theirs.problem != "" {
		return ""
	}
	var less []string
	for name, pair := range map[string][2]int{"italics": {ours.slanted, theirs.slanted}, "breaks": {ours.breaks, theirs.breaks}, "notes": {ours.notes, theirs.notes}, "alignment": {ours.aligned, theirs.aligned}} {
		if pair[0] < pair[1] {
			less = append(less, "fewer "+name)
		}
	}
	if len(less) == 0 {
		return "at least as much"
	}
	return strings.Join(less, ", ")
}

func readHere(path string) kept {
	var k kept
	data, err := os.ReadFile(path)
	if err != nil {
		return kept{problem: err.Error()}
	}
	began := time.Now()
	r, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(path)})
	k.took = time.Since(began)
	if err != nil {
		return kept{problem: "not read"}
	}
	for _, p := range r.Parts {
		k.breaks += boolInt(p.Rule == "break.border") // kept as the border of a note
	}
	for _, w := range r.Works {
		for _, c := range w.Chapters {
			for _, d := range []prose.Document{c.OpeningNote, c.Disclaimer, c.Body, c.ClosingNote} {
				for _, b := range d.Blocks {
					k.ours(b)
				}
			}
		}
	}
	return k
}

func (k *kept) ours(b prose.Block) {
	k.breaks += boolInt(b.Kind == prose.SceneBreak)
	k.aligned += boolInt(b.Align != prose.AlignStart)
	page := prose.Document{Blocks: []prose.Block{{Kind: prose.Paragraph, Inlines: b.Inlines}}}.HTML()
	k.italics += strings.Count(page, "<em")
	k.slant(b.Inlines, false)
	k.strong += strings.Count(page, "<strong")
	k.notes += strings.Count(page, `class="footnote`)
	for _, inner := range b.Blocks {
		k.ours(inner)
	}
}

// slant counts the letters in italics.
func (k *kept) slant(runs []prose.Inline, inside bool) {
	for _, run := range runs {
		if run.Mark == prose.Text && inside {
			k.slanted += len(bareText(run.Text))
		}
		k.slant(run.Kids, inside || run.Mark == prose.Emphasis || run.Mark == prose.Thought)
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func readByPandoc(path string) kept {
	began := time.Now()
	kind := map[string]string{".htm": "html", ".html": "html", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".rtf": "rtf"}[strings.ToLower(filepath.Ext(path))]
	out, err := exec.Command("pandoc", "-f", kind, "-t", "json", path).Output()
	k := kept{took: time.Since(began)}
	if err != nil {
		k.problem = "not read"
		return k
	}
	var tree any
	if json.Unmarshal(out, &tree) == nil {
		k.theirs(tree, false)
	}
	return k
}

// theirs walks pandoc's tree.
func (k *kept) theirs(node any, slanted bool) {
	switch n := node.(type) {
	case []any:
		for _, inner := range n {
			k.theirs(inner, slanted)
		}
	case map[string]any:
		switch n["t"] {
		case "Emph":
			k.italics++
			slanted = true
		case "Strong":
			k.strong++
		case "HorizontalRule":
			k.breaks++
		case "Note":
			k.notes++
		case "Str":
			if text, ok := n["c"].(string); ok && slanted {
				k.slanted += len(bareText(text))
			}
		}
		if text, ok := n["c"].([]any); ok && n["t"] == "Div" && strings.Contains(fmt.Sprint(text[0]), "align") {
			k.aligned++
		}
		k.theirs(n["c"], slanted)
		k.theirs(n["blocks"], slanted)
	}
}
