package web_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

var personFound = regexp.MustCompile(`<a href="(/users/[^"]*)"><bdi>([^<]*)</bdi></a>\s*<span class="faint">([^§]*?)</span>\s*</li>`)

// people are those a search lists, each as "name (account) works".
func (a answer) people() (found []string) {
	_, people, _ := strings.Cut(a.body, `<h2 id="people">`)
	people, _, _ = strings.Cut(people, "</section>")
	for _, one := range personFound.FindAllStringSubmatch(people, -1) {
		beside := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(one[3], "")
		found = append(found, strings.Join(strings.Fields(one[2]+" "+beside), " "))
	}
	return found
}

// finds wants a search to list just these people.
func (c *client) finds(query string, want ...string) {
	c.w.t.Helper()
	need(c.w.t, "who is found by "+query, strings.Join(c.opens(searching(query)).people(), ", "), strings.Join(want, ", "))
}

func TestPeopleAreFoundByTheirPenNames(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		oriane, ori, pell := w.member("oriane"), w.member("ori"), w.member("pell")
		for account, names := range map[*client][]string{oriane: {"Oriane Lamp", "Zoé Ångström"}, pell: {"Лампа Ночью", "灯台守の娘", "Oriane of Pell"}} {
			for _, name := range names {
				must(t, w.accounts.AddPseud(t.Context(), account.viewer, name))
			}
		}
		f := fields("Signed")
		f.Pseuds = []string{"Oriane of Pell"}
		w.posts(pell.viewer, f)
		f = fields("Nobody's")
		f.Pseuds, f.Anonymous = []string{"Oriane Lamp"}, true
		w.posts(oriane.viewer, f)
		f = fields("Members'")
		f.Pseuds, f.Restricted = []string{"Oriane Lamp"}, true
		w.posts(oriane.viewer, f)

		g := w.guest()
		g.finds("oriane", "oriane", "Oriane of Pell (of pell) 1 work", "Oriane Lamp (of oriane)")
		g.finds("ORIANE", "oriane", "Oriane of Pell (of pell) 1 work", "Oriane Lamp (of oriane)")
		pell.finds("oriane", "oriane 1 work", "Oriane Lamp (of oriane) 1 work", "Oriane of Pell (of pell) 1 work")
		oriane.finds("oriane lamp", "Oriane Lamp (of oriane) 2 works") // their own, of whom it is no secret
		g.finds("ori", "ori", "Oriane of Pell (of pell) 1 work", "oriane", "Oriane Lamp (of oriane)")
		g.finds("lam ori", "Oriane Lamp (of oriane)")
		g.finds("zoe angstrom", "Zoé Ångström (of oriane)")
		g.finds("лампа", "Лампа Ночью (of pell)")
		g.finds("очью")
		g.finds("台守", "灯台守の娘 (of pell)")
		g.finds(`"pell oriane"`)
		g.finds("o") // a letter begins too many
		for _, query := range []string{"nobody", "oriane -lamp", "author:oriane", "title:oriane", "oriane OR pell", "*", "☆"} {
			g.finds(query)
		}
		g.opens(searching("oriane")).has(`href="/users/oriane/pseuds/Oriane%20Lamp"`)

		// Who is muted is not met, and who is deleted is not there; who may write
		// nothing has the profile they had.
		must(t, w.feedback.Mute(t.Context(), pell.viewer, oriane.viewer.Account, true))
		pell.finds("oriane", "Oriane of Pell (of pell) 1 work")
		must(t, w.feedback.Block(t.Context(), pell.viewer, ori.viewer.Account, true))
		pell.finds("ori", "ori", "Oriane of Pell (of pell) 1 work")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Measures.Set(ctx, oriane.viewer.Account, archive.Measures{Banned: w.Clock.Now(), Suspended: w.Clock.Now().Add(time.Hour)})
		})
		g.finds("oriane", "oriane", "Oriane of Pell (of pell) 1 work", "Oriane Lamp (of oriane)")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Deletions.Add(ctx, archive.Deletion{Account: oriane.viewer.Account, DeletedAt: w.Clock.Now(), PurgeAt: w.Clock.Now().Add(time.Hour)})
			return err
		})
		g.finds("oriane", "Oriane of Pell (of pell) 1 work")
		g.finds("zoe")
		g.finds("orphan") // those are many people's
	})
}
