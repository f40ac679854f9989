package tempo

import (
	"context"
	"runtime"
	"testing"
	"time"

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
	b := NewBackstage(1, Company{})
	for range 3 {
		if err := b.Do(t.Context(), func(ctx context.Context) {
			if Aside(ctx) == nil {
				t.Error("backstage nobody steps aside")
			}
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

// pieceOf is what a thread asks for at a time.
func pieceOf(t *testing.T) time.Duration {
	t.Helper()
	told, err := unix.SchedGetAttr(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(told.Runtime)
}

// knowsPieces reports whether this system lets a thread ask for small pieces.
func knowsPieces(t *testing.T) bool {
	t.Helper()
	asked := make(chan time.Duration)
	go func() {
		runtime.LockOSThread() // which ends with it
		_ = order(0, shortPiece, 0)
		asked <- pieceOf(t)
	}()
	return <-asked == shortPiece
}

func TestThreadsAskForSmallPieces(t *testing.T) {
	if err := ComeFirst(); err != nil {
		t.Fatal(err)
	}
	want := pieceOf(t)
	if knowsPieces(t) && want != shortPiece {
		t.Fatalf("this thread takes pieces of %v", want)
	}
	for range 100 { // on whichever thread, old or new
		piece := make(chan time.Duration)
		go func() {
			runtime.LockOSThread()
			piece <- pieceOf(t)
		}()
		if got := <-piece; got != want {
			t.Fatalf("a thread takes pieces of %v", got)
		}
	}
	gaveWay := make(chan time.Duration)
	go func() {
		GiveWay(t.Context())
		gaveWay <- pieceOf(t)
	}()
	if got := <-gaveWay; got != want {
		t.Errorf("what gives way takes pieces of %v", got)
	}
}

func TestOnlyWhatGaveWayStepsAside(t *testing.T) {
	if Aside(t.Context()) != nil {
		t.Error("what did not give way steps aside")
	}
	step := make(chan func())
	go func() { step <- Aside(GiveWay(t.Context())) }()
	aside := <-step
	if aside == nil {
		t.Fatal("what gave way does not step aside")
	}
	aside() // and goes on
}
