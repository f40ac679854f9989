package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// LinkKey is the setting that holds the site's own key, from which the secrets
// of links are derived.
const LinkKey = "link_key"

// Proof is a link sent by mail: whoever opens it has shown that the mail is
// theirs to read.
type Proof struct {
	ID        int64
	Account   int64 // 0: of nobody, for an unknown name was typed
	Purpose   ProofPurpose
	Address   string // where the link is sent; of a ProofToStop also what is put back
	Nonce     string
	Agent     string // what the browser that asked calls itself
	MadeAt    time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero: not yet
}

// ProofPurpose is what the link of a proof does.
type ProofPurpose string

// What links do.
const (
	ProofOfMail   ProofPurpose = "mail"   // proves the account's address
	ProofOfChange ProofPurpose = "change" // proves a new address, which takes the old one's place
	ProofToStop   ProofPurpose = "stop"   // puts the old address back
	ProofForReset ProofPurpose = "reset"  // sets a new password
)

// Life is how long links of a purpose work. That which stops a change outlives
// the one that completes it by 72 hours, so that many are left in any case.
func (p ProofPurpose) Life() time.Duration {
	const hour = time.Hour
	switch p {
	case ProofOfMail:
		return 72 * hour
	case ProofOfChange:
		return 24 * hour
	case ProofToStop:
		return (24 + 72) * hour
	case ProofForReset:
		return 2 * hour
	}
	return 0
}

// Live reports whether the link still works.
func (p Proof) Live(now time.Time) bool {
	return p.Account != 0 && p.UsedAt.IsZero() && now.Before(p.ExpiresAt)
}

// Secret is what stands in the link. It is derived from the site's own key and
// what only this proof has, so that it need not be kept, and a mail that is
// sent again bears the same.
func (p Proof) Secret(key string) string {
	sum := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(sum, "proof %d %d %s %s %s", p.ID, p.Account, p.Purpose, p.Nonce, FoldEmail(p.Address))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:24])
}

// Opens compares a secret with that of the proof, in a time that tells nothing.
func (p Proof) Opens(key, secret string) bool {
	return key != "" && hmac.Equal([]byte(p.Secret(key)), []byte(secret))
}

// FoldEmail is the form in which addresses are compared.
func FoldEmail(email string) string { return strings.ToLower(CleanLine(email)) }
