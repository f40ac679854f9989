package web

import "ficus/internal/web/page"

// answerRoutes are what readers do when they thank, and what people say about
// whom they meet.
func (w *Web) answerRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/kudos", anyone, w.showKudos, form},
		{"POST /works/{work}/kudos", answerers, w.leaveKudos, form},
		{"POST /notices", members, w.keepNotices, form},
		{"GET /account/mail", members, w.showLetters, form},
		{"POST /account/mail", members, w.saveLetters, form},
		{"GET /mail/stop/{topic}/{token}", anyone, w.askToStop, form},
		{"POST /mail/stop/{topic}/{token}", anyone, w.stopMails, form},
		{"GET /users/{name}/block", members, w.askAboutPerson(page.ActBlock), form},
		{"POST /users/{name}/block", members, w.keepPersonAway(page.ActBlock), form},
		{"GET /users/{name}/mute", members, w.askAboutPerson(page.ActMute), form},
		{"POST /users/{name}/mute", members, w.keepPersonAway(page.ActMute), form},
		{"GET /tags/{id}/{slug}/mute", members, w.askToMuteTag, form},
		{"POST /tags/{id}/{slug}/mute", members, w.muteTag, form},
		{"GET /works/{work}/mute", members, w.askToMuteWork, form},
		{"POST /works/{work}/mute", members, w.muteWork, form},
		{"GET /account/people", members, w.listPeople, form},
		{"POST /account/people", members, w.letPersonBack, form},
	}
}
