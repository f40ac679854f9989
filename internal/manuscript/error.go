package manuscript

import "fmt"

// Error says why a manuscript cannot be read. Rule names the reason for the
// message catalogue; the sentence is plain English for everyone else.
type Error struct {
	Rule     string // "manuscript.empty", "manuscript.too_large", "manuscript.binary", "manuscript.encoding", "manuscript.kind"
	Sentence string
}

// Error gives the plain sentence.
func (e *Error) Error() string { return e.Sentence }

var (
	errEmpty = &Error{"manuscript.empty",
		"The file holds no words; choose the one your story is in."}
	errBinary = &Error{"manuscript.binary",
		"The file is not text; save the story as plain text, Markdown or HTML and bring that."}
	errEncoding = &Error{"manuscript.encoding",
		"The letters of the file cannot be told apart from noise; save it as UTF-8 and bring it again."}
)

func errTooLarge(limit int) *Error {
	return &Error{"manuscript.too_large",
		fmt.Sprintf("The file is larger than %d MB; bring the story in smaller pieces.", limit>>20)}
}

func errKind(format string) *Error {
	return &Error{"manuscript.kind",
		fmt.Sprintf("The file is %s, which is not read yet; save the story as plain text, Markdown or HTML and bring that.", format)}
}
