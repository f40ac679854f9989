package web_test

// safetyRows are the rows of what keeps an account safe, and of leaving.
func safetyRows() map[string]row {
	return map[string]row{
		"GET /account/passkeys":                {why: "the account's own passkeys"},
		"POST /account/passkeys":               {why: "the account's own passkeys"},
		"POST /account/passkeys/begin":         {why: "a question to the account's own device"},
		"POST /account/passkeys/rename":        {why: "leads on"},
		"POST /account/passkeys/remove":        {why: "leads on"},
		"POST /sign-in/passkey/begin":          {why: "a question to whatever device asks"},
		"POST /sign-in/passkey":                {why: "leads on"},
		"GET /account/second-step":             {why: "the account's own second step"},
		"POST /account/second-step/begin":      {why: "leads on"},
		"GET /account/second-step/picture":     {why: "the account's own secret"},
		"POST /account/second-step/on":         {why: "the account's own codes"},
		"POST /account/second-step/off":        {why: "leads on"},
		"POST /account/second-step/codes":      {why: "the account's own codes"},
		"POST /account/second-step/codes/file": {why: "the account's own codes"},
		"GET /sign-in/code":                    {why: "a form"},
		"POST /sign-in/code":                   {why: "leads on"},
		"GET /sign-in/return":                  {why: "a form"},
		"POST /sign-in/return":                 {why: "leads on"},
		"GET /account/delete":                  {why: "counts the account's own works"},
		"POST /account/delete":                 {why: "leads out"},
		"GET /works/{work}/orphan":             {check: edits("/works/{work}/orphan")},
		"POST /works/{work}/orphan":            {check: changes("/works/{work}/orphan")},
		"POST /works/{work}/take-back":         {check: saysNothing("/works/{work}/take-back")},
	}
}
