package catalog_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feedback"
	"ficus/internal/moderation"
	"ficus/internal/prose/words"
	"ficus/internal/reading"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// busy is an archive in which anything happens, through its verbs.
type busy struct {
	*testkit.World
	t        *testing.T
	rapid    *rapid.T
	known    *catalog.Catalog
	writing  *writing.Writing
	feedback *feedback.Feedback
	memory   *reading.Memory
	staff    *moderation.Moderation
	accounts *accounts.Accounts
	gone     map[int64]bool   // accounts that were deleted
	people   []archive.Viewer // writers, and staff last
	works    []int64
	writers  map[int64]archive.Viewer // who made each
	comments []int64
}

func newBusy(t *testing.T, r *rapid.T) *busy { return newBusyOn(t, r, testkit.SQLite(t)) }

func newBusyOn(t *testing.T, r *rapid.T, db *sqldb.DB) *busy {
	w := testkit.NewWorld(t, db)
	limits := archive.DefaultLimits()
	b := &busy{World: w, t: t, rapid: r, known: begun(t, w), writers: map[int64]archive.Viewer{}, gone: map[int64]bool{}}
	var err error
	if b.accounts, err = accounts.New(w.Store, limits, accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 1}); err != nil {
		t.Fatal(err)
	}
	b.writing = writing.New(w.Store, nil, limits, w.Clock, func(context.Context, string) ([]byte, error) { return nil, archive.ErrNotFound })
	b.writing.Site = archive.DefaultSite
	b.memory = reading.NewMemory(w.Store, b.known, limits)
	b.feedback, b.staff = feedback.New(w.Store, limits, archive.DefaultSite), moderation.New(w.Store, limits)
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		for _, name := range []string{"ida", "tom", "uma", "una"} {
			id, err := tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x", Staff: name == "una"})
			if err != nil {
				return err
			}
			b.people = append(b.people, archive.Viewer{Account: id, Name: name, Staff: name == "una", Since: w.Clock.Now()})
		}
		return nil
	})
	w.Clock.Pass(60 * 24 * time.Hour)
	b.known.Snapshot = catalog.Snapshot{Path: filepath.Join(t.TempDir(), "snapshot"), Program: "this"}
	w.Store.Applied = b.known.Applied
	for range 4 {
		b.happens([]string{"create"})
	}
	b.known.Fill(t.Context())
	return b
}

// drawNames draws tags of few names, so that works share them.
func drawNames(t *rapid.T, what string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Rain", "rain", "Wind", "Élan", "elan", "Rope"}), 0, 3, strings.ToLower).Draw(t, what)
}

func (b *busy) fields() archive.WorkFields {
	pairs := drawNames(b.rapid, "relationships")
	f := archive.WorkFields{
		Relationships: pairs, MainTags: pairs[:min(len(pairs), rapid.IntRange(0, 2).Draw(b.rapid, "main"))],
		Title:     rapid.SampledFrom([]string{"The Lamp", "A Lamp", "Élan", "Rope"}).Draw(b.rapid, "title"),
		Summary:   rapid.SampledFrom([]string{"", "Of a <em>lamp</em> and a rope.", "Nothing happens &amp; rains."}).Draw(b.rapid, "summary"),
		Fandoms:   append(drawNames(b.rapid, "fandoms"), "Harbour Lights"),
		Freeforms: drawNames(b.rapid, "freeforms"), Characters: drawNames(b.rapid, "characters"), Warnings: []string{archive.WarningNone},
		Rating: rapid.SampledFrom(archive.Ratings()).Draw(b.rapid, "rating"), Language: rapid.SampledFrom([]string{"en", "de"}).Draw(b.rapid, "language"),
		Restricted: rapid.IntRange(0, 3).Draw(b.rapid, "restricted") == 0, Anonymous: rapid.IntRange(0, 3).Draw(b.rapid, "anonymous") == 0,
		Comments: archive.CommentsEveryone, Planned: rapid.IntRange(0, 2).Draw(b.rapid, "planned"),
	}
	if rapid.Bool().Draw(b.rapid, "backdated") {
		f.PublishedOn = b.Clock.Now().AddDate(0, 0, -rapid.IntRange(1, 400).Draw(b.rapid, "days"))
	}
	return f
}

func (b *busy) text() archive.ChapterFields {
	return archive.ChapterFields{Text: strings.Repeat("word ", rapid.IntRange(1, 30).Draw(b.rapid, "words")), Format: archive.FormatText}
}

// deeds are what may happen, by name. What is refused changes nothing.
func (b *busy) deeds() map[string]func(ctx context.Context, v archive.Viewer, work int64) error {
	return map[string]func(ctx context.Context, v archive.Viewer, work int64) error{
		"create": func(ctx context.Context, v archive.Viewer, _ int64) error {
			n := writing.NewWork{Fields: b.fields(), Chapters: []archive.ChapterFields{b.text()}, Draft: rapid.IntRange(0, 3).Draw(b.rapid, "draft") == 0}
			return b.made(v)(b.writing.Create(ctx, v, n))
		},
		"create for later": func(ctx context.Context, v archive.Viewer, _ int64) error {
			now := b.Clock.Now()
			defer b.Clock.Set(now)
			b.Clock.Pass(time.Hour)
			return b.made(v)(b.writing.Create(ctx, v, writing.NewWork{Fields: b.fields(), Chapters: []archive.ChapterFields{b.text()}}))
		},
		"edit": func(ctx context.Context, v archive.Viewer, work int64) error {
			var o store.Opened
			if err := b.Store.Read(ctx, func(tx *store.Tx) (err error) { o, err = tx.Works.ForEdit(ctx, v, work); return err }); err != nil {
				return err
			}
			return b.writing.EditWork(ctx, v, writing.WorkForm{Work: work, Base: o.Revision, Fields: b.fields(), Post: rapid.Bool().Draw(b.rapid, "post")})
		},
		"post": b.writing.PostWork,
		"add a chapter": func(ctx context.Context, v archive.Viewer, work int64) error {
			_, err := b.writing.SaveChapter(ctx, v, writing.ChapterForm{Work: work, Fields: b.text(), Post: rapid.Bool().Draw(b.rapid, "posted")})
			return err
		},
		"delete a chapter": func(ctx context.Context, v archive.Viewer, work int64) error {
			chapters, err := b.chapters(ctx, work)
			if err != nil || len(chapters) == 0 {
				return err
			}
			return b.writing.DeleteChapter(ctx, v, work, rapid.SampledFrom(chapters).Draw(b.rapid, "chapter").ID)
		},
		"delete":  b.writing.DeleteWork,
		"restore": b.writing.RestoreWork,
		"orphan": func(ctx context.Context, v archive.Viewer, work int64) error {
			return b.writing.OrphanWork(ctx, v, work, rapid.SampledFrom([]archive.Fate{archive.FateKeepName, archive.FateNoName}).Draw(b.rapid, "fate"))
		},
		"take back": b.writing.TakeBackWork,
		"hide": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.staff.Hide(ctx, b.people[3], work, "why")
		},
		"show": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.staff.Show(ctx, b.people[3], work, "why")
		},
		"hold back": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.record(ctx, archive.WorkHeldBack, work, func(tx *store.Tx) error { return tx.Works.HoldBack(ctx, work) })
		},
		"approve": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.staff.Approve(ctx, b.people[3], work)
		},
		"return": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.staff.Return(ctx, b.people[3], work, "why")
		},
		"peek": func(ctx context.Context, _ archive.Viewer, work int64) error {
			return b.staff.Peek(ctx, b.people[3], work, "why")
		},
		"veil": func(ctx context.Context, _ archive.Viewer, work int64) error {
			unrevealed, anonymous := rapid.Bool().Draw(b.rapid, "unrevealed"), rapid.Bool().Draw(b.rapid, "anonymous")
			return b.record(ctx, archive.WorkVeiled, work, func(tx *store.Tx) error { return tx.Works.Veil(ctx, work, unrevealed, anonymous) })
		},
		"kudos": func(ctx context.Context, v archive.Viewer, work int64) error {
			_, err := b.feedback.LeaveKudos(ctx, v, archive.Guest{}, work, true)
			return err
		},
		"comment": func(ctx context.Context, v archive.Viewer, work int64) error {
			chapters, err := b.chapters(ctx, work)
			if err != nil || len(chapters) == 0 {
				return err
			}
			id, err := b.feedback.Comment(ctx, v, feedback.NewComment{Work: work, Chapter: chapters[0].ID, Text: fmt.Sprint("A word ", len(b.comments))})
			if err == nil {
				b.comments = append(b.comments, id)
			}
			return err
		},
		"judge": func(ctx context.Context, v archive.Viewer, _ int64) error {
			if len(b.comments) == 0 {
				return nil
			}
			how := rapid.SampledFrom([]feedback.Judgement{feedback.Approve, feedback.Spam, feedback.Remove}).Draw(b.rapid, "judgement")
			return b.feedback.Judge(ctx, v, how, rapid.SampledFrom(b.comments).Draw(b.rapid, "judged"))
		},
		"mute": func(ctx context.Context, v archive.Viewer, _ int64) error {
			return b.feedback.Mute(ctx, v, rapid.SampledFrom(b.people).Draw(b.rapid, "muted").Account, rapid.Bool().Draw(b.rapid, "on"))
		},
		"mute a thing": func(ctx context.Context, v archive.Viewer, work int64) error {
			what := rapid.SampledFrom([]archive.Muted{{}, {Work: work}, {Tag: 1}}).Draw(b.rapid, "thing")
			if what.Tag > 0 {
				err := b.Store.Read(ctx, func(tx *store.Tx) error {
					kind := rapid.SampledFrom([]archive.TagKind{archive.KindFandom, archive.KindFreeform}).Draw(b.rapid, "muted kind")
					tag, err := tx.Sorting.Named(ctx, kind, rapid.SampledFrom([]string{"rain", "wind", "elan", "rope"}).Draw(b.rapid, "muted tag"))
					what.Tag = tag.ID
					return err
				})
				if err != nil {
					return err
				}
			}
			return b.feedback.MuteThing(ctx, v, what, rapid.IntRange(0, 2).Draw(b.rapid, "muted or not") > 0)
		},
		"exclude": func(ctx context.Context, v archive.Viewer, _ int64) error {
			kind := rapid.SampledFrom([]archive.TagKind{archive.KindFandom, archive.KindFreeform, archive.KindRating}).Draw(b.rapid, "excluded kind")
			name := catalog.TagName{Kind: kind, Name: rapid.SampledFrom([]string{"Harbour Lights", "rain", "wind", "elan", "rope", archive.RatingTeen}).Draw(b.rapid, "excluded tag")}
			if rapid.IntRange(0, 2).Draw(b.rapid, "excluded or not") > 0 {
				return b.memory.Exclude(ctx, v, []catalog.TagName{name})
			}
			var tag archive.Tag
			err := b.Store.Read(ctx, func(tx *store.Tx) (err error) { tag, err = tx.Tags.Named(ctx, name.Kind, name.Name); return err })
			return errors.Join(err, b.memory.Readmit(ctx, v, tag.ID))
		},
		"mute a word": func(ctx context.Context, v archive.Viewer, _ int64) error {
			typed := rapid.SampledFrom(mutedWords).Draw(b.rapid, "muted word")
			if rapid.IntRange(0, 2).Draw(b.rapid, "or no longer") > 0 {
				return b.feedback.MuteWord(ctx, v, typed)
			}
			return b.unmuteWord(ctx, v)
		},
		"keep a snapshot": func(ctx context.Context, _ archive.Viewer, _ int64) error { return b.known.Keep(ctx) },
		"restart": func(ctx context.Context, _ archive.Viewer, _ int64) error {
			b.restart(ctx)
			return nil
		},
		"forget muted words": func(ctx context.Context, _ archive.Viewer, _ int64) error { return b.feedback.ForgetMutedWords(ctx) },
		"hit": func(ctx context.Context, v archive.Viewer, work int64) error {
			visit := store.Visit{Work: work, Account: v.Account, Visitor: v.Name}
			return b.Store.Write(ctx, func(tx *store.Tx) error { return tx.Hits.Add(ctx, []store.Visit{visit}) })
		},
		"sort a tag": func(ctx context.Context, _ archive.Viewer, _ int64) error {
			kinds, names := []archive.TagKind{archive.KindFandom, archive.KindFreeform, archive.KindCharacter, archive.KindRelationship}, []string{"Harbour Lights", "rain", "wind", "élan", "elan", "rope"}
			draw := func(what string) catalog.TagName {
				return catalog.TagName{Kind: rapid.SampledFrom(kinds).Draw(b.rapid, what+" kind"), Name: rapid.SampledFrom(names).Draw(b.rapid, what)}
			}
			how := rapid.SampledFrom([]string{"canonical", "canonical", "synonym", "metatag", "unsorted"}).Draw(b.rapid, "how")
			return b.sorts(ctx, how, draw("tag"), draw("other"))
		},
		"rename an account": func(ctx context.Context, v archive.Viewer, _ int64) error {
			name := rapid.SampledFrom([]string{"ida", "tom", "Lamp", "Rain"}).Draw(b.rapid, "name")
			if err := b.accounts.Rename(ctx, v, name); err != nil {
				return err
			}
			for i := range b.people {
				if b.people[i].Account == v.Account {
					b.people[i].Name = name
				}
			}
			return nil
		},
		"use a pen name": func(ctx context.Context, v archive.Viewer, _ int64) error {
			return b.accounts.AddPseud(ctx, v, rapid.SampledFrom([]string{"Wick", "Élan"}).Draw(b.rapid, "pen name"))
		},
		"rename a pen name": func(ctx context.Context, v archive.Viewer, _ int64) error {
			pseuds, err := b.pseuds(ctx, v.Account)
			if err != nil || len(pseuds) == 0 {
				return err
			}
			return b.accounts.RenamePseud(ctx, v, rapid.SampledFrom(pseuds).Draw(b.rapid, "pen name").ID, rapid.SampledFrom([]string{"Wick", "Lamplighter"}).Draw(b.rapid, "new pen name"))
		},
		"remove a pen name": func(ctx context.Context, v archive.Viewer, _ int64) error {
			pseuds, err := b.pseuds(ctx, v.Account)
			if err != nil || len(pseuds) == 0 {
				return err
			}
			return b.accounts.RemovePseud(ctx, v, rapid.SampledFrom(pseuds).Draw(b.rapid, "removed pen name").ID)
		},
		"sign": func(ctx context.Context, _ archive.Viewer, work int64) error {
			var all []archive.Pseud
			for _, who := range b.present() {
				pseuds, err := b.pseuds(ctx, who.Account)
				if err != nil {
					return err
				}
				all = append(all, pseuds...)
			}
			signed := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 3, func(p archive.Pseud) int64 { return p.ID }).Draw(b.rapid, "byline")
			if _, known := b.writers[work]; !known {
				return nil
			}
			return b.Store.Write(ctx, func(tx *store.Tx) error {
				if _, err := tx.Works.Open(ctx, b.people[3], work); err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: work})
				return tx.Works.SetCreators(ctx, work, signed)
			})
		},
		"delete an account": func(ctx context.Context, v archive.Viewer, _ int64) error {
			if b.gone[v.Account] || v.Staff {
				return nil // one who left does not come by again
			}
			choice := archive.Deletion{
				Sole:   rapid.SampledFrom([]archive.Fate{archive.FateDelete, archive.FateKeepName, archive.FateNoName}).Draw(b.rapid, "fate of their works"),
				Shared: archive.FateRemove, Answers: rapid.SampledFrom([]string{archive.AnswersKeep, archive.AnswersDrop}).Draw(b.rapid, "fate of their comments"),
			}
			if err := b.accounts.DeleteAccount(ctx, v, choice); err != nil {
				return err
			}
			b.gone[v.Account] = true
			left := archive.Event{Kind: archive.AccountDeleted, Subject: v.Account}
			return errors.Join(b.writing.LeaveWorks(ctx, left, archive.Job{}), b.writing.RenewBylines(ctx, left, archive.Job{}))
		},
		"bring an account back": func(ctx context.Context, _ archive.Viewer, _ int64) error {
			for account := range b.gone {
				back := archive.Event{Kind: archive.AccountRestored, Actor: account, Subject: account}
				err := b.Store.Write(ctx, func(tx *store.Tx) error {
					tx.Log.Record(back)
					return tx.Deletions.Undo(ctx, account)
				})
				if err != nil {
					return err
				}
				delete(b.gone, account)
				return errors.Join(b.writing.ReturnWorks(ctx, back, archive.Job{}), b.writing.RenewBylines(ctx, back, archive.Job{}))
			}
			return nil
		},
		"time passes": func(ctx context.Context, _ archive.Viewer, _ int64) error {
			b.Clock.Pass(time.Duration(rapid.SampledFrom([]int{20, 40, 40, 31 * 24 * 60}).Draw(b.rapid, "minutes")) * time.Minute)
			_, err := b.writing.PurgeDeleted(ctx)
			_, err2 := b.writing.ForgetOrphanings(ctx)
			err3 := b.feedback.ForgetComments(ctx)
			_, err4 := b.accounts.PurgeDeleted(ctx)
			return errors.Join(err, err2, err3, err4)
		},
	}
}

func (b *busy) pseuds(ctx context.Context, account int64) (pseuds []archive.Pseud, err error) {
	err = b.Store.Read(ctx, func(tx *store.Tx) error {
		pseuds, err = tx.Accounts.Pseuds(ctx, account)
		return err
	})
	return pseuds, err
}

// mutedWords are what members mute, of the words in the drawn titles and
// summaries, and one in none.
var mutedWords = []string{"lamp", "ELAN", "a rope", "rains", "anchor"}

// unmuteWord has somebody mute one of their words no longer.
func (b *busy) unmuteWord(ctx context.Context, v archive.Viewer) error {
	var words []archive.Muted
	err := b.Store.Read(ctx, func(tx *store.Tx) error {
		things, err := tx.Muted.Of(ctx, v)
		for _, t := range things {
			if t.Word > 0 {
				words = append(words, t.Muted)
			}
		}
		return err
	})
	if err != nil || len(words) == 0 {
		return err
	}
	return b.feedback.MuteThing(ctx, v, rapid.SampledFrom(words).Draw(b.rapid, "muted no longer"), false)
}

// restart has another process go on, with whatever snapshot there is by now.
func (b *busy) restart(ctx context.Context) {
	kept := b.known.Snapshot
	b.known = begun(b.t, b.World)
	b.known.Snapshot = kept
	b.known.Fill(ctx)
	b.known.ReviewFigures(ctx)
	b.Store.Applied = b.known.Applied
}

// made notes who made a work.
func (b *busy) made(v archive.Viewer) func(id int64, err error) error {
	return func(id int64, err error) error {
		if err == nil {
			b.works, b.writers[id] = append(b.works, id), v
		}
		return err
	}
}

// sorts does what wranglers do with a tag and another.
func (b *busy) sorts(ctx context.Context, how string, name, other catalog.TagName) error {
	return b.Store.Write(ctx, func(tx *store.Tx) error {
		tag, err := tx.Sorting.Named(ctx, name.Kind, name.Name)
		if err != nil {
			return err
		}
		to, err := tx.Sorting.Named(ctx, other.Kind, other.Name)
		if err != nil {
			return err
		}
		synonyms, err := tx.Sorting.Synonyms(ctx, tag.ID)
		if err != nil {
			return err
		}
		switch {
		case how == "canonical":
			err = tx.Sorting.Stand(ctx, tag.ID, archive.TagCanonical, 0)
		case how == "synonym" && tag.CheckSynonym(to) == nil:
			for _, synonym := range synonyms {
				if _, err := tx.Sorting.MoveSynonym(ctx, synonym, tag.ID, to.ID); err != nil {
					return err
				}
			}
			err = tx.Sorting.Stand(ctx, tag.ID, archive.TagSynonym, to.ID)
		case how == "metatag":
			var set archive.Metatags
			if set, err = tx.Sorting.Metatags(ctx); err == nil && set.CheckMetatag(tag, to) == nil {
				_, err = tx.Sorting.AddMetatag(ctx, tag.ID, to.ID)
			}
		case how == "unsorted" && len(synonyms) == 0 && tag.Standing == archive.TagSynonym:
			err = tx.Sorting.Stand(ctx, tag.ID, archive.TagUnsorted, 0)
		}
		tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag.ID})
		return errors.Join(err, tx.Sorting.Close(ctx))
	})
}

func (b *busy) record(ctx context.Context, kind archive.EventKind, work int64, do func(*store.Tx) error) error {
	return b.Store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: kind, Work: work})
		return do(tx)
	})
}

func (b *busy) chapters(ctx context.Context, work int64) (chapters []archive.Chapter, err error) {
	err = b.Store.Read(ctx, func(tx *store.Tx) error {
		chapters, err = tx.Chapters.Of(ctx, work, true)
		return err
	})
	return chapters, err
}

// happens lets one thing happen, here or in another process.
func (b *busy) happens(names []string) {
	name := rapid.SampledFrom(names).Draw(b.rapid, "what happens")
	work := int64(0)
	if len(b.works) > 0 {
		work = rapid.SampledFrom(b.works).Draw(b.rapid, "work")
	}
	elsewhere := rapid.IntRange(0, 4).Draw(b.rapid, "elsewhere") == 0 && name != "hit" // whose hits are not told
	if elsewhere {
		b.Store.Applied = func(context.Context, store.Committed) {}
	}
	who, isWriter := b.writers[work]
	isWriter = isWriter && !b.gone[who.Account]
	if !isWriter || rapid.IntRange(0, 2).Draw(b.rapid, "somebody else") == 0 || slices.Contains([]string{"create", "kudos", "comment", "mute", "mute a thing", "exclude"}, name) {
		who = rapid.SampledFrom(b.present()).Draw(b.rapid, "who")
	}
	err := b.deeds()[name](b.t.Context(), who, work)
	var problems archive.Problems
	if err != nil && !errors.As(err, &problems) && !isRefusal(err) {
		b.rapid.Fatalf("%s: %v", name, err)
	}
	b.Store.Applied = b.known.Applied
	if elsewhere {
		var head int64
		b.Read(b.t, func(ctx context.Context, tx *store.Tx) (err error) { head, err = tx.Log.Head(ctx); return err })
		b.known.WaitFor(b.t.Context(), head)
	}
}

// present are those who have not left.
func (b *busy) present() []archive.Viewer {
	return slices.DeleteFunc(slices.Clone(b.people), func(v archive.Viewer) bool { return b.gone[v.Account] })
}

func isRefusal(err error) bool {
	for _, refusal := range []error{archive.ErrNotFound, archive.ErrSignIn, archive.ErrForbidden, archive.ErrConflict, archive.ErrTooMany} {
		if errors.Is(err, refusal) {
			return true
		}
	}
	return false
}

// drawAsked is a filter that some works answer to, mostly.
func drawAsked(t *rapid.T) catalog.Filter {
	tags := func(what string) []catalog.TagName {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) catalog.TagName {
			kind := rapid.SampledFrom([]archive.TagKind{archive.KindFandom, archive.KindFreeform, archive.KindCharacter}).Draw(t, "kind")
			return catalog.TagName{Kind: kind, Name: rapid.SampledFrom([]string{"Harbour Lights", "rain", "WIND", "Élan", "elan", "never used"}).Draw(t, "name")}
		}), 0, 1).Draw(t, what)
	}
	f := catalog.Filter{
		Include: tags("include"), Exclude: tags("exclude"), Sort: rapid.SampledFrom(catalog.Sorts()).Draw(t, "sort"), Turned: rapid.Bool().Draw(t, "turned"),
		Page: rapid.IntRange(1, 2).Draw(t, "page"), PerPage: rapid.SampledFrom([]int{1, 3, 100}).Draw(t, "per page"), Facets: 100,
	}
	f.Rest = catalog.Rest(rapid.IntRange(0, 3).Draw(t, "the rest") == 0)
	seldom := func(what string) bool { return rapid.IntRange(0, 5).Draw(t, what) == 0 }
	if seldom("asks for words") {
		f.Words = &store.Span{Least: rapid.Int64Range(0, 20).Draw(t, "least"), Most: rapid.Int64Range(10, 60).Draw(t, "most")}
	}
	if seldom("asks for chapters") {
		f.Chapters = rapid.SampledFrom([]*store.Span{{Least: 1, Most: 1}, {Least: 2, Most: 9}}).Draw(t, "chapters")
	}
	if seldom("asks for what is main") {
		name := rapid.SampledFrom([]string{"rain", "WIND", "Élan", "elan", "never used"}).Draw(t, "main")
		f.Main = []catalog.TagName{{Kind: archive.KindRelationship, Name: name}}
	}
	if seldom("asks for so many fandoms") {
		f.Fandoms = rapid.SampledFrom([]*store.Span{{Least: 1, Most: 1}, {Most: 1}, {Least: 2, Most: 9}}).Draw(t, "fandoms")
	}
	if seldom("asks for crossovers") {
		crossover := rapid.Bool().Draw(t, "crossover")
		f.Crossover = &crossover
	}
	if seldom("is a writer's list") {
		f.Of.Account = rapid.Int64Range(1, 4).Draw(t, "account")
	}
	if seldom("is a pen name's list") {
		f.Of.Pseud = rapid.Int64Range(1, 6).Draw(t, "pen name")
	}
	if seldom("asks for days") {
		from := time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)
		f.Updated = rapid.SampledFrom([]*catalog.Days{{From: from}, {To: from}, {From: from, To: from.AddDate(0, 1, 0)}}).Draw(t, "days")
	}
	if seldom("asks for completion") {
		complete := rapid.Bool().Draw(t, "complete")
		f.Complete = &complete
	}
	if seldom("asks for a language") {
		f.Languages = []string{rapid.SampledFrom([]string{"en", "de", "fr"}).Draw(t, "language")}
	}
	if seldom("asks for words in it") {
		f.Sought = drawSought(t, 2)
	}
	if seldom("asks for a writer") {
		f.User = rapid.SampledFrom([]string{"ida", "TOM", "una", "nobody"}).Draw(t, "user")
	}
	return f
}

// counts counts the tags of all works of a list by looking at each.
func counts(l catalog.Listed) []string {
	works := map[archive.Tag]int{}
	for _, b := range l.Blurbs {
		met := map[archive.Tag]bool{}
		for _, t := range b.Tags {
			if tag, counted := l.Means[t.Tag]; counted && !met[tag] {
				met[tag] = true
				works[tag]++
			}
		}
	}
	var all []catalog.Facet
	for tag, n := range works {
		all = append(all, catalog.Facet{Tag: tag, Works: n})
	}
	kinds := archive.TagKinds()
	slices.SortFunc(all, func(x, y catalog.Facet) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, x.Kind), slices.Index(kinds, y.Kind)), cmp.Compare(y.Works, x.Works), cmp.Compare(x.ID, y.ID))
	})
	var said []string
	for _, f := range all {
		said = append(said, fmt.Sprint(f.Name, " ", f.Works))
	}
	return said
}

// Whatever happens, here or in another process, lists from memory are those of
// the tables, and of a catalogue that reads everything now; and their facets are
// what counting each work gives.
func TestListsFromMemoryAreThoseOfTheTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := newBusy(t, r)
		names := slices.Sorted(func(yield func(string) bool) {
			for name := range b.deeds() {
				if !yield(name) {
					return
				}
			}
		})
		names = append(names, "create", "create", "edit", "post", "kudos", "kudos", "comment", "judge", "hit", "create for later", "time passes", "exclude", "exclude", "rename an account", "use a pen name", "sign", "sign", "rename a pen name", "rename a pen name", "remove a pen name", "delete an account", "bring an account back", "keep a snapshot", "restart", "restart", "sort a tag", "sort a tag", "sort a tag", "sort a tag")
		for range rapid.IntRange(2, 6).Draw(r, "rounds") {
			for range rapid.IntRange(1, 8).Draw(r, "events") {
				b.happens(names)
			}
			if rapid.IntRange(0, 9).Draw(r, "filled again") == 0 {
				b.known.Fill(t.Context())
				b.known.ReviewFigures(t.Context()) // a snapshot may have filled it
			}
			b.agree()
		}
	})
}

// agree compares some lists, as the catalogue, the tables and a catalogue that
// reads everything now know them.
func (b *busy) agree() {
	b.rapid.Helper()
	tables, anew := begun(b.t, b.World), begun(b.t, b.World)
	anew.Fill(b.t.Context())
	for range 4 {
		b.agreeOn(drawAsked(b.rapid), tables, anew)
	}
	b.agreeOnTitles(map[string]*catalog.Catalog{"in the tables": tables, "followed": b.known})
	b.agreeOnFandoms(map[string]*catalog.Catalog{"in the tables": tables, "followed": b.known, "read anew": anew})
	b.agreeOnBins(tables, map[string]*catalog.Catalog{"followed": b.known, "read anew": anew})
	for _, sort := range catalog.Sorts() {
		b.agreeOn(catalog.Filter{Sort: sort, PerPage: 100, Facets: 100}, tables, anew)
	}
}

func (b *busy) agreeOn(f catalog.Filter, tables, anew *catalog.Catalog) {
	b.rapid.Helper()
	v := rapid.SampledFrom(append(b.present(), archive.Viewer{})).Draw(b.rapid, "viewer")
	list := func(c *catalog.Catalog, f catalog.Filter) catalog.Listed {
		l, err := c.List(b.t.Context(), v, f)
		if err != nil {
			b.rapid.Fatal(err)
		}
		return l
	}
	all := f
	all.Page, all.PerPage = 1, 1000
	want, whole := list(tables, f), list(tables, all)
	usually, rest := all, all
	usually.Rest, rest.Rest = catalog.LeftOut, catalog.Shown
	kept := list(tables, rest).Total - list(tables, usually).Total
	if want.KeptOut.Works != kept || (kept > 0) != (len(want.KeptOut.Tags) > 0) {
		b.rapid.Errorf("in the tables, %+v are kept out of the list of %+v for %+v, want %d", want.KeptOut, f.Values(), v, kept)
	}
	for name, l := range map[string]catalog.Listed{"followed": list(b.known, f), "read anew": list(anew, f)} {
		if fmt.Sprint(ids(l), l.Total) != fmt.Sprint(ids(want), want.Total) {
			b.rapid.Errorf("%s, the list of %+v for %+v holds %v, %d in all, in the tables %v, %d", name, f.Values(), v, ids(l), l.Total, ids(want), want.Total)
		}
		if l.KeptOut.Works != kept || (kept > 0) != (len(l.KeptOut.Tags) > 0) {
			b.rapid.Errorf("%s, %+v are kept out of the list of %+v for %+v, want %d", name, l.KeptOut, f.Values(), v, kept)
		}
		if !l.IsCounted || !slices.Equal(facetsOf(l), counts(whole)) {
			b.rapid.Errorf("%s, the facets of %+v for %+v are %v, counted by hand %v", name, f.Values(), v, facetsOf(l), counts(whole))
		}
		c := map[string]*catalog.Catalog{"followed": b.known, "read anew": anew}[name]
		var values []string
		for _, kind := range archive.TagKinds() {
			of, err := c.Values(b.t.Context(), v, f, catalog.ValuesOf{Kind: kind})
			if err != nil || of.Works != whole.Total || of.Total != len(of.Facets) {
				b.rapid.Errorf("%s, of the list of %+v with %d works %d are known, with %d values, %d on one page; %v", name, f.Values(), whole.Total, of.Works, of.Total, len(of.Facets), err)
			}
			for _, one := range of.Facets {
				values = append(values, fmt.Sprint(one.Name, " ", one.Works))
			}
		}
		if !slices.Equal(values, counts(whole)) {
			b.rapid.Errorf("%s, all values of %+v for %+v are %v, counted by hand %v", name, f.Values(), v, values, counts(whole))
		}
	}
}

func ids(l catalog.Listed) []int64 {
	ids := []int64{}
	for _, b := range l.Blurbs {
		ids = append(ids, b.ID)
	}
	return ids
}

// agreeOnFandoms compares what is said of the fandoms with what their lists hold.
func (b *busy) agreeOnFandoms(known map[string]*catalog.Catalog) {
	b.rapid.Helper()
	v := rapid.SampledFrom(append(b.present(), archive.Viewer{})).Draw(b.rapid, "viewer of fandoms")
	rest := catalog.Rest(rapid.Bool().Draw(b.rapid, "the rest of the fandoms"))
	fandoms, err := known["in the tables"].Fandoms(b.t.Context(), v, rest)
	if err != nil {
		b.rapid.Fatal(err)
	}
	for name, c := range known {
		said, err := c.Fandoms(b.t.Context(), v, rest)
		if err != nil || !slices.Equal(said, fandoms) {
			b.rapid.Errorf("%s, the fandoms are %v, in the tables %v; %v", name, said, fandoms, err)
		}
		most := rapid.IntRange(1, 4).Draw(b.rapid, "most fandoms")
		largest, err := c.LargestFandoms(b.t.Context(), v, rest, most)
		slices.SortFunc(said, func(x, y store.CountedTag) int { return cmp.Or(cmp.Compare(y.Works, x.Works), cmp.Compare(x.ID, y.ID)) })
		if err != nil || !slices.Equal(largest, said[:min(most, len(said))]) {
			b.rapid.Errorf("%s, the largest %d fandoms are %v of %v; %v", name, most, largest, said, err)
		}
		for _, f := range said {
			l, err := c.List(b.t.Context(), v, catalog.Filter{Of: catalog.Of{Tag: f.ID}, Rest: rest, PerPage: 100})
			if err != nil || l.Total != f.Works {
				b.rapid.Errorf("%s, %v has a list of %d works; %v", name, f, l.Total, err)
			}
		}
	}
}

// agreeOnTitles compares what is found in titles with what stands in them.
func (b *busy) agreeOnTitles(known map[string]*catalog.Catalog) {
	b.rapid.Helper()
	v := rapid.SampledFrom(append(b.present(), archive.Viewer{})).Draw(b.rapid, "viewer of titles")
	sought := drawSought(b.rapid, 2)
	sought.Each(func(one *store.Sought) { one.In = store.InTitle })
	for name, c := range known {
		all, err := c.List(b.t.Context(), v, catalog.Filter{Rest: catalog.Shown, PerPage: 1000})
		if err != nil {
			b.rapid.Fatal(err)
		}
		want := []int64{}
		for _, blurb := range all.Blurbs {
			if stands(blurb.Title, sought) {
				want = append(want, blurb.ID)
			}
		}
		l, err := c.List(b.t.Context(), v, catalog.Filter{Query: catalog.Query{Sought: sought}, Rest: catalog.Shown, PerPage: 1000})
		if err != nil || !slices.Equal(ids(l), want) {
			b.rapid.Errorf("%s, %s is found by %+v in the titles of %v, and stands in those of %v; %v", name, catalog.WriteSought(sought), v, ids(l), want, err)
		}
	}
}

// stands reports whether what is sought stands in a title.
func stands(title string, s store.Sought) bool {
	switch s.Join {
	case store.Not:
		return !stands(title, s.Of[0])
	case store.All:
		return !slices.ContainsFunc(s.Of, func(part store.Sought) bool { return !stands(title, part) })
	case store.Any:
		return slices.ContainsFunc(s.Of, func(part store.Sought) bool { return stands(title, part) })
	}
	said, typed := " "+strings.Join(words.Of(title), " "), strings.Join(words.Of(s.Words), " ")
	return typed != "" && strings.Contains(said, " "+typed)
}

// agreeOnBins compares what waits for wranglers, in memory and in the tables.
func (b *busy) agreeOnBins(tables *catalog.Catalog, known map[string]*catalog.Catalog) {
	b.rapid.Helper()
	v := rapid.SampledFrom(b.present()).Draw(b.rapid, "wrangler")
	want, err := tables.Bins(b.t.Context(), v)
	if err != nil {
		b.rapid.Fatal(err)
	}
	bins := []store.Bin{{Kind: archive.KindFandom}}
	for _, kind := range []archive.TagKind{archive.KindCharacter, archive.KindFreeform} {
		bins = append(bins, store.Bin{Kind: kind}, store.Bin{Kind: kind, Stray: true}, store.Bin{Kind: kind, Typed: "r"})
	}
	for _, of := range want.OfFandoms {
		bins = append(bins, store.Bin{Kind: of.Kind, Fandom: of.Fandom.ID})
	}
	for name, c := range known {
		got, err := c.Bins(b.t.Context(), v)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			b.rapid.Errorf("%s, %v waits for %+v, in the tables %v; %v", name, got, v, want, err)
		}
		for _, bin := range bins {
			bin.Most, bin.Skip = 2, rapid.IntRange(0, 2).Draw(b.rapid, "tags before")
			tags, total, err := c.Bin(b.t.Context(), v, bin)
			if err != nil {
				b.rapid.Fatal(err)
			}
			if asked, all, err := tables.Bin(b.t.Context(), v, bin); err != nil || fmt.Sprint(tags, total) != fmt.Sprint(asked, all) {
				b.rapid.Errorf("%s, in the bin %+v there are %v, %d in all, in the tables %v, %d; %v", name, bin, tags, total, asked, all, err)
			}
		}
	}
}

// drawSought draws what is sought, of parts within parts up to a depth.
func drawSought(t *rapid.T, deep int) store.Sought {
	join := rapid.SampledFrom([]store.Join{store.One, store.One, store.Not, store.All, store.Any}).Draw(t, "join")
	if join == store.One || deep == 0 {
		if rapid.IntRange(0, 4).Draw(t, "in a tag") == 0 {
			return store.Sought{In: store.InTag, Kind: rapid.SampledFrom([]archive.TagKind{archive.KindFandom, archive.KindFreeform, "tag"}).Draw(t, "kind"), Words: "rain"}
		}
		in := rapid.SampledFrom([]store.SoughtIn{store.Anywhere, store.Anywhere, store.InTitle, store.InNames}).Draw(t, "in")
		return store.Sought{In: in, Words: rapid.SampledFrom([]string{"lamp", "ida", "rain", "elan", "a lamp", "OR", "x:y", "la*", "-b", "l", "the la", "amp", "…"}).Draw(t, "words")}
	}
	if join == store.Not {
		part := drawSought(t, deep-1)
		if part.Join == store.Not {
			return part.Of[0]
		}
		return store.Sought{Join: store.Not, Of: []store.Sought{part}}
	}
	s := store.Sought{Join: join}
	for range rapid.IntRange(2, 3).Draw(t, "parts") {
		if part := drawSought(t, deep-1); part.Join == join {
			s.Of = append(s.Of, part.Of...)
		} else {
			s.Of = append(s.Of, part)
		}
	}
	return s
}
