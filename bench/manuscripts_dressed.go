package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"ficus/internal/manuscript"
)

// What writers put around a chapter, in turns: "{T}" stands for a title.
var (
	dressHeads = []string{
		"",
		"Title: {T}\nAuthor: Quill\nRating: PG\nDisclaimer: I own nothing, not even the lamp. No money is made.\nSummary: A light, and who keeps it.",
		"{T}\nby Quill\n\nDisclaimer: Saltlight belongs to its makers. I only borrow it.",
		"TITLE: {T} (1/3)\nAUTHOR: Quill <quill@example.net>\nRATING: PG-13\nSPOILERS: none\nFEEDBACK: yes please",
		"From: quill@example.net\nNewsgroups: alt.tv.saltlight.creative\nDate: 3 Mar 1998 04:12:09 GMT\nSubject: NEW: {T} (1/1) by Quill\n\nTITLE: {T}\nAUTHOR: Quill\nRATING: G",
		"Chapter 4: {T}",
		"CHAPTER FOUR\n{T}",
	}
	dressOpens = []string{
		"",
		"A/N: sorry this took so long!! exams :( Thank you all for the reviews, they keep me going.",
		"Author's Note: This chapter is for Pell, who asked. Hope you enjoy it!",
		"a/n: short one this week, please review!",
		"*A/N - unbeta'd, all mistakes are mine. Let me know if you find any.*",
		"Notes: Thanks to my beta, Oriane, for reading this chapter twice.",
	}
	dressBreaks = []string{"***", "* * *", "xXx", "oOo", "~*~", "-----", "#", "=====", "———", "~~~~~~", ". . .:. . .", "[break]"}
	dressEnds   = []string{"", "TBC", "The End", "***\n\nA/N: So?? what did you think? R&R!", "A/N 2: thank you for reading, please review! Next chapter on Sunday.", "~*~\n\nAuthor's Notes: The tides are by the almanac. Thanks for reading this far, and tell me what you think!"}
)

// dressedScores is how the reader did with chapters whose every word is known.
type dressedScores struct {
	texts, notes, noteWords, noteKept int
	words                             wordLoss
	breaks                            score
}

// String tells it in three lines.
func (d dressedScores) String() string {
	return fmt.Sprintf("\n%d chapters of the sample stories, dressed as writers dress them\n"+
		"breaks           precision %s, recall %s\nwords of notes   %s of %d set apart\nwords of story   %d of %d taken out (%.4f %%)\n",
		d.texts, ratio(d.breaks.right, d.breaks.right+d.breaks.extra), ratio(d.breaks.right, d.breaks.right+d.breaks.missed),
		ratio(d.noteKept, d.noteWords), d.noteWords, d.words.removed, d.words.all, d.words.percent())
}

// scoreDressed puts heads, notes, breaks and ends around the chapters of the
// sample archive in turns, lays them out in four ways, and reads them.
func scoreDressed(folder string) (dressedScores, error) {
	var d dressedScores
	files, err := filepath.Glob(filepath.Join(folder, "*", "chapter-*.html"))
	if err != nil || len(files) == 0 {
		return d, fmt.Errorf("no chapters in %s (%v)", folder, err)
	}
	n := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return d, err
		}
		story := paragraphsOf(string(raw))
		for range 24 {
			if err := d.read(story, n); err != nil {
				return d, fmt.Errorf("%s, dressed the %d. way: %w", file, n, err)
			}
			n++
		}
	}
	return d, nil
}

var (
	pTags   = regexp.MustCompile(`(?s)<(p|hr)\b[^>]*>(?:(.*?)</p>)?`)
	anyTags = regexp.MustCompile(`<[^>]*>`)
)

// paragraphsOf is the plain paragraphs of a chapter; "" is a break.
func paragraphsOf(page string) []string {
	var paragraphs []string
	for _, m := range pTags.FindAllStringSubmatch(page, -1) {
		if m[1] == "hr" {
			paragraphs = append(paragraphs, "")
			continue
		}
		text := html.UnescapeString(anyTags.ReplaceAllString(strings.ReplaceAll(m[2], "<br>", " "), ""))
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	return paragraphs
}

// read dresses a story the n-th way, reads it and counts.
func (d *dressedScores) read(story []string, n int) error {
	head, opens, ends := dressHeads[n%len(dressHeads)], dressOpens[n/2%len(dressOpens)], dressEnds[n/3%len(dressEnds)]
	drawn := dressBreaks[n/5%len(dressBreaks)]
	gap := []string{"\n\n", "\n\n", "\n\n\n"}[n%3]
	var body []string
	breaks := 0
	for _, text := range story {
		if text == "" {
			breaks++
			text = drawn
		} else if n%4 == 1 {
			text = wrapAt(text, 72)
		}
		body = append(body, text)
	}
	var whole []string
	for _, part := range []string{strings.ReplaceAll(head, "{T}", "The Long Watch"), opens, strings.Join(body, gap), ends} {
		if part != "" {
			whole = append(whole, part)
		}
	}
	text := strings.Join(whole, gap)
	kind := "txt"
	if n%4 == 3 {
		kind, text = "html", "<!DOCTYPE html><body><p>"+strings.NewReplacer("\n\n\n", "</p><p>", "\n\n", "</p><p>", "\n", "<br>").Replace(html.EscapeString(text))+"</p></body>"
	}
	r, err := manuscript.Read([]byte(text), manuscript.Options{Kind: kind})
	if err != nil {
		return err
	}
	d.count(r, story, breaks, opens)
	return nil
}

func wrapAt(text string, width int) string {
	var out strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case column+1+len(word) > width:
			out.WriteByte('\n')
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += len(word)
	}
	return out.String()
}

// count compares a reading with the story it was made of.
func (d *dressedScores) count(r manuscript.Reading, story []string, breaks int, opens string) {
	d.texts++
	f := found{lists: map[string][]string{}, parts: map[string]string{}, counts: map[string]int{}}
	for _, w := range r.Works {
		for _, c := range w.Chapters {
			for _, b := range c.Body.Blocks {
				f.block(b)
			}
			f.parts["notes"] += blocksOf(c.OpeningNote) + "\n"
		}
	}
	in := bareText(f.body)
	for _, text := range story {
		words := len(strings.Fields(text))
		d.words.all += words
		if text != "" && !strings.Contains(in, bareText(text)) {
			d.words.removed += words
		}
	}
	got := f.counts["scene_breaks"]
	d.breaks.right += min(got, breaks)
	d.breaks.extra += max(0, got-breaks)
	d.breaks.missed += max(0, breaks-got)
	if words := strings.Fields(opens); len(words) > 3 {
		d.noteWords += len(words)
		if strings.Contains(bareText(f.parts["notes"]), bareText(strings.Join(words[3:6], " "))) {
			d.noteKept += len(words)
		}
	}
}

// bareText is a text's letters and figures alone.
func bareText(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n*_/~", r) {
			return -1
		}
		return r
	}, text)
}
