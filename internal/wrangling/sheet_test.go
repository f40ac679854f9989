package wrangling_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/wrangling"
)

// sheet is what the desk writes.
func (d *desk) sheet() string {
	d.t.Helper()
	var out bytes.Buffer
	d.must(d.WriteSheet(d.t.Context(), d.staff, &out))
	return out.String()
}

// brings does what a sheet asks for, and gives what is wrong with its lines.
func (d *desk) brings(sheet string) (did int, wrong archive.Problems) {
	d.t.Helper()
	steps, wrong, err := d.PlanSheet(d.t.Context(), d.staff, []byte(sheet))
	d.must(err)
	for _, s := range steps {
		if waits, err := d.DoStep(d.t.Context(), d.staff, s); err != nil || waits {
			d.t.Fatalf("line %d, %s %s: %v, %v", s.Line, s.Kind, s.Tag.Name, waits, err)
		}
	}
	return len(steps), wrong
}

// shows posts a work with some tags, each after its kind.
func (d *desk) shows(tags ...string) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error {
		work, err := tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
		if err != nil {
			return err
		}
		var set []archive.WorkTag
		for _, tag := range tags {
			kind, name, _ := strings.Cut(tag, ":")
			set = append(set, archive.WorkTag{Kind: archive.TagKind(kind), Wording: name})
		}
		return errors.Join(tx.Tags.SetOn(ctx, work, set), tx.Works.Post(ctx, work, tx.Now))
	})
}

// What is written down of tags and brought again changes nothing; what was
// changed in between is done, canonicals first, and all of it can be undone; and
// a sheet of another archive's tags makes them stand as they stood there.
func TestASheetOfTagsGoesOutAndIn(t *testing.T) {
	desks(t, func(d *desk) {
		d.shows("freeform:rain", "freeform:=Rain()", "freeform:wind", "freeform:drizzle, \"light\"", "freeform:Weather", "fandom:Harbour Lights", "character:Tom")
		tom := d.tag(archive.KindCharacter, "Tom")
		const columns = "kind,tag,standing,means,means_kind,parents,metatags\n"
		did, wrong := d.brings(columns + "freeform,drizzle,canonical,,,,\n")
		if did != 0 || len(wrong) == 0 {
			t.Errorf("of a line with a tag that is not there %d things are done, and %v is wrong", did, wrong)
		}
		before := d.state()
		did, wrong = d.brings("\ufeffKind;Tag;Standing;Means;Means_Kind;Parents;Metatags\r\n" +
			"freeform;rain;canonical;;;;Weather\r\n" +
			"freeform;'=Rain();synonym;Rain;;;\r\n" +
			"freeform;Weather;canonical;;;;\r\n" +
			"freeform;wind;as_is;;;;\r\n" +
			"character;tom;canonical;;;Harbour Lights;\r\n" +
			"fandom;harbour lights;canonical;;;;\r\n" +
			"freeform;\"drizzle, \"\"light\"\"\";synonym;Tom;character;;\r\n")
		if did != 9 || len(wrong) > 0 {
			t.Fatalf("%d things are done, and %v is wrong", did, wrong)
		}
		if got := d.sorted(d.freeform("=Rain()")); got.Standing != archive.TagSynonym || got.Canonical != d.freeform("rain") {
			t.Errorf("a synonym stands as %+v", got)
		}
		if got := d.sorted(d.freeform("drizzle, \"light\"")); got.Canonical != tom {
			t.Errorf("a synonym of another kind stands as %+v", got)
		}
		out := d.sheet()
		for _, line := range []string{
			"character,Tom,canonical,,,Harbour Lights,\n", "freeform,'=Rain(),synonym,rain,,,\n", "freeform,rain,canonical,,,,Weather\n",
			"freeform,\"drizzle, \"\"light\"\"\",synonym,Tom,character,,\n", "freeform,wind,as_is,,,,\n",
		} {
			if !strings.Contains(out, line) {
				t.Errorf("what is written down lacks %q:\n%s", line, out)
			}
		}
		if did, wrong := d.brings(out); did != 0 || len(wrong) > 0 {
			t.Errorf("what was written down and brought again does %d things, and %v is wrong", did, wrong)
		}
		if did, _ := d.brings(columns + "character,Tom,,,,-,\nfreeform,rain,,,,,-\n"); did != 2 {
			t.Errorf("two cells are emptied in %d acts", did)
		}
		if did, wrong := d.brings(columns + "character,Tom,,,,Harbor Lights,\n"); did != 0 || len(wrong) != 1 {
			t.Errorf("for a mistyped fandom %d things are done, and %v is wrong", did, wrong)
		}
		var acts []store.NamedAct
		d.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			acts, err = tx.TagActs.By(ctx, d.staff.Account, 0, 1<<40, 1000)
			return err
		})
		slices.SortFunc(acts, func(a, b store.NamedAct) int { return cmp.Compare(b.ID, a.ID) })
		for _, act := range acts {
			d.must(d.Undo(t.Context(), d.staff, act.ID))
		}
		if after := d.state(); !slices.Equal(before, after) {
			t.Errorf("all undone, tags stand as\n%v\nand stood as\n%v", after, before)
		}
	})
}

// What is no sheet is refused in one sentence, and each line that cannot be is
// named; nobody brings one who may not sort.
func TestWhatIsNoSheetOfTagsIsRefused(t *testing.T) {
	desks(t, func(d *desk) {
		d.canonical("rain")
		for rule, sheet := range map[string]string{
			"sheet_columns": "", "sheet_column": "kind,tag,mean\nfreeform,rain,\n", "sheet_column_twice": "kind,tag,kind\nfreeform,rain,\n", "sheet_utf8": "kind,tag\nfreeform,\xff\n", "sheet_broken": "kind,tag\nfreeform,\"rain\n",
			"sheet_long": "kind,tag\n" + strings.Repeat("freeform,rain\n", wrangling.SheetLines+1),
		} {
			_, _, err := d.PlanSheet(t.Context(), d.staff, []byte(sheet))
			d.refuses(rule, err)
		}
		steps, wrong, err := d.PlanSheet(t.Context(), d.staff, []byte("kind,tag,standing,means\nrating,Teen,,\nfreeform,nothing,,\nfreeform,rain,best,\nfreeform,rain,synonym,\n"))
		d.must(err)
		var rules []string
		for _, p := range wrong {
			rules = append(rules, p.Rule)
		}
		if len(steps) > 0 || !slices.Equal(rules, []string{"sheet_kind", "sheet_unknown", "sheet_standing", "sheet_means"}) {
			t.Errorf("it asks for %v, and %v is wrong", steps, rules)
		}
		if _, _, err := d.PlanSheet(t.Context(), archive.Viewer{Account: d.writer}, nil); err == nil {
			t.Error("a member who sorts no tags brings a sheet")
		}
		if d.WriteSheet(t.Context(), archive.Viewer{Account: d.writer}, &bytes.Buffer{}) == nil {
			t.Error("a member who sorts no tags is given a sheet")
		}
	})
}

// What cannot be done is named with its line before anything is, and the whole
// line is left out, with those that build on it.
func TestASheetSaysBeforehandWhatItCannotDo(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("A", "B", "C", "D", "E", "tea")
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(ids[0]), ids[1]))
		d.merges(d.freeform("chai"), ids[5])
		d.shows("character:Tom", "freeform:rain", "freeform:wind", "fandom:Harbour Lights")
		before := d.state()
		for sheet, want := range map[string]string{
			"freeform,C,,,D\nfreeform,D,,,C\nfreeform,E,,,C\n": "2 sheet_circle_lines 3, 3 sheet_circle_lines 2",
			"freeform,C,,,D\nfreeform,D,,,E\nfreeform,E,,,C\n": "2 sheet_circle_lines 3, 4, 3 sheet_circle_lines 2, 4, 4 sheet_circle_lines 2, 3",
			"freeform,B,,,A\n":                                                             "2 sheet_circle",
			"freeform,C,,,A\nfreeform,B,,,C\n":                                             "2 sheet_circle_lines 3, 3 sheet_circle_lines 2",
			"freeform,A,synonym,B,\n":                                                      "",
			"freeform,A,,,-\nfreeform,B,,,A\n":                                             "",
			"freeform,C,,,A\nfreeform,B,synonym,C,\n":                                      "2 sheet_circle",
			"freeform,B,synonym,D,\nfreeform,D,,,A\n":                                      "3 sheet_circle",
			"freeform,C,,,C\n":                                                             "2 tag_itself",
			"freeform,rain,synonym,wind,\nfreeform,wind,synonym,rain,\n":                   "2 tag_not_canonical, 3 tag_not_canonical",
			"freeform,rain,synonym,wind,\nfreeform,wind,canonical,,rain\n":                 "2 tag_not_canonical, 3 tag_not_canonical",
			"freeform,tea,as_is,,\n":                                                       "2 tag_has_synonyms",
			"freeform,tea,as_is,,\nfreeform,chai,canonical,,\n":                            "",
			"freeform,rain,canonical,,,,more\n":                                            "2 sheet_beyond",
			"freeform,rain,canonical,,,,\nfreeform,wind,synonym,rain,\n":                   "",
			"freeform,rain,synonym,,\n":                                                    "2 sheet_means",
			"freeform,rain,canonical,,nothing\nfreeform,wind,canonical,,\n":                "2 sheet_unknown",
			"freeform,rain,canonical,,nothing\nfreeform,wind,synonym,rain,\n":              "2 sheet_unknown, 3 tag_not_canonical",
			"freeform,rain,canonical,,D\nfreeform,wind,canonical,,rain\nfreeform,D,,,wind": "2 sheet_circle_lines 3, 4, 3 sheet_circle_lines 2, 4, 4 sheet_circle_lines 2, 3",
		} {
			steps, wrong, err := d.PlanSheet(t.Context(), d.staff, []byte("kind,tag,standing,means,metatags\n"+sheet))
			d.must(err)
			var said []string
			for _, one := range wrong {
				line := fmt.Sprint(one.Args["Line"], " ", one.Rule)
				if with, has := one.Args["Lines"]; has {
					line += fmt.Sprint(" ", with)
				}
				said = append(said, line)
			}
			slices.Sort(said)
			if got := strings.Join(said, ", "); got != want {
				t.Errorf("of\n%sit is said %q, not %q", sheet, got, want)
			}
			for _, s := range steps {
				if slices.ContainsFunc(wrong, func(one archive.Invalid) bool { return one.Args["Line"] == s.Line }) {
					t.Errorf("of\n%sline %d is wrong, and done", sheet, s.Line)
				}
			}
		}
		if !slices.Equal(before, d.state()) {
			t.Error("what was only looked at left a trace")
		}
	})
}

// Whatever a sheet asks for, all that was shown of it beforehand is done: nothing
// of it is refused when it is.
func TestWhatASheetShowsIsDone(t *testing.T) {
	desks(t, func(d *desk) {
		drawn := 0
		rapid.Check(t, func(r *rapid.T) {
			drawn++
			names := []string{"A", "B", "C", "D", "E"}
			var tags []string
			for i, name := range names {
				names[i] = fmt.Sprint(name, drawn)
				tags = append(tags, "freeform:"+names[i], "character:"+names[i])
			}
			d.shows(tags...)
			for range rapid.IntRange(1, 4).Draw(r, "sheets") {
				sheet := "kind,tag,standing,means,means_kind,metatags\n"
				name := rapid.SampledFrom(append(names, "", "", ""))
				for range rapid.IntRange(1, 8).Draw(r, "lines") {
					sheet += strings.Join([]string{
						rapid.SampledFrom([]string{"freeform", "freeform", "freeform", "character"}).Draw(r, "kind"), rapid.SampledFrom(names).Draw(r, "tag"),
						rapid.SampledFrom([]string{"", "canonical", "canonical", "as_is", "synonym"}).Draw(r, "standing"), name.Draw(r, "means"),
						rapid.SampledFrom([]string{"", "", "character"}).Draw(r, "in"), name.Draw(r, "metatag"),
					}, ",") + "\n"
				}
				steps, _, err := d.PlanSheet(t.Context(), d.staff, []byte(sheet))
				if err != nil {
					r.Fatal(err)
				}
				for _, s := range steps {
					if waits, err := d.DoStep(t.Context(), d.staff, s); err != nil || waits {
						r.Fatalf("of\n%sline %d, %s %s beside %s: %v, %v", sheet, s.Line, s.Kind, s.Tag.Name, s.Other.Name, waits, err)
					}
				}
			}
		})
	})
}

// Any bytes are a sheet or are refused in a sentence.
func FuzzReadSheet(f *testing.F) {
	for _, seed := range []string{"", "kind,tag\n", "kind;tag;means\nfreeform;'=x;\"a\nb\"\n", "\ufeffkind\ttag\n\"\"\t-", "kind,tag\n\"a"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sheet []byte) {
		lines, err := wrangling.ReadSheet(sheet)
		var refused archive.Problems
		if err != nil && (!errors.As(err, &refused) || len(refused) == 0 || lines > 0) {
			t.Errorf("%d lines, and %v", lines, err)
		}
		if lines > wrangling.SheetLines {
			t.Errorf("%d lines are read", lines)
		}
	})
}
