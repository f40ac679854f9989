package api

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// plain says huma's own errors in our words, and leaves out what it would echo:
// a wrong body may be 16 MB.
func (d *door) plain(ctx huma.Context, _ string, answer any) (any, error) {
	theirs, is := answer.(*huma.ErrorModel)
	if !is {
		return answer, nil
	}
	switch theirs.Status {
	case http.StatusUnprocessableEntity:
		var wrong faults
		for _, detail := range theirs.Errors {
			wrong = append(wrong, plainFault(detail))
		}
		return wrong.refusal(), nil
	case http.StatusBadRequest:
		if len(theirs.Errors) == 0 {
			return refusalOf(theirs.Status, "The body is empty; send what this address takes."), nil
		}
		return refusalOf(theirs.Status, "The body is not JSON that can be read; send one object."), nil
	case http.StatusRequestEntityTooLarge:
		return refusalOf(theirs.Status, tooLarge(ctx.Operation().MaxBodyBytes-1)), nil
	case http.StatusUnsupportedMediaType:
		return refusalOf(theirs.Status, "Send the body as application/json."), nil
	case http.StatusRequestTimeout:
		return refusalOf(theirs.Status, "The body did not arrive in time; send it again."), nil
	}
	return refusalOf(theirs.Status, broken(callerOf(ctx.Context()))), nil
}

func tooLarge(limit int64) string {
	return fmt.Sprintf("The body is larger than %d MB, the most that is taken here.", limit>>20)
}

// expected says what huma wants where it found something else, by how its
// message begins.
var expected = []struct{ theirs, ours string }{
	{validation.MsgUnexpectedProperty, "is not a field here; take it out or correct its name"},
	{validation.MsgExpectedRFC3339Date, "should be a day such as 2026-05-01"},
	{validation.MsgExpectedBoolean, "should be true or false"},
	{validation.MsgExpectedString, "should be a text"},
	{validation.MsgExpectedArray, "should be a list"},
	{validation.MsgExpectedObject, "should be an object"},
	{validation.MsgExpectedInteger, "should be a whole number"},
	{"invalid integer", "should be a whole number"},
	{"expected number <=", "is too large a number"},
	{"expected number", "should be a number from 1 up"},
	{"expected value to be one of", "is not one of the choices"},
	{"expected length <=", "is too long"},
}

func plainFault(detail *huma.ErrorDetail) fault {
	_, field, _ := strings.Cut(detail.Location, ".")
	if field == "" {
		field = "The body"
	}
	for _, e := range expected {
		if strings.HasPrefix(detail.Message, e.theirs) {
			return fault{at: detail.Location, say: field + " " + e.ours + "."}
		}
	}
	return fault{at: detail.Location, say: field + " is not right."}
}
