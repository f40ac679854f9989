package manuscript

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// stretch is how many paragraphs are handed to one processor at a time: fewer
// are not worth it.
const stretch = 256

// inParts does something for each number below n, on as many processors as
// there are. What is done may look at everything and must write nothing but
// what is its own number's. A panic in it comes out here.
func inParts(n int, do func(i int)) { eachOf(n, stretch, do) }

// eachOf is inParts for what is worth a processor's while in stretches of so
// many.
func eachOf(n, stretch int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), (n+stretch-1)/stretch)
	if workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var failed atomic.Pointer[any]
	work := func() {
		defer func() {
			if wrong := recover(); wrong != nil {
				failed.Store(&wrong)
			}
		}()
		for failed.Load() == nil {
			from := int(next.Add(int64(stretch))) - stretch
			for i := from; i < min(from+stretch, n); i++ {
				do(i)
			}
			if from >= n {
				return
			}
		}
	}
	var all sync.WaitGroup
	for range workers {
		all.Go(work)
	}
	all.Wait()
	if wrong := failed.Load(); wrong != nil {
		panic(*wrong)
	}
}

// beside does something on another processor; done waits for it. A panic in it
// comes out there, and spill takes what is still on its way to it.
func beside(do, spill func()) (done func()) {
	var failed any
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			if failed = recover(); failed != nil {
				spill()
			}
		}()
		do()
	}()
	return func() {
		if <-ended; failed != nil {
			panic(failed)
		}
	}
}
