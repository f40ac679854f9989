// Package tempo is how often one person, or one network of guests, may do what
// costs the archive or its people something each time. All doors count in one
// keeper, so that nobody finds the second wider than the first. What is counted
// is this process's own: a few nodes allow a few times as many.
package tempo

import (
	"net/netip"
	"strconv"
	"sync"
	"time"

	"ficus/internal/archive"
)

// Act is what is counted.
type Act string

// What costs the archive or its people something each time. Passwords, links
// and joining are Guesses, and how fast new members comment is judged with what
// they say.
const (
	None       Act = "" // as often as they like
	Searching  Act = "searching"
	Suggesting Act = "suggesting"
	Posting    Act = "posting"
	Adding     Act = "adding chapters" // by program
	Bringing   Act = "bringing"
	Reviewing  Act = "reviewing"
	Commenting Act = "commenting"
	Reporting  Act = "reporting"
	Binding    Act = "binding"   // a book that does not lie there yet
	Gathering  Act = "gathering" // several works as one book
	Piling     Act = "piling"    // many files at once, or drafts made of them
)

// limit is how often one member, or one network of guests, may do something
// within a window; 0 is as often as they like. A network is a house or an
// office, a whole school at times, so guests are given more of what only costs
// time.
type limit struct {
	within time.Duration
	member int
	guest  int
}

var limits = map[Act]limit{
	Searching:  {time.Minute, 60, 120},
	Suggesting: {time.Minute, 600, 1200},
	Posting:    {time.Hour, 120, 0},
	Adding:     {time.Hour, 1200, 0},
	Bringing:   {time.Hour, 240, 0},
	Reviewing:  {time.Minute, 240, 0},
	Commenting: {10 * time.Minute, 0, 30},
	Reporting:  {time.Hour, 30, 40},
	Piling:     {time.Hour, 60, 0},
	Binding:    {10 * time.Minute, 100, 200},
	Gathering:  {time.Hour, 20, 0},
}

// Sender is who does something: a member wherever they are, a guest by their
// network. Staff are not held up.
type Sender struct {
	Viewer archive.Viewer
	From   netip.Addr
}

// most bounds the senders remembered.
const most = 100_000

// Keeper counts what was done in the window that runs. The zero Keeper is
// ready.
type Keeper struct {
	mu   sync.Mutex
	sent map[counted]int
}

// counted is one sender of one act in one window.
type counted struct {
	act    Act
	sender string
	window int64
}

// Allows counts one more, and reports whether it may pass; if not, for how long
// the window still runs.
func (k *Keeper) Allows(act Act, who Sender, now time.Time) (bool, time.Duration) {
	limit, counts := limits[act]
	if !counts || who.Viewer.Staff {
		return true, 0
	}
	may, sender := limit.guest, archive.Network(who.From).String()
	if who.Viewer.IsMember() {
		may, sender = limit.member, strconv.FormatInt(who.Viewer.Account, 10)
	}
	if may == 0 {
		return true, 0
	}
	window := now.UnixMicro() / limit.within.Microseconds()
	key := counted{act, sender, window}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sent == nil || len(k.sent) >= most {
		k.sent = map[counted]int{}
	}
	if k.sent[key] >= may {
		return false, time.UnixMicro((window + 1) * limit.within.Microseconds()).Sub(now)
	}
	k.sent[key]++
	return true, 0
}
