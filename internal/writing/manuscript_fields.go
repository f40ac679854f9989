package writing

import (
	"slices"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
)

// ProposedFields are what a story says of itself, as far as an archive asks
// for it.
func ProposedFields(from manuscript.Work) archive.WorkFields {
	return archive.WorkFields{
		Title: from.Title, Fandoms: archive.SplitTags(from.Fields["fandom"]), Relationships: archive.SplitTags(from.Fields["pairing"]),
		Characters: archive.SplitTags(from.Fields["characters"]), Summary: from.Fields["summary"], Rating: RatingOf(from.Fields["rating"]),
	}
}

// RatingOf reads the ratings of other archives and of films; what is not known
// is left to the writer.
func RatingOf(said string) string {
	switch archive.FoldName(archive.CleanLine(said)) {
	case "g", "k", "general", "general audiences", "all ages":
		return archive.RatingGeneral
	case "k+", "pg", "t", "pg-13", "pg13", "teen", "teen and up", "teen and up audiences":
		return archive.RatingTeen
	case "r", "m", "mature":
		return archive.RatingMature
	case "nc-17", "nc17", "x", "ma", "explicit":
		return archive.RatingExplicit
	}
	return ""
}

// storiesOf are the stories of a reading that a file of a pile stands for.
func storiesOf(reading manuscript.Reading, f archive.PileFile) ([]manuscript.Work, bool) {
	if f.Stories == 0 {
		return reading.Works, true
	}
	if len(reading.Works) != f.Stories {
		return nil, false // its writer said since that it holds others
	}
	return slices.Clone(reading.Works[f.Story : f.Story+1]), true
}
