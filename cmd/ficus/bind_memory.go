package main

import (
	"os"
	"runtime/debug"
)

// What manuscripts that are small together come to in memory is less than
// cleaning up costs: the collector waits until nine times as much is in use as
// is needed, or as much as these bytes.
const (
	smallTogether = 1 << 20
	waitsUntil    = 800 // percent of growth
	mostWaiting   = 256 << 20
)

// unhurried has the garbage collector wait while small manuscripts are bound.
// It gives what ends it.
func unhurried(files []string) (end func()) {
	total := int64(0)
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	if total > smallTogether {
		return func() {}
	}
	percent, limit := debug.SetGCPercent(waitsUntil), debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(limit, mostWaiting))
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
