package web_test

import (
	"net/http"

	"ficus/internal/archive"
)

// answerRows are the rows of thanking and of what people say about others.
func answerRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/kudos":  {check: opensKudos},
		"POST /works/{work}/kudos": {check: thanks},
	}
}

// opensKudos is who left kudos for the work.
func opensKudos(m meeting) {
	const pattern = "/works/{work}/kudos"
	if a := m.asks(http.MethodGet, m.address(pattern), nil); m.meets(a, pattern) {
		a.expect(http.StatusOK).has(m.of.token)
	}
}

// thanks is leaving kudos: for whoever may answer, and never for one's own.
func thanks(m meeting) {
	const pattern = "/works/{work}/kudos?marked=yes"
	f := form("as", "reader", "to", "/")
	a := m.asks(http.MethodPost, m.address(pattern), f)
	switch {
	case m.gate.Open == archive.Missing:
		need(m.t, "the status", a.status, http.StatusNotFound)
		m.refused(a, http.MethodPost, pattern, f)
	case m.gate.Open == archive.SignIn:
		a.expect(http.StatusUnauthorized).lacks(m.of.token, "zuleika")
	case m.who.tie.Creator || !m.gate.Answer:
		a.expect(http.StatusForbidden).lacks(m.of.token)
	default:
		a.expect(http.StatusSeeOther)
	}
}
