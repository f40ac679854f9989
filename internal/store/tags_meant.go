package store

// How works are found by what tags mean. In each of these $4 is the tag that
// is asked for; t is a tag that was met, m the tag it means.
const (
	// meant: the tag that a tag means, one step away.
	meant = `(SELECT CASE WHEN q.canonical > 0 THEN q.canonical ELSE q.id END FROM tags q WHERE q.id = $4)`

	// tagsMeaning: a tag's meaning, all its synonyms, and the same of every tag
	// below it.
	tagsMeaning = `(SELECT ` + meant + ` UNION ALL SELECT s.id FROM tags s WHERE s.canonical = ` + meant + ` AND s.canonical > 0
		UNION ALL SELECT b.tag FROM tags_above b WHERE b.above = ` + meant + `
		UNION ALL SELECT s.id FROM tags_above b JOIN tags s ON s.canonical = b.tag AND s.canonical > 0 WHERE b.above = ` + meant + `)`

	// isFoundByTag: a work bears one of these.
	isFoundByTag = `w.id IN (SELECT wt.work FROM work_tags wt WHERE wt.tag IN ` + tagsMeaning + `)`

	// isMainByTag: a work bears one of these as a main relationship.
	isMainByTag = `w.id IN (SELECT wt.work FROM work_tags wt WHERE wt.main AND wt.tag IN ` + tagsMeaning + `)`

	// fandomsOfWork: how many fandoms a work's tags mean.
	fandomsOfWork = `(SELECT COUNT(DISTINCT x.id) FROM work_tags wx JOIN tags tx ON tx.id = wx.tag JOIN tags x ON x.id = CASE WHEN tx.canonical > 0 THEN tx.canonical ELSE tx.id END
		WHERE wx.work = w.id AND x.kind = 'fandom')`

	// isCrossover: of two of the fandoms a work's tags mean, x and y, neither stands
	// above the other, and nothing above both.
	isCrossover = `EXISTS (SELECT 1 FROM work_tags wx JOIN tags tx ON tx.id = wx.tag JOIN tags x ON x.id = CASE WHEN tx.canonical > 0 THEN tx.canonical ELSE tx.id END
		JOIN work_tags wy ON wy.work = wx.work JOIN tags ty ON ty.id = wy.tag JOIN tags y ON y.id = CASE WHEN ty.canonical > 0 THEN ty.canonical ELSE ty.id END
		WHERE wx.work = w.id AND x.kind = 'fandom' AND y.kind = 'fandom' AND x.id < y.id
		AND NOT EXISTS (SELECT 1 FROM tags_above a WHERE (a.tag = x.id AND a.above = y.id) OR (a.tag = y.id AND a.above = x.id))
		AND NOT EXISTS (SELECT 1 FROM tags_above a JOIN tags_above o ON o.above = a.above WHERE a.tag = x.id AND o.tag = y.id))`

	// bears: works w that bear m or a synonym of it.
	bears = ` JOIN tags b ON (b.id = m.id OR (b.canonical = m.id AND b.canonical > 0)) JOIN work_tags wt ON wt.tag = b.id JOIN works w ON w.id = wt.work`

	// Only tags of works the viewer may find are suggested or counted: a tag
	// that stands on a hidden or restricted work alone leaves no trace. A synonym
	// that is typed offers its canonical.
	suggestTags = `SELECT m.id, m.kind, m.name, m.medium, COUNT(DISTINCT w.id) FROM tags m` + bears + `
		WHERE m.kind = $4 AND NOT m.banned AND m.id IN ` + tagsTyped + `$5 ESCAPE '!' OR t.search LIKE $6 ESCAPE '!')) AND ` + isListed + `
		GROUP BY m.id, m.kind, m.name, m.medium ORDER BY COUNT(DISTINCT w.id) DESC, m.name LIMIT 12`
	tagsSearched = `SELECT m.id, m.kind, m.name, m.medium, COUNT(DISTINCT w.id) FROM tags m` + bears + `
		WHERE NOT m.banned AND m.id IN ` + tagsTyped + `$4 ESCAPE '!' OR t.search LIKE $5 ESCAPE '!')) AND ` + isListed + `
		GROUP BY m.id, m.kind, m.name, m.medium ORDER BY COUNT(DISTINCT w.id) DESC, m.name LIMIT 30`
	tagsTyped = `(SELECT CASE WHEN t.canonical > 0 THEN t.canonical ELSE t.id END FROM tags t WHERE NOT t.banned AND (t.search LIKE `
	// A work counts once under a fandom, as it stands once on the fandom's page:
	// for what its tags mean and for what stands above that.
	fandomCounts = `SELECT m.id, m.kind, m.name, m.medium, n.works FROM (
			SELECT f.counted, COUNT(DISTINCT w.id) AS works FROM (` + fandomsMeant + ` UNION ALL
				SELECT i.tag, a.above FROM (` + fandomsMeant + `) i JOIN tags_above a ON a.tag = i.counted) f
			JOIN work_tags wt ON wt.tag = f.tag JOIN works w ON w.id = wt.work WHERE ` + isListed + ` AND ($4 OR NOT ` + isExcluded + `) GROUP BY f.counted) n
		JOIN tags m ON m.id = n.counted WHERE ` + isFandomOffered + ` ORDER BY m.search, m.id`
	fandomsMeant = `SELECT b.id AS tag, CASE WHEN b.canonical > 0 THEN b.canonical ELSE b.id END AS counted FROM tags b
		WHERE b.kind = 'fandom' OR b.canonical IN (SELECT f.id FROM tags f WHERE f.kind = 'fandom')`
	fandomsByName = `SELECT m.id, m.kind, m.name, m.medium FROM tags m WHERE ` + isFandomOffered + ` ORDER BY m.search, m.id`

	// isFandomOffered: m is a fandom to choose from. One that was left as it is
	// is counted nowhere (decision 0276).
	isFandomOffered = `m.kind = 'fandom' AND NOT m.banned AND m.standing <> 'as_is'`

	// A tag may be known of as soon as one work is listed that is found by it.
	tagIfListed = `SELECT m.id, m.kind, m.name, m.medium FROM tags m WHERE m.id = ` + meant + ` AND EXISTS (
		SELECT 1 FROM work_tags wt JOIN works w ON w.id = wt.work WHERE wt.tag IN ` + tagsMeaning + ` AND (` + isListed + ` OR (` + isShown + ` AND ` + isTagMuted + `)))`

	// isTagMuted: the viewer mutes m, which they must find to end that.
	isTagMuted = `EXISTS (SELECT 1 FROM muted mm JOIN tags mt ON mt.id = mm.tag WHERE mm.account = $1 AND ` + mutedEnd + ` = m.id)`
)
