package web_test

import "net/http"

// accountRows are the rows of the account's own routes in the gate's table.
func accountRows() map[string]row {
	return map[string]row{
		"GET /confirm":  {why: "a form"},
		"POST /confirm": {why: "leads on"},

		"GET /forgotten":                      {why: "a form"},
		"POST /forgotten":                     {why: "says one thing"},
		"GET /proofs/{proof}":                 {why: "a form, to whoever holds the link"},
		"POST /proofs/{proof}":                {why: "says one thing"},
		"GET /account/name":                   {why: "a form"},
		"POST /account/name":                  {why: "leads on"},
		"GET /account/pseuds/{pseud}":         {check: countsOwnPseud},
		"POST /account/pseuds/{pseud}":        {why: "leads on"},
		"POST /account/pseuds/{pseud}/usual":  {why: "leads on"},
		"GET /account/pseuds/{pseud}/delete":  {why: "asks; of another's pen name the same as of none"},
		"POST /account/pseuds/{pseud}/delete": {why: "leads on"},
		"GET /account/email":                  {why: "the account's own address"},
		"POST /account/email":                 {why: "the account's own address"},
		"POST /account/email/again":           {why: "the account's own address"},
		"GET /account/keys":                   {why: "the account's own keys"},
		"POST /account/keys":                  {why: "the account's own keys"},
		"POST /account/keys/end":              {why: "leads on"},
	}
}

// countsOwnPseud is a pen name of the creator's: nobody else's to look at.
func countsOwnPseud(m meeting) {
	a := m.asks(http.MethodGet, "/account/pseuds/1", nil)
	switch {
	case !m.who.viewer.IsMember():
		a.expect(http.StatusSeeOther)
	case m.who.tie.Creator:
		a.expect(http.StatusOK).has(m.listed(listedSigned))
	default:
		a.expect(http.StatusNotFound).lacks(m.of.token, "zuleika")
	}
}
