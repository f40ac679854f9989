package web_test

import (
	"net/http"
	"strconv"

	"ficus/internal/archive"
)

// oversightGateRows are the rows of what people tell staff and what staff do.
func oversightGateRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/report":  {check: reports},
		"POST /works/{work}/report": {check: triesToReport},
		"GET /desk/works/{work}":    {check: forStaff("/desk/works/{work}")},
		"GET /desk/cases":           {check: desk("/desk/cases")},
		"GET /desk/waiting":         {check: waitsForStaff},

		"GET /comments/{comment}/report":  {why: "a comment its reader sees; TestAcceptance96 reads it"},
		"POST /comments/{comment}/report": {why: "leads on; TestAcceptance96 tries it"},
		"GET /users/{name}/report":        {why: "a form about a person, whom anyone may look up"},
		"POST /users/{name}/report":       {why: "leads on"},
		"GET /account/from-staff":         {why: "what concerns the account itself; TestAcceptance59 reads it"},
		"GET /desk/cases/{case}":          {why: "a copy of what its reporter saw, for staff"},
		"POST /desk/cases/{case}":         {why: "leads on"},
		"POST /desk/works/{work}":         {why: "leads on; TestAcceptance59 and TestStaffLookAtWhatIsPrivateForAReason try it"},
		"GET /desk/measures/{account}":    {why: "about a person, for staff"},
		"POST /desk/measures/{account}":   {why: "about a person, for staff"},
		"GET /desk/kudos":                 {check: desk("/desk/kudos")},
		"POST /desk/kudos":                {why: "leads on"},
		"GET /desk/machine":               {why: "figures, for staff; the paths of slow answers are numbers"},
		"POST /desk/machine/mail":         {why: "figures, for staff"},
		"GET /desk/acts":                  {why: "names works by number alone, for staff"},
	}
}

// reports is the form about a work, for whoever it opens to.
func reports(m meeting) {
	const pattern = "/works/{work}/report"
	a := m.asks(http.MethodGet, m.address(pattern), nil)
	switch m.gate.Open {
	case archive.Missing:
		need(m.t, "the status", a.status, http.StatusNotFound)
		m.refused(a, http.MethodGet, pattern, nil)
	case archive.SignIn:
		a.expect(http.StatusSeeOther).lacks(m.of.token)
	default:
		a.expect(http.StatusOK).has(m.of.token).lacks("zuleika ")
	}
}

// triesToReport sends an empty report: of a work one may see it is refused for
// what it lacks, of any other as if there were none.
func triesToReport(m meeting) {
	const pattern = "/works/{work}/report"
	a := m.asks(http.MethodPost, m.address(pattern), form("words", "mine"))
	if m.gate.Open == archive.Opens {
		a.expect(http.StatusUnprocessableEntity)
		return
	}
	if a.lacks(m.of.token); m.gate.Open == archive.Missing {
		m.refused(a, http.MethodPost, pattern, form("words", "mine"))
	}
}

// desk is a page of staff that names no work here.
func desk(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil)
		if m.who.viewer.Staff {
			a.expect(http.StatusOK).lacks(m.of.token)
			return
		}
		m.same(a, m.asks(http.MethodGet, "/desk/nothing", nil))
	}
}

// forStaff is what staff can do about a work: they read its title when it opens
// to them, and otherwise what a number never used is answered with.
func forStaff(pattern string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, m.address(pattern), nil)
		switch {
		case !m.who.viewer.Staff:
			m.same(a, m.asks(http.MethodGet, "/desk/nothing", nil))
		case m.gate.Open == archive.Opens:
			a.expect(http.StatusOK).has(m.of.token + " title")
		default:
			a.expect(http.StatusOK).lacks(m.of.token).has(strconv.FormatInt(m.of.work, 10))
		}
	}
}

// waitsForStaff is the list of works that wait for approval.
func waitsForStaff(m meeting) {
	a := m.asks(http.MethodGet, "/desk/waiting", nil)
	if !m.who.viewer.Staff {
		m.same(a, m.asks(http.MethodGet, "/desk/nothing", nil))
		return
	}
	m.sees(a.expect(http.StatusOK), !m.of.standing.WaitingAt.IsZero())
}
