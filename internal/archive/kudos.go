package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Kudos is one reader's thanks for a work.
type Kudos struct {
	ID      int64
	Work    int64
	Account int64  // 0: a guest, or a member who is gone
	Name    string // of the account
	At      time.Time
}

// Bounds of guests' kudos on one work. More than these are a burst, which is
// parked until staff have looked at it; beyond MostParked they are refused.
const (
	BurstWithin  = 10 * time.Minute
	BurstOfWork  = 30 // guests within BurstWithin
	BurstOfHouse = 10 // guests of one network in a day
	MostParked   = 500
)

// KudosDay is how long creators are left alone after they were told of kudos, and
// how long the networks of guests are remembered.
const KudosDay = 24 * time.Hour

// GuestKey is the setting that holds the key guests' marks are signed with.
const GuestKey = "guest_key"

// Guest is someone without a session who answers: the mark their browser keeps
// (empty: it keeps none) and the network they come from.
type Guest struct {
	Mark    string
	Network netip.Prefix
}

// MarkGuest signs a fresh random word, for a guest's browser to keep.
func MarkGuest(key, fresh string) string { return fresh + "." + seal(key, "guest", fresh) }

// ReadMark gives the word of a mark that we signed; empty for any other.
func ReadMark(key, mark string) string {
	word, signature, _ := strings.Cut(mark, ".")
	if key == "" || word == "" || !hmac.Equal([]byte(signature), []byte(seal(key, "guest", word))) {
		return ""
	}
	return word
}

// GiverOf tells the readers of one work apart, by as little as does: a member's
// account, else the guest's mark, else their network on that day. Nothing of it
// is the same on two works, or on two days.
func GiverOf(v Viewer, g Guest, work int64, guestKey, dayKey string) string {
	at := strconv.FormatInt(work, 10)
	switch word := ReadMark(guestKey, g.Mark); {
	case v.IsMember():
		return "member " + strconv.FormatInt(v.Account, 10)
	case word != "":
		return "guest " + seal(guestKey, "kudos", at, word)
	}
	return "house " + HouseOf(g, work, dayKey)
}

// HouseOf is the network of a guest on one day, for one work alone.
func HouseOf(g Guest, work int64, dayKey string) string {
	return seal(dayKey, "house", strconv.FormatInt(work, 10), g.Network.String())
}

// seal is a keyed hash of words.
func seal(key string, words ...string) string {
	sum := hmac.New(sha256.New, []byte(key))
	sum.Write([]byte(strings.Join(words, "\n")))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:15])
}
