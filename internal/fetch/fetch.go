// Package fetch is the one way out: it gets a file from an address that
// somebody typed. It asks no private, loopback or link-local address, whatever
// a name resolves to and wherever a redirect leads, and takes no more bytes, no
// more time and no more redirects than it was told.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"code.dny.dev/ssrf"
)

// Limits bound one fetch. A zero limit is the default, not "none".
type Limits struct {
	Bytes     int64         // of the answer's body; 10 MiB by default
	Time      time.Duration // from the first byte sent to the last received; 15 seconds by default
	Redirects int           // 4 by default; below zero: none is followed
}

// What can be wrong with an address or with what stands there. Any other error
// is a network that did not answer.
var (
	// ErrAddress: not an http or https address, or one that is not public.
	ErrAddress = errors.New("the address is not one of a public http or https site")
	// ErrTooLarge: more bytes than the limit.
	ErrTooLarge = errors.New("the file at the address is too large")
	// ErrTooSlow: not all of it came within the time.
	ErrTooSlow = errors.New("the address took too long to answer")
	// ErrRedirects: more redirects than the limit.
	ErrRedirects = errors.New("the address leads from one to the next too often")
	// ErrRefused: the site answered that it will not give the file.
	ErrRefused = errors.New("the address answered without giving the file")
)

// Client fetches. It keeps no cookies and no open connections.
type Client struct {
	transport *http.Transport
}

// New makes a client for public addresses, at ports 80 and 443.
func New() *Client { return with(ssrf.New()) }

// NewAllowing makes a client that may besides ask the addresses within some
// prefixes, at any port: for tests, whose servers are on this machine.
func NewAllowing(prefixes ...netip.Prefix) *Client {
	var v4, v6 []netip.Prefix
	for _, p := range prefixes {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return with(ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)))
}

// with makes a client whose every connection the guard looks at after names are
// resolved. A proxy would resolve names behind the guard's back, so none is used.
func with(guard *ssrf.Guardian) *Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard.Safe}
	return &Client{transport: &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		DisableKeepAlives:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
	}}
}

// Get fetches what stands at an address. The content type is what the site
// says; it may be wrong.
func (c *Client) Get(ctx context.Context, address string, l Limits) (body []byte, contentType string, err error) {
	l = l.withDefaults()
	ctx, cancel := context.WithTimeoutCause(ctx, l.Time, ErrTooSlow)
	defer cancel()
	body, contentType, err = c.get(ctx, address, l)
	if err != nil && errors.Is(context.Cause(ctx), ErrTooSlow) {
		err = ErrTooSlow
	}
	if err != nil {
		return nil, "", fmt.Errorf("fetch %.200q: %w", address, err)
	}
	return body, contentType, nil
}

// Picture fetches what should be a picture, within the default limits. What it
// really is is for whoever decodes it.
func (c *Client) Picture(ctx context.Context, address string) ([]byte, error) {
	data, _, err := c.Get(ctx, address, Limits{})
	return data, err
}

func (c *Client) get(ctx context.Context, address string, l Limits) ([]byte, string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || check(request.URL) != nil {
		return nil, "", ErrAddress
	}
	request.Header.Set("User-Agent", "Ficus")
	client := http.Client{Transport: c.transport, CheckRedirect: follow(l.Redirects)}
	response, err := client.Do(request)
	if err != nil {
		return nil, "", said(err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode != http.StatusOK:
		return nil, "", fmt.Errorf("%w: %d", ErrRefused, response.StatusCode)
	case response.ContentLength > l.Bytes:
		return nil, "", ErrTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, l.Bytes+1))
	if err == nil && int64(len(body)) > l.Bytes {
		err = ErrTooLarge
	}
	return body, response.Header.Get("Content-Type"), err
}

// follow decides at each redirect whether it is followed; the guard looks at
// the new address besides, when it is dialled.
func follow(limit int) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, before []*http.Request) error {
		// The pages people write about are nobody else's business.
		next.Header.Del("Referer")
		switch {
		case len(before) > limit:
			return ErrRedirects
		case next.URL.Scheme == "http" && before[0].URL.Scheme == "https":
			return ErrAddress
		}
		return check(next.URL)
	}
}

// check refuses addresses that are no public web page whatever they resolve to.
func check(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return ErrAddress
	}
	return nil
}

// said finds in an error of the HTTP client what of ours caused it.
func said(err error) error {
	for _, guarded := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedNetwork, ssrf.ErrProhibitedPort, ssrf.ErrInvalidHostPort} {
		if errors.Is(err, guarded) {
			return fmt.Errorf("%w (%w)", ErrAddress, guarded)
		}
	}
	return err
}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 10 << 20
	}
	if l.Time <= 0 {
		l.Time = 15 * time.Second
	}
	if l.Redirects == 0 {
		l.Redirects = 4
	}
	return l
}
