package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/manuscript"
)

func TestManuscriptNamesEveryFileOfAFolder(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"ch2.txt": "The second one, which is about rope and how much of it a boat needs.", "ch10.txt": "The tenth one, which is about bread, and who was late to eat it.",
		".DS_Store": "x", "sub/broken.rtf": `{\rtf1 so`, "cover.png": "x",
	} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "link.txt")); err != nil {
		t.Fatal(err)
	}
	var out, wrong strings.Builder
	if code := run([]string{"manuscript", folder}, &streams{In: strings.NewReader(""), Out: &out, Err: &wrong}); code != exitOK {
		t.Fatal(wrong.String())
	}
	said := out.String()
	for _, want := range []string{"6 files: 2 texts with 2 chapters, 0 other versions, 4 skipped files\n", "ch2.txt: a chapter, 15 words\n", "broken.rtf: skipped. The file is damaged", "link.txt: skipped. ", ".DS_Store: skipped. "} {
		if !strings.Contains(said, want) {
			t.Errorf("it lacks %q:\n%s", want, said)
		}
	}
	if strings.Index(said, "ch2.txt") > strings.Index(said, "ch10.txt") {
		t.Errorf("chapter 10 stands before chapter 2:\n%s", said)
	}
	out.Reset()
	if code := run([]string{"manuscript", folder, "--json"}, &streams{In: strings.NewReader(""), Out: &out, Err: &wrong}); code != exitOK {
		t.Fatal(wrong.String())
	}
	var pile manuscript.Pile
	if err := json.Unmarshal([]byte(out.String()), &pile); err != nil || len(pile.Files) != 6 || pile.Version != 1 {
		t.Errorf("%v: %s", err, out.String())
	}
}
