package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// keptOf reads a page with Ficus.
func keptOf(t *testing.T, page string) kept {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte("<!DOCTYPE html><html><body>"+page+"</body></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	return readHere(path)
}

func TestAWordOfALabelIsKeptByItsPlace(t *testing.T) {
	k := keptOf(t, "<p><i>Author's Note: for all of you.</i></p><p>It rained.</p>")
	for _, word := range []string{"Author", "Note", "you"} {
		if k.slanted[word] != 1 {
			t.Errorf("%q is slanted %d times", word, k.slanted[word])
		}
	}
	if k.slanted["rained"] != 0 {
		t.Error("a word of the story is slanted")
	}
}

func TestWhatOneReaderSlantsElsewhereIsNoExcuse(t *testing.T) {
	ours, theirs := kept{slanted: counts{"one": 5}}, kept{slanted: counts{"one": 1, "two": 1}}
	if less := fewerThan(ours, theirs); !slices.Equal(less, []string{"two"}) {
		t.Errorf("fewer: %q", less)
	}
}

func TestWhatTheFileShowsUprightIsKeptByNobody(t *testing.T) {
	italics := []string{"slow, slow"}
	k := kept{slanted: counts{"slow": 3, "not": 1}, breaks: 2}
	if madeUp := k.judge(&shown{Italics: &italics}); madeUp != 2 || k.slanted["slow"] != 2 || k.slanted["not"] != 0 || k.breaks != 2 {
		t.Errorf("made up %d, kept %v and %d breaks", madeUp, k.slanted, k.breaks)
	}
}

func TestBreaksThatStandTogetherAreOneForBoth(t *testing.T) {
	if k := keptOf(t, "<p>It rained.</p><hr><p>* * *</p><p>It snowed.</p><hr><p>It thawed.</p>"); k.breaks != 2 {
		t.Errorf("Ficus keeps %d breaks, want 2", k.breaks)
	}
	var tree any
	const page = `{"blocks":[{"t":"Para","c":[{"t":"Str","c":"Rain."}]},{"t":"HorizontalRule"},{"t":"Para","c":[{"t":"Emph","c":[{"t":"Str","c":"*"},{"t":"Space"},{"t":"Str","c":"*"}]}]},
		{"t":"Para","c":[{"t":"Str","c":"Snow."}]},{"t":"HorizontalRule"},{"t":"Header","c":[2,["a",[],[["align","center"]]],[{"t":"Str","c":"Thaw"}]]}]}`
	if err := json.Unmarshal([]byte(page), &tree); err != nil {
		t.Fatal(err)
	}
	var k kept
	k.theirs(tree, false, false)
	if k.breaks != 2 || k.aligned != 1 {
		t.Errorf("pandoc keeps %d breaks and %d alignments, want 2 and 1", k.breaks, k.aligned)
	}
}
