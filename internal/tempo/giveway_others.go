//go:build !linux

package tempo

// ComeFirst does nothing here: other systems do not order the threads of a
// program.
func ComeFirst() error { return nil }

// GiveWay does nothing here, as ComeFirst.
func GiveWay() {}
