package api

import (
	"errors"
	"fmt"

	"ficus/internal/archive"
)

// idempotencyKey makes a request act once however often it is sent. Keys are
// the account's own and belong to one address.
type idempotencyKey string

// once names the deed of a request; without a key it acts each time.
func (k idempotencyKey) once(format string, args ...any) archive.Once {
	if k == "" {
		return archive.Once{}
	}
	return archive.Once{Deed: "api:" + fmt.Sprintf(format, args...) + ":" + string(k)}
}

// acting runs a verb again when the same deed was done meanwhile by another
// request: then it finds the answer that one had.
func acting(once archive.Once, act func() (int64, error)) (int64, error) {
	id, err := act()
	if once.Deed != "" && errors.Is(err, archive.ErrConflict) {
		return act()
	}
	return id, err
}
