package api_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/catalog"
)

func TestOpenAPIDescribesEveryAddress(t *testing.T) {
	d := lightDesk(t)
	a := d.get("", "/openapi.json")
	d.expect(a, http.StatusOK)
	if version, _ := a.json["openapi"].(string); !strings.HasPrefix(version, "3.1") {
		t.Errorf("it is OpenAPI %v", a.json["openapi"])
	}
	paths := a.json["paths"].(object)
	for path, methods := range map[string][]string{
		"/api/v1/works": {"get", "post"}, "/api/v1/works/{id}": {"get"}, "/api/v1/works/{id}/chapters": {"post"}, "/api/v1/manuscripts": {"post"},
	} {
		described, _ := paths[path].(object)
		for _, method := range methods {
			if described[method] == nil {
				t.Errorf("%s %s is not described", method, path)
			}
		}
	}
	asked := map[string]bool{}
	for _, p := range paths["/api/v1/works"].(object)["get"].(object)["parameters"].([]any) {
		p := p.(object)
		asked[p["name"].(string)] = p["in"] == "query" && p["schema"] != nil
	}
	for _, field := range append(catalog.FilterFields(), catalog.ThenFields()...) {
		if !asked[field] {
			t.Errorf("the parameter %s of lists is not described", field)
		}
		delete(asked, field)
	}
	if len(asked) > 0 {
		t.Errorf("of lists it describes %v, which nothing reads", asked)
	}
	asked = map[string]bool{}
	for _, p := range paths["/api/v1/works/values"].(object)["get"].(object)["parameters"].([]any) {
		asked[p.(object)["name"].(string)] = true
	}
	if !asked["kind"] || !asked["begins"] || !asked["include"] || !asked["page"] || asked["facets"] || asked["sort"] {
		t.Errorf("of values it describes %v", asked)
	}
	schemas := a.json["components"].(object)["schemas"].(object)
	sent := schemas["WorkBody"].(object)["properties"].(object)
	for _, field := range []string{
		"title", "fandoms", "rating", "warnings", "categories", "relationships", "characters", "freeforms", "language", "summary", "gifts", "draft",
		"chapters", "main_relationships", "pseuds", "notes_before", "notes_after", "restricted", "planned", "published_on",
	} {
		if sent[field] == nil {
			t.Errorf("the field %s is not described", field)
		}
	}
	chapter := schemas["ChapterBody"].(object)["properties"].(object)
	for _, field := range []string{"title", "text", "format", "read", "disclaimer", "notes_before", "notes_after"} {
		if chapter[field] == nil {
			t.Errorf("the chapter's field %s is not described", field)
		}
	}
	if shown := schemas["WorkShown"].(object)["properties"].(object); shown["fandoms"] == nil || shown["chapters"] == nil {
		t.Errorf("an answered work is described as %v", shown)
	}
	for rest := string(a.body); ; {
		_, after, found := strings.Cut(rest, "://")
		if !found {
			break
		}
		if !strings.HasPrefix(after, "stories.example") {
			t.Errorf("another host is named: …%.60s", after)
		}
		rest = after
	}
}
