package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// errElsewhere is an order to a program of this one that it cannot follow.
var errElsewhere = errors.New("what to do elsewhere is not understood")

// Elsewhere is what other programs than the one that measures do beside it, so
// that it need not wait for itself: others who comment, and who only take the
// processors. Who comments stands for machines of their own, which take nothing
// of this one: what they do all the same is done in Linux' idle class, out of
// which every other thread pushes them at once. Who takes the processors stands
// for the server's threads that give way, and is as nice as they.
const strangerNice = 19

// order is what a program elsewhere is told on its standard input.
type order struct {
	Address string
	Members []string
	Over    time.Duration
	Rate    int
	Each    time.Duration // of a processor, at that rate; 0: comment
}

// told is what it answers.
type told struct {
	Waits  []time.Duration
	Over   time.Duration
	Failed int
}

// have has a program of its own follow the order.
func (o order) have() (felt, error) {
	self, err := os.Executable()
	if err != nil {
		return felt{}, err
	}
	asked, err := json.Marshal(o)
	if err != nil {
		return felt{}, err
	}
	cmd := exec.Command(self, "elsewhere")
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(asked)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return felt{}, fmt.Errorf("what is done elsewhere: %w", err)
	}
	var t told
	err = json.Unmarshal(out, &t)
	return felt{waits: t.Waits, over: t.Over, failed: t.Failed}, err
}

// elsewhere follows an order.
func elsewhere() error {
	var o order
	if err := json.NewDecoder(os.Stdin).Decode(&o); err != nil || o.Over <= 0 || o.Rate <= 0 {
		return errors.Join(errElsewhere, err)
	}
	if o.Each > 0 {
		return errors.Join(goBehind(unix.SchedAttr{Nice: strangerNice}), o.takeProcessors())
	}
	if err := goBehind(unix.SchedAttr{Policy: unix.SCHED_IDLE}); err != nil {
		return err
	}
	f := sayers(o.Address, o.Members, o.Over, o.Rate).run()
	return json.NewEncoder(os.Stdout).Encode(told{f.waits, f.over, f.failed})
}

// goBehind puts every thread of this program behind who measures.
func goBehind(as unix.SchedAttr) error {
	as.Size = unix.SizeofSchedAttr
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return err
	}
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		if err != nil {
			return err
		}
		if err := unix.SchedSetAttr(id, &as, 0); err != nil {
			return err
		}
	}
	return nil
}

// takeProcessors takes so much of a processor so many times a second and does
// nothing with it, as the server's own threads would that give way.
func (o order) takeProcessors() error {
	const threads = 2
	var running sync.WaitGroup
	failed := make([]error, threads)
	began := time.Now()
	for thread := range threads {
		running.Go(func() {
			runtime.LockOSThread()
			for i := thread; failed[thread] == nil && time.Since(began) < o.Over; i += threads {
				time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(o.Rate))))
				failed[thread] = takeProcessor(o.Each)
			}
		})
	}
	running.Wait()
	return errors.Join(append(failed, json.NewEncoder(os.Stdout).Encode(told{Over: time.Since(began)}))...)
}

// takeProcessor takes so much of a processor's time for this thread.
func takeProcessor(each time.Duration) error {
	var from, now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &from); err != nil {
		return err
	}
	for {
		if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &now); err != nil || time.Duration(now.Nano()-from.Nano()) >= each {
			return err
		}
	}
}

// processorTime is what a process and its threads have taken of the processors.
func processorTime(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(after)
	var ticks int
	for _, at := range []int{11, 12} { // in the program, and in the kernel for it
		n, err := strconv.Atoi(fields[at])
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}
