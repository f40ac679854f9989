package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"ficus/internal/archive"
)

// idempotencyKey makes a request act once however often it is sent. Keys are
// the account's own and belong to one address.
type idempotencyKey string

// once names the deed of a request; without a key it acts each time. The same
// key with another body is another deed, which is refused.
func (k idempotencyKey) once(body any, format string, args ...any) archive.Once {
	if k == "" {
		return archive.Once{}
	}
	o := archive.Once{Deed: "api:" + fmt.Sprintf(format, args...) + ":" + string(k)}
	if data, err := json.Marshal(body); err == nil { // what was read of JSON can be written as such
		sum := sha256.Sum256(data)
		o.Sum = base64.RawURLEncoding.EncodeToString(sum[:12])
	}
	return o
}

// acting runs a verb again when the same deed was done meanwhile by another
// request: then it finds the answer that one had.
func acting(once archive.Once, act func() (int64, error)) (int64, error) {
	id, err := act()
	if once.Deed == "" || !errors.Is(err, archive.ErrConflict) {
		return id, err
	}
	if id, err = act(); errors.Is(err, archive.ErrConflict) {
		err = refusalOf(http.StatusConflict, otherBody)
	}
	return id, err
}
