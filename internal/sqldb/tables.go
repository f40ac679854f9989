package sqldb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a column holds, on either engine.
type Kind string

// The kinds of columns. A column of another kind has no way into a backup and fails Tables.
const (
	Whole   Kind = "whole"
	Real    Kind = "real"
	Boolean Kind = "boolean"
	Text    Kind = "text"
	Bytes   Kind = "bytes"
)

// Table is a table as the database itself describes it.
type Table struct {
	Name    string
	Columns []Column
	Key     []string // the columns of the primary key, or all of them when there is none
	Counted string   // the column the database numbers by itself, or empty

	refers []string // tables its rows refer to
}

// Column is a column that is stored; what the database computes of others is left out.
type Column struct {
	Name string
	Kind Kind
}

// Tables lists the tables of the database but for the one that notes migrations, each after those
// its rows refer to. The list comes from the database, so that nothing is forgotten.
func Tables(ctx context.Context, tx *Tx) ([]Table, error) {
	list := sqliteTables
	if tx.Engine() == Postgres {
		list = postgresTables
	}
	tables, err := list(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	for i := range tables {
		if len(tables[i].Key) > 0 {
			continue
		}
		for _, c := range tables[i].Columns {
			tables[i].Key = append(tables[i].Key, c.Name)
		}
	}
	return inOrder(tables), nil
}

// inOrder puts each table after those it refers to, and those that refer to each other by name.
func inOrder(tables []Table) []Table {
	slices.SortFunc(tables, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	var ordered []Table
	placed := map[string]bool{}
	ready := func(t Table) bool {
		return !slices.ContainsFunc(t.refers, func(other string) bool { return other != t.Name && !placed[other] })
	}
	for len(tables) > 0 {
		next := max(0, slices.IndexFunc(tables, ready)) // a circle begins with its first name
		placed[tables[next].Name] = true
		ordered = append(ordered, tables[next])
		tables = slices.Delete(tables, next, next+1)
	}
	return ordered
}

// Rows gives every row in the order of the key, the same on both engines. The values are nil,
// int64, float64, bool, string and []byte; fn must not keep them.
func (t Table) Rows(ctx context.Context, tx *Tx, fn func(values []any) error) error {
	rows, err := tx.Query(ctx, t.selection(tx.Engine()))
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, c := range t.Columns {
			values[i] = evened(c.Kind, values[i])
		}
		if err := fn(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// evened makes one value of what the engines give for the same.
func evened(kind Kind, value any) any {
	switch v := value.(type) {
	case int64:
		if kind == Boolean {
			return v != 0
		}
	case int32:
		return int64(v)
	case int16:
		return int64(v)
	case float32:
		return float64(v)
	case []byte:
		if kind == Text {
			return string(v)
		}
	}
	return value
}

func (t Table) selection(engine Engine) string {
	order := make([]string, len(t.Key))
	for i, name := range t.Key {
		order[i] = quoted(name)
		if engine == Postgres && t.kindOf(name) == Text {
			order[i] += ` COLLATE "C"` // by bytes, as SQLite orders
		}
	}
	return `SELECT ` + t.names() + ` FROM ` + quoted(t.Name) + ` ORDER BY ` + strings.Join(order, ", ")
}

func (t Table) kindOf(name string) Kind {
	for _, c := range t.Columns {
		if c.Name == name {
			return c.Kind
		}
	}
	return ""
}

func (t Table) names() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c.Name)
	}
	return strings.Join(names, ", ")
}

// mostArguments is how many values one statement may bring, on either engine.
const mostArguments = 2000

// Fits is how many rows Add takes at once.
func (t Table) Fits() int { return max(1, mostArguments/len(t.Columns)) }

// Add puts rows into the table as they are, with their numbers.
func (t Table) Add(ctx context.Context, tx *Tx, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(`INSERT INTO ` + quoted(t.Name) + ` (` + t.names() + `) VALUES `)
	args := make([]any, 0, len(rows)*len(t.Columns))
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, value := range row {
			args = append(args, value)
			if j == 0 {
				b.WriteByte('(')
			} else {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "$%d", len(args))
		}
		b.WriteByte(')')
	}
	_, err := tx.Exec(ctx, b.String(), args...)
	return err
}

// Clear forgets every row.
func (t Table) Clear(ctx context.Context, tx *Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM `+quoted(t.Name))
	return err
}

// Last is the highest number the database has given out for the table; 0 when it gives none.
// SQLite goes by the highest that is there.
func (t Table) Last(ctx context.Context, tx *Tx) (last int64, err error) {
	if t.Counted == "" {
		return 0, nil
	}
	const given = `SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass), 0)`
	if tx.Engine() == Postgres {
		if err := tx.QueryRow(ctx, given, quoted(t.Name), t.Counted).Scan(&last); err != nil {
			return 0, err
		}
	}
	var highest int64
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(`+quoted(t.Counted)+`), 0) FROM `+quoted(t.Name)).Scan(&highest)
	return max(last, highest), err
}

// Continue makes the database go on numbering after last. SQLite does so by itself.
func (t Table) Continue(ctx context.Context, tx *Tx, last int64) error {
	if t.Counted == "" || last == 0 || tx.Engine() != Postgres {
		return nil
	}
	var set int64
	return tx.QueryRow(ctx, `SELECT setval(pg_get_serial_sequence($1, $2)::regclass, $3)`, quoted(t.Name), t.Counted, last).Scan(&set)
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Refers are the tables that rows of this one refer to.
func (t Table) Refers() []string { return t.refers }
