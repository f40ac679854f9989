package tempo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// behindOthers is how much nicer than the others is what gives way.
	behindOthers = 19

	// shortPiece is what a thread asks for at a time: the least that Linux grants
	// (from 6.12 on; sched(7), sched_runtime of SCHED_OTHER). Who asks for less at
	// a time interrupts who asks for more, as other programs do.
	shortPiece = 100 * time.Microsecond
)

// ComeFirst lets this program answer in the middle of what takes longer at a
// time, such as what gives way: no more of the processors is taken, but in
// smaller pieces. It is called when the program starts; threads made later are
// as those there are. Systems that know no pieces go on as before.
func ComeFirst() error {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return fmt.Errorf("list the program's threads: %w", err)
	}
	var failed error
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		if err == nil {
			err = order(id, shortPiece, 0)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// GiveWay puts the calling goroutine behind the others for the rest of its
// life: it gets a thread of its own, which the system runs when the others
// leave a processor free, and seldom otherwise. What it does under the context
// it gets steps aside besides, wherever Aside is asked.
func GiveWay(ctx context.Context) context.Context {
	runtime.LockOSThread()                 // and never unlocked: the thread ends with the goroutine
	_ = order(0, shortPiece, behindOthers) // where it may not, nothing is lost but the way given
	return behind(ctx)
}

// goesBehind is where a context says that what it is of gave way.
type goesBehind struct{}

func behind(ctx context.Context) context.Context { return context.WithValue(ctx, goesBehind{}, true) }

// pieceOfWork is what is done between two looks whether somebody waits: a look
// takes a microsecond, many statements of a database hardly more.
const pieceOfWork = 40 * time.Microsecond

// Aside gives, for what gave way, what lets those go first who wait for the
// processor; nil for all else. It is to be called every few ten microseconds or
// oftener: once Linux has let a thread that gave way run, it looks again only
// when the thread sleeps or at its next tick, up to four milliseconds later,
// even with another processor idle.
func Aside(ctx context.Context) func() {
	if ctx.Value(goesBehind{}) == nil {
		return nil
	}
	var last time.Time
	return func() {
		if time.Since(last) > pieceOfWork {
			stepAside()
			last = time.Now()
		}
	}
}

// stepAside costs less than a microsecond where nobody waits.
func stepAside() { _, _, _ = unix.RawSyscall(unix.SYS_SCHED_YIELD, 0, 0, 0) }

// order has a thread, 0 for the calling one, ask for so much at a time, 0 for
// what is usual, and makes it so much nicer.
func order(thread int, piece time.Duration, nicer int32) error {
	told, err := unix.SchedGetAttr(thread, 0)
	if err != nil {
		return fmt.Errorf("see how a thread is ordered: %w", err)
	}
	told.Runtime, told.Nice = uint64(piece), min(19, told.Nice+nicer)
	if err := unix.SchedSetAttr(thread, told, 0); err != nil {
		return fmt.Errorf("order a thread: %w", err)
	}
	return nil
}
