package web

import (
	"net/http"
	"strings"

	"ficus/internal/web/page"
)

// longFields are the fields in which people write more than a line.
var longFields = []string{
	"comment", "title", "chapter_title", "summary", "chapter_summary", "dedication", "disclaimer", "work_notes_before", "notes_before", "text", "notes_after",
	"work_notes_after", "words", "reason", "site_about", "site_banner", "cover_alt",
}

// rescue gives back what somebody wrote, on a page that says that it was
// refused: no form of theirs stands there to hold it.
func rescue(r *Request, a Response) Response {
	if r.Method != http.MethodPost || a.Status < http.StatusBadRequest {
		return a
	}
	var parts []string
	for _, field := range longFields {
		if text := strings.TrimSpace(r.PostForm.Get(field)); text != "" {
			parts = append(parts, text)
		}
	}
	text := strings.Join(parts, "\n\n")
	switch p := a.Page.(type) {
	case page.MessagePage:
		p.Rescued = text
		a.Page = p
	case page.MissingPage:
		p.Rescued = text
		a.Page = p
	}
	return a
}
