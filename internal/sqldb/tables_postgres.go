package sqldb

import "context"

// What PostgreSQL says of its tables: their columns, with their places in the primary key from 1,
// and what they refer to. A table with a tsvector is an index of full text, made anew from others, and
// is left out.
const (
	postgresColumns = `SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attidentity <> '',
			COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
		WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND c.relname <> $1
			AND NOT EXISTS (SELECT 1 FROM pg_attribute t WHERE t.attrelid = c.oid AND t.atttypid = 'tsvector'::regtype AND NOT t.attisdropped)
		ORDER BY c.relname, a.attnum`
	postgresForeign = `SELECT t.relname::text, c.conname::text, f.relname::text FROM pg_constraint c
		JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2`
)

// postgresColumn is a column, and where it stands.
type postgresColumn struct {
	table    string
	column   Column
	identity bool
	place    int // in the primary key, from 1
}

// foreign is a constraint by which rows of a table refer to those of another.
type foreign struct{ table, name, to string }

func scanForeign(row Scanner) (f foreign, err error) { return f, row.Scan(&f.table, &f.name, &f.to) }

func postgresTables(ctx context.Context, tx *Tx) ([]Table, error) {
	scan := func(row Scanner) (c postgresColumn, err error) {
		var declared string
		if err := row.Scan(&c.table, &c.column.Name, &declared, &c.identity, &c.place); err != nil {
			return c, err
		}
		c.column.Kind, err = kindOf(c.table, c.column.Name, declared)
		return c, err
	}
	columns, err := All(ctx, tx, scan, postgresColumns, versionTable)
	if err != nil {
		return nil, err
	}
	refers, err := All(ctx, tx, scanForeign, postgresForeign)
	if err != nil {
		return nil, err
	}
	var tables []Table
	for len(columns) > 0 {
		name, end := columns[0].table, 0
		for end < len(columns) && columns[end].table == name {
			end++
		}
		tables = append(tables, postgresTable(name, columns[:end], refers))
		columns = columns[end:]
	}
	return tables, nil
}

func postgresTable(name string, columns []postgresColumn, refers []foreign) Table {
	t := Table{Name: name, Key: keyOf(columns, func(c postgresColumn) (string, int) { return c.column.Name, c.place })}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.column)
		if c.identity {
			t.Counted = c.column.Name
		}
	}
	for _, f := range refers {
		if f.table == name {
			t.refers = append(t.refers, f.to)
		}
	}
	return t
}

// Unchecked runs fn, in which rows may come before those they refer to within a table, or among
// tables that refer to each other in a circle. When it ends all references are whole again, or the
// transaction fails. SQLite is opened for that with Options.Unchecked instead.
func Unchecked(ctx context.Context, tx *Tx, tables []Table, fn func() error) error {
	if tx.Engine() != Postgres {
		return fn()
	}
	all, err := All(ctx, tx, scanForeign, postgresForeign)
	if err != nil {
		return err
	}
	place := map[string]int{}
	for i, t := range tables {
		place[t.Name] = i
	}
	alter := func(how string) error {
		for _, f := range all {
			if place[f.to] < place[f.table] {
				continue // what it refers to is there before it
			}
			if _, err := tx.Exec(ctx, `ALTER TABLE `+quoted(f.table)+` ALTER CONSTRAINT `+quoted(f.name)+how); err != nil {
				return err
			}
		}
		return nil
	}
	if err := alter(` DEFERRABLE INITIALLY DEFERRED`); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `SET CONSTRAINTS ALL IMMEDIATE`); err != nil { // here they are looked at
		return err
	}
	return alter(` NOT DEFERRABLE`)
}
