package page

import (
	"context"
	"io"
	"time"
)

// The addresses of a member's keys to the API.
const (
	PathKeys   = "/account/keys"
	PathKeyEnd = "/account/keys/end"
)

// KeysPage is a member's keys to the API. Its forms post key to /account/keys
// and id to /account/keys/end.
type KeysPage struct {
	Shell
	Errors Errors // of key
	Typed  string // a name that was refused
	Fresh  string // the key just made; it is shown this once
	Keys   []Key
}

// Key is a key to the API; what opens with it is not known here any more.
type Key struct {
	ID   string
	Name string
	Made time.Time
}

// Render writes the page.
func (p KeysPage) Render(ctx context.Context, w io.Writer) error { return keysPage(p).Render(ctx, w) }

func (p KeysPage) name() field {
	return field{name: "key", label: p.T("keys.name"), help: p.T("keys.name_help"), value: p.Typed, errors: p.Errors, complete: "off", required: true}
}
