package web

// accountRoutes are what a member does with the account itself.
func (w *Web) accountRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /confirm", members, w.askToConfirm, form},
		{"POST /confirm", members, w.confirm, form},
		{"GET /account/keys", confirmed, w.showKeys, form},
		{"POST /account/keys", confirmed, w.addKey, form},
		{"POST /account/keys/end", confirmed, w.endKey, form},
	}
}
