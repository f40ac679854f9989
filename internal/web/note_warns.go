package web

import (
	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// A writer's word that what follows needs a warning, or the name of a thing
// archives warn of: such a note is never folded (LOOK.md §7).
var warning = pattern.New(`(?i)\b(content|trigger)\s+(note|notes|warning|warnings)\b|\b[ct]ws?:|\bwarnings?:|\bwarning\b[^.]{0,40}\bfor\b|\bgraphic\s+(depictions\s+of\s+)?violence\b|\bmajor\s+character\s+death\b|\bnon-con\b`)

func warns(d prose.Document) bool { return warning.MatchString(d.Text(0)) }
