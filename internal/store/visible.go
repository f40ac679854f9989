package store

// The gate in SQL: who may see which work. It says the same as
// archive.GateFor, and a test holds the two equal. In every statement that
// uses a fragment, $1 is the viewer's account (0: a guest), $2 whether the
// viewer is staff, $3 now; the work's row is w.
const (
	// isCreator: the viewer signs this work.
	isCreator = `EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.account = $1)`

	// isListed: it stands in lists, counts, feeds, search and suggestions.
	isListed = `(w.deleted_at IS NULL AND w.posted_at IS NOT NULL AND w.posted_at <= $3 AND (w.hidden_at IS NULL OR $2)
		AND (NOT w.restricted OR CAST($1 AS BIGINT) > 0))`

	// isOpen: it opens at its own address.
	isOpen = `(` + isListed + ` OR (` + isCreator + ` AND (w.deleted_at IS NULL OR w.purge_at > $3)))`

	// asksSignIn: a guest is asked to sign in, and told nothing else.
	asksSignIn = `(w.restricted AND CAST($1 AS BIGINT) = 0 AND w.deleted_at IS NULL AND w.posted_at IS NOT NULL AND w.posted_at <= $3 AND w.hidden_at IS NULL)`
)
