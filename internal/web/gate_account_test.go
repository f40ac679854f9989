package web_test

// accountRows are the rows of the account's own routes in the gate's table.
func accountRows() map[string]row {
	return map[string]row{
		"GET /confirm":  {why: "a form"},
		"POST /confirm": {why: "leads on"},

		"GET /account/keys":      {why: "the account's own keys"},
		"POST /account/keys":     {why: "the account's own keys"},
		"POST /account/keys/end": {why: "leads on"},
	}
}
