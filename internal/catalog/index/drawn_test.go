package index_test

import (
	"math"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"

	"pgregory.net/rapid"
)

// The drawn archives are small, so that everything meets everything.
const (
	drawnWorks    = 30
	drawnTags     = 24
	drawnAccounts = 5
	drawnPseuds   = 7
	drawnWords    = 3 // that members mute
)

// few draws some of the numbers from one to most, each once.
func few(most, length int) *rapid.Generator[[]int64] {
	return rapid.SliceOfNDistinct(rapid.Int64Range(1, int64(most)), 0, length, rapid.ID[int64])
}

func drawTag(t *rapid.T) index.Tag {
	return index.Tag{
		ID:       rapid.Int64Range(1, drawnTags).Draw(t, "tag"),
		Kind:     rapid.SampledFrom(archive.TagKinds()[2:6]).Draw(t, "kind"),
		Standing: rapid.SampledFrom([]index.Standing{index.Unsorted, index.Canonical, index.Canonical, index.Synonym}).Draw(t, "standing"),
		Of:       rapid.Int64Range(1, drawnTags).Draw(t, "of"),
		Metatags: few(drawnTags, 2).Draw(t, "metatags"),
	}
}

// drawPseud draws a pen name. Names are few, so that some are called alike, and
// some begin as others do.
func drawPseud(t *rapid.T) index.Pseud {
	id := rapid.Int64Range(1, drawnPseuds).Draw(t, "pseud")
	return index.Pseud{
		ID: id, Account: rapid.Int64Range(1, drawnAccounts).Draw(t, "whose"),
		Name: rapid.SampledFrom([]string{"a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "anonymous", "anonymous ü", "b", "ü"}).Draw(t, "name"),
	}
}

func drawWork(t *rapid.T) index.Work {
	figure := rapid.Int64Range(0, 3)
	tags := few(drawnTags, 8).Draw(t, "tags")
	return index.Work{
		ID: rapid.Int64Range(1, drawnWorks).Draw(t, "work"),
		State: rapid.SampledFrom([]index.State{0, 0, 0, index.Restricted, index.ForStaff, index.Restricted | index.ForStaff,
			index.Unlisted}).Draw(t, "state"),
		Complete:  rapid.Bool().Draw(t, "complete"),
		Anonymous: rapid.Bool().Draw(t, "anonymous"),
		Language:  rapid.SampledFrom([]string{"en", "de", "zh"}).Draw(t, "language"),
		Title:     rapid.StringOfN(rapid.SampledFrom([]rune("abü")), 0, 3, -1).Draw(t, "title"),
		Tags:      tags,
		Main:      tags[:min(len(tags), rapid.IntRange(0, 2).Draw(t, "main"))],
		Pseuds:    few(drawnPseuds, 3).Draw(t, "pseuds"),
		Muted:     few(drawnWords, 2).Draw(t, "muted words in it"),
		Updated:   figure.Draw(t, "updated"), Posted: figure.Draw(t, "posted"), Words: figure.Draw(t, "words"),
		Chapters: figure.Draw(t, "chapters"), Hits: figure.Draw(t, "hits"), Kudos: figure.Draw(t, "kudos"),
		Comments: figure.Draw(t, "comments"), Bookmarks: figure.Draw(t, "bookmarks"),
	}
}

// drawQuery asks for something that some works answer to, mostly.
func drawQuery(t *rapid.T) index.Query {
	seldom := func(what string) bool { return rapid.IntRange(0, 4).Draw(t, "asks for "+what) == 0 }
	choice := func(what string) index.Choice {
		if !seldom(what) {
			return index.Either
		}
		return rapid.SampledFrom([]index.Choice{index.Only, index.Without}).Draw(t, what)
	}
	q := index.Query{
		Viewer:     drawViewer(t),
		Include:    few(drawnTags+1, 2).Draw(t, "include"),
		Exclude:    few(drawnTags+1, 2).Draw(t, "exclude"),
		Completion: choice("completion"),
		Crossovers: choice("crossovers"),
		Sort: index.Sort{
			Title: seldom("titles"), Author: seldom("bylines"), By: index.Figure(rapid.IntRange(0, 7).Draw(t, "by")),
			Descending: rapid.Bool().Draw(t, "descending"),
		},
		Skip:   rapid.IntRange(0, 5).Draw(t, "skip"),
		Take:   rapid.SampledFrom([]int{0, 1, 3, 12, math.MaxInt}).Draw(t, "take"),
		Facets: index.Facets{Values: rapid.IntRange(0, 6).Draw(t, "values")},
	}
	if seldom("what is main") {
		q.Main = few(drawnTags+1, 2).Draw(t, "main")
	}
	if seldom("fandoms") {
		least := rapid.Int64Range(0, 2).Draw(t, "fandoms at least")
		q.Fandoms = &index.Span{Least: least, Most: rapid.SampledFrom([]int64{1, 2, math.MaxInt64}).Draw(t, "fandoms at most")}
	}
	if seldom("what it was") {
		q.Since = drawSince(t)
	}
	if seldom("languages") {
		q.Languages = []string{rapid.SampledFrom([]string{"en", "de", "tlh"}).Draw(t, "language")}
	}
	if seldom("creators") {
		q.Creators = few(drawnAccounts, 2).Draw(t, "creators")
	}
	if seldom("works") {
		within := few(drawnWorks+3, drawnWorks).Draw(t, "within")
		q.Within = &within
	}
	if seldom("what is sought") {
		sought := drawSought(t, 2)
		q.Sought, q.Sort.Best = &sought, rapid.Bool().Draw(t, "the best first")
	}
	if seldom("some facets") {
		among := few(drawnTags, 8).Draw(t, "among")
		q.Facets.Among = &among
	}
	if seldom("a range") {
		r := rapid.Int64Range(-1, 4)
		q.Ranges = []index.Range{{index.Figure(rapid.IntRange(0, 7).Draw(t, "figure")), r.Draw(t, "least"), r.Draw(t, "most")}}
	}
	return q
}

func drawSince(t *rapid.T) index.Since {
	s := index.Since{Came: few(drawnWorks+3, 4).Draw(t, "came"), Moved: map[int64]int64{}}
	for _, work := range few(drawnWorks+3, 6).Draw(t, "moved") {
		if !slices.Contains(s.Came, work) {
			s.Moved[work] = rapid.Int64Range(-1, 3).Draw(t, "was updated")
		}
	}
	place := func(what string) *index.Place {
		return &index.Place{Figure: rapid.Int64Range(-1, 4).Draw(t, what+" figure"), Work: rapid.Int64Range(0, drawnWorks+1).Draw(t, what)}
	}
	switch rapid.IntRange(0, 3).Draw(t, "from where") {
	case 1:
		s.After = place("after")
	case 2:
		s.Before = place("before")
	}
	return s
}

// drawSought draws parts within parts up to a depth.
func drawSought(t *rapid.T, deep int) index.Sought {
	s := index.Sought{Join: rapid.SampledFrom([]index.Join{index.One, index.All, index.Any, index.Not}).Draw(t, "join")}
	if s.Join == index.One || deep == 0 {
		return index.Sought{Found: index.Found{
			InTitles: few(drawnWorks+3, 6).Draw(t, "in titles"), Elsewhere: few(drawnWorks+3, 6).Draw(t, "elsewhere"),
			Tags: few(drawnTags+1, 2).Draw(t, "in tags"), IsAnywhere: rapid.Bool().Draw(t, "anywhere"),
		}}
	}
	parts := 1
	if s.Join != index.Not {
		parts = rapid.IntRange(1, 3).Draw(t, "parts")
	}
	for range parts {
		s.Of = append(s.Of, drawSought(t, deep-1))
	}
	return s
}

func drawViewer(t *rapid.T) index.Viewer {
	v := index.Viewer{HidesAnonymous: rapid.IntRange(0, 4).Draw(t, "hides anonymous") == 0}
	v.Account = rapid.Int64Range(0, 2).Draw(t, "viewer")
	v.Staff = v.Account == 2
	v.MutedAccounts = few(drawnAccounts, 1).Draw(t, "muted accounts")
	v.MutedTags = few(drawnTags, 1).Draw(t, "muted tags")
	if v.Staff {
		v.Peeked = few(drawnWorks, 4).Draw(t, "peeked")
	}
	v.MutedWords = few(drawnWords, 1).Draw(t, "muted words")
	v.MutedWorks = few(drawnWorks, 2).Draw(t, "muted works")
	return v
}
