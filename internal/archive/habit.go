package archive

import "time"

// Habit is a shape that comes again in the manuscripts of a writer: their scene
// break, what their notes begin with, the words of their disclaimer.
type Habit struct {
	ID       int64
	Account  int64
	Kind     string // as the reader of manuscripts names it
	Shape    string
	Accepted int // in how many manuscripts
	Undone   int // how often in a row it was put back since
	At       time.Time
}

// undoneOften is how often in a row a writer puts a shape back before the
// reader asks first.
const undoneOften = 2

// IsTrusted is true for a shape that was accepted, and not put back since.
func (h Habit) IsTrusted() bool { return h.Accepted > 0 && h.Undone == 0 }

// IsAsked is true for a shape that is only offered, since it was put back time
// and again.
func (h Habit) IsAsked() bool { return h.Undone >= undoneOften }
