package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// mostNames is how many pen names are looked at, where more have what is sought.
const mostNames = 100

// Person is a pen name, with how many works the viewer is shown at its address.
type Person struct {
	archive.Pseud
	Works int
}

// People gives who is called so: by pen names in which all words and phrases
// stand that were typed and, where those are few, by names with words that begin
// so. The name itself comes first; among the others, who writes what the viewer
// may know of. Whom it takes long to look for is not found.
func (c *Catalog) People(ctx context.Context, v archive.Viewer, typed []string) ([]Person, error) {
	hurried, end := within(ctx, c.Patience.Whole/3)
	defer end()
	var found []store.CalledPseud
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		if found, err = tx.Called.Pseuds(hurried, v, typed, store.WholeWords, mostNames); err != nil {
			return err
		}
		if byName(found, typed); len(found) >= mostOffered {
			return nil
		}
		begun, err := tx.Called.Pseuds(hurried, v, typed, store.Beginnings, mostNames)
		byName(begun, typed)
		for _, p := range begun {
			if !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
		return err
	})
	if isLate(ctx, hurried, err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found = found[:min(len(found), mostOffered)]
	people := make([]Person, len(found))
	for i, p := range found {
		people[i].Pseud = p.Pseud
		if !p.Writes {
			continue
		}
		of := Of{Account: p.Account}
		if !p.IsOwn() {
			of.Pseud = p.ID
		}
		listed, err := c.List(ctx, v, Filter{Of: of, Page: MostPage}) // of works nobody reads
		if err != nil {
			return nil, err
		}
		people[i].Works = listed.Total
	}
	return people, nil
}

// byName orders pen names: those that are what was typed, those of who
// writes, and each by their names.
func byName(found []store.CalledPseud, typed []string) {
	plain := func(name string) string { return strings.Join(words.Of(name), " ") }
	name := plain(strings.Join(typed, " "))
	slices.SortFunc(found, func(a, b store.CalledPseud) int {
		return cmp.Or(first(plain(a.Name) == name, plain(b.Name) == name), first(a.Writes, b.Writes), cmp.Compare(plain(a.Name), plain(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}
