package sqldb

import (
	"context"
	"fmt"
)

// What each engine says of the indexes of a table that no key or constraint stands on.
const (
	sqliteIndexes   = `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name`
	postgresIndexes = `SELECT i.indexname::text, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = i.schemaname
		WHERE i.schemaname = current_schema() AND i.tablename = $1 AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) ORDER BY 1`
)

// DropIndexes drops the indexes of a table, for as long as many rows are put in, and gives the
// statements that make them again: sorting all entries once is quicker than finding a place for
// each. Indexes that keep rows unique by a constraint stay.
func (t Table) DropIndexes(ctx context.Context, tx *Tx) (again []string, err error) {
	type index struct{ name, made string }
	statement := sqliteIndexes
	if tx.Engine() == Postgres {
		statement = postgresIndexes
	}
	scan := func(row Scanner) (i index, err error) { return i, row.Scan(&i.name, &i.made) }
	found, err := All(ctx, tx, scan, statement, t.Name)
	if err != nil {
		return nil, fmt.Errorf("list the indexes of %s: %w", t.Name, err)
	}
	for _, i := range found {
		if _, err := tx.Exec(ctx, `DROP INDEX `+quoted(i.name)); err != nil {
			return nil, err
		}
		again = append(again, i.made)
	}
	return again, nil
}
