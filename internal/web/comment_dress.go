package web

import (
	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// dresser makes comments of one work ready to be read by one viewer.
type dresser struct {
	r       *Request
	o       opened
	open    archive.Commenting
	judges  bool // the viewer may approve, freeze and delete
	chapter bool // the page is that of one chapter: it need not be named
}

func (w *Web) dresserFor(r *Request, o opened, open archive.Commenting) dresser {
	return dresser{r: r, o: o, open: open, judges: feedback.MayJudge(r.Viewer, o.Opened)}
}

// veiled: said by a creator whom nobody may name.
func (d dresser) veiled(s store.Said) bool { return s.Creator && d.o.Anonymous }

// comment dresses one comment; frozen says that its thread takes no answers.
func (d dresser) comment(s store.Said, frozen bool) page.Comment {
	c := page.Comment{ID: s.ID, URL: commentAddress(s.ID)}
	switch {
	case s.Muted && !d.veiled(s):
		c.Place = "muted"
		return c
	case !s.Seen:
		c.Place = placeless(s)
		return c
	}
	c.HTML, c.At, c.Edited = prose.PageHTML(s.Body), s.PostedAt, s.EditedAt
	c.By, c.Guest, c.Author, c.Anonymous = d.by(s), s.Account == 0 && s.Guest != "", s.Creator, d.veiled(s)
	c.About = d.about(s)
	c.Held, c.Hidden, c.Pinned, c.Frozen = s.State != archive.CommentShown, !s.HiddenAt.IsZero(), !s.PinnedAt.IsZero(), !s.FrozenAt.IsZero()
	d.links(&c, s, frozen)
	return c
}

func placeless(s store.Said) string {
	switch {
	case s.State == archive.CommentDeleted:
		return "deleted"
	case !s.HiddenAt.IsZero():
		return "hidden"
	}
	return "held"
}

// by is who said it, under the name they bear today.
func (d dresser) by(s store.Said) page.Person {
	switch {
	case d.veiled(s):
		return page.Person{}
	case s.Account == 0:
		return page.Person{Name: s.Guest}
	}
	return page.Person{Name: s.Signed.Name, URL: creatorAddress(s.Signed)}
}

// about is the chapter a comment is of, where that is not plain.
func (d dresser) about(s store.Said) page.Link {
	if d.chapter || s.Parent != 0 {
		return page.Link{}
	}
	for _, c := range d.o.chapters {
		if c.ID == s.Chapter {
			if d.o.Counts.Chapters == 1 {
				return page.Link{}
			}
			return page.Link{Text: d.r.Words.T("comment.on_chapter", "Number", d.o.number(c)), URL: chapterAddress(d.o.ID, c.ID)}
		}
	}
	return page.Link{Text: d.r.Words.T("comment.on_deleted_chapter")}
}

// links are what the viewer may do with a comment.
func (d dresser) links(c *page.Comment, s store.Said, frozen bool) {
	own := s.IsBy(d.r.Viewer, "")
	if !frozen && d.answerable(s) {
		c.Answer = c.URL + "/answer"
	}
	if own && !frozen && d.changeable(s) {
		c.Edit = c.URL + "/edit"
	}
	if own || d.judges {
		c.Delete = c.URL + "/delete"
	}
	if d.judges {
		c.Acts = d.acts(s, own)
	}
	if !own && !d.veiled(s) {
		c.Acts = append(c.Acts, d.away(s)...)
	}
}

// away are the ways to keep who said it away, for a member. They never stand on
// what the writer of an anonymous work says: they would tell who that is.
func (d dresser) away(s store.Said) []page.CommentAct {
	if !d.r.Viewer.IsMember() || s.Signed.Owner == "" || s.Signed.Owner == archive.OrphanAccount {
		return nil
	}
	person := userAddress(s.Signed.Owner)
	mute := page.CommentAct{Text: d.r.Words.T("people.mute_button"), URL: person + "/" + page.ActMute}
	if s.Staff { // nobody keeps them from answering
		return []page.CommentAct{mute}
	}
	return []page.CommentAct{{Text: d.r.Words.T("people.block_button"), URL: person + "/" + page.ActBlock}, mute}
}

// answerable: the viewer may answer it. Whom the writer of an anonymous work
// blocks is not told there.
func (d dresser) answerable(s store.Said) bool {
	return d.open == archive.CommentingOpen && s.IsPublic() && (!s.Blocks || d.veiled(s))
}

// changeable: who said it may still change its words.
func (d dresser) changeable(s store.Said) bool {
	return d.open != archive.CommentingUnasked && d.open != archive.CommentingPaused && s.Answers == 0 && s.HiddenAt.IsZero()
}

// acts are the buttons of a work's creators, and of staff.
func (d dresser) acts(s store.Said, own bool) []page.CommentAct {
	var acts []page.CommentAct
	add := func(do, key string) { acts = append(acts, page.CommentAct{Do: do, Text: d.r.Words.T(key)}) }
	if s.State != archive.CommentShown && (s.State != archive.CommentForStaff || d.r.Viewer.Staff) {
		add("approve", "comment.approve")
	}
	if !own && s.State != archive.CommentSpam {
		add("spam", "comment.spam")
	}
	if s.Thread != 0 {
		return acts
	}
	if s.FrozenAt.IsZero() {
		add("freeze", "comment.freeze")
	} else {
		add("thaw", "comment.thaw")
	}
	switch {
	case !d.o.Tie.Creator || !s.IsPublic():
	case s.PinnedAt.IsZero():
		add("pin", "comment.pin")
	default:
		add("unpin", "comment.unpin")
	}
	return acts
}

// tree puts answers under what they answer, at most so many to a thread; what
// is left out is counted.
func (d dresser) tree(first, answers []store.Said, most int) []page.Comment {
	under := map[int64][]store.Said{}
	known := map[int64]bool{}
	for _, s := range append(first, answers...) {
		known[s.ID] = true
	}
	for _, s := range answers {
		parent := s.Parent
		if !known[parent] {
			parent = s.Thread // what it answers has no place here
		}
		under[parent] = append(under[parent], s)
	}
	list := make([]page.Comment, len(first))
	for i, s := range first {
		left := most
		list[i] = d.branch(s, !s.FrozenAt.IsZero(), "", 1, under, &left)
		list[i].More = max(0, -left)
	}
	return list
}

// branch dresses a comment with what follows from it.
func (d dresser) branch(s store.Said, frozen bool, to string, level int, under map[int64][]store.Said, left *int) page.Comment {
	c := d.comment(s, frozen)
	c.To, c.Level = to, level
	for _, answer := range under[s.ID] {
		if *left--; *left < 0 {
			d.skip(answer, under, left)
			continue
		}
		c.Answers = append(c.Answers, d.branch(answer, frozen, d.name(s, c), level+1, under, left))
	}
	return c
}

// skip counts what follows from a comment that is not shown.
func (d dresser) skip(s store.Said, under map[int64][]store.Said, left *int) {
	for _, answer := range under[s.ID] {
		*left--
		d.skip(answer, under, left)
	}
}

// name is how an answer names whom it answers.
func (d dresser) name(s store.Said, c page.Comment) string {
	switch {
	case c.HTML == "":
		return ""
	case d.veiled(s):
		return d.r.Words.T("comment.anonymous")
	}
	return c.By.Name
}
