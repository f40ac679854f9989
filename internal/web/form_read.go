package web

import (
	"io"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

// day is how a date field sends its day.
const day = "2006-01-02"

// typedWork is the fields of a work exactly as typed.
func typedWork(f url.Values) page.WorkTyped {
	return page.WorkTyped{
		Title: f.Get("title"), Pseuds: f["pseuds"], Fandoms: f.Get("fandoms"), Rating: f.Get("rating"), Warnings: f["warnings"], Categories: f["categories"],
		Relationships: f.Get("relationships"), MainTags: f.Get("main_tags"), Characters: f.Get("characters"), Freeforms: f.Get("freeforms"),
		Language: f.Get("language"), Summary: f.Get("summary"), NotesBefore: f.Get("work_notes_before"), NotesAfter: f.Get("work_notes_after"),
		Gifts: f.Get("gifts"), Elsewhere: f.Get("elsewhere"), Planned: f.Get("planned"), PublishedOn: f.Get("published_on"), Restricted: f.Get("restricted") != "",
		Anonymous: f.Get("anonymous") != "",
		Comments:  f.Get("comments"), Moderated: f.Get("moderated") != "", AsTyped: f.Get("as_typed") != "",
	}
}

// workFields reads what was typed; what cannot be read is a problem of its
// field.
func workFields(t page.WorkTyped, problems *archive.Problems) archive.WorkFields {
	return archive.WorkFields{
		Title: t.Title, Pseuds: t.Pseuds, Fandoms: archive.SplitTags(t.Fandoms), Rating: t.Rating, Warnings: t.Warnings, Categories: t.Categories,
		Relationships: archive.SplitTags(t.Relationships), MainTags: archive.SplitTags(t.MainTags), Characters: archive.SplitTags(t.Characters),
		Freeforms: archive.SplitTags(t.Freeforms), Language: t.Language, Summary: t.Summary, NotesBefore: t.NotesBefore, NotesAfter: t.NotesAfter,
		Gifts: archive.SplitTags(t.Gifts), Elsewhere: strings.Fields(t.Elsewhere), Restricted: t.Restricted, Anonymous: t.Anonymous, Comments: t.Comments, Moderated: t.Moderated, AsTyped: t.AsTyped,
		Planned: readPlanned(t.Planned, problems), PublishedOn: readDay("published_on", t.PublishedOn, problems),
	}
}

// readPlanned reads "12" or "?"; nothing is one chapter.
func readPlanned(typed string, problems *archive.Problems) int {
	typed = strings.TrimSpace(typed)
	switch typed {
	case "?", "？":
		return 0
	case "":
		return 1
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 {
		problems.Add("planned", "range", "Min", 1, "Max", archive.DefaultLimits().Chapters)
		return 1
	}
	return n
}

func readDay(field, typed string, problems *archive.Problems) time.Time {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return time.Time{}
	}
	at, err := time.Parse(day, typed)
	if err != nil {
		problems.Add(field, "day", "Value", typed)
	}
	return at
}

// dayOf is how a date field shows a day; no date is an empty field.
func dayOf(date time.Time) string {
	if date.IsZero() {
		return ""
	}
	return date.Format(day)
}

// typedChapter is the fields of a chapter exactly as typed.
func typedChapter(f url.Values) page.ChapterTyped {
	text := f.Get("text")
	if f.Get("editor") != "" {
		// The editor sends the HTML of a Document. It is kept as one would type
		// it, which is what the text box shows.
		read, _ := prose.ReadTyped(text)
		text = read.Editable()
	}
	return page.ChapterTyped{
		Title: f.Get("chapter_title"), Text: text, Format: f.Get("format"), Summary: f.Get("chapter_summary"), Disclaimer: f.Get("disclaimer"),
		Dedication: f.Get("dedication"), NotesBefore: f.Get("notes_before"), NotesAfter: f.Get("notes_after"), PublishedOn: f.Get("chapter_published_on"),
		Pictures: keptPictures(f["kept_picture"]),
	}
}

// typedOfFields is a chapter that was read from a manuscript, as it would have
// been typed.
func typedOfFields(f archive.ChapterFields) page.ChapterTyped {
	return page.ChapterTyped{
		Title: f.Title, Text: f.Text, Format: f.Format, Summary: f.Summary, Disclaimer: f.Disclaimer, Dedication: f.Dedication,
		NotesBefore: f.NotesBefore, NotesAfter: f.NotesAfter,
	}
}

func chapterFields(t page.ChapterTyped, problems *archive.Problems) archive.ChapterFields {
	return archive.ChapterFields{
		Title: t.Title, Summary: t.Summary, Disclaimer: t.Disclaimer, NotesBefore: t.NotesBefore, NotesAfter: t.NotesAfter, Dedication: t.Dedication,
		Text: t.Text, Format: t.Format, PublishedOn: readDay("chapter_published_on", t.PublishedOn, problems),
	}
}

// hidden carries a form's fields along, but for those the next form has
// itself.
func hidden(f url.Values, but ...string) []page.Typed {
	var fields []page.Typed
	for name, values := range f {
		if contains(but, name) {
			continue
		}
		for _, value := range values {
			fields = append(fields, page.Typed{Name: name, Value: value})
		}
	}
	sortTyped(fields)
	return fields
}

// keptPictures are the pictures a form carries along as "sha256 name".
func keptPictures(values []string) []page.KeptPicture {
	var kept []page.KeptPicture
	for _, value := range values {
		if _, name, found := strings.Cut(value, " "); found {
			kept = append(kept, page.KeptPicture{Name: name, Value: value})
		}
	}
	return kept
}

// keepUploads keeps the pictures sent with a form, so that no preview and no
// mistake in another field loses them: from here on the form carries them. One
// sent again under the same name takes the other's place.
func (w *Web) keepUploads(r *Request, problems *archive.Problems) ([]writing.Upload, error) {
	sent, err := sentPictures(r, w.Limits.ImageBytes, problems)
	if err != nil {
		return nil, err
	}
	var fresh []writing.Upload
	for _, upload := range sent {
		kept, err := w.Writing.KeepUpload(r.Context(), upload)
		if err := collect(problems, err); err != nil {
			return nil, err
		}
		if kept.Kept != "" {
			fresh = append(fresh, kept)
		}
	}
	var all []writing.Upload
	for _, kept := range keptPictures(r.PostForm["kept_picture"]) {
		again := slices.ContainsFunc(fresh, func(u writing.Upload) bool { return u.Name == kept.Name })
		if sha, _, _ := strings.Cut(kept.Value, " "); !again {
			all = append(all, writing.Upload{Name: kept.Name, Kept: sha})
		}
	}
	all = append(all, fresh...)
	delete(r.PostForm, "kept_picture")
	for _, upload := range all {
		r.PostForm.Add("kept_picture", upload.Kept+" "+upload.Name)
	}
	return all, nil
}

// sentPictures are the pictures that came with a form just now.
func sentPictures(r *Request, limit int64, problems *archive.Problems) ([]writing.Upload, error) {
	var sent []writing.Upload
	if r.MultipartForm == nil {
		return nil, nil
	}
	headers := r.MultipartForm.File["pictures"]
	if len(headers) > writing.MostPictures {
		problems.Add("pictures", "too_many", "Limit", writing.MostPictures, "Count", len(headers))
		return nil, nil
	}
	for _, header := range headers {
		if header.Size == 0 {
			continue
		}
		if header.Size > limit {
			problems.Add("pictures", "picture_too_large", "Limit", limit>>20)
			continue
		}
		data, err := readUpload(header)
		if err != nil {
			return nil, err
		}
		sent = append(sent, writing.Upload{Name: archive.CleanLine(header.Filename), Data: data})
	}
	return sent, nil
}

func readUpload(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}
