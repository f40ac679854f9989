package web

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/web/page"
	"ficus/internal/wrangling"
)

// stepsShown is how many of the things a sheet asks for are listed one by one.
const stepsShown = 200

// writeSheet answers with the tags the wrangler may sort, as a file.
func (w *Web) writeSheet(r *Request) (Response, error) {
	return Response{File: &File{Name: "tags.csv", MediaType: "text/csv; charset=utf-8", Write: func(to io.Writer) error {
		return w.Wrangling.WriteSheet(r.Context(), r.Viewer, to)
	}}}, nil
}

// askForSheet answers with where a sheet of tags is brought.
func (w *Web) askForSheet(r *Request) (Response, error) {
	return show(page.SheetPage{Shell: w.private(r, r.Words.T("sheet.title")), Most: wrangling.SheetLines})
}

// bringSheet says what a sheet asks for, and does it once that was read.
func (w *Web) bringSheet(r *Request) (Response, error) {
	p := page.SheetPage{Shell: w.private(r, r.Words.T("sheet.title")), Most: wrangling.SheetLines}
	sheet := []byte(r.PostForm.Get("sheet"))
	for _, header := range filesSent(r) {
		var err error
		if sheet, err = readUpload(header); err != nil {
			return Response{}, err
		}
	}
	p.Sheet = string(sheet)
	steps, wrong, err := w.Wrangling.PlanSheet(r.Context(), r.Viewer, sheet)
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil && len(steps) > 0 && r.PostForm.Get("do") == "sheet" {
		return w.doSheet(r, p, steps)
	}
	p.Errors = sheetErrors(p.Shell, append(problems, wrong...))
	p.Left = len(wrong) > 0 && len(steps) > 0
	p.IsRead, p.Steps = problems == nil, len(steps)
	for _, s := range steps[:min(len(steps), stepsShown)] {
		p.Shown = append(p.Shown, page.SheetStep{Line: s.Line, Text: stepWords(r, s)})
	}
	return Response{Status: status, Page: p}, nil
}

// sheetErrors says what is wrong with a sheet, and with which line.
func sheetErrors(s page.Shell, problems archive.Problems) (said page.Errors) {
	for _, one := range problems {
		name, _ := one.Args["Tag"].(string)
		for _, e := range page.ErrorsOf(s, archive.Problems{ofTag(one, name)}) {
			e.Field = "sheet"
			if line, has := one.Args["Line"].(int); has && !strings.HasPrefix(one.Rule, "sheet_") {
				e.Text = s.T("sheet.line_says", "N", strconv.Itoa(line), "Said", e.Text)
			}
			said = append(said, e)
		}
	}
	return said
}

// doSheet does what a sheet asks for, one thing after the other: what is refused
// keeps the rest from nothing.
func (w *Web) doSheet(r *Request, p page.SheetPage, steps []wrangling.SheetStep) (Response, error) {
	first, err := w.lastAct(r)
	if err != nil {
		return Response{}, err
	}
	waiting := 0
	var refused archive.Problems
	for _, s := range steps {
		waits, err := w.Wrangling.DoStep(r.Context(), r.Viewer, s)
		var problems archive.Problems
		switch {
		case errors.Is(err, archive.ErrConflict):
			refused.Add("sheet", "tag_changed", "Value", s.Tag.Name, "Line", s.Line)
		case errors.As(err, &problems):
			for _, one := range problems {
				one = ofTag(one, s.Tag.Name)
				one.Args["Line"] = s.Line
				refused = append(refused, one)
			}
		case err != nil:
			return Response{}, err
		case waits:
			waiting++
		}
	}
	last, err := w.lastAct(r)
	if err != nil {
		return Response{}, err
	}
	if len(refused) > 0 {
		p.Errors, p.Did = sheetErrors(p.Shell, refused), len(steps)-len(refused)-waiting
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	return goTo(withDid(page.PathTagDesk, strconv.FormatInt(first, 10)+"-"+strconv.FormatInt(last, 10), waiting))
}

// stepWords says what a line of a sheet asks for.
func stepWords(r *Request, s wrangling.SheetStep) string {
	key := ""
	switch s.Kind {
	case archive.TagMadeCanonical:
		key = "sheet_step.canonical"
	case archive.TagLeft:
		key = "sheet_step.as_is"
	case archive.TagMerged:
		key = "sheet_step.merge"
	case archive.TagUnfiled:
		key = "sheet_step.unfile"
	case archive.TagFiled:
		key = "sheet_step.file"
	case archive.TagTakenOut:
		key = "sheet_step.no_metatag"
	case archive.TagPutUnder:
		key = "sheet_step.metatag"
	}
	return r.Words.T(key, "Tag", s.Tag.Name, "Other", s.Other.Name)
}
