package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// pandoc stands beside it over the samples of a folder and our own.
func pandoc(folder string) error {
	return besidePandoc("internal/manuscript/testdata", folder)
}

// besidePandoc reads the files of word processors, books and pages with Ficus
// and with pandoc, and prints what each kept of their form. docs/manuscripts.md
// tells by which rule. Without pandoc it says so.
func besidePandoc(folders ...string) error {
	if _, err := exec.LookPath("pandoc"); err != nil {
		fmt.Println("\npandoc is not installed; nothing to stand beside")
		return nil
	}
	files, err := besideFiles(folders)
	if err != nil {
		return err
	}
	fmt.Printf("\n%-34s %41s   %41s\n%-34s %s   %s\n", "beside pandoc", "Ficus", "pandoc", "", besideHead, besideHead)
	fewer, slower, madeUp := 0, 0, [2]int{}
	for _, path := range files {
		ours, theirs := readHere(path), readByPandoc(path)
		if shown, err := shownBy(path); err != nil {
			return err
		} else if shown != nil {
			madeUp[0] += ours.judge(shown)
			madeUp[1] += theirs.judge(shown)
		}
		less := fewerThan(ours, theirs)
		fmt.Printf("%-34.34s %s   %s   %s\n", filepath.Base(path), ours, theirs, verdict(less))
		fewer += boolInt(len(less) > 0)
		slower += boolInt(ours.took > theirs.took)
	}
	fmt.Printf("\nfewer: %d, slower: %d of %d files; words slanted that their file shows upright: Ficus %d, pandoc %d\n", fewer, slower, len(files), madeUp[0], madeUp[1])
	return nil
}

const besideHead = "slanted  upright  breaks  notes  aligned      "

var besideKinds = map[string]bool{".html": true, ".htm": true, ".docx": true, ".odt": true, ".epub": true, ".rtf": true}

// besideFiles lists what both can read, each file once wherever it lies.
func besideFiles(folders []string) ([]string, error) {
	var files []string
	met := map[[sha256.Size]byte]bool{}
	for _, folder := range folders {
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !besideKinds[strings.ToLower(filepath.Ext(path))] {
				return err
			}
			data, err := os.ReadFile(path)
			if sum := sha256.Sum256(data); err == nil && !met[sum] {
				met[sum] = true
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// shown is what a file shows, as the expectation beside it lists it. What is
// not listed is not judged.
type shown struct {
	Italics *[]string `json:"italics"`      // every text in italics, wherever it stands
	Breaks  *int      `json:"scene_breaks"` // the breaks of its story
}

func shownBy(path string) (*shown, error) {
	expects := strings.TrimSuffix(path, filepath.Ext(path)) + ".expect.json"
	raw, err := os.ReadFile(expects)
	if err != nil {
		return nil, nil // without an expectation everything is believed
	}
	var s shown
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", expects, err)
	}
	return &s, nil
}

// fewerThan names what pandoc kept more of: of every single word.
func fewerThan(ours, theirs kept) []string {
	if ours.problem != "" || theirs.problem != "" {
		return []string{"not read"}
	}
	var less []string
	for word, n := range theirs.slanted {
		if n > ours.slanted[word] {
			less = append(less, word)
		}
	}
	slices.Sort(less)
	for name, pair := range map[string][2]int{"breaks": {ours.breaks, theirs.breaks}, "notes": {ours.notes, theirs.notes}, "aligned": {ours.aligned, theirs.aligned}} {
		if pair[0] < pair[1] {
			less = append(less, "("+name+")")
		}
	}
	return less
}

func verdict(less []string) string {
	if len(less) == 0 {
		return "at least as much"
	}
	return fmt.Sprintf("fewer: %.120s", strings.Join(less, " "))
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
		k.theirs(tree, false, false)
	}
	k.endWord()
	return k
}

// theirs walks pandoc's tree.
func (k *kept) theirs(node any, slanted, aligned bool) {
	switch n := node.(type) {
	case []any:
		for _, inner := range n {
			k.theirs(inner, slanted, aligned)
		}
	case map[string]any:
		kind, _ := n["t"].(string)
		k.element(kind, n["c"], slanted, aligned)
		aligned = aligned || kind == "Div" && isAligned(n["c"], 0)
		k.theirs(n["c"], slanted || kind == "Emph", aligned)
		k.theirs(n["blocks"], slanted, aligned)
	}
}

// element counts one element of pandoc's tree.
func (k *kept) element(kind string, held any, slanted, aligned bool) {
	switch kind {
	case "Str":
		text, _ := held.(string)
		k.write(text, slanted)
	case "Space", "SoftBreak", "LineBreak":
		k.endWord()
	case "HorizontalRule":
		k.addBreak()
	case "Note":
		k.endWord()
		k.notes++
	case "Para", "Plain":
		k.endWord()
		k.aligned += boolInt(aligned)
		if onlySigns(held) {
			k.addBreak()
		}
	case "Header":
		k.endWord()
		k.aligned += boolInt(aligned || isAligned(held, 1))
	}
}

// isAligned looks for an alignment among the attributes of an element, which
// stand at a place of what it holds.
func isAligned(held any, place int) bool {
	parts, ok := held.([]any)
	return ok && len(parts) > place && strings.Contains(fmt.Sprint(parts[place]), "align")
}

// onlySigns is true for a paragraph such as "* * *": pandoc has no name for it,
// and keeps what its writer drew.
func onlySigns(held any) bool {
	signs, others := false, false
	var look func(any)
	look = func(node any) {
		switch n := node.(type) {
		case []any:
			for _, inner := range n {
				look(inner)
			}
		case map[string]any:
			switch text, _ := n["c"].(string); n["t"] {
			case "Str":
				signs = signs || strings.Trim(text, "\u00a0\u200b") != ""
				others = others || strings.ContainsFunc(text, isLetter)
			case "Emph", "Strong", "Span", "Underline", "SmallCaps", "Space", "SoftBreak", "LineBreak":
				look(n["c"])
			default:
				others = true
			}
		}
	}
	look(held)
	return signs && !others
}
