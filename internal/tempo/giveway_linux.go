package tempo

import (
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
	behindOthers = 10

	// shortPiece is what everything else asks for at a time: the least that Linux
	// grants (from 6.12 on; sched(7), sched_runtime of SCHED_OTHER). Who asks for
	// less at a time interrupts who asks for more.
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
// leave a processor free, and seldom otherwise.
func GiveWay() {
	runtime.LockOSThread()        // and never unlocked: the thread ends with the goroutine
	_ = order(0, 0, behindOthers) // where it may not, nothing is lost but the way given
}

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
