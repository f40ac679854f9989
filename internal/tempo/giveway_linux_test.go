package tempo

import (
	"testing"

	"golang.org/x/sys/unix"
)

// The system tells 20 minus the niceness of a thread.
func niceness(t *testing.T) int {
	t.Helper()
	told, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid())
	if err != nil {
		t.Fatal(err)
	}
	return 20 - told
}

func TestOnlyWhatIsBackstageGivesWay(t *testing.T) {
	before := niceness(t)
	b := NewBackstage(1)
	for range 3 {
		if err := b.Do(t.Context(), func() {
			if got := niceness(t); got != min(19, before+behindOthers) {
				t.Errorf("backstage runs with a niceness of %d", got)
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 { // on whichever thread this test is now
		done := make(chan int)
		go func() { done <- niceness(t) }()
		if got := <-done; got != before {
			t.Fatalf("others run with a niceness of %d", got)
		}
	}
}
