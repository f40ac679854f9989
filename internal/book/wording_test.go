package book

import (
	"strings"
	"testing"
)

func TestFileNamesAreASCIIAndHuman(t *testing.T) {
	for _, c := range []struct {
		title    string
		creators []string
		want     string
	}{
		{"Salt", []string{"Mara Quill"}, "Mara Quill - Salt.epub"},
		{"What Remained: A Story", []string{"Mara", "Pell"}, "Mara and Pell - What Remained A Story.epub"},
		{"Łódź/../Ænima?", []string{"José"}, "Jose - Lodz .. AEnima.epub"},
		{"The Keeper's “Lamp”", nil, "The Keepers Lamp.epub"},
		{"静かな海", []string{"🦊"}, "Work 42.epub"},
		{"\x00\r\n\"", nil, "Work 42.epub"},
		{"..", []string{"/etc/passwd"}, "etc passwd - Work 42.epub"},
	} {
		b := storm()
		b.Title, b.Creators = c.title, c.creators
		if got := FileName(b, "epub"); got != c.want {
			t.Errorf("the file of %q is named %q, not %q", c.title, got, c.want)
		}
	}
	b := storm()
	b.Title, b.Creators = strings.Repeat("long ", 60), []string{strings.Repeat("x", 200)}
	if got := FileName(b, ".txt"); len(got) > 121 || !strings.HasSuffix(got, ".txt") {
		t.Errorf("%q is too long", got)
	}
}

func TestLibrariesFileTitlesWithoutTheirArticle(t *testing.T) {
	for _, c := range [][3]string{
		{"The Salt Road", "en", "Salt Road, The"},
		{"A", "en", "A"},
		{"Theodora", "en-US", "Theodora"},
		{"Les Marins", "fr", "Marins, Les"},
		{"L’Étoile", "fr", "Étoile, L’"},
		{"The Salt Road", "de", "The Salt Road"},
		{"Die Flut", "de-AT", "Flut, Die"},
	} {
		if got := fileAs(c[0], c[1]); got != c[2] {
			t.Errorf("%q in %s is filed as %q, not %q", c[0], c[1], got, c[2])
		}
	}
}

func TestBookFromFilesClaimsNoStandingNobodyTold(t *testing.T) {
	b := storm()
	b.Identity, b.Planned = Identity{}, 0
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		data := string(bind(t, b, f))
		if f == EPUB {
			data = open(t, []byte(data)).file(t, "title.xhtml")
		}
		if strings.Contains(data, "In progress") || strings.Contains(data, "3/?") {
			t.Errorf("%s says the story is not finished", f)
		}
	}
}

func TestFirstPartOfALongerWorkKeepsItsNumber(t *testing.T) {
	b := storm()
	b.Chapters = []Chapter{{Number: 7, Title: "The Stair"}}
	if got := namesOf(b, 0); got.label != "7. The Stair" || got.ordinal != "Chapter 7" {
		t.Errorf("the only chapter goes by %+v", got)
	}
}

func TestMendingAWordDoesNotMoveTheDayOfUpdate(t *testing.T) {
	b := storm()
	b.Revised = b.Revised.AddDate(0, 6, 0)
	for _, d := range detailsOf(b) {
		if d.Name == "Updated" && d.words() != date(b.Voice, b.Chapters[2].Posted) {
			t.Errorf("a work whose last chapter was posted on %s was updated on %s", date(b.Voice, b.Chapters[2].Posted), d.Values[0])
		}
	}
}

func TestLastSentenceEndsOnce(t *testing.T) {
	for byline, want := range map[string]string{"Mara Q.": "This was Salt by Mara Q.", "Pell": "This was Salt by Pell.", "": "This was Salt."} {
		b := Book{Title: "Salt", Creators: []string{byline}, Voice: Speaking("en")}
		if got := strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(string(closing(b))); got != want {
			t.Errorf("in a book it ends %q, not %q", got, want)
		}
		if got := closingOf(Book{Title: "Salt", Creators: []string{byline}, Voice: Speaking("en")}); got != want {
			t.Errorf("it ends %q, not %q", got, want)
		}
	}
}
