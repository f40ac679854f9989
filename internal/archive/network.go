package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/netip"
	"strings"
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

// CallerAt is the address a request came from: the one it arrived from, or
// where that is a proxy that is trusted, what the proxy says; nobody else's
// word counts.
func CallerAt(arrived string, forwarded []string, proxies []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(arrived)
	if err != nil {
		host = arrived
	}
	address, err := netip.ParseAddr(host)
	if err != nil || !trusts(proxies, address) {
		return address
	}
	// Some proxies add a line of their own to what the visitor sent.
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop
		if !trusts(proxies, hop) {
			break
		}
	}
	return address
}

func trusts(proxies []netip.Prefix, address netip.Addr) bool {
	for _, prefix := range proxies {
		if prefix.Contains(address.Unmap()) {
			return true
		}
	}
	return false
}
