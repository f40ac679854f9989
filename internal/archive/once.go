package archive

// Once makes a verb act once however often it is sent: a form's id or an
// Idempotency-Key. The zero Once acts each time.
type Once struct {
	Deed string
	Sum  string // a fingerprint of what was sent; empty: the deed alone tells
}
