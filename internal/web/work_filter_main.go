package web

import (
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog"
)

// isRelationship reports whether a tag may be a main one.
func isRelationship(t catalog.TagName) bool { return t.Kind == archive.KindRelationship }

// onlyMain has every relationship that is asked for be a main one, as who ticks
// so on the form of a list wants it.
func onlyMain(f *catalog.Filter) {
	for _, t := range f.Include {
		if isRelationship(t) && !slices.Contains(f.Main, t) {
			f.Main = append(f.Main, t)
		}
	}
	f.Include = slices.DeleteFunc(slices.Clone(f.Include), isRelationship)
}

// isOnlyMain reports whether all relationships that are asked for are to be main
// ones. By its address a list may ask for some of each.
func isOnlyMain(f catalog.Filter) bool {
	return len(f.Main) > 0 && !slices.ContainsFunc(f.Include, isRelationship)
}

// mainBeside are the main relationships that the one tick of the form does not
// say, for others are asked for as well.
func mainBeside(f catalog.Filter) (values []string) {
	if isOnlyMain(f) {
		return nil
	}
	for _, t := range f.Main {
		values = append(values, t.String())
	}
	return values
}
