package feedback

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// NewComment is a comment as its form sends it.
type NewComment struct {
	Work    int64
	Chapter int64  // that it is said of; what is answered decides when there is a Parent
	Parent  int64  // the comment it answers; 0: it begins a thread
	Pseud   string // the pen name it is signed with; empty: the default
	Guest   string // the name a guest gives
	Mark    string // what the guest's browser keeps
	Text    string // as typed
	Once    archive.Once
}

// Comment says something of a chapter, or answers a comment, and gives its
// number. It answers archive.Problems of "comment", "guest_name" or "pseuds";
// archive.ErrNotFound when there is no such chapter or comment to answer, and
// archive.ErrForbidden when the viewer may not comment there.
func (f *Feedback) Comment(ctx context.Context, v archive.Viewer, n NewComment) (int64, error) {
	m := archive.Comment{Work: n.Work, Chapter: n.Chapter, Parent: n.Parent, Account: v.Account}
	var problems archive.Problems
	if !v.IsMember() {
		m.Guest, m.Mark = archive.CleanLine(n.Guest), fingerprint(n.Mark)
		archive.CheckGuestName(m.Guest, f.limits.GuestName, &problems)
		n.Once = archive.Once{} // a guest's page is kept, and its form with it
	}
	typed := typedOf(n.Text) // not while others wait to write
	return store.Once(ctx, f.store, v, n.Once, func(tx *store.Tx) (int64, error) {
		body := f.remark(typed, v.IsNew(tx.Now, f.site().NewFor), &problems)
		if err := problems.Err(); err != nil {
			return 0, err
		}
		m.Body, m.Sum = body.HTML(), sumOf(body)
		return f.say(ctx, tx, v, n.Pseud, m)
	})
}

// say finds the place of a new comment and puts it there.
func (f *Feedback) say(ctx context.Context, tx *store.Tx, v archive.Viewer, pseud string, m archive.Comment) (int64, error) {
	site := f.site()
	at, err := openToComments(ctx, tx, v, site, m)
	if err != nil {
		return 0, err
	}
	o := at.Opened
	if err := place(ctx, tx, v, at, &m); err != nil {
		return 0, err
	}
	if v.IsMember() {
		if m.Pseud, err = chosen(ctx, tx, v, pseud); err != nil {
			return 0, err
		}
	} else if id, err := saidByGuest(ctx, tx, m); id != 0 || err != nil {
		return id, err
	}
	suspect, err := f.suspects(ctx, tx, v, o, m)
	if err != nil {
		return 0, err
	}
	m.State = archive.CommentStateFor(o.Work, o.Tie, v, site, suspect, tx.Now)
	return f.put(ctx, tx, v, m)
}

// put stores a comment that has its place, and counts it.
func (f *Feedback) put(ctx context.Context, tx *store.Tx, v archive.Viewer, m archive.Comment) (int64, error) {
	if m.State == archive.CommentShown {
		m.Mark = ""
	}
	id, fresh, err := tx.Comments.Add(ctx, m)
	if err != nil || !fresh {
		return id, err
	}
	m.ID = id
	kind := archive.CommentHeld
	if m.State == archive.CommentShown {
		kind = archive.CommentAdded
		if err := tx.Comments.CountShown(ctx, m.Work, 1); err != nil {
			return 0, err
		}
	}
	if m.Parent != 0 {
		if err := tx.Comments.Answer(ctx, m.Parent, m.State == archive.CommentShown); err != nil {
			return 0, err
		}
	}
	record(tx, kind, v, m)
	return id, nil
}

// openToComments opens the work of a comment, if the viewer may comment on it
// now.
func openToComments(ctx context.Context, tx *store.Tx, v archive.Viewer, site archive.Site, m archive.Comment) (store.Place, error) {
	at, err := tx.Threads.Place(ctx, v, m.Work, m.Chapter)
	if err != nil {
		return at, err
	}
	switch archive.CommentingOn(at.Work, at.Gate, at.Tie, v, site, at.Paused) {
	case archive.CommentingOpen:
		return at, nil
	case archive.CommentingSignIn:
		return at, archive.ErrSignIn
	}
	return at, archive.ErrForbidden
}

// place finds the thread of an answer, or the chapter of a comment that begins
// one.
func place(ctx context.Context, tx *store.Tx, v archive.Viewer, at store.Place, m *archive.Comment) error {
	if m.Parent == 0 {
		if !at.Chapter {
			return archive.ErrNotFound
		}
		return nil
	}
	parent, err := tx.Threads.Find(ctx, store.Reader{Viewer: v}, m.Parent)
	if err != nil {
		return err
	}
	if parent.Work != at.ID || !parent.IsPublic() {
		return archive.ErrNotFound
	}
	// Who wrote an anonymous work is not told by whom she blocks.
	if parent.Blocks && !(parent.Creator && at.Anonymous) {
		return archive.ErrForbidden
	}
	m.Chapter, m.Thread = parent.Chapter, parent.ThreadID()
	frozen, err := isFrozen(ctx, tx, parent.Comment)
	if err == nil && frozen {
		err = archive.Problems{{Field: "comment", Rule: "frozen"}}
	}
	return err
}

// isFrozen tells whether the thread of a comment takes no answers.
func isFrozen(ctx context.Context, tx *store.Tx, m archive.Comment) (bool, error) {
	if m.Thread == 0 {
		return !m.FrozenAt.IsZero(), nil
	}
	first, err := tx.Comments.Find(ctx, m.Thread)
	return !first.FrozenAt.IsZero(), err
}

// chosen is the pen name a member signs with.
func chosen(ctx context.Context, tx *store.Tx, v archive.Viewer, name string) (int64, error) {
	own, err := tx.Accounts.Pseuds(ctx, v.Account)
	if err != nil {
		return 0, err
	}
	for _, p := range own {
		if name == "" || archive.FoldName(p.Name) == archive.FoldName(name) {
			return p.ID, nil
		}
	}
	return 0, archive.Problems{{Field: "pseuds", Rule: "not_your_pseud", Args: map[string]any{"Value": name}}}
}

// guestsTwice is how long the same words by a guest of the same name in the
// same place are one.
const guestsTwice = time.Hour

// saidByGuest gives the comment a guest sends again; 0 when it is new. From
// here to the end of the transaction nobody else writes to the work.
func saidByGuest(ctx context.Context, tx *store.Tx, m archive.Comment) (int64, error) {
	if err := tx.Comments.CountShown(ctx, m.Work, 0); err != nil {
		return 0, err
	}
	first, err := tx.Comments.SameByGuest(ctx, m, tx.Now.Add(-guestsTwice))
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	}
	return first.ID, err
}

// typedOf reads what was typed.
func typedOf(text string) prose.Document {
	d, _ := prose.ReadTyped(archive.CleanText(text))
	return d
}

// remark makes a comment of what was typed: links of new people are text.
func (f *Feedback) remark(typed prose.Document, isNew bool, problems *archive.Problems) prose.Document {
	d := typed.Remark(!isNew)
	if d.IsEmpty() {
		problems.Add("comment", "required")
	}
	archive.CheckLength("comment", d.Characters(), f.limits.Comment, problems)
	return d
}

// sumOf is a fingerprint of the words of a comment, whatever their case and
// spaces.
func sumOf(d prose.Document) string {
	return fingerprint(strings.ToLower(strings.Join(strings.Fields(d.Text(0)), " ")))
}

func fingerprint(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// Mark is what is kept of what a guest's browser keeps.
func Mark(kept string) string { return fingerprint(kept) }

// record notes what happened to a comment: numbers only.
func record(tx *store.Tx, kind archive.EventKind, v archive.Viewer, m archive.Comment) {
	tx.Log.Record(archive.Event{
		Kind: kind, Actor: v.Account, Work: m.Work, Chapter: m.Chapter, Subject: m.ID,
		Data: map[string]string{"parent": strconv.FormatInt(m.Parent, 10), "state": string(m.State)},
	})
}
