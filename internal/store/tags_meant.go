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
	// A work counts once for what its tags mean, before names are looked at.
	fandomCounts = `SELECT m.id, m.kind, m.name, m.medium, n.works FROM (
			SELECT CASE WHEN b.canonical > 0 THEN b.canonical ELSE b.id END AS meant, COUNT(DISTINCT w.id) AS works
			FROM tags b JOIN work_tags wt ON wt.tag = b.id JOIN works w ON w.id = wt.work
			WHERE (b.kind = 'fandom' OR b.canonical IN (SELECT f.id FROM tags f WHERE f.kind = 'fandom')) AND ` + isListed + ` GROUP BY 1) n
		JOIN tags m ON m.id = n.meant WHERE m.kind = 'fandom' AND NOT m.banned ORDER BY m.search, m.id`
	// A metatag that no work bears stands as long as one below it may be found.
	tagIfListed = `SELECT m.id, m.kind, m.name, m.medium, COUNT(*) FROM tags m, works w
		WHERE m.id = ` + meant + ` AND ` + isFoundByTag + ` AND ` + isListed + ` GROUP BY m.id, m.kind, m.name, m.medium`
)
