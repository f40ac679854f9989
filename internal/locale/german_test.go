package locale_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestGermanCountsDatesAndListsAsGermanDoes(t *testing.T) {
	p := printer(t, "de-AT,de;q=0.9,en;q=0.5")
	at := time.Date(2026, 3, 5, 9, 4, 0, 0, time.UTC)
	got := []string{
		p.Tag(), p.N("ago.days", 1), p.N("ago.days", 12000), p.Ago(at.Add(-90*time.Minute), at), p.DateTime(at), p.List([]string{"Pell", "Mara", "Ito"}),
		p.N("count.words", 42310), p.N("count.works", 1), p.N("count.hits", 1), p.Minutes(2400, "en"), p.Minutes(42310, "en"), p.T("shell.title", "Title", "A", "Site", "B"),
	}
	want := []string{
		"de", "vor 1 Tag", "vor 12.000 Tagen", "vor 1 Stunde", "5. März 2026, 09:04", "Pell, Mara und Ito",
		"42.310 Wörter", "1 Werk", "einmal geöffnet", "10 Minuten Lesezeit", "etwa 3 Stunden Lesezeit", "A · B",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTheFirstLanguageAskedForThatIsSpokenIsUsed(t *testing.T) {
	for wanted, want := range map[string]string{"": "en", "fr": "en", "fr,de;q=0.4": "de", "en-GB,de;q=0.9": "en", "de": "de", "de-CH": "de"} {
		if got := printer(t, wanted).Tag(); got != want {
			t.Errorf("%q is answered in %s, want %s", wanted, got, want)
		}
	}
}
