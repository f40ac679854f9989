package mail_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit"
)

func TestAMailIsInTheLanguageItsReaderChose(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.post(t)
		lotte := b.join(t, "Lotte", "lotte@example.org", archive.Preferences{MailGifts: true, Language: "de"})
		klingon := b.join(t, "Worf", "worf@example.org", archive.Preferences{MailGifts: true, Language: "tlh"})
		if err := teller(t, w, birds).TellGift(t.Context(), b.give(t, b.ito, lotte, klingon), archive.Job{ID: 1}); err != nil {
			t.Fatal(err)
		}
		for i, want := range [][]string{
			{"Dear Ito,", "A gift for you", `<html lang="en" dir="ltr">`},
			{"Hallo Lotte,", "Ein Geschenk für dich: „Salt <& Iron>“", `<html lang="de" dir="ltr">`},
			{"Dear Worf,", "A gift for you", `<html lang="en" dir="ltr">`},
		} {
			said := birds.carried[i].Subject + birds.carried[i].Text + birds.carried[i].HTML
			for _, part := range want {
				if !strings.Contains(said, part) {
					t.Errorf("mail %d lacks %q:\n%s", i, part, said)
				}
			}
		}
	})
}
