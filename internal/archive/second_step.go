package archive

import "time"

// Passkey is a key pair that a member's device holds; what is kept here proves
// that it does, and opens nothing by itself.
type Passkey struct {
	ID         int64
	Account    int64
	Name       string // as its member calls it
	Credential string // the name its device gave it, in base64url
	Record     string // all that the library keeps of it, as JSON
	CreatedAt  time.Time
	UsedAt     time.Time // zero: never yet
	CopiedAt   time.Time // when its counter went backwards, as a copy's does; zero: never
}

// Ceremony is a question to a device that waits for the answer.
type Ceremony struct {
	Account int64 // 0: whoever comes to sign in
	Data    string
	Until   time.Time
}

// SecondStep is what an account's app makes codes from.
type SecondStep struct {
	Account    int64
	Secret     string // base32, as it is typed into the app
	LastStep   int64  // no code of this step or an earlier one counts again
	BegunAt    time.Time
	OnAt       time.Time // zero: begun, and not yet proved with a code
	Wrong      int       // codes that were wrong since WrongSince
	WrongSince time.Time
}

// IsOn reports whether signing in asks for it.
func (s SecondStep) IsOn() bool { return !s.OnAt.IsZero() }

// Bounds of guessing at codes.
const (
	CodesOfEntry   = 5                // wrong codes for one password given right
	CodesOfAccount = 15               // wrong codes within CodeWindow
	CodeWindow     = 15 * time.Minute // in which they are counted
	EntryLife      = 10 * time.Minute // how long a password given right waits for its code
	CeremonyLife   = 5 * time.Minute
	RecoveryCodes  = 10
	MostPasskeys   = 20 // of one account
	PasskeyName    = 60 // characters
)

// MayTry reports whether another code may be tried at.
func (s SecondStep) MayTry(now time.Time) bool {
	return s.Wrong < CodesOfAccount || now.Sub(s.WrongSince) >= CodeWindow
}

// Missed counts a wrong code.
func (s *SecondStep) Missed(now time.Time) {
	if s.Wrong == 0 || now.Sub(s.WrongSince) >= CodeWindow {
		s.Wrong, s.WrongSince = 0, now
	}
	s.Wrong++
}

// Want is what somebody who proved the first part of who they are is asked for
// besides.
type Want string

// What may be wanted.
const (
	WantCode   Want = "code"   // a code of the app, or a recovery code
	WantReturn Want = "return" // whether a deleted account shall come back
)

// Entry is somebody between two steps of signing in.
type Entry struct {
	Account int64
	Wants   Want
	Wrong   int
	Until   time.Time
}

// RecoveryCode is a way in for when the app is lost, once.
type RecoveryCode struct {
	Account int64
	Code    string // a hash
	UsedAt  time.Time
}
