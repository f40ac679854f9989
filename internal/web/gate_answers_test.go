package web_test

import (
	"net/http"
	"strings"

	"ficus/internal/archive"
)

// answerRows are the rows of thanking and of what people say about others.
func answerRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/kudos":  {check: opensKudos},
		"POST /works/{work}/kudos": {check: thanks},

		"POST /notices":                   {why: "leads on"},
		"GET /account/mail":               {why: "the account's own wishes"},
		"POST /account/mail":              {why: "leads on"},
		"GET /mail/stop/{topic}/{token}":  {why: "the same for every token; TestAStopTokenIsOfOneAccountAndOneTopic"},
		"POST /mail/stop/{topic}/{token}": {why: "the same for every token; TestAStopTokenIsOfOneAccountAndOneTopic"},
		"GET /users/{name}/block":         {why: "a question about a person"},
		"POST /users/{name}/block":        {why: "leads on"},
		"GET /tags/{id}/{slug}/mute":      {check: mutesTag},
		"POST /tags/{id}/{slug}/mute":     {why: "leads on"},
		"GET /works/{work}/mute":          {check: asksToMute},
		"POST /works/{work}/mute":         {why: "leads on"},
		"GET /users/{name}/mute":          {why: "a question about a person"},
		"POST /users/{name}/mute":         {why: "leads on"},
		"GET /account/people":             {why: "people, no works"},
		"POST /account/people":            {why: "leads on"},
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

// home is the first page: its list of works, and what is new for a member, who
// may know of a work that stands in no list.
func home(m meeting) {
	a := m.asks(http.MethodGet, "/", nil).expect(http.StatusOK)
	before, rest, found := strings.Cut(a.body, `aria-labelledby="news"`)
	if !found {
		m.sees(a, m.gate.List)
		return
	}
	news, after, _ := strings.Cut(rest, `<div class="halves">`)
	if m.gate.Open != archive.Opens && strings.Contains(news, m.of.token+" title") {
		m.t.Errorf("the news tell of a %s work:\n%s", m.of.state, news)
	}
	a.body = before + after
	m.sees(a, m.gate.List)
}
