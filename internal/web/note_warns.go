package web

import (
	"regexp"

	"ficus/internal/prose"
)

// A writer's word that what follows needs a warning: such a note is never
// folded (LOOK.md §7).
var warning = regexp.MustCompile(`(?i)\b(content|trigger)\s+(note|notes|warning|warnings)\b|\b[ct]ws?:|\bwarnings?:|\bwarning\b[^.]{0,40}\bfor\b`)

func warns(d prose.Document) bool { return warning.MatchString(d.Text(0)) }
