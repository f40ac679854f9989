package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// whisper is an archive with one writer whom nobody may name, and works nobody
// may know of; every surface it has is looked at byte by byte.
type whisper struct {
	*served
	data   string
	people map[string]*person
	work   int64            // the anonymous one
	secret map[string]int64 // the works nobody may know of, by the word in their titles
}

// The anonymous writer, and the words that stand in what is hers alone.
const (
	unnamed = "zenobia"
	herPen  = "zenpen"
)

// kept are states a work may be in that keep it from readers, each with the
// word that stands in its title, text, tag and picture.
var kept = map[string]func(ctx context.Context, tx *store.Tx, work int64) error{
	"quillondraft":  nil,
	"quillonhidden": func(ctx context.Context, tx *store.Tx, work int64) error { return tx.Works.Hide(ctx, work, tx.Now) },
	"quillonveiled": func(ctx context.Context, tx *store.Tx, work int64) error {
		return tx.Works.Veil(ctx, work, true, false)
	},
	"quillonwaiting": func(ctx context.Context, tx *store.Tx, work int64) error { return tx.Works.HoldBack(ctx, work) },
	"quillongone": func(ctx context.Context, tx *store.Tx, work int64) error {
		return tx.Works.Delete(ctx, work, tx.Now.Add(24*time.Hour))
	},
}

// staffSee are those that staff see without a reason.
var staffSee = []string{"quillonhidden", "quillonwaiting"}

func (w *whisper) alters(change func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	db, err := where{Data: w.data}.open(w.t.Context(), slog.New(slog.DiscardHandler))
	must(w.t, err)
	st, err := store.New(db, archive.SystemClock{})
	must(w.t, err)
	must(w.t, st.Write(w.t.Context(), func(tx *store.Tx) error { return change(w.t.Context(), tx) }))
	must(w.t, db.Close())
}

// whispers fills the archive and starts it.
func whispers(t *testing.T) *whisper {
	t.Helper()
	w := &whisper{data: t.TempDir(), people: map[string]*person{}, secret: map[string]int64{}}
	w.served = &served{t: t}
	for _, name := range []string{unnamed, "pell", "odo", "wren"} {
		args := []string{"user", "create", name, "--password-stdin", "--email", name + "@example.org", "--data", w.data}
		if name == "wren" {
			args = append(args, "--staff")
		}
		says(t, goodPassword, args...)
	}
	w.alters(func(ctx context.Context, tx *store.Tx) error {
		for _, name := range []string{unnamed, "pell", "odo"} {
			account, err := tx.Accounts.FindNamed(ctx, name)
			if err != nil {
				return err
			}
			p := archive.Preferences{TakesGifts: true, MailGifts: true}
			for _, topic := range archive.MailTopics() {
				p.Wish(topic, archive.MailAtOnce)
			}
			if err := tx.Accounts.SetPreferences(ctx, account.ID, p); err != nil {
				return err
			}
			if name == unnamed {
				if _, err := tx.Accounts.AddPseud(ctx, archive.Pseud{Account: account.ID, Name: herPen}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.served = begin(t, "serve", "--data", w.data, "--listen", "127.0.0.1:0", "--backups", "off", "--log-format", "json", "--log-level", "debug")
	for _, name := range []string{unnamed, "pell", "odo", "wren"} {
		w.people[name] = &person{t: t, at: w.address, browser: browserThatStays(t)}
		w.people[name].signsIn(name)
	}
	w.people[""] = &person{t: t, at: w.address, browser: browserThatStays(t)} // a guest
	w.writes()
	return w
}

// posts posts or drafts a work of hers with a picture.
func (w *whisper) writesOne(title string, more url.Values) int64 {
	w.t.Helper()
	fields := url.Values{
		"form_id": {title}, "do": {"post"}, "title": {title}, "fandoms": {title + " fandom"}, "rating": {"General"}, "warnings": {"none apply"},
		"language": {"en"}, "text": {title + " text"}, "summary": {title + " summary"}, "planned": {"1"}, "comments": {"everyone"}, "pseuds": {herPen},
	}
	for name, values := range more {
		fields[name] = values
	}
	to := w.people[unnamed].sends("/works/new", fields, nil)
	var id int64
	if _, err := fmt.Sscanf(to, "/works/%d", &id); err != nil {
		w.t.Fatalf("a work is at %s", to)
	}
	return id
}

func (w *whisper) writes() {
	w.t.Helper()
	w.work = w.writesOne("The Unsigned", url.Values{"anonymous": {"yes"}, "gifts": {"pell"}})
	for word, change := range kept {
		more := url.Values{"gifts": {"pell"}}
		if change == nil {
			more.Set("do", "draft")
		}
		w.secret[word] = w.writesOne(word, more)
	}
	chapter := w.chapterOf(w.work)
	comments := fmt.Sprintf("/works/%d/comments", w.work)
	said := w.people["pell"].sends(comments, url.Values{"form_id": {"1"}, "comment": {"What a lamp."}, "chapter": {chapter}}, nil)
	w.people[unnamed].sends(said, url.Values{"do": {"approve"}}, nil)
	number := strings.TrimPrefix(said, "/comments/")
	answer := w.people[unnamed].sends(comments, url.Values{"form_id": {"2"}, "comment": {"I lit it myself."}, "chapter": {chapter}, "parent": {number}, "pseud": {herPen}}, nil)
	w.people[unnamed].sends(comments, url.Values{"form_id": {"3"}, "comment": {"There will be more."}, "chapter": {chapter}, "pseud": {herPen}}, nil)
	for _, thing := range []string{answer, fmt.Sprintf("/works/%d", w.work)} {
		w.people["pell"].tellsStaff(thing)
		w.people[unnamed].tellsStaff(thing)
	}
	w.people["pell"].sends(fmt.Sprintf("/works/%d/kudos", w.work), url.Values{"as": {"name"}}, nil)
	for word, id := range w.secret { // what is told of a work before it goes out of sight
		if word == "quillondraft" {
			continue
		}
		w.people["pell"].sends(fmt.Sprintf("/works/%d/comments", id), url.Values{"form_id": {word}, "comment": {"First."}, "chapter": {w.chapterOf(id)}}, nil)
		w.people["pell"].sends(fmt.Sprintf("/works/%d/kudos", id), url.Values{"as": {"name"}}, nil)
	}
	settle()
	w.alters(func(ctx context.Context, tx *store.Tx) error {
		for word, id := range w.secret {
			if change := kept[word]; change != nil {
				if err := change(ctx, tx, id); err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.WorkHidden, Work: id})
			}
		}
		return nil
	})
	w.people[unnamed].sends("/users/odo/block", nil, nil)
	w.people["odo"].sends(comments, url.Values{"form_id": {"5"}, "comment": {"A blocked word."}, "chapter": {chapter}}, nil)
	settle()
}

// tellsStaff reports a thing, and wants to be thanked.
func (p *person) tellsStaff(thing string) {
	p.t.Helper()
	answer, err := p.browser.PostForm(p.at+thing+"/report", url.Values{"why": {"other"}, "words": {"It shines at me."}})
	must(p.t, err)
	must(p.t, answer.Body.Close())
	if answer.StatusCode != http.StatusOK {
		p.t.Errorf("a report of %s is answered with %d", thing, answer.StatusCode)
	}
}

func (w *whisper) chapterOf(work int64) (id string) {
	w.t.Helper()
	w.alters(func(ctx context.Context, tx *store.Tx) error {
		chapters, err := tx.Chapters.Of(ctx, work, true)
		if err == nil && len(chapters) == 0 {
			err = errors.New("a work has no chapter")
		}
		if err == nil {
			id = fmt.Sprint(chapters[0].ID)
		}
		return err
	})
	return id
}

// links are the addresses a page leads to.
var links = regexp.MustCompile(`(?:href|src|action|content)="(/[^"#]*)`)

// wanders opens everything that can be reached from the first page and from
// every address a work has, and gives what was answered: headers and bytes.
func (w *whisper) wanders(p *person) map[string]string {
	w.t.Helper()
	seen := map[string]string{}
	queue := []string{"/", "/notices", "/search?q=" + unnamed, "/search?q=" + herPen, "/tags/suggest?kind=fandom&q=quillon", "/works?sort=title", "/robots.txt", "/sitemap.xml", "/account", "/account/from-staff", "/desk",
		"/desk/cases", "/desk/cases/1", "/desk/cases/2", "/desk/acts", "/desk/kudos", "/desk/waiting", "/my-works", "/my-works/waiting", "/users/pell", "/users/orphan_account", "/users/" + herPen + "x",
		"/api/v1/works", "/api/v1/works?q=" + unnamed, "/api/v1/works?user=" + unnamed, "/api/v1/works?q=quillon", "/api/openapi.json"}
	for _, id := range append([]int64{w.work}, slices.Sorted(maps.Values(w.secret))...) {
		for _, form := range []string{"/works/%d", "/works/%d/entire", "/works/%d/index", "/works/%d.epub", "/works/%d.html", "/works/%d.md", "/works/%d.txt", "/works/%d/kudos", "/works/%d/comments", "/works/%d/edit", "/works/%d/report",
			"/works/%d/chapters/%[1]d", "/works/%d/pictures/%[1]d", "/works/%d/orphan", "/works/%d/delete", "/api/v1/works/%d", "/desk/works/%d", "/comments/%d", "/comments/%d/answer", "/comments/%d/edit", "/comments/%d/report"} {
			queue = append(queue, fmt.Sprintf(form, id))
		}
	}
	for len(queue) > 0 && len(seen) < 1500 {
		path := queue[0]
		queue = queue[1:]
		if _, done := seen[path]; done || strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/sign-out") {
			continue
		}
		r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.address+path, nil)
		must(w.t, err)
		answer, err := p.browser.Do(r)
		must(w.t, err)
		body, err := io.ReadAll(answer.Body)
		must(w.t, errors.Join(err, answer.Body.Close()))
		if answer.StatusCode >= 500 {
			w.t.Errorf("%s is answered with %d", path, answer.StatusCode)
		}
		if to := answer.Header.Get("Location"); strings.HasPrefix(to, "/") {
			queue = append(queue, to)
		}
		for _, found := range links.FindAllStringSubmatch(string(body), -1) {
			queue = append(queue, html.UnescapeString(found[1]))
		}
		seen[path] = fmt.Sprint(answer.Header, "\n") + unzipped(w.t, body)
	}
	return seen
}

// unzipped is a body, and what is packed in it when it is a book.
func unzipped(t *testing.T, body []byte) string {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return string(body)
	}
	var all strings.Builder
	for _, entry := range book.File {
		from, err := entry.Open()
		must(t, err)
		data, err := io.ReadAll(from)
		must(t, errors.Join(err, from.Close()))
		fmt.Fprintf(&all, "%s\n%s\n", entry.Name, data)
	}
	return all.String()
}

// tells reports every word that stands where it should not; an address that
// was asked with the word says it back and is not counted.
func tells(t *testing.T, who, where, said string, words ...string) {
	t.Helper()
	low := strings.ToLower(said)
	asked := strings.ToLower(where)
	for _, word := range words {
		if strings.Contains(asked, word) {
			continue
		}
		if at := strings.Index(low, word); at >= 0 {
			t.Errorf("%s reads %q at %s: …%s…", who, word, where, strings.Join(strings.Fields(said[max(0, at-80):min(len(said), at+80)]), " "))
		}
	}
}

// looks holds every surface to what each person may know.
func (w *whisper) looks(when string, readers ...string) {
	w.t.Helper()
	secrets := slices.Sorted(maps.Keys(w.secret))
	words := append([]string{unnamed, herPen}, secrets...)
	for _, who := range readers {
		pages := w.wanders(w.people[who])
		if len(pages) < 100 {
			w.t.Errorf("%s: only %d addresses were found for %q", when, len(pages), who)
		}
		for path, said := range pages {
			if strings.HasPrefix(path, "/users/"+unnamed) { // where she names herself, and no work
				tells(w.t, when+": "+who, path, said, secrets...)
				continue
			}
			tells(w.t, when+": "+who, path, people.ReplaceAllString(said, ""), words...)
		}
	}
}

// people is where a search names who is called so, with their pen names, as
// their profiles do (decision 0314).
var people = regexp.MustCompile(`(?s)<section class="found-tags" aria-labelledby="people">.*?</section>`)

// looksAsStaff does so for staff without a reason: they see what is hidden or
// waits, and who is a member and who reports, and no more.
func (w *whisper) looksAsStaff() {
	w.t.Helper()
	secrets := slices.Sorted(maps.Keys(w.secret))
	hers := slices.DeleteFunc(slices.Clone(secrets), func(word string) bool { return slices.Contains(staffSee, word) })
	for path, said := range w.wanders(w.people["wren"]) {
		if strings.HasPrefix(path, "/desk/members") || strings.HasPrefix(path, "/desk/measures") || strings.Contains(path, unnamed) || strings.Contains(path, "of_person=") {
			continue // members, whatever they write, and what is saved of their lists
		}
		words := hers
		if strings.HasPrefix(path, "/desk/cases/") { // she reports as herself, and signs with a pen name
			tells(w.t, "staff", path, said, append(slices.Clone(hers), herPen)...)
			continue
		}
		if !strings.Contains(said, "quillonhidden") && !strings.Contains(said, "quillonwaiting") { // those are signed
			words = append(slices.Clone(hers), unnamed, herPen)
		}
		tells(w.t, "staff", path, people.ReplaceAllString(said, ""), words...)
	}
}

// mails are what was sent to somebody.
func (w *whisper) mails(to string) (all string) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.data, "mail", "*.eml"))
	must(w.t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(w.t, err)
		if strings.Contains(string(data), "<"+to+"@example.org>") {
			all += string(data)
		}
	}
	return all
}

func TestNoSurfaceTellsWhoIsAnonymousNorWhatIsHidden(t *testing.T) {
	w := whispers(t)
	w.looks("at first", "", "pell")
	w.looksAsStaff()
	told := w.mails("pell")
	if !strings.Contains(told, "The Unsigned") {
		t.Errorf("pell was mailed nothing of the anonymous work:\n%s", told)
	}
	for _, line := range strings.Split(told, "\n") {
		if strings.Contains(line, "Unsigned") {
			tells(t, "pell", "a mail", line, unnamed, herPen)
		}
	}
	for _, mail := range strings.Split(told, "Message-ID") {
		if strings.Contains(mail, "Unsigned") || strings.Contains(mail, "I lit it myself") {
			tells(t, "pell", "a mail", mail, unnamed, herPen)
		}
	}
	w.people[unnamed].sends("/confirm", url.Values{"again_password": {goodPassword}, "to": {"/"}}, nil)
	w.people[unnamed].sends(fmt.Sprintf("/works/%d/orphan", w.work), url.Values{"fate": {"no_name"}}, nil)
	settle()
	w.looks("orphaned", "pell")
	tells(t, "who reads the log", "a line", w.log.String(), goodPassword, "i lit it myself", "what a lamp", "quillondraft text", "quillonhidden text", "example.org")
	w.stop()
}
