package archive

// What a list by author sorts works by: the names of their bylines, folded, one
// after the other.
const (
	// SortsAnonymous is the byline of every work whose creators are a secret, to
	// whoever asks: its place among the others tells nothing of who they are.
	SortsAnonymous = "anonymous"
	// BetweenCreators stands between two names, and before whatever stands in one.
	BetweenCreators = "\t"
)
