package store

// The gate in SQL: who may see which work. It says the same as
// archive.GateFor, and a test holds the two equal. In every statement that
// uses a fragment, $1 is the viewer's account (0: a guest), $2 whether the
// viewer is staff, $3 now; the work's row is w.
const (
	// isCreator: the viewer signs this work.
	isCreator = `EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.account = $1)`

	// isShown: posted, revealed, and neither hidden nor waiting but for staff.
	isShown = `(w.deleted_at IS NULL AND w.posted_at IS NOT NULL AND w.posted_at <= $3 AND NOT w.unrevealed
		AND ((w.hidden_at IS NULL AND w.waiting_at IS NULL) OR $2) AND (NOT w.restricted OR CAST($1 AS BIGINT) > 0))`

	// isMutedPerson: the viewer does not want to meet one of its creators, who are
	// no secret.
	isMutedPerson = `(CAST($1 AS BIGINT) > 0 AND NOT w.anonymous
		AND EXISTS (SELECT 1 FROM mutes m JOIN work_creators mc ON mc.account = m.muted WHERE m.account = $1 AND mc.work = w.id))`

	// isMutedWork: the viewer does not want to meet it, whoever wrote it.
	isMutedWork = `(CAST($1 AS BIGINT) > 0 AND EXISTS (SELECT 1 FROM muted m WHERE m.account = $1) AND (` + mutedWork + `m.account = $1` + orMutedTag + `m.account = $1` + orMutedWord + `m.account = $1` + endMuted + `))`

	// mutedWork and what follows it, with whose mutes they are between them: the
	// work itself, its want of a name, what one of its tags means or stands below,
	// or a word in its title or summary.
	mutedWork  = `EXISTS (SELECT 1 FROM muted m WHERE (m.work = w.id OR (w.anonymous AND m.work IS NULL AND m.tag IS NULL AND m.word IS NULL)) AND `
	orMutedTag = `) OR EXISTS (SELECT 1 FROM muted m JOIN tags mt ON mt.id = m.tag JOIN work_tags wt ON wt.work = w.id JOIN tags t ON t.id = wt.tag
		WHERE (` + mutedEnd + ` = ` + borneEnd + ` OR EXISTS (SELECT 1 FROM tags_above ta WHERE ta.tag = ` + borneEnd + ` AND ta.above = ` + mutedEnd + `)) AND `
	orMutedWord = `) OR EXISTS (SELECT 1 FROM muted m JOIN work_words ww ON ww.word = m.word WHERE ww.work = w.id AND `
	endMuted    = `)`
	mutedEnd    = `(CASE WHEN mt.canonical > 0 THEN mt.canonical ELSE mt.id END)`
	borneEnd    = `(CASE WHEN t.canonical > 0 THEN t.canonical ELSE t.id END)`

	// isMuted: the viewer does not want to meet it.
	isMuted = `(` + isMutedPerson + ` OR ` + isMutedWork + `)`

	// isBlocked: one of its creators takes no answers from the viewer.
	isBlocked = `(CAST($1 AS BIGINT) > 0
		AND EXISTS (SELECT 1 FROM blocks b JOIN work_creators bc ON bc.account = b.account WHERE b.blocked = $1 AND bc.work = w.id))`

	// isPeeked: staff gave a reason to look at what is private.
	isPeeked = `($2 AND EXISTS (SELECT 1 FROM peeks pk WHERE pk.work = w.id AND pk.staff = $1 AND pk.until > $3))`

	// isListed: it stands in lists, counts, feeds, search and suggestions.
	isListed = `(` + isShown + ` AND NOT ` + isMuted + `)`

	// isOpen: it opens at its own address.
	isOpen = `(` + isShown + ` OR (` + isCreator + ` AND (w.deleted_at IS NULL OR w.purge_at > $3)) OR (` + isPeeked + ` AND w.deleted_at IS NULL))`

	// isNamed: the viewer may know who signs it.
	isNamed = `(NOT w.anonymous OR ` + isCreator + ` OR ` + isPeeked + `)`

	// asksSignIn: a guest is asked to sign in, and told nothing else.
	asksSignIn = `(w.restricted AND CAST($1 AS BIGINT) = 0 AND w.deleted_at IS NULL AND w.posted_at IS NOT NULL AND w.posted_at <= $3
		AND NOT w.unrevealed AND w.hidden_at IS NULL AND w.waiting_at IS NULL)`
)
