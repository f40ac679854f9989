package web

import (
	"maps"
	"slices"

	"ficus/internal/tempo"
)

// Patterns lists the routes' patterns, for the test that wants a row of the
// gate's table for each.
func (w *Web) Patterns() []string {
	var patterns []string
	for _, route := range w.routes() {
		patterns = append(patterns, route.pattern)
	}
	return patterns
}

// Written lists the routes that suspended members may not use.
func (w *Web) Written() []string {
	var patterns []string
	for _, route := range w.routes() {
		if route.who == writers || route.who == answerers {
			patterns = append(patterns, route.pattern)
		}
	}
	return patterns
}

// LimitBinding says anew how many books are made at once.
func (w *Web) LimitBinding(turns *tempo.Turns) { w.binding = turns }

// Tempos are the routes that are paced.
func Tempos() []string { return slices.Sorted(maps.Keys(tempos)) }

// LetWait has the pages of a work wait to be drawn again, where nobody draws.
func (w *Web) LetWait(work int64) { w.kept.redraws.add(map[int64]struct{}{work: {}}) }
