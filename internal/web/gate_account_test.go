package web_test

// accountRows are the rows of the account's own routes in the gate's table.
func accountRows() map[string]row {
	return map[string]row{
		"GET /confirm":  {why: "a form"},
		"POST /confirm": {why: "leads on"},

		"GET /forgotten":            {why: "a form"},
		"POST /forgotten":           {why: "says one thing"},
		"GET /proofs/{proof}":       {why: "a form, to whoever holds the link"},
		"POST /proofs/{proof}":      {why: "says one thing"},
		"GET /account/email":        {why: "the account's own address"},
		"POST /account/email":       {why: "the account's own address"},
		"POST /account/email/again": {why: "the account's own address"},
		"GET /account/keys":         {why: "the account's own keys"},
		"POST /account/keys":        {why: "the account's own keys"},
		"POST /account/keys/end":    {why: "leads on"},
	}
}
