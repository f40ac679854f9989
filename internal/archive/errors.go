// Package archive is the language of Ficus: the nouns of an archive of stories
// and the rules they keep, in the words of the glossary. It imports nothing but
// the standard library, reads no clock and knows no database.
package archive

import (
	"errors"
	"fmt"
	"strings"
)

// What a verb or a query may answer instead of a result. Doors translate them
// in one table; the sentences are for logs, not for people.
var (
	// ErrNotFound: no such thing, or none the viewer may know of.
	ErrNotFound = errors.New("not found")
	// ErrSignIn: the thing is for members and the viewer is a guest.
	ErrSignIn = errors.New("members only")
	// ErrForbidden: the viewer may see the thing but not do this to it.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict: someone else changed the thing meanwhile.
	ErrConflict = errors.New("changed meanwhile")
	// ErrFull: no room is left to store anything; nothing was.
	ErrFull = errors.New("no room left")
	// ErrBusy: so many do what takes long that no more can now; nothing was done.
	ErrBusy = errors.New("too busy")
	// ErrTooMany: the same account or address asked too often.
	ErrTooMany = errors.New("too many requests")
)

// Invalid is one thing wrong with what was sent: the field, the rule it
// breaks and the figures of the rule. Doors say it in words from the message
// catalogue, under "invalid.<Rule>".
type Invalid struct {
	Field string         // the form's name of the field: "title", "fandoms"
	Rule  string         // "required", "too_long", "unknown", …
	Args  map[string]any // what the sentence needs: Limit, Count, Value
}

// Error says it for a log.
func (i Invalid) Error() string {
	if len(i.Args) == 0 {
		return i.Field + ": " + i.Rule
	}
	return fmt.Sprintf("%s: %s %v", i.Field, i.Rule, i.Args)
}

// Problems is everything wrong with a form at once.
type Problems []Invalid

// Add notes one more problem.
func (p *Problems) Add(field, rule string, args ...any) {
	problem := Invalid{Field: field, Rule: rule}
	for i := 0; i+1 < len(args); i += 2 {
		if problem.Args == nil {
			problem.Args = map[string]any{}
		}
		problem.Args[args[i].(string)] = args[i+1]
	}
	*p = append(*p, problem)
}

// Err is nil when nothing is wrong.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Error says all problems for a log.
func (p Problems) Error() string {
	said := make([]string, len(p))
	for i, problem := range p {
		said[i] = problem.Error()
	}
	return "invalid: " + strings.Join(said, "; ")
}
