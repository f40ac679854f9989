package sqldb

import (
	"reflect"
	"runtime"
)

// A Write inside a Write would wait for itself on SQLite and commit half of the work apart on
// PostgreSQL. Closures run on the goroutine of their caller, so the stack shows it.

// nestingDepth is how many calls above a Write are looked at.
const nestingDepth = 48

// runWrite is the frame that insideWrite looks for.
//
//go:noinline
func runWrite(tx *Tx, fn func(*Tx) error) error { return tx.call(fn) }

// insideWrite says whether the caller is running within the closure of a Write.
func insideWrite() bool {
	var calls [nestingDepth]uintptr
	mark := reflect.ValueOf(runWrite).Pointer()
	for _, pc := range calls[:runtime.Callers(3, calls[:])] {
		if f := runtime.FuncForPC(pc - 1); f != nil && f.Entry() == mark {
			return true
		}
	}
	return false
}
