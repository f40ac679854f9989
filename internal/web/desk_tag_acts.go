package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/wrangling"
)

// withDid leads back to where somebody came from, who is told what they did.
func withDid(back, did string, waits int) string {
	path, query, _ := strings.Cut(back, "?")
	fields, err := url.ParseQuery(query)
	if err != nil {
		return back
	}
	fields.Set("did", did)
	if waits > 0 {
		fields.Set("waits", strconv.Itoa(waits))
	}
	return path + "?" + fields.Encode()
}

// didOf says what the viewer did just now, by the numbers in the address: acts
// after one and up to another, of theirs and not undone.
func didOf(ctx context.Context, tx *store.Tx, r *Request) (page.TagsDone, error) {
	var done page.TagsDone
	if waits, err := strconv.Atoi(r.FormValue("waits")); err == nil && waits > 0 && waits <= tagsInBin {
		done.Waits = waits
	}
	if r.Method != http.MethodGet {
		return done, nil
	}
	acts, err := actsDone(ctx, tx, r, r.FormValue("did"))
	done.Acts = acts
	return done, err
}

// actsDone are acts of the viewer by such numbers, those that were not undone.
func actsDone(ctx context.Context, tx *store.Tx, r *Request, did string) (done []page.TagActLine, err error) {
	from, to, _ := strings.Cut(did, "-")
	after, err := strconv.ParseInt(from, 10, 64)
	upTo, err2 := strconv.ParseInt(to, 10, 64)
	if err != nil || err2 != nil {
		return nil, nil
	}
	acts, err := tx.TagActs.By(ctx, r.Viewer.Account, after, upTo, 2*tagsInBin+1)
	if err != nil || len(acts) > 2*tagsInBin { // more than one form undoes
		return nil, err
	}
	acts = slices.DeleteFunc(acts, func(a store.NamedAct) bool { return !a.UndoneAt.IsZero() })
	waits, err := wrangling.WaitFor(ctx, tx, acts...)
	acts = slices.DeleteFunc(acts, func(a store.NamedAct) bool { return waits[a.ID].ID > upTo })
	return tagActLines(r, acts, nil), err
}

// dressTagActs dresses acts, with what has to be undone before each.
func dressTagActs(ctx context.Context, tx *store.Tx, r *Request, acts []store.NamedAct) ([]page.TagActLine, error) {
	waits, err := wrangling.WaitFor(ctx, tx, acts...)
	return tagActLines(r, acts, waits), err
}

func tagActLines(r *Request, acts []store.NamedAct, waits map[int64]store.NamedAct) []page.TagActLine {
	lines := make([]page.TagActLine, 0, len(acts))
	for _, a := range acts {
		line := page.TagActLine{ID: a.ID, At: a.At, By: a.By, Text: tagActWords(r, a), Tag: page.Link{Text: a.Name, URL: tagDeskAddress(a.Tag)}, UndoneAt: a.UndoneAt, Undoer: a.Undoer}
		if a.Other != 0 {
			line.Other = page.Link{Text: a.Beside, URL: tagDeskAddress(a.Other)}
		}
		if first, has := waits[a.ID]; has {
			line.First = tagActLink(r, first)
		}
		lines = append(lines, line)
	}
	return lines
}

// tagActLink leads to an act on the page of its tag.
func tagActLink(r *Request, a store.NamedAct) page.Link {
	return page.Link{Text: tagActWords(r, a), URL: tagDeskAddress(a.Tag) + "#" + page.TagActLine{ID: a.ID}.Place()}
}

// tagActWords says what was done, with the names of the tags.
func tagActWords(r *Request, a store.NamedAct) string {
	key := ""
	switch a.Kind {
	case archive.TagMadeCanonical:
		key = "tag_act.canonical"
	case archive.TagMerged:
		key = "tag_act.merge"
	case archive.TagLeft:
		key = "tag_act.as_is"
	case archive.TagFiled:
		key = "tag_act.file"
	case archive.TagUnfiled:
		key = "tag_act.unfile"
	case archive.TagPutUnder:
		key = "tag_act.metatag"
	case archive.TagTakenOut:
		key = "tag_act.no_metatag"
	case archive.TagBanned:
		key = "tag_act.ban"
	case archive.TagUnbanned:
		key = "tag_act.unban"
	case archive.TagRenamed:
		return renamedWords(r, a)
	case archive.TagSplit:
		key = "tag_act.split"
	}
	return r.Words.T(key, "Tag", a.Name, "Other", a.Beside)
}

// renamedWords says how a tag was called before and after.
func renamedWords(r *Request, a store.NamedAct) string {
	var names struct{ Name, Named string }
	if err := json.Unmarshal([]byte(a.Was), &names); err != nil {
		return a.Name
	}
	return r.Words.T("tag_act.rename", "Tag", names.Name, "Other", names.Named)
}

// actTag is how the tag of an act is called.
func (w *Web) actTag(r *Request, act int64) (name string) {
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		done, err := tx.TagActs.Find(ctx, act)
		name = w.tagName(r, done.Tag)
		return err
	})
	if err != nil {
		return strconv.FormatInt(act, 10)
	}
	return name
}

// undoTagActs undoes acts, the last first.
func (w *Web) undoTagActs(r *Request) (Response, error) {
	acts := r.PostForm["act"]
	if len(acts) == 0 || len(acts) > 2*tagsInBin {
		return Response{}, archive.ErrNotFound
	}
	back := cleanReturn(r.PostForm.Get("back"))
	if !strings.HasPrefix(back, page.PathTagDesk) {
		back = page.PathTagDesk
	}
	var count undoings
	for _, value := range acts {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return Response{}, archive.ErrNotFound
		}
		if err := w.undoTagAct(r, id, &count); err != nil {
			return Response{}, err
		}
	}
	if count.stand == 0 && len(count.first) == 0 && len(count.refused) == 0 {
		return goTo(back)
	}
	answer := w.message(r, http.StatusConflict, "undo_tags.title", "")
	p := answer.Page.(page.MessagePage)
	p.Sentences = count.sentences(p.Shell)
	for _, act := range count.first {
		p.First = append(p.First, tagActLink(r, act))
	}
	p.Next = page.Link{Text: r.Words.T("undo_tags.back"), URL: back}
	answer.Page = p
	return answer, nil
}

// undoings are what became of acts that were to be undone.
type undoings struct {
	undone, stand int
	first         []store.NamedAct // what has to be undone before
	refused       archive.Problems
}

func (w *Web) undoTagAct(r *Request, act int64, count *undoings) error {
	var problems archive.Problems
	var waits wrangling.Waits
	err := w.Wrangling.Undo(r.Context(), r.Viewer, act)
	switch {
	case errors.As(err, &waits):
		if !slices.ContainsFunc(count.first, func(a store.NamedAct) bool { return a.ID == waits.First.ID }) {
			count.first = append(count.first, waits.First)
		}
	case errors.Is(err, archive.ErrConflict):
		count.stand++
	case errors.As(err, &problems):
		for _, one := range problems {
			count.refused = append(count.refused, ofTag(one, w.actTag(r, act)))
		}
	case err != nil:
		return err
	default:
		count.undone++
	}
	return nil
}

func (u undoings) sentences(s page.Shell) (said []string) {
	if u.undone > 0 {
		said = append(said, s.N("undo_tags.undone", u.undone))
	}
	if u.stand > 0 {
		said = append(said, s.T("undo_tags.sentence"))
	}
	for _, one := range page.ErrorsOf(s, u.refused) {
		said = append(said, one.Text)
	}
	return said
}
