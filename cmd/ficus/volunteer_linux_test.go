package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/testkit/browser"
)

// How long a fresh volunteer needs at most, with a machine's hands.
const (
	patienceForFirstPage = time.Minute
	patienceForAll       = 5 * time.Minute
)

// TestAFreshVolunteersPathTakesMinutes walks it: start what was downloaded,
// look at the first page, make the archive one's own, invite a friend, who
// joins, and put back a copy.
func TestAFreshVolunteersPathTakesMinutes(t *testing.T) {
	files := download(t)
	m := &bareMachine{t: t, root: t.TempDir()}
	began, last := time.Now(), time.Now()
	step := func(what string) {
		t.Logf("%-60s %6.1f s", what, time.Since(last).Seconds())
		last = time.Now()
	}
	must(t, os.WriteFile(filepath.Join(m.root, "ficus"), files["ficus"], 0o755))
	step("unpack")
	listen := freePort(t)
	s := beginAs(t, m.command(nil, "serve", "--listen", listen))
	link := s.link()
	if link == "" {
		t.Fatalf("the first start prints no link:\n%s", s.log)
	}
	step("start")
	owner := browser.Start(t, s.address, browser.Settings{})
	owner.Open("/")
	owner.Look("volunteer-1-first-page")
	step("open a browser and see the first page")
	if took := time.Since(began); took > patienceForFirstPage {
		t.Errorf("the first page took %v", took)
	}

	owner.Open(strings.TrimPrefix(link, s.address))
	owner.Look("volunteer-2-set-up")
	owner.Fill("Name", "mara")
	owner.Fill("Password", goodPassword)
	owner.Fill("Name of the archive", "Lamplight")
	owner.Check("Who is invited")
	owner.Submit("Begin")
	owner.Sees("Lamplight")
	owner.Look("volunteer-3-home-of-ones-own")
	step("make the archive one's own")

	owner.Open("/desk/invitations")
	owner.Fill("How many", "1")
	owner.Submit("Make invitations")
	invitation := owner.Value("Link of invitation 1")
	owner.Look("volunteer-4-invitations")
	step("make an invitation")

	friend := browser.Start(t, s.address, browser.Settings{})
	friend.Open(strings.TrimPrefix(invitation, s.address))
	friend.Look("volunteer-5-friend-is-invited")
	friend.Fill("Name", "wren")
	friend.Fill("Password", goodPassword)
	friend.Submit("Make the account")
	friend.Sees("wren")
	step("a friend opens a browser and joins")

	if said := m.says("backup", "/yesterday.zip"); !strings.Contains(said, "it is whole") {
		t.Errorf("the backup says %q", said)
	}
	s.stop()
	m.says("restore", "/yesterday.zip", "--data", "/restored")
	back := beginAs(t, m.command(nil, "serve", "--data", "/restored", "--listen", listen))
	if back.link() != "" {
		t.Errorf("a restored archive offers itself to strangers:\n%s", back.log)
	}
	for _, name := range []string{"mara", "wren"} {
		if !back.signsIn(name, goodPassword) {
			t.Errorf("%s is not let in after the copy was put back", name)
		}
	}
	step("make a copy, put it back, both sign in")
	back.stop()
	if took := time.Since(began); took > patienceForAll {
		t.Errorf("all of it took %v", took)
	} else {
		t.Logf("%-60s %6.1f s", "all of it", took.Seconds())
	}
}
