package main

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"

	"ficus/internal/web/page"
)

// offer prints the one-time link to the owner's first page while nobody runs
// the archive. Only a fingerprint of it is kept, so each start makes a new one
// and ends the one before.
func (p *program) offer(ctx context.Context, s *streams) error {
	if p.config.demo {
		return nil
	}
	token, err := p.rooms.accounts.OfferSetUp(ctx)
	if err != nil || token == "" {
		return err
	}
	link := nearby(p.Address()) + page.PathSetUp + "?token=" + token
	if p.config.LogFormat == logJSON { // every line is for a program that reads it
		p.config.log.WarnContext(ctx, "nobody runs this archive yet; this link, which works once, makes it yours", "link", link)
		return nil
	}
	_, err = fmt.Fprintf(s.Err, "Nobody runs this archive yet. Make it yours here (the link works once):\n\n  %s\n\n", link)
	return err
}

// nearby is an address a browser on this machine can open: one that listens
// everywhere listens here too.
func nearby(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && ip.IsUnspecified() {
		u.Host = "localhost:" + u.Port()
	}
	return u.String()
}
