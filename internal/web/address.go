package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// The addresses with a number or name in them. A chapter's address bears its
// permanent id, never its position.

func workAddress(id int64) string { return "/works/" + strconv.FormatInt(id, 10) }

func chapterAddress(work, chapter int64) string {
	return fmt.Sprintf("/works/%d/chapters/%d", work, chapter)
}

func entireAddress(work int64) string { return workAddress(work) + "/entire" }

func indexAddress(work int64) string { return workAddress(work) + "/index" }

func kudosAddress(work int64) string { return workAddress(work) + "/kudos" }

func commentsAddress(work, chapter int64) string {
	if chapter == 0 {
		return workAddress(work) + "/comments"
	}
	return fmt.Sprintf("%s/comments?chapter=%d", workAddress(work), chapter)
}

func commentAddress(id int64) string { return "/comments/" + strconv.FormatInt(id, 10) }

func userAddress(name string) string { return "/users/" + url.PathEscape(name) }

func pseudAddress(account, pseud string) string {
	return userAddress(account) + "/pseuds/" + url.PathEscape(pseud)
}

func tagAddress(id int64, name string) string {
	return fmt.Sprintf("/tags/%d/%s", id, slug(name))
}

func escapeQuery(value string) string { return url.QueryEscape(value) }

// slug is a readable end of an address; the number before it is what counts.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 60 {
			break
		}
	}
	s := strings.Trim(b.String(), "-")
	if s == "" {
		return "tag"
	}
	return url.PathEscape(s)
}
