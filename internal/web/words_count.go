package web

import "ficus/internal/writing"

// countWords tells the editor's script how many words a text has, as posting
// it would count them.
func (w *Web) countWords(r *Request) (Response, error) {
	text, _ := writing.Read(r.PostForm.Get("text"), r.PostForm.Get("format"))
	return Response{JSON: map[string]any{"words": text.Words(), "said": r.Words.N("count.words", text.Words())}}, nil
}
