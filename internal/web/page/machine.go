package page

import (
	"context"
	"io"
	"time"

	"ficus/internal/archive"
)

// PathMachine is where staff read how full the archive is; a test mail is
// asked for under it.
const (
	PathMachine  = "/desk/machine"
	PathTestMail = "/desk/machine/mail"
)

// MachinePage is how the archive's machine stands. It posts to to PathTestMail.
type MachinePage struct {
	Shell
	Machine archive.Machine
	Slow    []archive.Slow
	Errors  Errors
	To      string
	Sent    string // the address a test mail went to
	Failed  string // why none went, in the words of whoever said it
}

// Render writes the page.
func (p MachinePage) Render(ctx context.Context, w io.Writer) error {
	return machinePage(p).Render(ctx, w)
}

// fewest is the free room below which staff are warned: a tenth of the disk.
func (p MachinePage) narrow() bool {
	return p.Machine.DiskTotal > 0 && p.Machine.DiskFree < p.Machine.DiskTotal/10
}

// late reports whether the newest copy is older than two nights.
func (p MachinePage) late() bool {
	return p.Machine.Copy.IsZero() || p.Now.Sub(p.Machine.Copy) > 48*time.Hour
}

func (p MachinePage) copied() string {
	if p.Machine.Copy.IsZero() {
		return p.T("machine.no_copy")
	}
	return p.T("machine.copy_age", "Ago", p.Words.Ago(p.Machine.Copy, p.Now), "Size", size(p.Shell, p.Machine.CopyBytes))
}

// size says bytes in words.
func size(s Shell, bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return s.T("size.gb", "N", s.Words.Number(int(bytes>>30)))
	case bytes >= 1<<20:
		return s.T("size.mb", "N", s.Words.Number(int(bytes>>20)))
	}
	return s.T("size.kb", "N", s.Words.Number(int(max(1, bytes>>10))))
}

func (p MachinePage) figures() [][2]string {
	m := p.Machine
	return [][2]string{
		{p.T("machine.disk"), p.T("machine.free_of", "Free", size(p.Shell, m.DiskFree), "Total", size(p.Shell, m.DiskTotal))},
		{p.T("machine.database"), size(p.Shell, m.Database)},
		{p.T("machine.memory"), size(p.Shell, m.Memory)},
		{p.T("machine.copy"), p.copied()},
		{p.T("machine.mails"), p.Words.Number(int(m.Mails))},
		{p.T("machine.jobs"), p.Words.Number(int(m.Waiting))},
		{p.T("machine.given_up"), p.Words.Number(int(m.GivenUp))},
	}
}
