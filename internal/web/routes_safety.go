package web

import "ficus/internal/web/page"

// safetyRoutes are what keeps an account safe beside its password, and the ways
// of leaving.
func (w *Web) safetyRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET " + page.PathPasskeys, confirmed, w.showPasskeys, form},
		{"POST " + page.PathPasskeys, confirmed, w.addPasskey, form},
		{"POST " + page.PathPasskeyBegin, confirmed, w.askForPasskey, form},
		{"POST " + page.PathPasskeyRename, confirmed, w.renamePasskey, form},
		{"POST " + page.PathPasskeyRemove, confirmed, w.removePasskey, form},
		{"POST " + page.PathPasskeyAsk, anyone, w.askAnyPasskey, form},
		{"POST " + page.PathPasskeySignIn, anyone, w.signInByPasskey, form},
		{"GET " + page.PathSecondStep, confirmed, w.showSecondStep, form},
		{"POST " + page.PathSecondBegin, confirmed, w.beginSecondStep, form},
		{"GET " + page.PathSecondPicture, confirmed, w.showSecondPicture, form},
		{"POST " + page.PathSecondOn, confirmed, w.turnOnSecondStep, form},
		{"POST " + page.PathSecondOff, confirmed, w.turnOffSecondStep, form},
		{"POST " + page.PathRecovery, confirmed, w.renewRecovery, form},
		{"POST " + page.PathRecoveryFile, confirmed, w.saveRecovery, form},
		{"GET " + page.PathSignInCode, anyone, w.askForCode, form},
		{"POST " + page.PathSignInCode, anyone, w.enterCode, form},
		{"GET " + page.PathSignInReturn, anyone, w.askToReturn, form},
		{"POST " + page.PathSignInReturn, anyone, w.returnAccount, form},
		{"GET " + page.PathAccountDelete, confirmed, w.askToDeleteAccount, form},
		{"POST " + page.PathAccountDelete, confirmed, w.deleteAccount, form},
		{"GET /works/{work}/orphan", confirmed, w.askToOrphan, form},
		{"POST /works/{work}/orphan", confirmed, w.orphanWork, form},
		{"POST /works/{work}/take-back", writers, w.takeBackWork, form},
	}
}
