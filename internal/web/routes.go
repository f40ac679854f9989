package web

import (
	"net/http"
	"slices"
)

// permission says who may use a route; whether they may see the thing itself
// is the gate's to say.
type permission uint8

const (
	anyone permission = iota
	members
	writers   // members who are not suspended
	answerers // guests, and members who are not suspended
	staff
	wranglers      // who may sort tags
	confirmed      // members who proved a short while ago who they are
	confirmedStaff // staff who did
)

// asksWho reports whether guests are asked who they are.
func (p permission) asksWho() bool { return p == members || p == writers || p == confirmed }

// route is one line of the table.
type route struct {
	pattern string
	who     permission
	do      handler
	limit   int64 // bytes of the body; 0: those of a form
}

// routes lists every address, top to bottom as a visitor meets them.
func (w *Web) routes() []route {
	return slices.Concat(
		w.findingRoutes(),
		w.feedRoutes(),
		w.readingRoutes(),
		w.belongingRoutes(),
		w.writingRoutes(),
		w.bringingRoutes(),
		w.accountRoutes(),
		w.wordsRoutes(),
		w.answerRoutes(),
		w.safetyRoutes(),
		w.commentRoutes(),
		w.oversightRoutes(),
		w.ownerRoutes(),
		w.newsRoutes(),
		w.followRoutes(),
		w.rememberedRoutes(),
		w.habitRoutes(),
		w.pileRoutes(),
		w.bookRoutes(),
		w.coverRoutes(),
		w.wranglingRoutes(),
	)
}

func (w *Web) findingRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /{$}", anyone, w.showHome, form},
		{"GET /fandoms", anyone, w.listFandoms, form},
		{"GET /works", anyone, w.listWorks, form},
		{"GET /works/filters", anyone, w.filterWorks, form},
		{"GET /tags/{id}/{slug}", anyone, w.showTag, form},
		{"GET /tags/{id}/{slug}/filters", anyone, w.filterTag, form},
		{"GET /search", anyone, w.search, form},
		{"GET /search/filters", anyone, w.filterSearch, form},
		{"GET /search/advanced", anyone, w.searchAdvanced, form},
		{"GET /users/{name}", anyone, w.showUser, form},
		{"GET /users/{name}/filters", anyone, w.filterUser, form},
		{"GET /users/{name}/pseuds/{pseud}", anyone, w.showUser, form},
		{"GET /users/{name}/pseuds/{pseud}/filters", anyone, w.filterUser, form},
		{"GET /menu", anyone, w.showMenu, form},
		{"GET /tags/suggest", anyone, w.suggestTags, form},
	}
}

func (w *Web) readingRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}", anyone, w.showWork, form},
		{"GET /works/{work}/chapters/{chapter}", anyone, w.showChapter, form},
		{"GET /works/{work}/entire", anyone, w.showEntire, form},
		{"GET /works/{work}/index", anyone, w.showIndex, form},
		{"POST /works/{work}/adult", anyone, w.passGate, form},
		{"GET /works/{work}/files/{format}", anyone, w.downloadWork, form},
		{"GET /works/{work}/pictures/{picture}", anyone, w.showPicture, form},
		{"GET /settings", anyone, w.showSettings, form},
		{"POST /settings", anyone, w.saveSettings, form},
		{"GET /robots.txt", anyone, w.showRobots, form},
	}
}

func (w *Web) belongingRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /sign-up", anyone, w.askToJoin, form},
		{"POST /sign-up", anyone, w.join, form},
		{"GET /sign-in", anyone, w.askToSignIn, form},
		{"POST /sign-in", anyone, w.signIn, form},
		{"GET /sign-out", members, w.askToSignOut, form},
		{"POST /sign-out", members, w.signOut, form},
		{"GET /account", members, w.showAccount, form},
		{"POST /account/pseuds", writers, w.addPseud, form},
		{"POST /account/password", members, w.changePassword, form},
		{"POST /account/devices/sign-out", members, w.signDeviceOut, form},
		{"POST /account/devices/sign-out-all", members, w.signOutEverywhere, form},
		{"POST /account/preferences", members, w.savePreferences, form},
		{"GET /notices", members, w.listNotices, form},
		{"POST /notices/read", members, w.readNotices, form},
	}
}

func (w *Web) writingRoutes() []route {
	form, picture := w.Limits.FormBytes, w.Limits.FormBytes+2*w.Limits.ImageBytes
	return []route{
		{"GET /my-works", members, w.listOwnWorks, form},
		{"GET /works/new", writers, w.newWork, form},
		{"POST /works/new", writers, w.createWork, picture},
		{"GET /works/{work}/edit", writers, w.editWork, form},
		{"POST /works/{work}/edit", writers, w.saveWork, form},
		{"POST /works/{work}/post", writers, w.postWork, form},
		{"GET /works/{work}/delete", members, w.askToDelete, form},
		{"POST /works/{work}/delete", members, w.deleteWork, form},
		{"POST /works/{work}/restore", writers, w.restoreWork, form},
		{"GET /works/{work}/chapters/new", writers, w.newChapter, form},
		{"POST /works/{work}/chapters/new", writers, w.saveChapter, picture},
		{"GET /works/{work}/chapters", members, w.manageChapters, form},
		{"POST /works/{work}/chapters/move", writers, w.moveChapter, form},
		{"GET /works/{work}/chapters/{chapter}/edit", writers, w.editChapter, form},
		{"POST /works/{work}/chapters/{chapter}/edit", writers, w.saveChapter, picture},
		{"GET /works/{work}/chapters/{chapter}/delete", members, w.askToDeleteChapter, form},
		{"POST /works/{work}/chapters/{chapter}/delete", members, w.deleteChapter, form},
		{"GET /works/{work}/chapters/{chapter}/revisions", members, w.listRevisions, form},
		{"GET /works/{work}/chapters/{chapter}/revisions/{number}", members, w.showRevision, form},
		{"POST /autosave", writers, w.autosave, form},
		{"POST /autosave/throw-away", members, w.throwAway, form},
		{"POST /words", members, w.countWords, form},
		{"POST /editor", members, w.readForEditor, form},
		{"GET /pictures/{mark}", members, w.showKeptPicture, form},
	}
}

func (w *Web) bringingRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/new/upload", writers, w.askForManuscript, form},
		{"POST /works/new/upload", writers, w.bringManuscript, w.Limits.PileBytes},
		{"GET /manuscripts", members, w.listBrought, form},
		{"GET /manuscripts/{manuscript}", members, w.reviewManuscript, form},
		{"POST /manuscripts/{manuscript}", writers, w.chooseInManuscript, form},
		{"GET /manuscripts/{manuscript}/original", members, w.downloadOriginal, form},
	}
}

// mux serves the table; what is in none of its lines is missing.
func (w *Web) mux() http.Handler {
	mux := http.NewServeMux()
	for _, route := range w.routes() {
		mux.HandleFunc(route.pattern, w.bounded(route))
	}
	mux.HandleFunc("GET /healthz", w.health)
	mux.HandleFunc("/", w.adapt(route{do: w.missing}))
	return mux
}
