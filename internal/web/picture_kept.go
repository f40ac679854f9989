package web

// showKeptPicture answers with a picture that waits in a form to be saved, to
// members who have its mark.
func (w *Web) showKeptPicture(r *Request) (Response, error) {
	data, mediaType, err := w.Writing.KeptPicture(r.Context(), r.PathValue("mark"))
	if err != nil {
		return Response{}, err
	}
	return Response{File: &File{MediaType: mediaType, Write: writeAll(data)}}, nil
}
