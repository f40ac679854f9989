package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAcceptance02_PartApiPostsAWork(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		made := d.post(ada, "/works", work(nil))
		d.expect(made, http.StatusCreated)
		id := int64(made.json["id"].(float64))
		if want := fmt.Sprintf("https://stories.example/works/%d", id); made.json["url"] != want {
			t.Errorf("the url is %v, want %s", made.json["url"], want)
		}
		shown := d.show("", id)
		for field, want := range (object{
			"title": "The Lamp Keepers", "rating": "General", "language": "en", "words": 8.0, "posted": 1.0, "planned": 1.0, "complete": true,
			"state": "posted", "published_on": "2026-05-01", "updated_on": "2026-05-01", "restricted": false, "summary": "",
			"fandoms": []any{"Harbour Lights"}, "warnings": []any{"none apply"}, "categories": []any{}, "gifts": []any{},
			"creators": []any{object{"pseud": "ada", "user": "ada"}},
		}) {
			if diff := cmp.Diff(want, shown.json[field]); diff != "" {
				t.Errorf("%s: %s", field, diff)
			}
		}
		contains(t, shown.chapter(t, 0)["text"], "<p>The lamp was lit at six. Nobody came.</p>")
		list := d.get("", "/works")
		if list.json["total"] != 1.0 || list.json["page"] != 1.0 || len(list.json["works"].([]any)) != 1 {
			t.Errorf("the list is %s", list.body)
		}
	})
}

func TestAcceptance03_PartApiShowsEveryField(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.join("ben")
		sent := work(object{
			"rating": "Teen", "warnings": []string{"graphic violence", "chose not to warn"}, "categories": []string{"Gen", "F/F"},
			"relationships": []string{"Ida/Rhona", "Ida & Tom"}, "main_relationships": []string{"Ida/Rhona"}, "characters": []string{"Ida", "Rhona"},
			"freeforms": []string{"Slow Burn"}, "summary": "A <em>quiet</em> story.", "notes_before": "Thank you.", "notes_after": "More soon.",
			"gifts": []string{"ben", "my sister"}, "pseuds": []string{"ada"}, "planned": nil, "as_typed": true, "published_on": "2026-04-02",
			"chapters": []object{
				{"title": "One", "text": "First *of* all.", "format": "markdown", "disclaimer": "Not mine.", "notes_before": "Hello.", "notes_after": "Bye.", "dedication": "Ben", "summary": "It begins.", "published_on": "2026-04-02"},
				{"title": "Two", "text": "<p>Then <b>this</b>.</p>", "format": "html"},
			},
		})
		shown := d.show("", d.create(ada, sent))
		for _, field := range []string{"warnings", "categories", "relationships", "main_relationships", "characters", "freeforms", "gifts"} {
			if diff := cmp.Diff(fmt.Sprint(sent[field]), fmt.Sprint(shown.json[field])); diff != "" {
				t.Errorf("%s: %s", field, diff)
			}
		}
		if shown.json["planned"] != nil || shown.json["published_on"] != "2026-04-02" || shown.json["complete"] != false || shown.json["as_typed"] != true {
			t.Errorf("the work is %s", shown.body)
		}
		contains(t, shown.json["summary"], "<em>quiet</em>")
		contains(t, shown.json["notes_before"], "Thank you.")
		contains(t, shown.json["notes_after"], "More soon.")
		one, two := shown.chapter(t, 0), shown.chapter(t, 1)
		contains(t, one["text"], "<em>of</em>")
		contains(t, two["text"], "<strong>this</strong>")
		for field, want := range map[string]string{
			"title": "One", "disclaimer": "Not mine.", "notes_before": "Hello.", "notes_after": "Bye.", "dedication": "Ben", "summary": "It begins.", "published_on": "2026-04-02",
		} {
			contains(t, one[field], want)
		}
		if two["number"] != 2.0 || two["title"] != "Two" {
			t.Errorf("the second chapter is %v", two)
		}
	})
}

func TestWorkSaysEverythingWrongAtItsPlace(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		long := strings.Repeat("a", 256)
		a := d.post(ada, "/works", object{
			"title": long, "rating": "Spicy", "language": "en", "main_relationships": []string{"Ida/Tom"}, "freeforms": []string{"one, two"},
			"notes_after": strings.Repeat("b", 5001),
			"chapters":    []object{{"text": "Fine."}, {"title": long, "text": "", "notes_before": strings.Repeat("c", 5001)}, {"text": "x", "format": "rtf"}},
		})
		d.expect(a, http.StatusUnprocessableEntity)
		if a.header.Get("Content-Type") != "application/problem+json" || a.json["status"] != 422.0 {
			t.Errorf("it is no problem: %v %s", a.header, a.body)
		}
		for at, want := range map[string]string{
			"body.title": "title has 256 characters; up to 255 fit.", "body.fandoms": "fandoms is missing; it may not be empty.",
			"body.warnings": "warnings is missing", "body.rating": "“Spicy” is not known; it may be “Not Rated”, “General”, “Teen”, “Mature” or “Explicit”.",
			"body.main_relationships": "“Ida/Tom” is not among relationships", "body.freeforms": "has the character ,",
			"body.notes_after": "up to 5000 fit", "body.chapters[1].title": "chapters[1].title has 256 characters",
			"body.chapters[1].text": "chapters[1].text is missing", "body.chapters[1].notes_before": "up to 5000 fit",
			"body.chapters[2].format": "it may be “text”, “markdown” or “html”",
		} {
			contains(t, a.fault(at), want)
		}
		if said := a.fault("body.chapters[0].text"); said != "" {
			t.Errorf("the right chapter is said to be wrong: %s", said)
		}
		if d.get("", "/works").json["total"] != 0.0 {
			t.Error("something was stored")
		}
	})
}

func TestWorkSaysWhatIsWrongBeforeTheVerb(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	a := d.post(ada, "/works", work(object{"title": "", "language": "Klingonish", "chapters": []object{{"text": "x", "read": "aloud"}, {"text": "", "read": "text"}}}))
	d.expect(a, http.StatusUnprocessableEntity)
	contains(t, a.fault("body.language"), "“Klingonish” is not known; it may be a BCP 47 tag")
	contains(t, a.fault("body.chapters[0].read"), "it may be “text” or “manuscript”")
	contains(t, a.fault("body.title"), "missing")
	contains(t, a.fault("body.chapters[1].text"), "missing")
	a = d.post(ada, "/works", work(object{"chapters": []object{}}))
	contains(t, a.fault("body.chapters"), "missing")
	a = d.post(ada, "/works", work(object{"pseuds": []string{"ben"}}))
	contains(t, a.fault("body.pseuds"), "“ben” is not a pen name of yours")
	a = d.post(ada, "/works", work(object{"published_on": "2027-01-01"}))
	contains(t, a.fault("body.published_on"), "still to come")
}

func TestWorkRefusesWrongJSON(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	json := []string{"Content-Type", "application/json"}
	send := func(body string, headers ...string) answer {
		return d.send(ada, http.MethodPost, "/works", strings.NewReader(body), headers...)
	}
	for name, sent := range map[string]struct {
		body   string
		status int
		at     string
		say    string
	}{
		"cut off":         {`{"title": "A`, 400, "", "not JSON"},
		"empty":           {``, 400, "", "is empty"},
		"no object":       {`[1]`, 422, "body", "should be an object"},
		"unknown field":   {`{"titel": "A"}`, 422, "body.titel", "titel is not a field here"},
		"unknown chapter": {`{"chapters": [{"txt": "A"}]}`, 422, "body.chapters[0].txt", "is not a field here"},
		"number":          {`{"title": 7}`, 422, "body.title", "should be a text"},
		"text":            {`{"fandoms": "Harbour Lights"}`, 422, "body.fandoms", "should be a list"},
		"boolean":         {`{"draft": "yes"}`, 422, "body.draft", "should be true or false"},
		"day":             {`{"published_on": "yesterday"}`, 422, "body.published_on", "should be a day such as"},
		"planned":         {`{"planned": 0}`, 422, "body.planned", "should be a number from 1 up"},
	} {
		a := send(sent.body, json...)
		if a.status != sent.status {
			t.Errorf("%s: the answer is %d, want %d: %s", name, a.status, sent.status, a.body)
		}
		said := a.fault(sent.at)
		if sent.at == "" {
			said = a.json["detail"].(string)
		}
		contains(t, said, sent.say)
		lacks(t, string(a.body), `"value"`)
	}
	d.expect(send(`title=A`, "Content-Type", "application/x-www-form-urlencoded"), http.StatusUnsupportedMediaType)
}

func TestWorkRefusesABodyThatIsTooLarge(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	a := d.post(ada, "/works", work(object{"summary": strings.Repeat("a", 16<<20)}))
	d.expect(a, http.StatusRequestEntityTooLarge)
	contains(t, a.json["detail"], "larger than 16 MB")
	a = d.post(ada, "/works", work(object{"chapters": []object{{"text": strings.Repeat("word ", 102_600), "read": "text"}}}))
	d.expect(a, http.StatusUnprocessableEntity)
	contains(t, a.fault("body.chapters[0].text"), "up to 500000 fit")
}

func TestAcceptance17_PartApiLeavesNoScript(t *testing.T) {
	const script = `<script>alert("boo")</script><img src=x onerror="alert(1)"><a href="javascript:alert(2)" style="color:red" onclick="x()">words</a> kept`
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		for _, format := range []string{"text", "html", "markdown"} {
			for _, read := range []string{"text", "manuscript"} {
				id := d.create(ada, work(object{
					"summary": script, "notes_before": script, "notes_after": script, "gifts": []string{"<script>gift</script>"},
					"chapters": []object{
						{"text": script, "format": format, "read": read},
						{"text": script, "format": format, "disclaimer": script, "notes_before": script, "notes_after": script, "summary": script},
					},
				}))
				shown := d.show("", id)
				texts := []any{shown.json["summary"], shown.json["notes_before"], shown.json["notes_after"], shown.chapter(t, 0)["text"]}
				for _, field := range []string{"text", "disclaimer", "notes_before", "notes_after", "summary"} {
					texts = append(texts, shown.chapter(t, 1)[field])
				}
				for _, text := range texts {
					contains(t, text, "words", "kept")
					lacks(t, text, "<script", "onerror", "onclick", "javascript:", "style=", "boo")
				}
			}
		}
		refused := d.post(ada, "/works", work(object{"fandoms": []string{"<script>"}}))
		contains(t, refused.fault("body.fandoms"), "which tags cannot have")
	})
}

func TestWorkTakesOddCharacters(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		odd := "a\u0000b\u202ec\u0007"
		id := d.create(ada, work(object{
			"title": odd, "freeforms": []string{odd}, "gifts": []string{odd}, "summary": odd, "notes_before": odd,
			"chapters": []object{{"title": odd, "text": odd, "notes_before": odd, "dedication": odd}, {"text": odd, "read": "text"}},
		}))
		shown := d.show("", id)
		if shown.json["title"] != "abc" {
			t.Errorf("the title is %q", shown.json["title"])
		}
		lacks(t, string(shown.body), `\u0000`)
		d.expect(d.get("", "/works?q=%00a&user=%00"), http.StatusOK)
		d.expect(d.get("", "/works?q=%00a"), http.StatusOK)
		d.expect(d.post(ada, "/works", work(object{"language": odd})), http.StatusUnprocessableEntity)
		guessed := d.post(ada, "/works", work(object{"chapters": []object{{"text": odd}}}))
		d.expect(guessed, http.StatusUnprocessableEntity)
		contains(t, guessed.fault("body.chapters[0].text"), "is not text")
	})
}

func TestListPagesSortsAndSearches(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada, ben := d.join("ada"), d.join("ben")
		for i := range 21 {
			d.create(ada, work(object{"title": fmt.Sprintf("Story %02d", i)}))
		}
		d.create(ben, work(object{"title": "A Zebra", "freeforms": []string{"Stripes"}}))
		first, second := d.get("", "/works?sort=title"), d.get("", "/works?sort=title&page=2")
		if len(first.json["works"].([]any)) != 20 || len(second.json["works"].([]any)) != 2 || first.json["total"] != 22.0 || second.json["page"] != 2.0 {
			t.Errorf("the pages are %s and %s", first.body, second.body)
		}
		last := second.json["works"].([]any)[1].(object)
		if last["title"] != "A Zebra" {
			t.Errorf("the last is %v", last["title"])
		}
		for path, want := range map[string]float64{"/works?q=stripes": 1, "/works?q=story+ada": 21, "/works?user=BEN": 1, "/works?user=nobody": 0, "/works?page=9": 22} {
			if a := d.get("", path); a.status != 200 || a.json["total"] != want {
				t.Errorf("%s: %d %s, want %v", path, a.status, a.body, want)
			}
		}
		for path, at := range map[string]string{"/works?sort=mood": "query.sort", "/works?tag=1": "query.tag", "/works?page=0": "query.page", "/works?page=two": "query.page"} {
			a := d.get("", path)
			if a.status != 422 || a.fault(at) == "" {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
	})
}

func TestASearchTooLongIsRefusedInWords(t *testing.T) {
	d := lightDesk(t)
	for name, query := range map[string]string{"one word": strings.Repeat("x", 55_000), "many words": strings.Repeat("x+", 27_000)} {
		refused := d.get("", "/works?q="+query)
		d.expect(refused, http.StatusUnprocessableEntity)
		if !strings.Contains(string(refused.body), " characters; up to 2000 fit") {
			t.Errorf("%s: %s", name, refused.body)
		}
	}
	if d.log.Len() > 0 {
		t.Errorf("the log says %s", d.log)
	}
}
