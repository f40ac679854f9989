package api_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/api"
	"ficus/internal/catalog"
	"ficus/internal/testkit"
)

// A search for which there is no time is refused in words: an empty list would
// pass for an answer. Lists that search nothing are answered.
func TestASearchThatTakesTooLongIsRefused(t *testing.T) {
	d := open(t, testkit.NewWorld(t, testkit.SQLite(t)), func(r *api.Rooms) { r.Catalog.Patience = catalog.Patience{Whole: 1, Texts: 1} })
	refused := d.get("", "/works?q=lamp")
	d.expect(refused, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.fault("query.q"), "takes too long; narrow it") {
		t.Errorf("it says %s", refused.body)
	}
	refused = d.get("", "/works/values?kind=freeform&q=lamp")
	d.expect(refused, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.fault("query.q"), "takes too long; narrow it") {
		t.Errorf("of values it says %s", refused.body)
	}
	d.expect(d.get("", "/works"), http.StatusOK)
	if d.log.Len() > 0 {
		t.Errorf("the log says %s", d.log)
	}
}
