package web_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"ficus/internal/testkit/browser"
)

// pasted is a chapter as people keep them: italics lost, blank lines uneven,
// everything in one text.
const pasted = `Disclaimer: The harbour belongs to whoever built it. I only borrow the people and
bring them back dry.


A/N: Sorry for the wait, the exams ate me. This chapter is dedicated to Kestrel, who asked what was at the top of the stair. Thanks to everyone who reviewed the last one, you keep the lamp lit!

0415 HRS

The lamp went out at a quarter past four, and Wren was awake to see it.


Count the steps, she thought. Forty-one up.

The sea does not ask.

"Who's there?" she called down the stair.

Nobody answered.


12 Ropewalk Lane

By morning the whole street knew. Marrow stood in the door with his boots in his hand.

"You let it go out," he said.

I did not, she thought. It went.

The sea does not ask.

0600 HRS

She counted the steps again, and there were forty-two.

The sea does not ask.


A/N: So, what is on the forty-second step? Please review and tell me what you think!
`

// storyWords are the words of the story in pasted, in their order.
func storyWords() []string {
	_, story, _ := strings.Cut(pasted, "keep the lamp lit!")
	story, _, _ = strings.Cut(story, "A/N: So,")
	return strings.Fields(story)
}

// inOrder finds the first word that does not follow the ones before it.
func inOrder(text string, words []string) (missing string) {
	have := strings.Fields(text)
	at := 0
	for _, word := range words {
		next := slices.Index(have[at:], word)
		if next < 0 {
			return word
		}
		at += next + 1
	}
	return ""
}

func TestAcceptance61TheMainPathFromPasteToBook(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}, "on a phone": {Phone: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.member("kestrel")
			w.posts(w.member("mara").viewer, fields("Another work of Harbour Lights"))
			p := w.reads(how)
			signIn(p, "mara")
			bringPasted(p, name == "on a phone")
			p.Axe()
			p.Look("review-" + strings.ReplaceAll(name, " ", "-"))
			p.Follow("Go on to the tags")
			if got := p.Value("A gift to"); got != "Kestrel" {
				t.Errorf("the dedication is proposed as a gift to %q", got)
			}
			fillTags(p, !how.NoScript)
			p.Axe()
			p.Submit("Preview")
			p.Sees("This is how readers will get it. Nothing is saved yet.")
			p.Axe()
			if w.works() != 1 {
				t.Error("the preview has saved something")
			}
			checkStory(t, p)
			p.Submit("Post")
			if !strings.HasPrefix(p.Path(), "/works/") {
				t.Fatalf("posting leads to %s, which reads:\n%s", p.Path(), p.Text("main"))
			}
			checkStory(t, p)
			p.Axe()
			work := p.Path()
			guest := w.guest()
			guest.opens(work).has("The Forty-second Step", "Kestrel", "0415 HRS")
			checkBook(t, guest.opens(work+".epub").body)
		})
	}
}

// bringPasted brings the text: pasted, or as a file from the phone.
func bringPasted(p *browser.Page, file bool) {
	p.Open("/works/new")
	p.Follow("Have the text already?")
	p.Axe()
	if file {
		name := filepath.Join(os.TempDir(), fmt.Sprintf("the forty-second step %d.txt", os.Getpid()))
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(pasted, "\n", "\r\n")), 0o600); err != nil {
			panic(err)
		}
		defer os.Remove(name)
		p.Upload("A file, or several", name)
		p.Submit("Read it")
		return
	}
	p.Fill("Or paste the text", pasted)
	p.Submit("Read it")
}

// fillTags fills what the manuscript did not say.
func fillTags(p *browser.Page, script bool) {
	p.Fill("Title", "The Forty-second Step")
	if script {
		p.Type("Fandoms", "Harb")
		p.Sees("Harbour Lights")
		p.Keys(kb.ArrowDown)
		p.Keys(kb.Enter)
		p.Sees("×")
	} else {
		p.Fill("Fandoms", "Harbour Lights")
	}
	p.Check("General")
	p.Check("No warnings apply")
	p.Choose("Language", "English")
}

var (
	placed = regexp.MustCompile(`(?s)<p class="place">(.*?)</p>`)
	tag    = regexp.MustCompile(`<[^>]*>`)
)

// checkStory wants everything in its place on a page of the story.
func checkStory(t *testing.T, p *browser.Page) {
	t.Helper()
	source := p.HTML()
	var places []string
	for _, found := range placed.FindAllStringSubmatch(source, -1) {
		places = append(places, found[1])
	}
	if want := []string{"0415 HRS", "12 Ropewalk Lane", "0600 HRS"}; !slices.Equal(places, want) {
		t.Errorf("the scene headings are %q, want %q", places, want)
	}
	body := browser.Ask[string](p, `document.querySelector(".sheet > .text")?.innerText || ""`)
	if missing := inOrder(body, storyWords()); missing != "" {
		t.Errorf("%q is not in its place in the story:\n%s", missing, body)
	}
	for _, apart := range []string{"borrow the people", "exams ate me", "Please review", "Disclaimer", "A/N"} {
		if strings.Contains(body, apart) {
			t.Errorf("%q stands in the story:\n%s", apart, body)
		}
	}
	text := html.UnescapeString(tag.ReplaceAllString(source, " "))
	for _, kept := range []string{"The harbour belongs to whoever built it.", "Sorry for the wait, the exams ate me.", "you keep the lamp lit!", "So, what is on the forty-second step?"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), kept) {
			t.Errorf("%q is gone", kept)
		}
	}
}

// asTyped undoes what a book is set with as a printer would (0233).
var asTyped = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "—", "--", "…", "...", "\u2060", "", "\ufeff", "")

// checkBook wants the whole story in an EPUB.
func checkBook(t *testing.T, data string) {
	t.Helper()
	book, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("the EPUB cannot be opened: %v", err)
	}
	var all bytes.Buffer
	for _, file := range book.File {
		if !strings.HasSuffix(file.Name, ".xhtml") {
			continue
		}
		opened, err := file.Open()
		must(t, err)
		_, err = io.Copy(&all, opened)
		must(t, err)
	}
	text := html.UnescapeString(tag.ReplaceAllString(all.String(), " "))
	if missing := inOrder(asTyped.Replace(text), storyWords()); missing != "" {
		t.Errorf("%q is not in its place in the EPUB", missing)
	}
}

// works counts the works anyone may see.
func (w *world) works() int {
	w.t.Helper()
	listed := w.guest().opens("/works").body
	return strings.Count(listed, `<article`)
}
