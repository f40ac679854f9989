package page

import (
	"context"
	"io"
	"time"
)

// PathBrought lists the manuscripts a member brought.
const PathBrought = "/manuscripts"

// BroughtPage lists the manuscripts a writer brought, for them alone, the
// latest first.
type BroughtPage struct {
	Shell
	Files   []BroughtFile
	Earlier string // where those before them are; empty: there are none
}

// Render writes the page.
func (p BroughtPage) Render(ctx context.Context, w io.Writer) error {
	return broughtPage(p).Render(ctx, w)
}

// BroughtFile is one manuscript, a file or a paste.
type BroughtFile struct {
	Name     string // the file's; empty: pasted
	Kind     string // "txt", "docx"…
	Bytes    int64
	At       time.Time
	URL      string // its review
	Original string // the file as it came
}
