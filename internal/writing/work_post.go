package writing

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// NewWork is a work as a writer first sends it.
type NewWork struct {
	Fields   archive.WorkFields
	Chapters []archive.ChapterFields // a posted work has at least one
	Uploads  []Upload                // pictures of the chapter, or of all chapters of a manuscript
	Accepted Accepted                // the manuscript that the chapters were read from, if one
	Draft    bool
	Autosave string // the form whose autosave this replaces; empty: none
	Once     archive.Once
}

// Create makes a work with its chapters, as a draft or posted, and gives its
// id. It answers archive.Problems with everything that is wrong at once, and
// stores nothing then.
func (w *Writing) Create(ctx context.Context, v archive.Viewer, n NewWork) (int64, error) {
	if !v.IsMember() {
		return 0, archive.ErrSignIn
	}
	work, problems := w.SetWork(&n.Fields, archive.WorkFields{}, n.Draft)
	if len(n.Chapters) > w.limits.Chapters {
		problems.Add("chapters", "too_many", "Limit", w.limits.Chapters, "Count", len(n.Chapters))
	}
	sets, err := w.setChapters(ctx, n, &problems)
	if err != nil {
		return 0, err
	}
	if err := problems.Err(); err != nil {
		return 0, err
	}
	return w.once(ctx, v, n.Once, func(tx *store.Tx) (int64, error) {
		id, err := w.addWork(ctx, tx, v, work, n, sets)
		if err != nil {
			return 0, err
		}
		if err := learn(ctx, tx, v, n.Accepted); err != nil {
			return 0, err
		}
		return id, forgetTyped(ctx, tx, v, n.Autosave)
	})
}

// SetWork tidies the fields of a work, fits them to the archive, makes them
// safe and says everything wrong with them; nothing is saved. A work that is
// changed keeps what it had and the archive takes no longer.
func (w *Writing) SetWork(f *archive.WorkFields, had archive.WorkFields, draft bool) (archive.Work, archive.Problems) {
	now, site := w.clock.Now(), w.Site()
	f.Clean()
	site.Fit(f, had)
	problems := f.Check(w.limits, draft, now)
	site.CheckWork(*f, had, &problems)
	work := archive.Work{
		Title: f.Title, Language: f.Language, Planned: f.Planned, Comments: f.Comments, Moderated: f.Moderated, AsTyped: f.AsTyped, Elsewhere: f.Elsewhere,
		Standing: archive.Standing{Restricted: f.Restricted, Anonymous: f.Anonymous},
		Dates:    archive.Dates{Published: publishedOn(f.PublishedOn, now)},
	}
	work.Summary = setNote("summary", f.Summary, w.limits.Summary, &problems)
	work.NotesBefore = setNote("work_notes_before", f.NotesBefore, w.limits.Notes, &problems)
	work.NotesAfter = setNote("work_notes_after", f.NotesAfter, w.limits.Notes, &problems)
	return work, problems
}

func (w *Writing) setChapters(ctx context.Context, n NewWork, problems *archive.Problems) ([]Set, error) {
	if len(n.Chapters) == 0 && !n.Draft {
		problems.Add("text", "required")
	}
	var asked Asked
	sets, whole := make([]Set, len(n.Chapters)), int64(0)
	for i, fields := range n.Chapters {
		set, err := w.setChapter(ctx, 0, fields, n.UploadsOf(i), n.Draft, &asked)
		if wrong, is := err.(archive.Problems); is {
			*problems = append(*problems, OfChapter(wrong, i+1, len(sets))...)
		} else if err != nil {
			return nil, err
		}
		sets[i] = set
		whole += int64(set.Text.Characters())
	}
	if whole > int64(w.limits.Work) {
		problems.Add("chapters", "work_too_long", "Limit", w.limits.Work, "Count", whole)
	}
	return sets, nil
}

// OfChapter says of one chapter among several that it is the empty one.
func OfChapter(problems archive.Problems, number, of int) archive.Problems {
	for i, p := range problems {
		if of > 1 && p.Field == "text" && p.Rule == "required" {
			problems[i] = archive.Invalid{Field: "text", Rule: "empty_chapter", Args: map[string]any{"Number": number}}
		}
	}
	return problems
}

func (w *Writing) addWork(ctx context.Context, tx *store.Tx, v archive.Viewer, work archive.Work, n NewWork, sets []Set) (int64, error) {
	id, err := tx.Works.Add(ctx, work)
	if err != nil {
		return 0, err
	}
	if err := tx.Works.Veil(ctx, id, false, work.Anonymous); err != nil {
		return 0, err
	}
	if err := setCreators(ctx, tx, v, id, n.Fields.Pseuds); err != nil {
		return 0, err
	}
	if err := tx.Tags.SetOn(ctx, id, n.Fields.Tags()); err != nil {
		return 0, err
	}
	given, err := setGifts(ctx, tx, id, n.Fields.Gifts)
	if err != nil {
		return 0, err
	}
	for i, set := range sets {
		chapter := archive.Chapter{Work: id, Position: i + 1, Published: work.Dates.Published}
		if !n.Chapters[i].PublishedOn.IsZero() {
			chapter.Published = publishedOn(n.Chapters[i].PublishedOn, tx.Now)
		}
		if _, err := w.addSet(ctx, tx, v, chapter, set, !n.Draft); err != nil {
			return 0, err
		}
	}
	event := archive.Event{Kind: archive.WorkDrafted, Actor: v.Account, Work: id}
	if !n.Draft {
		if err := tx.Works.Post(ctx, id, work.Dates.Published); err != nil {
			return 0, err
		}
		waits, err := holdBack(ctx, tx, v, id)
		if err != nil {
			return 0, err
		}
		event = posted(v, id, waits, given)
	}
	tx.Log.Record(event)
	return id, tx.Works.Recount(ctx, id)
}

// holdBack lets a work that is posted now wait for staff, if the owner decided
// so of its writer; true when it waits.
func holdBack(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) (bool, error) {
	site, err := tx.Settings.Site(ctx, archive.DefaultSite())
	if err != nil || site.Approval == archive.ApproveNone {
		return false, err
	}
	measures, err := tx.Measures.Of(ctx, v.Account)
	if err != nil || !measures.MustWait(site, tx.Now) {
		return false, err
	}
	return true, tx.Works.HoldBack(ctx, id)
}

// posted is the event of posting a work. One that waits is told of when it is
// approved, not before.
func posted(v archive.Viewer, id int64, waits bool, given map[string]string) archive.Event {
	if waits {
		return archive.Event{Kind: archive.WorkHeldBack, Actor: v.Account, Work: id}
	}
	return archive.Event{Kind: archive.WorkPosted, Actor: v.Account, Work: id, Data: given}
}

// setCreators signs a work with the account's pen names; with none named, its
// default. Others who sign it stay where they stand. A name that is nobody's
// here is a problem of the field.
func setCreators(ctx context.Context, tx *store.Tx, v archive.Viewer, work int64, names []string) error {
	own, err := tx.Accounts.Pseuds(ctx, v.Account)
	if err != nil {
		return err
	}
	standing, err := tx.Works.Creators(ctx, work)
	if err != nil {
		return err
	}
	var signed []archive.Pseud
	var problems archive.Problems
	for _, name := range names {
		p, found := named(own, name)
		if found {
			signed = append(signed, p)
		} else if p, found = named(standing, name); !found || p.Account == v.Account {
			problems.Add("pseuds", "not_your_pseud", "Value", name)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if len(signed) == 0 && len(own) > 0 {
		signed = own[:1]
	}
	return tx.Works.SetCreators(ctx, work, beside(standing, v.Account, signed))
}

func named(pseuds []archive.Pseud, name string) (archive.Pseud, bool) {
	for _, p := range pseuds {
		if archive.FoldName(p.Name) == archive.FoldName(name) {
			return p, true
		}
	}
	return archive.Pseud{}, false
}

// beside puts an account's pen names where its first one stood, or before the
// others.
func beside(standing []archive.Pseud, account int64, signed []archive.Pseud) []archive.Pseud {
	at := 0
	var others []archive.Pseud
	for _, p := range standing {
		if p.Account != account {
			others = append(others, p)
		} else if at == 0 {
			at = len(others)
		}
	}
	return slices.Concat(others[:at], signed, others[at:])
}

// setGifts gives a work to readers. Who has it keeps it as it was given; the
// event's data names the accounts it is newly given to, who have said that
// others may give works to them.
func setGifts(ctx context.Context, tx *store.Tx, work int64, names []string) (map[string]string, error) {
	before, err := tx.Gifts.On(ctx, work)
	if err != nil {
		return nil, err
	}
	standing := map[string]archive.Gift{}
	for _, gift := range before[work] {
		standing[archive.FoldName(gift.Recipient)] = gift
	}
	var gifts []archive.Gift
	var fresh []string
	for _, name := range names {
		gift, had := standing[archive.FoldName(name)]
		if !had {
			gift = archive.Gift{Work: work, Recipient: name}
			if gift.Account, err = takesGifts(ctx, tx, work, name); err != nil {
				return nil, err
			}
			if gift.Account != 0 {
				fresh = append(fresh, strconv.FormatInt(gift.Account, 10))
			}
		}
		gifts = append(gifts, gift)
	}
	if err := tx.Gifts.SetOn(ctx, work, gifts); err != nil || len(fresh) == 0 {
		return nil, err
	}
	return map[string]string{"gifts": strings.Join(fresh, ",")}, nil
}

// takesGifts gives the account that goes by a name and takes gifts from those
// who sign a work; 0 when none does: then the gift is a dedication in words.
func takesGifts(ctx context.Context, tx *store.Tx, work int64, name string) (int64, error) {
	account, err := tx.Accounts.Called(ctx, name)
	if err != nil || account == 0 {
		return 0, err
	}
	p, err := tx.Accounts.Preferences(ctx, account)
	if err != nil || !p.TakesGifts {
		return 0, err
	}
	creators, err := tx.Works.Creators(ctx, work)
	for _, c := range creators {
		if blocked, err := tx.Ties.HasBlocked(ctx, account, c.Account); err != nil || blocked {
			return 0, err
		}
	}
	return account, err
}
