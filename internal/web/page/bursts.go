package page

import (
	"context"
	"io"
	"time"
)

// PathBursts is where staff look at kudos that came in a burst.
const PathBursts = "/desk/kudos"

// BurstsPage is the kudos that wait for staff. Each posts work, and do as count
// or drop, to PathBursts.
type BurstsPage struct {
	Shell
	Bursts []Burst
}

// Render writes the page.
func (p BurstsPage) Render(ctx context.Context, w io.Writer) error {
	return burstsPage(p).Render(ctx, w)
}

// Burst is the waiting kudos of one work.
type Burst struct {
	Work        Link
	ID          int64
	Count       int
	First, Last time.Time
}
