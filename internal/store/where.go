package store

import (
	"fmt"
	"strings"
)

// where gathers the conditions of a browse filter and numbers its own
// arguments: the one place where SQL is put together at run time. Conditions
// are constants of this package; only values come from outside, as arguments.
type where struct {
	conditions []string
	args       []any

	chapters, summaries string // where works are found by their texts; see Passages
	called              string // where things are found by what they are called, without its end; see Called
}

// newWhere begins with arguments that stand in fixed places ($1, $2, …).
func newWhere(args ...any) *where { return &where{args: args} }

// and adds a condition in which each "?" is the next value.
func (w *where) and(condition string, values ...any) {
	w.conditions = append(w.conditions, w.number(condition, values...))
}

// andTag adds a condition in which each "$4" is a tag.
func (w *where) andTag(condition string, tag int64) {
	w.conditions = append(w.conditions, w.numberTag(condition, tag))
}

// number gives a condition in which each "?" is the next value.
func (w *where) number(condition string, values ...any) string {
	for _, value := range values {
		w.args = append(w.args, value)
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	return condition
}

// numberTag gives a condition in which each "$4" is a tag.
func (w *where) numberTag(condition string, tag int64) string {
	w.args = append(w.args, tag)
	return strings.ReplaceAll(condition, "$4", fmt.Sprintf("$%d", len(w.args)))
}

// String is the WHERE clause without its word.
func (w *where) String() string { return strings.Join(w.conditions, " AND ") }
