package sqldb

import (
	"context"
	"fmt"
	"strings"
)

// What SQLite says of its tables. An index of full text that keeps no text is left out, as the
// tables it stands in are: it is made anew from others. Any other virtual table is refused: somebody
// has to say how what it holds is made.
const (
	sqliteNames = `SELECT m.name, m.sql FROM sqlite_master m JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name
		WHERE m.type = 'table' AND l.type <> 'shadow' AND m.sql NOT LIKE 'CREATE VIRTUAL TABLE % USING fts5 %content = ''''%'
		AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name <> $1 ORDER BY m.name`
	sqliteColumns = `SELECT name, type, pk FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid`
	sqliteRefers  = `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1) ORDER BY 1`
	sqliteBroken  = `SELECT COUNT(*) FROM pragma_foreign_key_check`
)

func sqliteTables(ctx context.Context, tx *Tx) ([]Table, error) {
	scan := func(row Scanner) (t Table, err error) {
		var made string
		if err := row.Scan(&t.Name, &made); err != nil {
			return t, err
		}
		if strings.HasPrefix(strings.ToUpper(made), "CREATE VIRTUAL") {
			err = fmt.Errorf("the table %s is virtual, and nobody said how it is made anew", t.Name)
		}
		return t, err
	}
	tables, err := All(ctx, tx, scan, sqliteNames, versionTable)
	if err != nil {
		return nil, err
	}
	for i := range tables {
		if err := tables[i].describeSQLite(ctx, tx); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

func (t *Table) describeSQLite(ctx context.Context, tx *Tx) error {
	type found struct {
		column   Column
		place    int // in the primary key, from 1
		declared string
	}
	scan := func(row Scanner) (f found, err error) {
		if err := row.Scan(&f.column.Name, &f.declared, &f.place); err != nil {
			return f, err
		}
		f.column.Kind, err = kindOf(t.Name, f.column.Name, f.declared)
		return f, err
	}
	columns, err := All(ctx, tx, scan, sqliteColumns, t.Name)
	if err != nil {
		return err
	}
	t.Key = keyOf(columns, func(f found) (string, int) { return f.column.Name, f.place })
	for _, f := range columns {
		t.Columns = append(t.Columns, f.column)
		if len(t.Key) == 1 && f.place == 1 && strings.EqualFold(f.declared, "INTEGER") {
			t.Counted = f.column.Name
		}
	}
	t.refers, err = All(ctx, tx, func(row Scanner) (s string, err error) { return s, row.Scan(&s) }, sqliteRefers, t.Name)
	return err
}

// keyOf orders the columns of a primary key by their place in it.
func keyOf[T any](columns []T, place func(T) (string, int)) []string {
	var key []string
	for at := 1; at <= len(columns); at++ {
		for _, c := range columns {
			if name, n := place(c); n == at {
				key = append(key, name)
			}
		}
	}
	return key
}

// kindOf reads the declared type of a column, in the words of either engine.
func kindOf(table, column, declared string) (Kind, error) {
	switch strings.ToLower(declared) {
	case "integer", "bigint", "smallint", "int":
		return Whole, nil
	case "real", "double precision", "double", "float":
		return Real, nil
	case "boolean":
		return Boolean, nil
	case "text":
		return Text, nil
	case "blob", "bytea":
		return Bytes, nil
	}
	return "", fmt.Errorf("the column %s.%s is of the type %q, which has no way into a backup", table, column, declared)
}

// CheckReferences makes sure that no row refers to one that is not there, after rows were put in
// unchecked (Options.Unchecked). PostgreSQL checks by itself.
func CheckReferences(ctx context.Context, tx *Tx) error {
	if tx.Engine() == Postgres {
		return nil
	}
	var broken int64
	if err := tx.QueryRow(ctx, sqliteBroken).Scan(&broken); err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("%w: %d rows", ErrForeignKey, broken)
	}
	return nil
}
