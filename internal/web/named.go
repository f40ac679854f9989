package web

import "net/http"

// named is a writer that counts and logs answers: it is told which line of the
// table a request came to, and the request's number.
type named interface {
	Named(route, request string)
}

func name(to http.ResponseWriter, route, request string) {
	if n, is := to.(named); is {
		n.Named(route, request)
	}
}

// routeAsset is what files of the pages themselves are counted as.
const routeAsset = "GET /assets/{file}"

// Kept is how often guests' pages were answered from memory, and how often
// they had to be drawn though they may be kept.
func (w *Web) Kept() (hits, misses int64) { return w.kept.hits.Load(), w.kept.misses.Load() }
