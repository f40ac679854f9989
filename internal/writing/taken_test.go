package writing_test

import (
	"errors"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
)

func TestTheOtherSideOfATrackedChangeIsTakenAndTakenBack(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ms := d.bring("draft.rtf", `{\rtf1\ansi A/N: thanks for waiting, dear readers, it is short.\par The {\deleted old }{\revised new }tide came in and nobody saw it.\par The lamp went out.\par}`)
		story := func() string {
			_, reading := d.understood(ms.ID)
			return strings.ReplaceAll(reading.Works[0].Chapters[0].Body.HTML(), "\n", "")
		}
		const rest = "tide came in and nobody saw it.</p><p>The lamp went out.</p>"
		wants(t, "at first", story(), "<p>The new "+rest)
		_, reading := d.understood(ms.ID)
		last := reading.Parts[len(reading.Parts)-1]
		must(t, d.Choose(t.Context(), d.mara, ms.ID, manuscript.Choice{Start: last.Start, End: last.End, What: last.What, Become: manuscript.ClosingNote}))
		take := func(told string) {
			t.Helper()
			other, turns := manuscript.Turned(told)
			wants(t, told+" turns", turns, true)
			must(t, d.TakeOther(t.Context(), d.mara, ms.ID, other))
		}
		const noted = "tide came in and nobody saw it.</p>"
		take("tracked-deletion")
		wants(t, "with the deleted words", story(), "<p>The old new "+noted)
		wants(t, "read again", story(), "<p>The old new "+noted)
		take("tracked-insertion")
		wants(t, "without the inserted words too", story(), "<p>The old "+noted)
		take("tracked-deletion-kept")
		wants(t, "with neither", story(), "<p>The "+noted)
		take("tracked-insertion-refused")
		wants(t, "as at first", story(), "<p>The new "+noted)
		must(t, d.ForgetChoices(t.Context(), d.mara, ms.ID))
		wants(t, "from the start", story(), "<p>The new "+rest)
		if err := d.TakeOther(t.Context(), archive.Viewer{Account: d.mara.Account + 99}, ms.ID, manuscript.Choice{What: manuscript.HiddenText, Become: "story"}); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("somebody else takes other words: %v", err)
		}
	})
}
