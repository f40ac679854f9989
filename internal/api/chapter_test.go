package api_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/manuscript"
)

// sample is a chapter as writers keep them.
const sample = `Disclaimer: The harbour belongs to its makers. I only visit.

A/N: This one is for Marguerite, who asked for it. Thank you all for the reviews, they keep me going.

0415 HRS

The lamp was lit at four. Nobody came.

The sea was loud.

***

"Is it still raining?" she asked.

A/N: Please review and tell me what you think. The next chapter will be up on Friday.
`

func TestAcceptance61_PartApiSetsAChapterApart(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		made := d.post(ada, "/works", work(object{"chapters": []object{{"text": sample}}}))
		d.expect(made, http.StatusCreated)
		chapter := d.show("", int64(made.json["id"].(float64))).chapter(t, 0)
		contains(t, chapter["disclaimer"], "The harbour belongs to its makers.")
		contains(t, chapter["notes_before"], "for Marguerite", "they keep me going")
		contains(t, chapter["notes_after"], "Please review")
		contains(t, chapter["dedication"], "Marguerite")
		contains(t, chapter["text"], "0415 HRS", "Nobody came", "Is it still raining")
		lacks(t, chapter["text"], "A/N", "Please review", "Disclaimer")

		guesses := made.json["guesses"].([]any)
		found := map[any]object{}
		for _, g := range guesses {
			g := g.(object)
			found[g["what"]] = g
			for _, key := range []string{"work", "chapter", "block", "rule", "confidence", "start", "end", "sent", "text"} {
				if _, has := g[key]; !has {
					t.Errorf("the guess %v has no %s", g, key)
				}
			}
		}
		disclaimer := found["disclaimer"]
		if disclaimer == nil || found["opening_note"] == nil || found["closing_note"] == nil {
			t.Fatalf("the guesses are %v", guesses)
		}
		if part := sample[int(disclaimer["start"].(float64)):int(disclaimer["end"].(float64))]; !strings.HasPrefix(part, "Disclaimer: The harbour") {
			t.Errorf("the disclaimer's part is %q", part)
		}
		contains(t, disclaimer["text"], "Disclaimer: The harbour")
	})
}

func TestPostedTextIsExactlyWhatWasRead(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	tricky := sample + "\n\n<Can you hear me?> *he thought* & <3\n\n  roses are red\n  violets are blue\n\n~*~*~\n\nThe End\n"
	reading, err := manuscript.Read([]byte(tricky), manuscript.Options{Kind: "txt"})
	if err != nil {
		t.Fatal(err)
	}
	want := reading.Works[0].Chapters[0]
	got := d.show("", d.create(ada, work(object{"chapters": []object{{"text": tricky}}}))).chapter(t, 0)
	for field, document := range map[string]string{
		"text": want.Body.HTML(), "disclaimer": want.Disclaimer.HTML(), "notes_before": want.OpeningNote.HTML(), "notes_after": want.ClosingNote.HTML(),
	} {
		if diff := cmp.Diff(document, got[field]); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
}

func TestGivenNotesTurnGuessingOff(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	for name, chapter := range map[string]object{
		"disclaimer": {"text": sample, "disclaimer": "Mine."}, "before": {"text": sample, "notes_before": "Mine."},
		"after": {"text": sample, "notes_after": "Mine.", "read": "manuscript"}, "asked": {"text": sample, "read": "text"},
		"html": {"text": "<p>A/N: hello there, all of you.</p>", "format": "html"},
	} {
		made := d.post(ada, "/works", work(object{"chapters": []object{chapter}}))
		d.expect(made, http.StatusCreated)
		if guesses := made.json["guesses"].([]any); len(guesses) != 0 {
			t.Errorf("%s: there are guesses: %v", name, guesses)
		}
		contains(t, d.show("", int64(made.json["id"].(float64))).chapter(t, 0)["text"], "A/N:")
	}
}

func TestGivenFieldsStandOverWhatTheTextSays(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	text := "Title: The Other Name\nSummary: A summary from the text.\nRating: Mature\n\nChapter 1: Arrivals\n\n" + strings.Repeat("She walked to the harbour and waited for the boat. ", 5)
	filled := d.show("", d.create(ada, work(object{"chapters": []object{{"text": text}}})))
	if filled.json["title"] != "The Lamp Keepers" || filled.json["rating"] != "General" {
		t.Errorf("the text overwrote a field: %s", filled.body)
	}
	contains(t, filled.json["summary"], "A summary from the text.")
	if title := filled.chapter(t, 0)["title"]; title != "Arrivals" {
		t.Errorf("the chapter is called %q", title)
	}
	given := d.show("", d.create(ada, work(object{"summary": "Mine.", "chapters": []object{{"text": text, "title": "Mine too", "dedication": "Tom"}}})))
	contains(t, given.json["summary"], "Mine.")
	if c := given.chapter(t, 0); c["title"] != "Mine too" || c["dedication"] != "Tom" {
		t.Errorf("the chapter is %v", c)
	}
}

func TestTextOfSeveralChaptersBecomesThem(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		text, err := os.ReadFile(filepath.Join("testdata", "three-chapters.txt"))
		if err != nil {
			t.Fatal(err)
		}
		shown := d.show("", d.create(ada, work(object{"chapters": []object{{"text": string(text)}, {"text": "An end."}}})))
		var titles []string
		for i := range 4 {
			titles = append(titles, shown.chapter(t, i)["title"].(string))
		}
		if got := strings.Join(titles, "|"); got != "Arrivals|The Lamp|Departures|" || shown.json["planned"] != 4.0 {
			t.Errorf("the chapters are %s of %v", got, shown.json["planned"])
		}
		id := d.create(ada, work(nil))
		added := d.post(ada, fmt.Sprintf("/works/%d/chapters", id), object{"text": string(text), "position": 1})
		d.expect(added, http.StatusCreated)
		if n := len(added.json["chapters"].([]any)); n != 3 {
			t.Errorf("there are %d new chapters", n)
		}
		contains(t, d.show("", id).chapter(t, 1)["title"], "The Lamp")
		contains(t, d.show("", id).chapter(t, 3)["text"], "The lamp was lit at six")
	})
}

func TestTagsInPlainTextAreTags(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	shown := d.show("", d.create(ada, work(object{"chapters": []object{
		{"text": "She <em>ran</em>.\nAnd fell.\n\nThen 3 < 4.<script>x()</script>"}, {"text": "She heard it. <I can see you.> He was <3 away.\n\nSo near."},
	}})))
	contains(t, shown.chapter(t, 0)["text"], "<em>ran</em>", "<br", "3 &lt; 4")
	lacks(t, shown.chapter(t, 0)["text"], "script", "x()")
	contains(t, shown.chapter(t, 1)["text"], "I can see you.", "&lt;3 away")
}

func TestChapterIsAddedAtItsPlace(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		id := d.create(ada, work(nil))
		path := fmt.Sprintf("/works/%d/chapters", id)
		second := d.post(ada, path, object{"title": "Two", "text": "Second."})
		d.expect(second, http.StatusCreated)
		if want := fmt.Sprintf("https://stories.example/works/%d/chapters/%v", id, second.json["id"]); second.json["url"] != want {
			t.Errorf("the url is %v, want %s", second.json["url"], want)
		}
		d.expect(d.post(ada, path, object{"title": "Zero", "text": "Before.", "position": 1}), http.StatusCreated)
		d.expect(d.post(ada, path, object{"title": "Draft", "text": "Not yet.", "draft": true}), http.StatusCreated)
		own, others := d.show(ada, id), d.show("", id)
		if own.chapter(t, 0)["title"] != "Zero" || own.chapter(t, 3)["draft"] != true || len(others.json["chapters"].([]any)) != 3 {
			t.Errorf("its writer sees %s, others %s", own.body, others.body)
		}
		lacks(t, string(others.body), "not yet")
		wrong := d.post(ada, path, object{"text": "", "title": strings.Repeat("a", 256), "position": 0})
		contains(t, wrong.fault("body.position"), "should be a number from 1 up")
		wrong = d.post(ada, path, object{"text": "", "title": strings.Repeat("a", 256), "read": "text"})
		contains(t, wrong.fault("body.text"), "text is missing")
		contains(t, wrong.fault("body.title"), "up to 255 fit")
	})
}

func TestSameKeyActsOnce(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada, ben := d.join("ada"), d.join("ben")
		key := []string{"Idempotency-Key", "k1"}
		body := work(object{"chapters": []object{{"text": sample}}})
		first, second := d.post(ada, "/works", body, key...), d.post(ada, "/works", body, key...)
		d.expect(first, http.StatusCreated)
		if string(first.body) != string(second.body) || second.status != http.StatusCreated {
			t.Errorf("the answers are %s and %d %s", first.body, second.status, second.body)
		}
		other := d.post(ben, "/works", body, key...)
		if other.json["id"] == first.json["id"] {
			t.Error("a key of one account is another's")
		}
		path := fmt.Sprintf("/works/%v/chapters", first.json["id"])
		one, two := d.post(ada, path, object{"text": "More."}, key...), d.post(ada, path, object{"text": "More."}, key...)
		d.expect(one, http.StatusCreated)
		if string(one.body) != string(two.body) {
			t.Errorf("the answers are %s and %s", one.body, two.body)
		}
		if n := len(d.show("", int64(first.json["id"].(float64))).json["chapters"].([]any)); n != 2 {
			t.Errorf("there are %d chapters", n)
		}
		if total := d.get("", "/works").json["total"]; total != 2.0 {
			t.Errorf("there are %v works", total)
		}
		d.expect(d.post(ada, "/works", body, "Idempotency-Key", strings.Repeat("k", 256)), http.StatusUnprocessableEntity)
	})
}

func TestAKeySentAgainWithAnotherBodyIsRefused(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		key := []string{"Idempotency-Key", "k1"}
		first := d.post(ada, "/works", work(object{"title": "The first"}), key...)
		d.expect(first, http.StatusCreated)
		other := d.post(ada, "/works", work(object{"title": "Another entirely"}), key...)
		d.expect(other, http.StatusConflict)
		contains(t, string(other.body), "with another body")
		path := fmt.Sprintf("/works/%v/chapters", first.json["id"])
		d.expect(d.post(ada, path, object{"text": "More."}, key...), http.StatusCreated)
		d.expect(d.post(ada, path, object{"text": "Something else."}, key...), http.StatusConflict)
		d.expect(d.post(ada, path, object{"text": "More.", "draft": true}, key...), http.StatusConflict)
		d.expect(d.post(ada, path, object{"text": "More."}, key...), http.StatusCreated)
		if n := len(d.show("", int64(first.json["id"].(float64))).json["chapters"].([]any)); n != 2 {
			t.Errorf("there are %d chapters", n)
		}
		if total := d.get("", "/works").json["total"]; total != 1.0 {
			t.Errorf("there are %v works", total)
		}
	})
}

func TestSameKeyActsOnceAtTheSameTime(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		answers := make([]answer, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = d.post(ada, "/works", work(nil), "Idempotency-Key", "together") })
		}
		all.Wait()
		for _, a := range answers {
			if a.status != http.StatusCreated || string(a.body) != string(answers[0].body) {
				t.Errorf("the answers are %d %s and %s", a.status, a.body, answers[0].body)
			}
		}
		if total := d.get("", "/works").json["total"]; total != 1.0 {
			t.Errorf("there are %v works", total)
		}
	})
}
