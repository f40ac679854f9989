package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// bearer names the token in the description.
const bearer = "token"

// anyone and members say who may use an address; whether they may see the
// thing itself is the gate's to say. To guests a wrong token is still wrong.
var (
	anyone  = []map[string][]string{{}, {bearer: {}}}
	members = []map[string][]string{{bearer: {}}}
	writers = []map[string][]string{{bearer: {mayWrite}}} // members who are not suspended
)

// mayWrite names what suspended members lack, in the description.
const mayWrite = "writers"

// patience is how long a body may take to arrive: a manuscript over a slow
// telephone line has its time.
const patience = 5 * time.Minute

// routes lists every address.
func (d *door) routes(api huma.API) {
	json := d.Limits.JSONBytes
	on(api, d, d.listWorks, listOperation())
	on(api, d, d.listValues, valuesOperation())
	on(api, d, d.createWork, huma.Operation{
		OperationID: "create-work", Method: http.MethodPost, Path: root + "/works", Security: writers,
		Summary: "Post a work", Description: "Posts a work with its chapters, or keeps it as a draft. Everything wrong with it is said at once, and nothing is stored then.",
		DefaultStatus: http.StatusCreated, MaxBodyBytes: json + 1, BodyReadTimeout: patience, Errors: []int{400, 401, 403, 409, 413, 415, 422, 429, 503, 507},
	})
	on(api, d, d.showWork, huma.Operation{
		OperationID: "show-work", Method: http.MethodGet, Path: root + "/works/{id}", Security: anyone,
		Summary: "Read a work", Description: "A work with all its chapters; its creators see drafts too.",
		Errors: []int{401, 404, 410},
	})
	on(api, d, d.createChapter, huma.Operation{
		OperationID: "create-chapter", Method: http.MethodPost, Path: root + "/works/{id}/chapters", Security: writers,
		Summary: "Add a chapter", Description: "Adds a chapter to a work of yours. A text that holds several chapters becomes several.",
		DefaultStatus: http.StatusCreated, MaxBodyBytes: json + 1, BodyReadTimeout: patience, Errors: []int{400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507},
	})
	on(api, d, d.readManuscript, d.manuscriptOperation())
}

// on serves one address: its verb or query answers with a value or an error,
// and errors are said in one place.
func on[I, O any](api huma.API, d *door, answer func(context.Context, caller, *I) (*O, error), operation huma.Operation) {
	huma.Register(api, operation, func(ctx context.Context, in *I) (*O, error) {
		c := callerOf(ctx)
		out, err := answer(ctx, c, in)
		if err != nil {
			return nil, d.refuse(ctx, c, err)
		}
		return out, nil
	})
}
