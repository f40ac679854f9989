// Command browse measures a filtered list of works on the index beside what a
// site would pick instead: PostgreSQL with an index over arrays of tags, SQLite
// with an indexed table of pairs, and Bleve. All hold the same generated works
// and answer the same questions, in turns; answers that differ end it. It is a
// module of its own, so that Bleve is none of the program's.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"time"

	"ficus/internal/generate"
)

func main() {
	works := flag.Int("works", 1_000_000, "how many works are looked through")
	folder := flag.String("dir", "", "where SQLite and Bleve keep theirs, for the next time too")
	postgres := flag.String("postgres", "", "the address of an empty database of PostgreSQL, or of one that was filled here")
	only := flag.String("fill", "", "fill one side alone and measure nothing: postgres, sqlite or bleve")
	flag.Parse()
	if err := run(*works, *folder, *postgres, *only); err != nil {
		fmt.Fprintln(os.Stderr, "browse:", err)
		os.Exit(1)
	}
}

// asked is one list: two tags a work bears, one it does not, how long it is.
// The most kudos stand first, guests alone look, and ten values of each kind are
// counted.
type asked struct {
	include     [2]int64
	exclude     int64
	least, most int64
}

const (
	pageOf = 20
	values = 10
	kinds  = 7
	shapes = 3 // of what is asked
	each   = 8 // questions of a shape
)

// answer is what a list shows.
type answer struct {
	Total  int
	Works  []int64
	Facets [kinds][]counted
}

type counted struct {
	Tag   int64
	Works int
}

// side is one of those that are measured.
type side interface {
	find(ctx context.Context, q asked) (answer, error)
	close() error
}

func run(works int, folder, postgres, only string) (err error) {
	if folder == "" || postgres == "" {
		return errors.New("say --dir and --postgres")
	}
	archive, err := generate.New(generate.Plan{Works: works, Seed: 1, Until: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	ctx := context.Background()
	names := []string{"index", "postgres", "sqlite", "bleve"}
	if only != "" {
		names = []string{only}
	}
	sides := map[string]side{}
	for _, name := range names {
		began := time.Now()
		if sides[name], err = open(ctx, name, archive, folder, postgres); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		defer func() { err = errors.Join(err, sides[name].close()) }()
		fmt.Fprintf(os.Stderr, "%s is ready after %v\n", name, time.Since(began).Round(time.Millisecond))
	}
	if only != "" {
		return nil
	}
	return measure(ctx, archive, names, sides)
}

func open(ctx context.Context, name string, a *generate.Archive, folder, postgres string) (side, error) {
	switch name {
	case "index":
		return openIndex(a), nil
	case "postgres":
		return openPostgres(ctx, a, postgres)
	case "sqlite":
		return openSQLite(ctx, a, folder)
	case "bleve":
		return openBleve(a, folder)
	}
	return nil, errors.New("there is no such side")
}

// shapeNames say what is asked for.
var shapeNames = [shapes]string{"a fandom and a rating", "a character and a category", "a rating and a category"}

// questions are asked of works that are there, so that something is found.
func questions(a *generate.Archive) (all [shapes][]asked) {
	d := a.Drawer()
	for place := a.Works / 3; len(all[shapes-1]) < each; place = (place + a.Works/97 + 1) % a.Works {
		w := d.Work(place)
		of := func(kind string) []int64 {
			var ids []int64
			for _, t := range w.Tags {
				if string(t.Kind) == kind {
					ids = append(ids, int64(t.ID))
				}
			}
			return ids
		}
		fandom, rating, character, category := of("fandom"), of("rating"), of("character"), of("category")
		if len(character) == 0 || len(category) == 0 || w.Words < 1000 || w.Words > 50_000 || w.Restricted {
			continue
		}
		unlike := int64(12 + (category[0]-12+1)%6)
		pairs := [shapes][2]int64{{fandom[0], rating[0]}, {slices.Min(character), category[0]}, {rating[0], category[0]}}
		for shape := range all {
			all[shape] = append(all[shape], asked{include: pairs[shape], exclude: unlike, least: 1000, most: 50_000})
		}
	}
	return all
}

// measure asks every side every question, holds the answers equal, and prints
// the middle of what each took.
func measure(ctx context.Context, a *generate.Archive, names []string, sides map[string]side) error {
	fmt.Println("| two included, one excluded, 1,000 to 50,000 words, by kudos, seven facets | works found | index | PostgreSQL | SQLite | Bleve | the quickest of those, of the index |\n|---|---|---|---|---|---|---|")
	for shape, list := range questions(a) {
		var found []int
		took := map[string][]time.Duration{}
		for _, q := range list {
			var first answer
			for i, name := range names {
				got, spent, err := ask(ctx, sides[name], q)
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				if i == 0 {
					first = got
				} else if !reflect.DeepEqual(first, got) {
					return fmt.Errorf("%+v: %s answers\n%+v\nand not\n%+v", q, name, got, first)
				}
				took[name] = append(took[name], spent)
			}
			found = append(found, first.Total)
		}
		slices.Sort(found)
		line := fmt.Sprintf("| %s | %d |", shapeNames[shape], found[len(found)/2])
		quickest := time.Duration(1<<63 - 1)
		for i, name := range names {
			slices.Sort(took[name])
			middle := took[name][len(took[name])/2]
			line += " " + round(middle) + " |"
			if i > 0 {
				quickest = min(quickest, middle)
			}
		}
		fmt.Println(line + " " + strconv.FormatFloat(float64(quickest)/float64(took["index"][each/2]), 'f', 0, 64) + "× |")
	}
	return nil
}

// ask gives an answer and the least time of some it took, the first not
// counted: what is slow is asked three times, what is quick more often.
func ask(ctx context.Context, s side, q asked) (got answer, least time.Duration, err error) {
	if got, err = s.find(ctx, q); err != nil {
		return got, 0, err
	}
	began := time.Now()
	for n := 0; n < 2 || n < 20 && time.Since(began) < 100*time.Millisecond; n++ {
		start := time.Now()
		if _, err = s.find(ctx, q); err != nil {
			return got, 0, err
		}
		if spent := time.Since(start); least == 0 || spent < least {
			least = spent
		}
	}
	return got, least, nil
}

func round(d time.Duration) string {
	if d < 10*time.Millisecond {
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(time.Millisecond).String()
}
