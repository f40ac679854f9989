package web

// oversightRoutes are what people tell staff, and what staff do about it.
func (w *Web) oversightRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/report", anyone, w.askReportWork, form},
		{"POST /works/{work}/report", anyone, w.reportWork, form},
		{"GET /comments/{comment}/report", anyone, w.askReportComment, form},
		{"POST /comments/{comment}/report", anyone, w.reportComment, form},
		{"GET /users/{name}/report", anyone, w.askReportMember, form},
		{"POST /users/{name}/report", anyone, w.reportMember, form},
		{"GET /account/from-staff", members, w.showFromStaff, form},
		{"GET /desk/cases", staff, w.listCases, form},
		{"GET /desk/cases/{case}", staff, w.showCase, form},
		{"POST /desk/cases/{case}", confirmedStaff, w.closeCase, form},
		{"GET /desk/waiting", staff, w.listWaiting, form},
		{"GET /desk/works/{work}", staff, w.showOversight, form},
		{"POST /desk/works/{work}", confirmedStaff, w.oversee, form},
		{"GET /desk/measures/{account}", staff, w.showMeasures, form},
		{"POST /desk/measures/{account}", confirmedStaff, w.takeMeasure, form},
		{"GET /desk/acts", staff, w.listActs, form},
		{"GET /desk/comments", staff, w.listHeldForStaff, form},
		{"POST /desk/comments", confirmedStaff, w.judgeForStaff, form},
		{"GET /desk/kudos", staff, w.listBursts, form},
		{"POST /desk/kudos", confirmedStaff, w.settleBurst, form},
		{"GET /desk/machine", staff, w.showMachine, form},
		{"POST /desk/machine/mail", staff, w.sendTestMail, form},
	}
}
