package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
)

// Network is the part of an address that people of one house or office share:
// /24, or /48 of IPv6; the zero Prefix when there is no address.
func Network(address netip.Addr) netip.Prefix {
	address = address.Unmap()
	bits := 24
	if address.Is6() {
		bits = 48
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// Visitor hashes a network and the browser's name under the key of the day: two
// visits of one day can be told alike, two days cannot.
func Visitor(key string, address netip.Addr, agent string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(Network(address).String() + "\n" + agent))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}
