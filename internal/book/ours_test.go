package book_test

import (
	"bytes"
	"strings"
	"testing"

	"ficus/internal/book"
)

// The house's words in a book of another language say which they are in: by
// ear, "Chapter 2" is not French. The writer's own titles say nothing.
func TestTheHousesWordsSayTheirLanguage(t *testing.T) {
	works := three()[:2]
	works[0].Language, works[0].Chapters[1].Title = "fr", "Le Sel"
	const ours = ` xml:lang="en" lang="en" dir="ltr">`
	_, volume := bindVolume(t, volumeOf(works))
	var page bytes.Buffer
	if err := book.WriteHTML(&page, works[0]); err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"the contents of a volume": volume["nav.xhtml"], "a page": page.String()} {
		if !strings.Contains(text, ours+"Chapter 1<") || !strings.Contains(text, `>2. Le Sel<`) || strings.Contains(text, ours+"2. Le Sel") {
			t.Errorf("%s do not tell which words are ours:\n%s", where, text)
		}
	}
	for _, words := range []string{"After the story", "Contents", "Cover", "Start"} {
		if !strings.Contains(volume["nav.xhtml"], ours+words+"<") {
			t.Errorf("%q says no language in\n%s", words, volume["nav.xhtml"])
		}
	}
	if !strings.Contains(volume["nav.xhtml"], ours+"Iron &amp; &lt;Rain&gt;<") || strings.Contains(volume["nav.xhtml"], ours+"Salt") {
		t.Errorf("an English work in a French book says nothing:\n%s", volume["nav.xhtml"])
	}
	works[0].Language = "en"
	_, volume = bindVolume(t, volumeOf(works))
	if strings.Contains(volume["nav.xhtml"], `.xhtml"`+ours) {
		t.Error("an English book tells that English is English")
	}
}
