package archive

// Muted is something a member does not want to meet in lists, beside people: a
// tag, a work, a word in titles and summaries, or, as the zero Muted, works
// whose writers are not named.
type Muted struct{ Tag, Work, Word int64 }
