package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
)

// wrapping is what a multipart body may hold besides the file.
const wrapping = 64 << 10

type readManuscriptInput struct {
	Name        string `query:"name" doc:"The file's name, for its kind; by evidence when left out."`
	Learnt      bool   `query:"learnt" doc:"Read with what is known of your manuscripts; the answer names it as habits."`
	ContentType string `header:"Content-Type"`
	RawBody     []byte
}

type readManuscriptOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// manuscriptBody is a manuscript sent as JSON.
type manuscriptBody struct {
	Text    string              `json:"text"`
	Name    string              `json:"name"`
	Choices []manuscript.Choice `json:"choices"`
	Habits  []manuscript.Habit  `json:"habits"` // what an answer named
}

// manuscriptOperation describes the one address that takes bytes as they are.
func (d *door) manuscriptOperation() huma.Operation {
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	text := &huma.Schema{Type: huma.TypeString}
	number := &huma.Schema{Type: huma.TypeInteger}
	choice := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"start": number, "end": number, "what": text, "become": text}}
	habit := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"kind": text, "shape": text, "ask": {Type: huma.TypeBoolean}}}
	return huma.Operation{
		OperationID: "read-manuscript", Method: http.MethodPost, Path: root + "/manuscripts", Security: members,
		Summary: "Read a manuscript", Description: "Shows what is understood of a manuscript in the JSON of ficus manuscript --json. Nothing is stored. Send the file as it is, as the part “file” of a form, or its text as JSON.",
		SkipValidateBody: true, MaxBodyBytes: d.Limits.ManuscriptBytes + wrapping + 1, BodyReadTimeout: patience, Errors: []int{400, 401, 413, 422, 429, 503},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": file, "text/plain": file, "text/markdown": file, "text/html": file,
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document": file, "application/vnd.oasis.opendocument.text": file,
			"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": file.Schema}, Required: []string{"file"}}},
			"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"text"}, Properties: map[string]*huma.Schema{
				"text": text, "name": text, "choices": {Type: huma.TypeArray, Items: choice}, "habits": {Type: huma.TypeArray, Items: habit},
			}}},
		}},
		Responses: map[string]*huma.Response{"200": {
			Description: "What was understood: version, source, works, parts, dropped.",
			Content:     map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}},
		}},
	}
}

// readManuscript answers what is understood of a manuscript. It stores nothing.
func (d *door) readManuscript(ctx context.Context, c caller, in *readManuscriptInput) (*readManuscriptOutput, error) {
	data, options, err := d.manuscriptSent(in)
	if err != nil {
		return nil, err
	}
	if in.Learnt && len(options.Habits) == 0 {
		if options.Habits, err = d.Writing.Known(ctx, c.viewer); err != nil {
			return nil, err
		}
	}
	options.Limits.Bytes = int(d.Limits.ManuscriptBytes)
	reading, err := d.Writing.ReadManuscript(ctx, data, options)
	if err != nil {
		return nil, err
	}
	said, err := reading.JSON()
	return &readManuscriptOutput{ContentType: "application/json", Body: said}, err
}

// manuscriptSent gives the bytes of the manuscript however they were wrapped.
func (d *door) manuscriptSent(in *readManuscriptInput) ([]byte, manuscript.Options, error) {
	options := manuscript.Options{Name: archive.CleanLine(in.Name)}
	kind, params, err := mime.ParseMediaType(in.ContentType)
	if err != nil {
		return in.RawBody, options, nil // unnamed bytes are a file
	}
	switch kind {
	case "application/json":
		if int64(len(in.RawBody)) > d.Limits.JSONBytes {
			return nil, options, refusalOf(http.StatusRequestEntityTooLarge, tooLarge(d.Limits.JSONBytes))
		}
		return manuscriptInJSON(in.RawBody, options)
	case "multipart/form-data":
		return manuscriptInForm(in.RawBody, params["boundary"], options)
	}
	return in.RawBody, options, nil
}

func manuscriptInJSON(data []byte, options manuscript.Options) ([]byte, manuscript.Options, error) {
	var body manuscriptBody
	words := json.NewDecoder(bytes.NewReader(data))
	words.DisallowUnknownFields()
	if err := words.Decode(&body); err != nil {
		return nil, options, refusalOf(http.StatusBadRequest, "The body should be a JSON object of text, name, choices and habits; to send a file as it is, use application/octet-stream.")
	}
	if body.Name != "" {
		options.Name = archive.CleanLine(body.Name)
	}
	options.Choices, options.Habits = body.Choices, body.Habits
	return []byte(body.Text), options, nil
}

func manuscriptInForm(data []byte, boundary string, options manuscript.Options) ([]byte, manuscript.Options, error) {
	form := multipart.NewReader(bytes.NewReader(data), boundary)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, options, faults{{at: "body.file", say: "file is missing; send the manuscript as the part “file”."}}
		}
		if err != nil {
			return nil, options, refusalOf(http.StatusBadRequest, "The form was cut off; send it again.")
		}
		if part.FormName() != "file" {
			continue
		}
		if options.Name == "" {
			options.Name = archive.CleanLine(part.FileName())
		}
		file, err := io.ReadAll(part)
		if err != nil {
			return nil, options, refusalOf(http.StatusBadRequest, "The form was cut off; send it again.")
		}
		return file, options, nil
	}
}
