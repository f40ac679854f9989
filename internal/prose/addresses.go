package prose

import (
	"net/url"
	"strings"

	"ficus/internal/pattern"
)

var (
	schemeForm = pattern.New(`^[^/?#]*:`)
	webForm    = pattern.New(`^(?i:https?)://[^/?#]+`)
	mailForm   = pattern.New(`^(?i:mailto):[^:/?#]`)
)

// linkAddress gives the form in which a link's address is kept: http, https,
// mailto or relative. Anything else is no address of ours.
func linkAddress(value string) (string, bool) {
	address, ok := tidyAddress(value)
	if !ok {
		return "", false
	}
	if mailForm.MatchString(address) {
		return address, true
	}
	return address, isWebOrRelative(address)
}

// imageAddress is linkAddress for pictures: http, https or relative.
func imageAddress(value string) (string, bool) {
	address, ok := tidyAddress(value)
	return address, ok && isWebOrRelative(address)
}

func isWebOrRelative(address string) bool {
	if webForm.MatchString(address) {
		parsed, err := url.Parse(address)
		return err == nil && parsed.Host != ""
	}
	if schemeForm.MatchString(address) {
		return false
	}
	_, err := url.Parse(address)
	return err == nil
}

// isExternal tells whether an address names its host or is a mail address; the
// others mean something only on our own pages.
func isExternal(address string) bool {
	return webForm.MatchString(address) || mailForm.MatchString(address)
}

// tidyAddress does what browsers do before they look at a scheme, so that they
// and we see the same one: white space around goes, line ends and tabs inside
// go. What an address may not hold is percent-encoded, so that the kept form is
// valid everywhere and tidying it again changes nothing.
func tidyAddress(value string) (string, bool) {
	value = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' || isForbidden(r) {
			return -1
		}
		return r
	}, value)
	value = strings.TrimSpace(value)
	if value == "" || len(value) > maxAddress {
		return "", false
	}
	if strings.HasPrefix(value, "//") {
		value = "https:" + value
	}
	value = encodeForbidden(value)
	return value, len(value) <= maxAddress
}

// encodeForbidden percent-encodes the characters no address may hold and the
// percent signs that begin no escape.
func encodeForbidden(value string) string {
	const hex = "0123456789ABCDEF"
	if !strings.ContainsAny(value, " \"<>\\^`{|}%") {
		return value
	}
	var s strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		forbidden := strings.IndexByte(" \"<>\\^`{|}", c) >= 0 ||
			(c == '%' && (i+2 >= len(value) || !isHex(value[i+1]) || !isHex(value[i+2])))
		if forbidden {
			s.WriteByte('%')
			s.WriteByte(hex[c>>4])
			s.WriteByte(hex[c&15])
			continue
		}
		s.WriteByte(c)
	}
	return s.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
