package web

import "ficus/internal/web/page"

// accountRoutes are what a member does with the account itself.
func (w *Web) accountRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /confirm", members, w.askToConfirm, form},
		{"POST /confirm", members, w.confirm, form},
		{"POST " + page.PathConfirmPasskey, members, w.askPasskeyAgain, form},
		{"GET /forgotten", anyone, w.askForReset, form},
		{"POST /forgotten", anyone, w.sendReset, form},
		{"GET /proofs/{proof}", anyone, w.showProof, form},
		{"POST /proofs/{proof}", anyone, w.useProof, form},
		{"GET /account/name", confirmed, w.askForName, form},
		{"POST /account/name", confirmed, w.rename, form},
		{"GET /account/pseuds/{pseud}", members, w.showPseud, form},
		{"POST /account/pseuds/{pseud}", writers, w.renamePseud, form},
		{"POST /account/pseuds/{pseud}/usual", members, w.makeUsual, form},
		{"GET /account/pseuds/{pseud}/delete", members, w.askToRemovePseud, form},
		{"POST /account/pseuds/{pseud}/delete", members, w.removePseud, form},
		{"GET /account/email", members, w.showMail, form},
		{"POST /account/email", confirmed, w.changeMail, form},
		{"POST /account/email/again", members, w.sendProof, form},
		{"GET /account/keys", confirmed, w.showKeys, form},
		{"POST /account/keys", confirmed, w.addKey, form},
		{"POST /account/keys/end", confirmed, w.endKey, form},
	}
}
