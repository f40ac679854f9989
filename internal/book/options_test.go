package book

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// copyOf binds the specimen as a reader wishes it.
func copyOf(t *testing.T, o Options) opened {
	t.Helper()
	b := storm()
	b.Options = o
	all := open(t, bind(t, b, EPUB))
	checkBook(t, all)
	return all
}

func TestReadersMayLeaveNotesOut(t *testing.T) {
	work := []string{"Written for the winter exchange.", "Thank you for reading to the end."}
	chapter := []string{"Not mine.", "Sorry this took so long.", "More on Sunday."}
	story := []string{"A storm, a lamp", "The stair.", "Oriane counted the steps.", "For Pell"}
	for notes, leaves := range map[Notes][]string{AllNotes: nil, ChapterNotes: work, NoNotes: append(work, chapter...)} {
		for _, f := range []Format{EPUB, HTML, Markdown, Text} {
			b := storm()
			b.Options.Notes = notes
			all := string(bind(t, b, f))
			if f == EPUB {
				all = strings.Join(texts(open(t, []byte(all))), "\n")
			}
			for _, words := range append(append(story, work...), chapter...) {
				gone := false
				for _, l := range leaves {
					gone = gone || l == words
				}
				all := strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(all)
				if strings.Contains(all, words) == gone {
					t.Errorf("%s with notes %s: %q is there: %v", f, notes, words, !gone)
				}
			}
		}
	}
}

func texts(o opened) []string {
	var all []string
	for name, content := range o.files {
		if strings.HasSuffix(name, ".xhtml") {
			all = append(all, content)
		}
	}
	return all
}

func TestReadersMayTakeSomeChapters(t *testing.T) {
	o := copyOf(t, Options{Chapters: []int64{911, 907, 907, 5}})
	var labels []string
	for _, a := range o.parse(t, "nav.xhtml").all("nav")[0].all("a") {
		labels = append(labels, a.Words)
	}
	want := []string{"The Lamplighter's Daughter", "Chapter 2", "Chapter the Third", "After the story"}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	for _, words := range []string{">3/5</bdi>", ">chapters 2 and 3</bdi>", ">13</bdi>"} {
		if !strings.Contains(o.file(t, "title.xhtml"), words) {
			t.Errorf("the title page does not say %s", words)
		}
	}
	if !strings.Contains(o.file(t, "package.opf"), ">The Lamplighter's Daughter, chapters 2 and 3</dc:title>") {
		t.Error("a library takes the part for the whole")
	}
}

func TestReadersMayTakeWhatIsNew(t *testing.T) {
	b := storm()
	b.Options.Since = day0.AddDate(0, 0, 9)
	if got, err := b.prepared(); err != nil || len(got.Chapters) != 1 || got.Chapters[0].ID != 911 {
		t.Errorf("after the day of the second chapter came %v: %v", got.Chapters, err)
	}
	b.Chapters[0].Arrived = day0.AddDate(0, 2, 0) // though it bears an older day
	if got, err := b.prepared(); err != nil || len(got.Chapters) != 2 {
		t.Errorf("a chapter that came late under an old day is not new: %v", err)
	}
	b.Options.Since = day0.AddDate(1, 0, 0)
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		if err := Write(io.Discard, b, f); !errors.Is(err, ErrNoneChosen) {
			t.Errorf("%s with nothing new: %v", f, err)
		}
	}
}

func TestPartIsABookOfItsOwn(t *testing.T) {
	whole, part, same := storm(), storm(), storm()
	part.Options.Chapters = []int64{907}
	same.Options.Since = day0.AddDate(0, 0, 8)
	same.Options.Chapters = []int64{907}
	if part.Identifier() == whole.Identifier() || part.Identifier() != same.Identifier() {
		t.Error("the part is named as the whole, or two equal parts are not named alike")
	}
	same.Options = Options{Chapters: []int64{901, 907, 911}}
	if same.Identifier() != whole.Identifier() {
		t.Error("all chapters, chosen one by one, are not the whole")
	}
	if got := FileName(part, "epub"); got != "Mara Quill and pell_writes - The Lamplighters Daughter, chapter 2.epub" {
		t.Errorf("the part is called %q", got)
	}
}

func TestPartsAreNamedInRuns(t *testing.T) {
	for want, numbers := range map[string][]int{
		"chapter 7": {7}, "chapters 1 and 2": {1, 2}, "chapters 1, 4 and 7–9": {1, 4, 7, 8, 9}, "chapters 3–6": {3, 4, 5, 6},
	} {
		b := Book{whole: 20, Voice: Speaking("en")}
		for _, n := range numbers {
			b.Chapters = append(b.Chapters, Chapter{Number: n})
		}
		if got := partOf(b); got != want {
			t.Errorf("%v is %q, not %q", numbers, got, want)
		}
	}
}

func TestEqualWishesHaveOneKey(t *testing.T) {
	if got := (Options{}).Key(); got != "" {
		t.Errorf("no wish has the key %q", got)
	}
	at := time.Date(2024, 5, 3, 21, 15, 0, 0, time.FixedZone("", 3600))
	a := Options{Notes: NoNotes, NoSkin: true, AsTyped: true, Chapters: []int64{9, 3, 9}, Since: at}
	b := Options{Notes: NoNotes, NoSkin: true, AsTyped: true, Chapters: []int64{3, 9}, Since: at.UTC()}
	if want := "notes=none&skin=no&typed=yes&chapters=3,9&since=2024-05-03T20:15:00Z"; a.Key() != want || b.Key() != want {
		t.Errorf("keys %q and %q", a.Key(), b.Key())
	}
	for _, word := range []string{"all", "chapter", "none", ""} {
		if n, ok := ParseNotes(word); !ok || (word != "" && n.String() != word) {
			t.Errorf("%q is read as %s: %v", word, n, ok)
		}
	}
	if _, ok := ParseNotes("some"); ok {
		t.Error("a wish nobody can have is taken")
	}
}
