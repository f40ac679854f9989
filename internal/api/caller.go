package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// caller is who asks.
type caller struct {
	id      string // of the request, for the log and for people to quote
	viewer  archive.Viewer
	address string // of the site, as it is set or as it was asked
	from    netip.Addr
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// introduce finds out whose token was sent, before a byte of the body is read.
// Cookies are not looked at, so no other site can act for a reader.
func (d *door) introduce(ctx huma.Context, next func(huma.Context)) {
	r, to := humago.Unwrap(ctx)
	c := callerOf(r.Context())
	header := ctx.Header("Authorization")
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if strings.EqualFold(scheme, "Bearer") && token != "" {
		if !d.wrong.Begin(d.Clock.Now(), c.from, bearer) {
			d.send(to, tooFast(d.wrong.Left(d.Clock.Now())))
			return
		}
		viewer, err := d.Accounts.WhoHolds(ctx.Context(), token)
		if err != nil {
			d.send(to, d.refuse(ctx.Context(), c, err))
			return
		}
		if c.viewer = viewer; viewer.IsMember() {
			d.wrong.TakeBack(c.from, bearer)
		}
	}
	switch {
	case c.viewer.IsMember() && c.viewer.Suspended && forWriters(ctx.Operation()):
		d.send(to, d.suspended(ctx.Context(), c))
		return
	case c.viewer.IsMember():
	case header != "":
		d.send(to, unauthorized(wrongToken))
		return
	case forMembers(ctx.Operation()):
		d.send(to, unauthorized(tokenNeeded))
		return
	}
	next(huma.WithValue(ctx, callerKey{}, c))
}

// forMembers reports whether no way into an address goes without a token.
func forMembers(operation *huma.Operation) bool {
	for _, way := range operation.Security {
		if len(way) == 0 {
			return false
		}
	}
	return true
}

// forWriters reports whether an address is closed to suspended members.
func forWriters(operation *huma.Operation) bool {
	return len(operation.Security) == 1 && slices.Contains(operation.Security[0][bearer], mayWrite)
}

// suspended says until when a member writes nothing, and why.
func (d *door) suspended(ctx context.Context, c caller) *refusal {
	var s archive.Suspension
	err := d.read(ctx, func(tx *store.Tx) (err error) {
		s, err = tx.Members.Suspension(ctx, c.viewer.Account)
		return err
	})
	if err != nil {
		return d.refuse(ctx, c, err)
	}
	said := "You may read here but not write any more."
	if !s.Banned {
		said = "You may read here but not write until " + s.Until.UTC().Format(time.RFC3339) + "."
	}
	if s.Reason != "" {
		said += " The reason staff gave: " + s.Reason
	}
	return refusalOf(http.StatusForbidden, said)
}

// checkNumber answers an address whose number is none as one never used.
func (d *door) checkNumber(ctx huma.Context, next func(huma.Context)) {
	if typed := ctx.Param("id"); typed != "" {
		if n, err := strconv.ParseInt(typed, 10, 64); err != nil || n < 1 {
			_, to := humago.Unwrap(ctx)
			d.send(to, refusalOf(http.StatusNotFound, nothingHere))
			return
		}
	}
	next(ctx)
}

// siteAddress is where the site is: as its owner set it, or as it was asked.
func (d *door) siteAddress(r *http.Request) string {
	switch {
	case d.Site.Address != "":
		return d.Site.Address
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// workAddress and chapterAddress are the pages, which readers are sent to.
func (c caller) workAddress(work int64) string {
	return c.address + "/works/" + strconv.FormatInt(work, 10)
}

func (c caller) chapterAddress(work, chapter int64) string {
	return c.workAddress(work) + "/chapters/" + strconv.FormatInt(chapter, 10)
}
