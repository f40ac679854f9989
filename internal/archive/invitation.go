package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// How long things of joining last.
const (
	InvitationLife = 30 * 24 * time.Hour  // unless staff say another time
	QueueLife      = 365 * 24 * time.Hour // an address that waited so long is forgotten
)

// Invitation lets one person join, once.
type Invitation struct {
	ID        int64
	Nonce     string
	By        int64  // who made it; 0: the queue, or somebody who is gone
	Queued    bool   // it is for an address of the queue
	Note      string // for whoever made it, never for whom it is
	Address   string // where its link is mailed; empty: it is handed on by who made it, or used
	MadeAt    time.Time
	ExpiresAt time.Time
	RevokedAt time.Time // zero: not withdrawn
	UsedAt    time.Time // zero: not used
	UsedBy    int64     // the account that joined by it
}

// Live reports whether somebody can still join by it.
func (i Invitation) Live(now time.Time) bool {
	return i.ID != 0 && i.UsedAt.IsZero() && i.RevokedAt.IsZero() && now.Before(i.ExpiresAt)
}

// State names how it stands: "used", "withdrawn", "expired" or "open".
func (i Invitation) State(now time.Time) string {
	switch {
	case !i.UsedAt.IsZero():
		return "used"
	case !i.RevokedAt.IsZero():
		return "withdrawn"
	case !now.Before(i.ExpiresAt):
		return "expired"
	}
	return "open"
}

// Token is what stands in the link. It is derived from the site's own key, so
// that it need not be kept and can be shown again to who made it.
func (i Invitation) Token(key string) string {
	sum := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(sum, "invitation %d %s", i.ID, i.Nonce)
	return strconv.FormatInt(i.ID, 10) + "-" + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18])
}

// Opens compares a token with the invitation's, in a time that tells nothing.
func (i Invitation) Opens(key, token string) bool {
	return key != "" && hmac.Equal([]byte(i.Token(key)), []byte(token))
}

// InvitationOf is the number of the invitation a token claims to be of; 0 when
// it is no token.
func InvitationOf(token string) int64 {
	number, _, _ := strings.Cut(token, "-")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id < 1 {
		return 0
	}
	return id
}

// Waiting is an address in the queue.
type Waiting struct {
	ID      int64
	Address string // empty: the address waits, or is invited, already
	AskedAt time.Time
}
