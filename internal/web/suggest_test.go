package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// people posts works with characters, of whom some are canonicals of a fandom.
func (w *world) people() {
	w.t.Helper()
	mara := w.member("mara").viewer
	for _, one := range []struct{ fandom, character string }{
		{"Saltlight", "Lodovico"}, {"Saltlight", "Lodovico"}, {"Saltlight", "Lodge keeper"}, {"Saltlight", "Lodge keeper"}, {"Saltlight", "Lodge keeper"},
		{"Harbour Lights", "Łódzki Marek"}, {"Harbour Lights", "Ana Lódesz"},
	} {
		f := fields("A lamp")
		f.Fandoms, f.Characters = []string{one.fandom}, []string{one.character}
		w.posts(mara, f)
	}
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		for character, fandom := range map[string]string{"Lodovico": "Saltlight", "Łódzki Marek": "Harbour Lights", "Ana Lódesz": "Harbour Lights"} {
			is, err := tx.Tags.Ensure(ctx, archive.KindCharacter, character)
			of, err2 := tx.Tags.Ensure(ctx, archive.KindFandom, fandom)
			_, err3 := tx.Sorting.File(ctx, is.ID, of.ID)
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: is.ID})
			if err := errors.Join(err, err2, err3, tx.Sorting.Stand(ctx, is.ID, archive.TagCanonical, 0)); err != nil {
				return err
			}
		}
		return nil
	})
}

// offers wants so many tags to be suggested, in order.
func (a answer) offers(want ...string) {
	a.t.Helper()
	var said struct{ Tags []struct{ Name string } }
	if err := json.Unmarshal([]byte(a.body), &said); err != nil {
		a.t.Fatal(err)
	}
	var names []string
	for _, tag := range said.Tags {
		names = append(names, tag.Name)
	}
	if !slices.Equal(names, want) {
		a.t.Errorf("%s offers %q, want %q", a.asked, names, want)
	}
}

func TestAcceptance48ACharacterOfTheFandomComesFirst(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.people()
		for _, typed := range []string{"lód", "LOD", "łod", "Łód"} {
			for fandom, want := range map[string][]string{
				"":                 {"Lodovico", "Łódzki Marek", "Ana Lódesz", "Lodge keeper"},
				"harbour lights":   {"Łódzki Marek", "Ana Lódesz", "Lodovico", "Lodge keeper"},
				"Saltlight":        {"Lodovico", "Łódzki Marek", "Ana Lódesz", "Lodge keeper"},
				"Nobody's, as yet": {"Lodovico", "Łódzki Marek", "Ana Lódesz", "Lodge keeper"},
			} {
				w.guest().opens("/tags/suggest?" + url.Values{"kind": {"character"}, "q": {typed}, "fandom": {fandom}}.Encode()).offers(want...)
			}
		}
		w.guest().opens("/tags/suggest?kind=character&q=lodovcio").has("Lodovico").lacks("Lodge")
		w.guest().opens("/tags/suggest?kind=character&q=odov").lacks("Lodovico")
	})
}

func TestAcceptance48_PartTheWritersFormTellsItsFandoms(t *testing.T) {
	t.Parallel() // it waits for the script
	w := newWorld(t)
	w.people()
	p := w.reads(browser.Settings{Phone: true})
	signIn(p, "mara")
	p.Open("/works/new")
	for _, typed := range []struct{ label, text, wants string }{{"Fandoms", "harb", "Harbour Lights"}, {"Characters", "lod", "Łódzki Marek"}} {
		p.Type(typed.label, typed.text)
		p.Sees(typed.wants)
		p.Keys(kb.ArrowDown)
		p.Keys(kb.Enter)
		p.Sees("×")
	}
	if got := browser.Ask[string](p, `document.querySelector("[data-combobox=character] textarea").value`); got != "Łódzki Marek" {
		t.Errorf("the first that is offered is %q", got)
	}
	p.Axe()
}
