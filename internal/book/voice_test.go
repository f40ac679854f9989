package book

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/locale"
)

var catalogue = sync.OnceValue(func() *locale.Catalogue {
	c, err := locale.Open()
	if err != nil {
		panic(err)
	}
	return c
})

// Speaking is the voice of a language, for the tests of this room.
func Speaking(language string) Voice { return catalogue().Printer(language) }

// englishWords are words of the voice that no German book has.
var englishWords = regexp.MustCompile(`(?i)>(chapter [0-9]|summary|notes|contents|rating|warnings|fandom|words|updated|published|from|complete|in progress|after the story|cover|landmarks|start of the story)\b|\bby <bdi>|\bFor <bdi>|This (is|was)|Leave kudos|Cover of|May 2024|12,345`)

// keys are messages nobody wrote, said as they are.
var keys = regexp.MustCompile(`\b(book|tags|byline|list|date|month)\.[a-z_]{3,}\b`)

func TestAGermanBookSpeaksGermanFromCoverToEnd(t *testing.T) {
	b := storm()
	b.Voice, b.Language, b.Words, b.Skin = Speaking("de"), "de", 12345, ""
	b.Series = []Series{{Name: "Nächte", Place: 2, Next: Work{"Flut", "https://archive.example/works/1"}}}
	b.Tags = Tags{Rating: "Teen", Fandoms: []string{"Hafen"}, Say: func(w string) string { return map[string]string{"Teen": "Ab Teenager"}[w] }}
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		said := string(bind(t, b, f))
		if f == EPUB {
			said = strings.Join(texts(open(t, []byte(said))), "\n")
		}
		if found := englishWords.FindString(said); found != "" {
			t.Errorf("%s says %q", f, found)
		}
		if found := keys.FindString(said); found != "" {
			t.Errorf("%s says the name of a message: %q", f, found)
		}
		if strings.Contains(said, `lang="en"`) {
			t.Errorf("%s says that something is English", f)
		}
		for _, want := range []string{"Kapitel 2", "Zusammenfassung", "Anmerkungen", "Nach der Geschichte", "3. Mai 2024", "12.345", "Altersfreigabe", "Ab Teenager", "Nächte (Teil 2)", "Als Nächstes in Nächte", "So weit geht", "Kudos geben"} {
			if want == "Nach der Geschichte" && f != EPUB {
				continue
			}
			if !strings.Contains(strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(said), want) {
				t.Errorf("%s does not say %q", f, want)
			}
		}
	}
	o := open(t, bind(t, b, EPUB))
	checkBook(t, o)
	opf := o.file(t, "package.opf")
	for _, want := range []string{">Teen</meta>", ">In progress</meta>", "Text mit echten Überschriften"} {
		if !strings.Contains(opf, want) {
			t.Errorf("the package lacks %s", want)
		}
	}
}

func TestABookOfALanguageNobodyTranslatedSaysWhichWordsAreNot(t *testing.T) {
	b := storm()
	b.Voice, b.Language, b.Title = Speaking("de"), "ar", "المصباح"
	b.Tags.Say = func(w string) string { return map[string]string{"Teen": "Ab Teenager"}[w] }
	o := open(t, bind(t, b, EPUB))
	checkBook(t, o)
	const ours = ` xml:lang="de" lang="de" dir="ltr"`
	for file, want := range map[string][]string{
		"title.xhtml": {`<p class="byline"` + ours + `>von <bdi>`, `<dl class="about"` + ours + `>`},
		"c-907.xhtml": {`<title` + ours + `>Kapitel 2<`, `epub:type="title"` + ours + `>Kapitel 2<`, ours + `>Anmerkungen<`},
		"cover.xhtml": {`<title` + ours + `>Umschlag<`, `role="doc-cover"` + ours},
		"nav.xhtml":   {`aria-label="Wegmarken"` + ours, ours + `>Inhalt<`, ours + `>Nach der Geschichte<`},
		"toc.ncx":     {`<navLabel xml:lang="de"><text>Kapitel 2<`, `<navLabel><text>المصباح<`},
		"package.opf": {`accessibilitySummary" xml:lang="de">`},
	} {
		for _, w := range want {
			if !strings.Contains(o.file(t, file), w) {
				t.Errorf("%s lacks %s:\n%s", file, w, o.file(t, file))
			}
		}
	}
	if strings.Contains(o.file(t, "c-901.xhtml"), `<title`+ours) {
		t.Error("a title of the writer's is called German")
	}
}

// The archive's language is that of the pages of a book whose works have
// several; works of one language have a book in it.
func TestSeveralWorksAreSpokenOfInTheirLanguageWhereItIsOne(t *testing.T) {
	for _, c := range []struct {
		works []string
		want  string
	}{{[]string{"de", "de-AT"}, ">Inhalt<"}, {[]string{"de", "en"}, ">Contents<"}, {[]string{"en", "en"}, ">Contents<"}} {
		v := Volume{Title: "Zwei", Voice: Speaking("en"), Works: len(c.works)}
		v.Work = func(i int) (Book, error) {
			b := storm()
			b.Identity.WorkID, b.Language, b.Voice, b.Chapters = int64(i+1), c.works[i], Speaking(c.works[i]), b.Chapters[i:i+1]
			return b, nil
		}
		var out bytes.Buffer
		if err := WriteVolume(&out, v); err != nil {
			t.Fatal(err)
		}
		if nav := open(t, out.Bytes()).file(t, "nav.xhtml"); !strings.Contains(nav, c.want) {
			t.Errorf("a book of works in %v has the contents\n%s", c.works, nav)
		}
	}
}

func TestABookWithoutAVoiceIsRefused(t *testing.T) {
	b := storm()
	b.Voice = nil
	if err := WriteEPUB(io.Discard, b); !errors.Is(err, ErrNoVoice) {
		t.Errorf("a book without a voice: %v", err)
	}
	if err := WriteVolume(io.Discard, Volume{Works: 1, Work: func(int) (Book, error) { return b, nil }}); !errors.Is(err, ErrNoVoice) {
		t.Errorf("a volume without a voice: %v", err)
	}
}

// KOReader knows a file by twelve pieces of it, and a large picture in front
// may be all they hold.
func TestTwoRevisionsAreTwoBooksToKOReader(t *testing.T) {
	picture := noisyPicture(t, 700)
	digest := func(f Format, content, last string) string {
		b := storm()
		b.Content, b.Pictures = content, func(string) ([]byte, string, error) { return picture, "image/png", nil }
		b.Chapters[0].Body.Blocks = append(everyPicture("lamp"), b.Chapters[0].Body.Blocks...)
		b.Chapters[2].Body = doc(last)
		d, err := archive.PartialDigest(bytes.NewReader(bind(t, b, f)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, f := range []Format{EPUB, HTML} {
		if digest(f, "42-a.epub", "Forty-one steps.") == digest(f, "42-b.epub", "Forty-two steps.") {
			t.Errorf("%s: a word in the last chapter changes no byte KOReader looks at", f)
		}
		if digest(f, "42-a.epub", "Forty-one steps.") != digest(f, "42-a.epub", "Forty-one steps.") {
			t.Errorf("%s: one book has two digests", f)
		}
	}
}
