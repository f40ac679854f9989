package mail

import (
	"html"
	"strings"
)

// letter is what a mail says: some paragraphs, one thing to do, and why it came.
type letter struct {
	subject    string
	greeting   string
	paragraphs []string
	action     string // what the link does
	address    string // where it leads: a page of ours
	why        string
	lines      []line // news, each with its page
	stop       string // where this kind of mail is stopped, or empty
	stopping   string // what that link does
}

// line is one piece of news in a mail of several.
type line struct{ text, address string }

func (l letter) text() string {
	parts := append([]string{l.greeting}, l.paragraphs...)
	for _, one := range l.lines {
		parts = append(parts, one.text+"\n"+one.address)
	}
	parts = append(parts, l.action+":\n"+l.address, "-- \n"+l.why)
	if l.stop != "" {
		parts = append(parts, l.stopping+":\n"+l.stop)
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// html is the same as a page. It loads nothing, from here or from elsewhere.
func (l letter) html(language, direction string) string {
	var b strings.Builder
	paragraph := func(inner string) { b.WriteString("<p>" + inner + "</p>\n") }
	b.WriteString(`<!DOCTYPE html>` + "\n" + `<html lang="` + html.EscapeString(language) + `" dir="` + html.EscapeString(direction) + `">` + "\n")
	b.WriteString(`<head><meta charset="utf-8"><title>` + html.EscapeString(l.subject) + "</title></head>\n<body>\n")
	paragraph(html.EscapeString(l.greeting))
	for _, p := range l.paragraphs {
		paragraph(html.EscapeString(p))
	}
	for _, one := range l.lines {
		paragraph(`<a href="` + html.EscapeString(one.address) + `">` + html.EscapeString(one.text) + "</a>")
	}
	paragraph(`<a href="` + html.EscapeString(l.address) + `">` + html.EscapeString(l.action) + "</a>")
	paragraph("<small>" + html.EscapeString(l.why) + "</small>")
	if l.stop != "" {
		paragraph(`<small><a href="` + html.EscapeString(l.stop) + `">` + html.EscapeString(l.stopping) + "</a></small>")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}
