package catalog

import (
	"context"

	"ficus/internal/archive"
)

// Totals counts the works of lists, one after the other, while there is time: a
// third of what a search may take. Those it does not come to are missing at the
// end.
func (c *Catalog) Totals(ctx context.Context, v archive.Viewer, lists []Filter) (totals []int, err error) {
	hurried, end := within(ctx, c.Patience.Whole/3)
	defer end()
	for _, f := range lists {
		f.Page, f.PerPage, f.Facets = 1, 1, 0
		l, err := c.listWithin(hurried, v, f, Patience{})
		if isLate(ctx, hurried, err) || err == nil && l.InTexts.Nothing {
			break
		}
		if err != nil {
			return nil, err
		}
		totals = append(totals, l.Total)
	}
	return totals, nil
}
