package web_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// leftovers are the files that forms left on the disk.
func leftovers(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A body that no page reads is no way to fill the memory or the disk.
func TestABodyOfAReadingRequestIsNotRead(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := newWorld(t)
	for _, path := range []string{"/works", "/search?q=lamp", "/sign-in", "/settings", "/tags/suggest?kind=fandom&q=a"} {
		const boundary = "b"
		body := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"page\"; filename=\"x\"\r\n\r\n" + strings.Repeat("x", 40<<20) + "\r\n--" + boundary + "--\r\n"
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, strings.NewReader(body))
		must(t, err)
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
		to := httptest.NewRecorder()
		w.pages.ServeHTTP(to, r)
		need(t, path, to.Code, http.StatusOK)
		if left := leftovers(t, os.TempDir()); len(left) > 0 {
			t.Errorf("%s left %v on the disk", path, left)
		}
	}
}

func TestFilesOfARefusedFormDoNotStay(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := newWorld(t)
	guest := w.guest()
	picture := upload{"pictures", "a.png", string(bytes.Repeat([]byte{7}, 4<<20))}
	many := form()
	for range 9 {
		many.Add("text", strings.Repeat("x", 1<<20))
	}
	guest.postFiles("/works/new", many, picture).expect(http.StatusRequestEntityTooLarge)
	guest.postFiles("/works/new", form("title", "x"), picture).expect(http.StatusUnauthorized)
	if left := leftovers(t, os.TempDir()); len(left) > 0 {
		t.Errorf("they left %v on the disk", left)
	}
}

func TestAFormsIdMayBeAnything(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		var long strings.Builder
		for range 400 {
			long.WriteString(rand.Text())
		}
		sent := form("title", "The Lamp Keepers", "form_id", long.String(), "do", "draft", "planned", "1")
		ada.post("/works/new", sent).expect(http.StatusSeeOther)
	})
}
