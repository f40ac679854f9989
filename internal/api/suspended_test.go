package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

func TestWhoIsSuspendedReadsAndPostsNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		token := d.join("ada")
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			ada, err := tx.Accounts.FindNamed(ctx, "ada")
			if err != nil {
				return err
			}
			if _, err := tx.Acts.Add(ctx, archive.Act{Kind: archive.ActSuspend, Account: ada.ID, Reason: "a rude comment"}); err != nil {
				return err
			}
			return tx.Measures.Set(ctx, ada.ID, archive.Measures{Suspended: d.Clock.Now().Add(time.Hour)})
		})
		a := d.post(token, "/works", object{"title": "The Lamp Keepers"})
		d.expect(a, http.StatusForbidden)
		if said, _ := a.json["detail"].(string); !strings.Contains(said, "a rude comment") {
			t.Errorf("it says %q", said)
		}
		d.expect(d.get(token, "/works"), http.StatusOK)
		d.Clock.Pass(2 * time.Hour)
		d.expect(d.post(token, "/works", object{"title": "The Lamp Keepers", "draft": true}), http.StatusCreated)
	})
}

func TestTheArchivesRulesHoldForPrograms(t *testing.T) {
	d := lightDesk(t)
	token := d.join("ada")
	d.site.Ratings, d.site.Fandom, d.site.Name = []string{archive.RatingGeneral, archive.RatingTeen}, "Harbour Lights", "The Fig House"
	work := object{"title": "The Lamp Keepers", "rating": "Explicit", "warnings": []string{"none apply"}, "language": "en", "chapters": []object{{"text": "The lamp was lit."}}}
	a := d.post(token, "/works", work)
	d.expect(a, http.StatusUnprocessableEntity)
	for _, part := range []string{"does not take “Explicit”", "General, Teen", "body.rating"} {
		if !strings.Contains(string(a.body), part) {
			t.Errorf("it lacks %q: %s", part, a.body)
		}
	}
	work["rating"] = "Teen"
	made := d.post(token, "/works", work)
	d.expect(made, http.StatusCreated)
	shown := d.get(token, "/works/1")
	if fandoms, _ := shown.json["fandoms"].([]any); len(fandoms) != 1 || !strings.Contains(string(shown.body), "Harbour Lights") {
		t.Errorf("its fandoms are %v", shown.json["fandoms"])
	}
	described := d.get("", "/openapi.json")
	if info, _ := described.json["info"].(object); info["title"] != "The Fig House" {
		t.Errorf("the description is called %v", info["title"])
	}
}
