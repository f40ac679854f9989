package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/api"
	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/testkit"
)

// understood is what the manuscript reader says of a text.
func understood(t *testing.T, data []byte, o manuscript.Options) string {
	t.Helper()
	reading, err := manuscript.Read(data, o)
	if err != nil {
		t.Fatal(err)
	}
	said, err := reading.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

func TestAcceptance61_PartApiReadsAManuscript(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	want := understood(t, []byte(sample), manuscript.Options{Name: "one.txt"})
	form := &bytes.Buffer{}
	parts := multipart.NewWriter(form)
	file, err := parts.CreateFormFile("file", "one.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(file, sample); err != nil {
		t.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	inJSON, err := json.Marshal(object{"text": sample, "name": "one.txt"})
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]answer{
		"plain":     d.send(ada, "POST", "/manuscripts?name=one.txt", strings.NewReader(sample), "Content-Type", "text/plain; charset=utf-8"),
		"bytes":     d.send(ada, "POST", "/manuscripts?name=one.txt", strings.NewReader(sample), "Content-Type", "application/octet-stream"),
		"untyped":   d.send(ada, "POST", "/manuscripts?name=one.txt", strings.NewReader(sample)),
		"multipart": d.send(ada, "POST", "/manuscripts", form, "Content-Type", parts.FormDataContentType()),
		"json":      d.send(ada, "POST", "/manuscripts", bytes.NewReader(inJSON), "Content-Type", "application/json"),
	} {
		if a.status != http.StatusOK || string(a.body) != want || a.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %v %s", name, a.status, a.header, a.body)
		}
	}
	if total := d.get(ada, "/works").json["total"]; total != 0.0 {
		t.Errorf("reading stored %v works", total)
	}
}

func TestManuscriptFollowsChoices(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	reading, err := manuscript.Read([]byte(sample), manuscript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range reading.Parts {
		if part.What != manuscript.Disclaimer {
			continue
		}
		undo := manuscript.Choice{Start: part.Start, End: part.End, What: part.What, Become: "story"}
		a := d.post(ada, "/manuscripts", object{"text": sample, "choices": []manuscript.Choice{undo}})
		d.expect(a, http.StatusOK)
		if want := understood(t, []byte(sample), manuscript.Options{Choices: []manuscript.Choice{undo}}); string(a.body) != want {
			t.Errorf("the answer is %s, want %s", a.body, want)
		}
		return
	}
	t.Error("the sample has no disclaimer")
}

func TestManuscriptShowsHiddenWordsByAChoice(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	page := `<!DOCTYPE html><p>The <span style="display:none">old </span>tide came in.</p>`
	a := d.post(ada, "/manuscripts", object{"text": page, "name": "a.html"})
	contains(t, string(a.body), "The tide came in.", `"kind":"hidden-text"`)
	a = d.post(ada, "/manuscripts", object{"text": page, "name": "a.html", "choices": []manuscript.Choice{{What: manuscript.HiddenText, Become: "story"}}})
	contains(t, string(a.body), "The old tide came in.", `"kind":"hidden-text-shown"`)
}

func TestManuscriptIsReadInItsOwnEncoding(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	a := d.send(ada, "POST", "/manuscripts", strings.NewReader("\x93Caf\xe9?\x94 she asked \x96 and left.\n\nIt was na\xefve of her.\n"), "Content-Type", "text/plain")
	d.expect(a, http.StatusOK)
	if encoding := a.json["source"].(object)["encoding"]; encoding != "windows-1252" {
		t.Errorf("the encoding is %v", encoding)
	}
	contains(t, string(a.body), "“Café?” she asked – and left.", "naïve")
}

func TestManuscriptSaysWhyItCannotBeRead(t *testing.T) {
	small := open(t, testkit.NewWorld(t, testkit.SQLite(t)), func(r *api.Rooms) {
		r.Limits = archive.DefaultLimits()
		r.Limits.ManuscriptBytes, r.Limits.JSONBytes = 1<<20, 1<<19
	})
	ada := small.join("ada")
	for name, try := range map[string]struct {
		body, kind string
		status     int
		say        string
	}{
		"empty":       {"", "text/plain", 400, "empty"},
		"blank":       {strings.Repeat("\n", 100_000), "text/plain", 422, "holds no words"},
		"binary":      {"\x7fELF\x00\x01\x02\x00\x00", "application/octet-stream", 422, "is not text"},
		"large":       {strings.Repeat("word ", 250_000), "text/plain", 413, "larger than 1 MB"},
		"very large":  {strings.Repeat("word ", 600_000), "text/plain", 413, "larger than"},
		"large json":  {`{"text": "` + strings.Repeat("word ", 150_000) + `"}`, "application/json", 413, "larger than"},
		"wrong json":  {`{"text": `, "application/json", 400, "should be a JSON object"},
		"other field": {`{"txt": "a"}`, "application/json", 400, "should be a JSON object"},
		"no file":     {"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", "multipart/form-data; boundary=x", 422, "file is missing"},
		"cut form":    {"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nb", "multipart/form-data; boundary=x", 400, "cut off"},
	} {
		a := small.send(ada, "POST", "/manuscripts", strings.NewReader(try.body), "Content-Type", try.kind)
		if a.status != try.status {
			t.Errorf("%s: the answer is %d, want %d: %s", name, a.status, try.status, a.body)
		}
		contains(t, string(a.body), try.say)
	}
}
