package web

import (
	"slices"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// blurbs dresses works of a list; the tags that were asked for are marked.
func blurbs(listed []store.Blurb, matched ...int64) []page.Blurb {
	dressed := make([]page.Blurb, len(listed))
	for i, b := range listed {
		dressed[i] = blurb(b, matched...)
	}
	return dressed
}

func blurb(b store.Blurb, matched ...int64) page.Blurb {
	tags := dressTags(b.Tags, matched...)
	summary, rest := page.CutSummary(prose.PageHTML(b.Summary))
	return page.Blurb{
		URL: workAddress(b.ID), Title: b.Title, Lang: b.Language, Restricted: b.Restricted,
		Fandoms: tags.fandoms, Byline: byline(b.Creators), Gifts: recipients(b.Gifts), Signs: signs(b.Work, tags),
		Relationships: tags.relationships, Characters: tags.characters, Freeforms: tags.freeforms,
		Summary: summary, SummaryRest: rest, Words: b.Counts.Words, Kudos: int(b.Counts.Kudos), Updated: b.Dates.Revised,
		Comments: b.Counts.Comments, CommentsURL: commentsAddress(b.ID, 0),
	}
}

// kinds is a work's tags by kind, in the writer's order.
type kinds struct {
	rating                                        string
	warnings, categories                          []string
	fandoms, relationships, characters, freeforms []page.Tag
}

func dressTags(tags []archive.WorkTag, matched ...int64) kinds {
	k := kinds{rating: archive.RatingNone}
	for _, t := range tags {
		tag := page.Tag{Name: t.Wording, URL: tagAddress(t.Tag, t.Wording), Main: t.Main, Matched: slices.Contains(matched, t.Tag)}
		switch t.Kind {
		case archive.KindRating:
			k.rating = t.Wording
		case archive.KindWarning:
			k.warnings = append(k.warnings, t.Wording)
		case archive.KindCategory:
			k.categories = append(k.categories, t.Wording)
		case archive.KindFandom:
			k.fandoms = append(k.fandoms, tag)
		case archive.KindRelationship:
			k.relationships = append(k.relationships, tag)
		case archive.KindCharacter:
			k.characters = append(k.characters, tag)
		case archive.KindFreeform:
			k.freeforms = append(k.freeforms, tag)
		}
	}
	return k
}

func signs(w archive.Work, k kinds) page.Signs {
	return page.Signs{Rating: k.rating, Warnings: k.warnings, Categories: k.categories, Posted: w.Counts.Posted, Planned: w.Planned}
}

func byline(creators []archive.Pseud) []page.Person {
	people := make([]page.Person, len(creators))
	for i, p := range creators {
		people[i] = page.Person{Name: p.Name, URL: creatorAddress(p)}
	}
	return people
}

func recipients(gifts []archive.Gift) []page.Person {
	people := make([]page.Person, len(gifts))
	for i, g := range gifts {
		people[i] = page.Person{Name: g.Recipient}
		if g.Account != 0 {
			people[i].URL = userAddress(g.Recipient)
		}
	}
	return people
}

// story is the head of a work's pages.
func (w *Web) story(r *Request, o store.Opened, tags []archive.WorkTag, gifts []archive.Gift) page.Story {
	k := dressTags(tags)
	s := page.Story{
		URL: workAddress(o.ID), Title: o.Title, Lang: o.Language, Restricted: o.Restricted, Byline: byline(o.Creators), Gifts: recipients(gifts),
		Signs: signs(o.Work, k), Fandoms: k.fandoms, Relationships: k.relationships, Characters: k.characters, Freeforms: k.freeforms,
		Summary: prose.PageHTML(o.Summary), Words: o.Counts.Words, Published: o.Dates.Published, Updated: o.Dates.Revised,
		Figures:   page.Figures{Hits: int(o.Counts.Hits), Kudos: int(o.Counts.Kudos), Comments: o.Counts.Comments, CommentsURL: commentsAddress(o.ID, 0)},
		Elsewhere: o.Elsewhere,
	}
	if state := o.State(r.Now); state != "posted" {
		s.State = state
	} else if o.Anonymous && o.Gate.Name {
		s.State = "anonymous" // to its creator; readers see no name
	}
	if o.Counts.Chapters > 1 {
		s.IndexURL, s.EntireURL, s.ByChapterURL = indexAddress(o.ID), entireAddress(o.ID), workAddress(o.ID)+"?view=chapters"
	}
	if o.Counts.Posted > 0 {
		s.Files = w.files(r, o)
	}
	if o.Gate.Edit {
		s.Own = ownLinks(r, o)
		s.PostAction = postAction(o.Work)
	}
	if r.Viewer.Staff {
		s.Own = append(s.Own, page.Link{Text: r.Words.T("oversight.staff_link"), URL: oversightAddress(o.ID)})
	}
	return s
}

// postAction is where a draft is posted; empty for what is posted.
func postAction(work archive.Work) string {
	if !work.PostedAt.IsZero() {
		return ""
	}
	return workAddress(work.ID) + "/post"
}

func ownLinks(r *Request, o store.Opened) []page.Link {
	links := []page.Link{
		{Text: r.Words.T("own.edit"), URL: workAddress(o.ID) + "/edit"},
		{Text: r.Words.T("own.add_chapter"), URL: workAddress(o.ID) + "/chapters/new"},
		{Text: r.Words.T("own.chapters"), URL: workAddress(o.ID) + "/chapters"},
		{Text: r.Words.T("own.delete"), URL: workAddress(o.ID) + "/delete"},
	}
	if !isDraft(r, o.Work) {
		links = append(links, page.Link{Text: r.Words.T("own.orphan"), URL: workAddress(o.ID) + "/orphan"})
	}
	return links
}

// chapter dresses one chapter with its text and its notes; the work's notes
// stand with the first and last.
func chapter(r *Request, c archive.Chapter, number int, text archive.ChapterText) page.Chapter {
	body, hosts := page.PlayedText(r.Words, endNotes(r, c, text.Body))
	return page.Chapter{
		Number: number, Title: c.Title, Anchor: chapterAnchor(c.ID), Published: c.Published, Words: c.Words, Draft: c.IsDraft(),
		Summary: prose.PageHTML(text.Summary), Disclaimer: note(text.Disclaimer), Dedication: text.Dedication,
		NotesBefore: notes(text.NotesBefore), Text: body, Plays: hosts, NotesAfter: notes(text.NotesAfter),
	}
}

// endNotes sets the footnotes of a chapter at its end.
func endNotes(r *Request, c archive.Chapter, body string) string {
	return prose.EndNotes(body, prose.Notes{Prefix: chapterAnchor(c.ID) + "-", Back: r.Words.T("chapter.back_to_place")})
}

func notes(html ...string) []page.Note {
	var list []page.Note
	for _, h := range html {
		if h != "" {
			list = append(list, note(h))
		}
	}
	return list
}

func note(html string) page.Note {
	if html == "" {
		return page.Note{}
	}
	d := prose.ReadStored(html)
	return page.Note{HTML: prose.PageHTML(html), Words: d.Words(), Warns: warns(d)}
}
