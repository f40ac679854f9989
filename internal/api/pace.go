package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ficus/internal/tempo"
)

// paces are the operations that are counted, each with what it is counted as:
// together with what the same person does on the pages.
var paces = map[string]tempo.Act{
	"create-work":     tempo.Posting,
	"create-chapter":  tempo.Adding,
	"read-manuscript": tempo.Bringing,
}

// paceOfTokens is how often a network may send tokens that are nobody's. They
// cannot be guessed, but each is looked for.
var paceOfTokens = tempo.Pace{Within: 15 * time.Minute, OfName: 200, OfNetwork: 200}

// comeAgain is when who found the archive busy may ask again, in seconds.
const comeAgain = "10"

// actOf is what a request is counted as. A list is a search when it looks for
// words.
func actOf(ctx huma.Context) tempo.Act {
	if id := ctx.Operation().OperationID; id != "list-works" {
		return paces[id]
	}
	if ctx.Query("q") != "" {
		return tempo.Searching
	}
	return tempo.None
}

// pace counts a request, and holds it to how often its caller may send it,
// before a byte of the body is read.
func (d *door) pace(ctx huma.Context, next func(huma.Context)) {
	c := callerOf(ctx.Context())
	if passes, wait := d.Tempo.Allows(actOf(ctx), tempo.Sender{Viewer: c.viewer, From: c.from}, d.Clock.Now()); !passes {
		_, to := humago.Unwrap(ctx)
		d.send(to, tooFast(wait))
		return
	}
	next(ctx)
}

// tooFast says for how long to wait: in words, and in the header programs look
// at.
func tooFast(wait time.Duration) *refusal {
	seconds := strconv.Itoa(int((wait + time.Second - 1) / time.Second))
	said := refusalOf(http.StatusTooManyRequests, "Too many requests came from you; send this again in "+seconds+" seconds.")
	said.headers = http.Header{"Retry-After": {seconds}}
	return said
}

// busy says that so many do the same that no more can now.
func busy() *refusal {
	said := refusalOf(http.StatusServiceUnavailable, "Too many texts are being read here at once; nothing was stored. Send this again in "+comeAgain+" seconds.")
	said.headers = http.Header{"Retry-After": {comeAgain}}
	return said
}
