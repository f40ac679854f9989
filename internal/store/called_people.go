package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/prose/words"
	"ficus/internal/sqldb"
)

// CalledPseud is a pen name that was sought.
type CalledPseud struct {
	archive.Pseud
	Writes bool // its account signs works that the viewer finds, and may know it does
}

// Who has a profile is met by who seeks a name, unless they mute them
// (decision 0314). Of the works they sign the gate says which may be told of.
const (
	calledPseudsSQLite   = `SELECT ` + asCalledPseud + `(SELECT rowid / 4 FROM called_words WHERE called_words MATCH $4 AND rowid % 4 = 2 LIMIT $5)` + isMet
	calledPseudsPostgres = `SELECT ` + asCalledPseud + `(SELECT called / 4 FROM called_words WHERE words @@ CAST($4 AS tsquery) AND called % 4 = 2 LIMIT $5)` + isMet

	asCalledPseud = pseudColumns + `, EXISTS (SELECT 1 FROM work_creators pc JOIN works w ON w.id = pc.work WHERE pc.account = p.account AND ` + isListed + ` AND ` + isNamed + `)
		FROM pseuds p JOIN accounts a ON a.id = p.account WHERE p.id IN (SELECT id FROM pseuds WHERE folded = $6 UNION ALL SELECT * FROM `
	isMet = ` AS namesakes) AND a.folded <> '` + archive.OrphanAccount + `' AND ` + isThere + `
		AND NOT EXISTS (SELECT 1 FROM mutes pm WHERE pm.account = $1 AND pm.muted = p.account)`
)

// Wording says how words that were typed stand in a name.
type Wording bool

// They stand there as they are, or the last of each part begins one. A letter
// by itself begins nothing: too much would.
const (
	WholeWords Wording = false
	Beginnings Wording = true
)

// Pseuds gives pen names in which all of some words and phrases stand, in no
// order; of more than so many, so many, and the name itself among them.
func (c Called) Pseuds(ctx context.Context, v archive.Viewer, typed []string, as Wording, most int) ([]CalledPseud, error) {
	var matches []string
	for _, part := range typed {
		phrase := words.Sought(part)
		if as == Beginnings && utf8.RuneCountInString(part) > 1 {
			phrase = words.SoughtInNames(part)
		}
		if len(phrase.Words) > 0 {
			matches = append(matches, Passages(c).match(phrase))
		}
	}
	if len(matches) == 0 {
		return nil, nil
	}
	statement := calledPseudsSQLite
	if c.isPostgres() {
		statement = calledPseudsPostgres
	}
	scan := func(row sqldb.Scanner) (p CalledPseud, err error) {
		return p, row.Scan(&p.ID, &p.Account, &p.Owner, &p.Name, &p.IsDefault, &p.Writes)
	}
	return all(ctx, c.conn, scan, statement, v.Account, v.Staff, micros(c.now), Passages(c).Every(matches...), most, archive.FoldName(strings.Join(typed, " ")))
}
