package index

// How many are kept for the next who asks: as many as two processors are busy
// with, and some that wait.
const (
	countersKept = 4
	setsKept     = 32
)

// spare keeps what was made for one question for the next. A sync.Pool would
// lose it to the collector: a counter of all tags is some twenty megabytes, which
// then were fetched, emptied and let go for every second question.
type spare[T any] chan T

// take gives one that was used, or nothing.
func (s spare[T]) take() (kept T) {
	select {
	case kept = <-s:
	default:
	}
	return kept
}

// put keeps one that is used no more, if there is room.
func (s spare[T]) put(one T) {
	select {
	case s <- one:
	default:
	}
}
