package web

// ownerRoutes are the owner's first page, the staff desk, and invitations.
func (w *Web) ownerRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /setup", anyone, w.askToSetUp, form},
		{"POST /setup", anyone, w.setUp, form},
		{"GET /desk", staff, w.showDesk, form},
		{"GET /desk/settings", staff, w.showSiteSettings, form},
		{"POST /desk/settings", confirmedStaff, w.saveSiteSettings, form},
		{"GET /desk/members", staff, w.findMembers, form},
		{"GET /desk/members/{member}", staff, w.showMember, form},
		{"POST /desk/members/{member}/staff", confirmedStaff, w.setStaff, form},
		{"POST /desk/members/{member}/wrangler", confirmedStaff, w.setWrangler, form},
		{"GET /desk/invitations", staff, w.listInvitations, form},
		{"POST /desk/invitations", confirmedStaff, w.makeInvitations, form},
		{"POST /desk/invitations/withdraw", confirmedStaff, w.withdrawInvitation, form},
		{"GET /desk/queue", staff, w.showQueue, form},
		{"POST /desk/queue", confirmedStaff, w.inviteFromQueue, form},
		{"POST /desk/queue/remove", confirmedStaff, w.removeFromQueue, form},
		{"GET /account/invitations", members, w.listOwnInvitations, form},
		{"POST /account/invitations", writers, w.makeOwnInvitation, form},
		{"POST /account/invitations/withdraw", members, w.withdrawOwnInvitation, form},
		{"GET /queue", anyone, w.askForInvitation, form},
		{"POST /queue", anyone, w.waitForInvitation, form},
		{"GET /queue/{ticket}", anyone, w.showPlace, form},
		{"POST /queue/{ticket}", anyone, w.leaveQueue, form},
	}
}
