package locale_test

import (
	"testing"
	"time"

	"ficus/internal/locale"

	"github.com/google/go-cmp/cmp"
)

func printer(t *testing.T, wanted ...string) locale.Printer {
	t.Helper()
	c, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(wanted...)
}

func TestPluralFollowsTheCount(t *testing.T) {
	p := printer(t, "en")
	got := []string{p.N("ago.days", 1), p.N("ago.days", 2), p.N("ago.days", 12000)}
	want := []string{"1 day ago", "2 days ago", "12,000 days ago"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestLanguageNobodyTranslatedFallsBackToEnglish(t *testing.T) {
	p := printer(t, "tlh", "fr;q=0.3")
	if got := p.Tag(); got != "en" {
		t.Errorf("spoke %q", got)
	}
	if got := p.T("ago.now"); got != "just now" {
		t.Errorf("said %q", got)
	}
}

func TestKeyNobodyDefinedIsSaidAsItIs(t *testing.T) {
	p := printer(t)
	key := "nobody" + ".defined.this"
	if got := p.T(key); got != key {
		t.Errorf("said %q", got)
	}
}

func TestAgoUsesTheLargestWholeUnit(t *testing.T) {
	p := printer(t)
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for before, want := range map[time.Duration]string{
		-time.Hour:           "just now",
		59 * time.Second:     "just now",
		time.Minute:          "1 minute ago",
		90 * time.Minute:     "1 hour ago",
		72 * time.Hour:       "3 days ago",
		45 * 24 * time.Hour:  "1 month ago",
		800 * 24 * time.Hour: "2 years ago",
	} {
		if got := p.Ago(now.Add(-before), now); got != want {
			t.Errorf("%v before: %q, want %q", before, got, want)
		}
	}
}

func TestDatesAreWordsInTheZoneOfTheTime(t *testing.T) {
	p := printer(t)
	at := time.Date(2026, 5, 3, 22, 30, 0, 0, time.UTC).In(time.FixedZone("", 3*60*60))
	if got, want := p.DateTime(at), "4 May 2026, 01:30"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestListsReadAsSentences(t *testing.T) {
	p := printer(t)
	for want, names := range map[string][]string{
		"":                   nil,
		"Pell":               {"Pell"},
		"Pell and Mara":      {"Pell", "Mara"},
		"Pell, Mara and Ito": {"Pell", "Mara", "Ito"},
	} {
		if got := p.List(names); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMinutesFollowTheWayALanguageIsCounted(t *testing.T) {
	p := printer(t)
	for _, c := range []struct {
		words     int
		tag, want string
	}{
		{0, "en", "1 minute to read"},
		{2400, "en", "10 minutes to read"},
		{2400, "ja", "6 minutes to read"},
		{2400, "zh-Hant", "6 minutes to read"},
		{42310, "en", "about 3 hours to read"},
	} {
		if got := p.Minutes(c.words, c.tag); got != c.want {
			t.Errorf("%d words of %s: %q, want %q", c.words, c.tag, got, c.want)
		}
	}
}

func TestEveryLanguageHasItsOwnNameAndDirection(t *testing.T) {
	rtl := map[string]bool{"ar": true, "fa": true, "he": true, "ur": true, "yi": true}
	seen := map[string]string{}
	for _, l := range locale.Languages() {
		if l.Name == "" || l.Name == l.Tag {
			t.Errorf("%s has no name of its own: %q", l.Tag, l.Name)
		}
		if other, twice := seen[l.Name]; twice {
			t.Errorf("%s and %s share the name %q", l.Tag, other, l.Name)
		}
		seen[l.Name] = l.Tag
		if (l.Dir == "rtl") != rtl[l.Tag] {
			t.Errorf("%s reads %s", l.Tag, l.Dir)
		}
	}
}
