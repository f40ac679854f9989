package archive

// Muted is something a member does not want to meet in lists, beside people: a
// tag, a work, or, as the zero Muted, works whose writers are not named.
type Muted struct{ Tag, Work int64 }
