//go:build !linux

package tempo

import "context"

// ComeFirst does nothing here: other systems do not order the threads of a
// program.
func ComeFirst() error { return nil }

// GiveWay does nothing here, as ComeFirst.
func GiveWay(ctx context.Context) context.Context { return ctx }

// Aside is nil here: nothing gave way.
func Aside(context.Context) func() { return nil }

// behind does nothing here, as GiveWay.
func behind(ctx context.Context) context.Context { return ctx }
