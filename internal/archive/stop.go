package archive

import (
	"crypto/hmac"
	"strconv"
	"strings"
)

// StopToken is the end of the address that stops the mails of one topic to one
// account, without signing in.
func StopToken(key string, account int64, t Topic) string {
	id := strconv.FormatInt(account, 10)
	return id + "-" + seal(key, "stop", id, string(t))
}

// StopsFor gives the account whose mails of a topic a token stops; 0 for any
// token that is not ours, or of another topic.
func StopsFor(key, token string, t Topic) int64 {
	id, _, _ := strings.Cut(token, "-")
	account, err := strconv.ParseInt(id, 10, 64)
	if err != nil || key == "" || !hmac.Equal([]byte(token), []byte(StopToken(key, account, t))) {
		return 0
	}
	return account
}
