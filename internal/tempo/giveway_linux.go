package tempo

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// behindOthers is how much nicer than the others is what gives way.
const behindOthers = 10

// GiveWay puts the calling goroutine behind the others for the rest of its
// life: it gets a thread of its own, which the system runs when the others
// leave a processor free, and seldom otherwise.
func GiveWay() {
	runtime.LockOSThread()                                                           // and never unlocked: the thread ends with the goroutine
	if told, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid()); err == nil { // 20 less the niceness
		_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), 20-told+behindOthers) // where it may not, nothing is lost but the way given
	}
}
