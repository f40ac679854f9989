package api_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/writing"
)

const ownDisclaimer = "I do not own the lamp and make no money with this story.\n\n***\n\nThe lamp was lit at six. Nobody came down the stair, and the sea went on.\n\nShe counted the steps again. There were nine.\n"

func TestManuscriptIsReadWithWhatIsKnownOfItsWriter(t *testing.T) {
	d := lightDesk(t)
	ada, bo := d.join("ada"), d.join("bob")
	viewer, err := d.accounts.Join(t.Context(), accounts.Joining{Name: "cyd", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	cy, err := d.accounts.NewToken(t.Context(), "cyd", "test")
	if err != nil {
		t.Fatal(err)
	}
	ms, reading, err := d.writing.BringRead(t.Context(), viewer, "", []byte(ownDisclaimer))
	if err != nil {
		t.Fatal(err)
	}
	accepted := writing.NewWork{Fields: archive.WorkFields{Title: "Lamp", Language: "en"}, Draft: true, Accepted: writing.Accepted{Manuscript: ms.ID, Lessons: reading.Lessons}}
	if _, err := d.writing.Create(t.Context(), viewer, accepted); err != nil {
		t.Fatal(err)
	}
	plain := map[string]string{}
	for name, token := range map[string]string{"ada": ada, "bo": bo, "cy": cy} {
		a := d.send(token, "POST", "/manuscripts", strings.NewReader(ownDisclaimer), "Content-Type", "text/plain")
		d.expect(a, http.StatusOK)
		plain[name] = string(a.body)
	}
	if plain["ada"] != plain["cy"] || strings.Contains(plain["cy"], "habits") {
		t.Error("what is known is used unasked")
	}
	learnt := d.send(cy, "POST", "/manuscripts?learnt=true", strings.NewReader(ownDisclaimer), "Content-Type", "text/plain")
	d.expect(learnt, http.StatusOK)
	contains(t, string(learnt.body), `"known":true`, `"kind":"disclaimer_words","shape":"i do not own the lamp and make no money with this story"`)
	theirs := d.send(ada, "POST", "/manuscripts?learnt=true", strings.NewReader(ownDisclaimer), "Content-Type", "text/plain")
	if string(theirs.body) != plain["ada"] {
		t.Error("another is answered with what is known of cy")
	}
	// What was named is sent again, by whomever, after all was forgotten.
	if err := d.writing.ForgetHabits(t.Context(), viewer); err != nil {
		t.Fatal(err)
	}
	again := d.post(bo, "/manuscripts", object{"text": ownDisclaimer, "habits": learnt.json["habits"]})
	d.expect(again, http.StatusOK)
	if string(again.body) != string(learnt.body) {
		t.Errorf("read again it is\n%s\nand was\n%s", again.body, learnt.body)
	}
	many := make([]manuscript.Habit, 10_000)
	for i := range many {
		many[i] = manuscript.Habit{Kind: "note_label", Shape: strings.Repeat("x", i%400)}
	}
	d.expect(d.post(bo, "/manuscripts", object{"text": ownDisclaimer, "habits": many}), http.StatusOK)
	d.expect(d.post(bo, "/manuscripts", object{"text": ownDisclaimer, "habits": "all"}), http.StatusBadRequest)
}
