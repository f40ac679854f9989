package page

import (
	"strings"
	"unicode/utf8"

	"ficus/internal/prose"
)

// The length up to which a summary stands whole in a list, in characters.
const wholeSummary = 400

// CutSummary divides a summary, as stored, into what a list shows and what it
// folds: whole up to 400 characters, else cut after the last sentence that
// ends before. Pictures do not show in lists.
func CutSummary(html string) (shown, rest string) {
	if html == "" {
		return "", ""
	}
	d := prose.ReadStored(html)
	if len(d.Images()) > 0 {
		d = d.MapImages(func(src string) (string, bool) { return src, false })
		html = d.HTML()
	}
	if utf8.RuneCountInString(d.Text(0)) <= wholeSummary {
		return html, ""
	}
	first, second := cutBlocks(d.Blocks)
	return prose.Document{Blocks: first}.HTML(), prose.Document{Blocks: second}.HTML()
}

// cutBlocks keeps blocks while there is room; the first that does not fit is
// cut in two when it is a paragraph, or stands whole when it is the first.
func cutBlocks(blocks []prose.Block) (first, second []prose.Block) {
	room := wholeSummary
	for i, b := range blocks {
		n := utf8.RuneCountInString(prose.Document{Blocks: blocks[i : i+1]}.Text(0))
		if n <= room {
			room -= n
			continue
		}
		head, tail, cut := cutParagraph(b, room)
		switch {
		case cut:
			return append(blocks[:i:i], head), append([]prose.Block{tail}, blocks[i+1:]...)
		case i == 0:
			return blocks[:1], blocks[1:]
		}
		return blocks[:i], blocks[i:]
	}
	return blocks, nil
}

// cutParagraph cuts after the last sentence that ends within room and outside
// of marks.
func cutParagraph(b prose.Block, room int) (head, tail prose.Block, cut bool) {
	head, tail = b, b
	for i, run := range b.Inlines {
		if run.Mark == prose.Text {
			if at := sentenceEnd(run.Text, room); at > 0 && at < len(run.Text) {
				head.Inlines = append(b.Inlines[:i:i], prose.TextRun(run.Text[:at]))
				tail.Inlines = append([]prose.Inline{prose.TextRun(strings.TrimLeft(run.Text[at:], " "))}, b.Inlines[i+1:]...)
				cut = true
			}
		}
		if room -= utf8.RuneCountInString(prose.PlainText(b.Inlines[i : i+1])); room <= 0 {
			break
		}
	}
	return head, tail, cut && b.Kind == prose.Paragraph
}

// sentenceEnd is the byte after the last sentence that ends within so many
// characters of a text, or 0.
func sentenceEnd(text string, room int) int {
	end, count := 0, 0
	for i, r := range text {
		if count++; count > room {
			break
		}
		after := i + utf8.RuneLen(r)
		switch r {
		case '。', '！', '？', '।':
			end = after
		case '.', '!', '?', '…', '؟':
			if after == len(text) || strings.HasPrefix(text[after:], " ") {
				end = after
			} else if quote, n := utf8.DecodeRuneInString(text[after:]); strings.ContainsRune(`”’"')»`, quote) {
				end = after + n
			}
		}
	}
	return end
}
