package archive

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Account is one person's place here. Readers meet its pseuds, not the account.
type Account struct {
	ID           int64
	Name         string
	Email        string // empty: none given
	PasswordHash string // argon2id in PHC form
	Staff        bool
	CreatedAt    time.Time

	EmailProvedAt time.Time // zero: nobody has shown that the address is theirs
	Language      string    // of its preferences: what it is written to in
}

// Mail is where mails to the account may go: nowhere until it is proved that
// the address is theirs.
func (a Account) Mail() string {
	if a.EmailProvedAt.IsZero() {
		return ""
	}
	return a.Email
}

// Preferences are how one member likes the site.
type Preferences struct {
	AdultShown bool // no adult gate
	EntireWork bool // open works whole instead of chapter by chapter
	Theme      string
	Text       string // the reading settings as "face-size-width-notes-paragraphs", see page
	TakesGifts bool   // others may give works to them; off until they say so
	MailGifts  bool   // said on joining: a mail when a work is given to them; Mail has the last word
	Language   string // the pages and mails are in it: BCP 47; empty: what the browser asks for

	NoDeviceNews bool // they are not told of devices that sign in for the first time
	KudosUnnamed bool // their kudos are a reader's, unless they say otherwise
	Mail         MailWishes
	NewsClosed   int64 // up to when they have closed the archive's news, in microseconds

	BookOnDeletion bool // the mail that tells them of a deleted work of theirs brings it as EPUB
}

// How long a former name stays an account's own, and how many may.
const (
	NameKept    = 365 * 24 * time.Hour
	FormerNames = 5
)

// Pseud is a pen name of an account.
type Pseud struct {
	ID        int64
	Account   int64
	Owner     string // the account's name: pseuds of one account are shown together
	Name      string
	IsDefault bool // what the account signs with unless it says otherwise
}

// IsOwn reports whether the pen name is the account's own name: it is renamed
// with the account.
func (p Pseud) IsOwn() bool { return FoldName(p.Name) == FoldName(p.Owner) }

// Session is one device signed in to an account. Only a hash of its secret is
// kept.
type Session struct {
	ID        int64
	Account   int64
	CreatedAt time.Time
	SeenAt    time.Time
	Agent     string // what the browser calls itself, for the list of devices

	ConfirmedAt time.Time // when whoever holds it last proved who they are
}

// confirmedFor is how long a proof of who one is serves for dangerous acts.
const confirmedFor = 15 * time.Minute

// Confirmed reports whether whoever holds the session proved who they are a
// short while ago. Dangerous acts ask again when they did not.
func (s Session) Confirmed(now time.Time) bool { return now.Sub(s.ConfirmedAt) < confirmedFor }

// Token is a key to the API for one account; only a hash of it is kept.
type Token struct {
	ID        int64
	Account   int64
	Name      string
	CreatedAt time.Time
}

// reservedNames would be mistaken for the site or one of its addresses.
var reservedNames = map[string]bool{
	"admin": true, "administrator": true, "anonymous": true, "archive": true, "ficus": true, "guest": true,
	"moderator": true, "new": true, "orphan_account": true, "root": true, "staff": true, "support": true, "system": true,
}

// CheckAccountName notes what is wrong with an account's name: 3–40 letters,
// digits, "_" or "-", beginning with a letter or digit, not reserved.
func CheckAccountName(name string, p *Problems) {
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0:
		p.Add("name", "required")
	case n < 3 || n > 40:
		p.Add("name", "name_length", "Min", 3, "Max", 40)
	case strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII || !isNameRune(r) }) || !isLetterOrDigit(rune(name[0])):
		p.Add("name", "name_characters")
	case isReserved(name):
		p.Add("name", "name_reserved")
	}
}

// isReserved reports whether a name would be mistaken for the site, or looks as
// if it would.
func isReserved(name string) bool {
	return reservedNames[FoldName(name)] || reservedNames[strings.ReplaceAll(Skeleton(name), "-", "_")]
}

// CheckPseudName notes what is wrong with a pen name: 1–40 visible characters,
// of scripts that are written together, not one that the site itself goes by.
func CheckPseudName(name string, p *Problems) {
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0:
		p.Add("pseud", "required")
	case n > 40:
		p.Add("pseud", "too_long", "Limit", 40, "Count", n)
	case !strings.ContainsFunc(name, isLetterOrDigit):
		p.Add("pseud", "pseud_characters")
	case strings.ContainsAny(name, ",/\\<>&()@"):
		p.Add("pseud", "pseud_characters")
	case mixesScripts(name):
		p.Add("pseud", "pseud_scripts")
	case isReserved(name):
		p.Add("pseud", "name_reserved")
	}
}

// CheckPassword notes what is wrong with a new password: 8–200 characters.
func CheckPassword(password string, p *Problems) {
	n := utf8.RuneCountInString(password)
	if n < 8 {
		p.Add("password", "password_short", "Min", 8)
	}
	if n > 200 {
		p.Add("password", "too_long", "Limit", 200, "Count", n)
	}
}

// CheckEmail notes an address that cannot be one. Proving it is another matter.
func CheckEmail(email string, p *Problems) {
	if email == "" {
		return
	}
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 || len(email) > 254 || strings.ContainsFunc(email, unicode.IsSpace) || strings.ContainsFunc(email, unicode.IsControl) {
		p.Add("email", "email")
	}
}

// FoldName is the form in which names of accounts and pseuds are compared.
func FoldName(name string) string { return strings.ToLower(name) }

// CleanLine makes one line of a name, title or tag as typed: control,
// invisible and bidirectional characters out, runs of space to one.
func CleanLine(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00A0':
			return ' '
		case r == '\u200C' || r == '\u200D': // joiners spell words in Persian and Indic scripts and emoji
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isNameRune(r rune) bool { return isLetterOrDigit(r) || r == '_' || r == '-' }
