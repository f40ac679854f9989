package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ficusManuscript runs the command over a text and gives both streams.
func ficusManuscript(t *testing.T, text string, args ...string) (out string, err error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "story.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	code := run(append([]string{"manuscript", name}, args...), &streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	if code != exitOK {
		return stdout.String(), errorText(stderr.String())
	}
	return stdout.String(), nil
}

type errorText string

func (e errorText) Error() string { return string(e) }

func TestManuscriptTellsWhatItUnderstood(t *testing.T) {
	out, err := ficusManuscript(t, manuscriptOfTwo)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(out, "\n")
	for _, want := range []string{"1 work, 2 chapters, ", "1 disclaimer, 2 notes, 1 scene heading, 1 scene break"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first line is %q, without %q", first, want)
		}
	}
	for _, want := range []string{"“Oil and Water” by Mara Q.", "line 10: opening note (sure), because the line begins with “A/N”"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
}

func TestManuscriptWritesTheContractAsJSON(t *testing.T) {
	out, err := ficusManuscript(t, manuscriptOfTwo, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var reading struct {
		Version int
		Works   []struct{ Chapters []struct{ Title string } }
	}
	if err := json.Unmarshal([]byte(out), &reading); err != nil {
		t.Fatal(err)
	}
	if reading.Version != 3 || len(reading.Works) != 1 || len(reading.Works[0].Chapters) != 2 {
		t.Errorf("the reading is %+v", reading)
	}
}

func TestManuscriptRefusesInOneSentence(t *testing.T) {
	for text, want := range map[string]string{"\n\n": "holds no words", "a\x00b": "is not text"} {
		_, err := ficusManuscript(t, text)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), "\n") != 1 {
			t.Errorf("of %q it says %v", text, err)
		}
	}
	var out, told strings.Builder
	if code := run([]string{"manuscript", "no-such-file.txt"}, &streams{Out: &out, Err: &told}); code != exitUsage {
		t.Errorf("a missing file gives code %d", code)
	}
	if !strings.Contains(told.String(), `there is no file "no-such-file.txt"`) {
		t.Errorf("of a missing file it says %q", told.String())
	}
}
