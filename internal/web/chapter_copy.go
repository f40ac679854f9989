package web

import (
	"cmp"
	"html"
	"io"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/prose"
	"ficus/internal/web/page"
)

func copyAddress(work, chapter int64) string { return chapterAddress(work, chapter) + "/copy" }

// copyChapter answers with one's chapter as another place takes it.
func (w *Web) copyChapter(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	target := prose.Target(cmp.Or(r.FormValue("for"), string(prose.ForAO3)))
	if !slices.Contains(prose.Targets(), target) {
		return Response{}, archive.ErrNotFound
	}
	shell := w.private(r, "")
	shell.Title = page.CopyTitle(shell, target)
	p := page.CopyPage{
		Shell: shell, Work: page.Link{Text: e.Title, URL: workAddress(e.ID)}, Lang: e.Language, Target: target, Address: copyAddress(e.ID, e.chapter.ID),
		Chapter: page.Link{Text: chapterName(r, e.chapter, e.chapter.Title), URL: chapterAddress(e.ID, e.chapter.ID)},
	}
	p.Parts, p.Losses = w.copiedParts(r, e, target)
	return Response{Page: p}, nil
}

// copiedParts gives a chapter's parts for a place, those that say nothing left
// out, and everything the place cannot show of them.
func (w *Web) copiedParts(r *Request, e editing, target prose.Target) ([]page.CopyPart, []prose.Loss) {
	address := w.address(r.Request) + chapterAddress(e.ID, e.chapter.ID)
	counts := map[string]int{}
	var parts []page.CopyPart
	plain := func(name, text string) {
		if text != "" {
			parts = append(parts, page.CopyPart{Name: name, Text: text})
		}
	}
	set := func(name, stored string) {
		options := prose.CopyOptions{Address: address, Classless: name == "summary"}
		c := prose.ReadStored(stored).CopyFor(target, options)
		for _, l := range c.Losses {
			counts[l.Kind] += l.Count
		}
		plain(name, c.Text)
	}
	plain("title", e.chapter.Title)
	plain("dedication", e.text.Dedication)
	set("summary", e.text.Summary)
	set("disclaimer", e.text.Disclaimer)
	set("notes_before", e.text.NotesBefore)
	set("text", e.text.Body)
	set("notes_after", e.text.NotesAfter)
	var losses []prose.Loss
	for kind, n := range counts {
		losses = append(losses, prose.Loss{Kind: kind, Count: n})
	}
	slices.SortFunc(losses, func(a, b prose.Loss) int { return cmp.Compare(a.Kind, b.Kind) })
	return parts, losses
}

// downloadCopy answers with the same as a file, its parts under their names.
func (w *Web) downloadCopy(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	target := prose.Target(r.PathValue("target"))
	if !slices.Contains(prose.Targets(), target) {
		return Response{}, archive.ErrNotFound
	}
	parts, _ := w.copiedParts(r, e, target)
	shell := w.private(r, "")
	ext, mediaType, text := "html", "text/html; charset=utf-8", copiedHTML(shell, e, parts)
	if target == prose.ForMarkdown {
		ext, mediaType, text = "md", "text/markdown; charset=utf-8", copiedMarkdown(shell, parts)
	}
	name := book.FileName(book.Book{
		Voice:    r.Words,
		Identity: book.Identity{WorkID: e.ID}, Title: e.Title + " - " + r.Words.T("chapter.number", "Number", e.chapter.Position) + " - " + string(target),
	}, ext)
	return Response{File: &File{Name: name, MediaType: mediaType, Write: func(to io.Writer) error {
		_, err := io.WriteString(to, text)
		return err
	}}}, nil
}

func copiedHTML(s page.Shell, e editing, parts []page.CopyPart) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + html.EscapeString(e.Language) + "\">\n<meta charset=\"utf-8\">\n<title>" + html.EscapeString(e.Title) + "</title>\n")
	for _, part := range parts {
		b.WriteString("\n<h1 lang=\"" + s.Words.Tag() + "\">" + html.EscapeString(part.PartName(s)) + "</h1>\n\n")
		text := part.Text
		if part.IsPlain() {
			text = "<p>" + html.EscapeString(text) + "</p>"
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

func copiedMarkdown(s page.Shell, parts []page.CopyPart) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString("# " + part.PartName(s) + "\n\n" + strings.TrimRight(part.Text, "\n") + "\n")
	}
	return b.String()
}
