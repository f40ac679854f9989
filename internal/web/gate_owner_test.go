package web_test

// ownerRows are the rows of the owner's first page, the desk and invitations.
func ownerRows() map[string]row {
	const desk = "staff alone, and no works"
	return map[string]row{
		"GET /setup":                           {why: "a form, for who has the link"},
		"POST /setup":                          {why: "a form, for who has the link"},
		"GET /desk":                            {why: desk},
		"GET /desk/settings":                   {why: desk},
		"POST /desk/settings":                  {why: desk},
		"GET /desk/members":                    {why: "staff alone; posted works of a member are counted"},
		"GET /desk/members/{member}":           {why: "staff alone; posted works of a member are counted"},
		"POST /desk/members/{member}/staff":    {why: desk},
		"POST /desk/members/{member}/wrangler": {why: desk},
		"GET /desk/invitations":                {why: desk},
		"POST /desk/invitations":               {why: desk},
		"POST /desk/invitations/withdraw":      {why: desk},
		"GET /desk/queue":                      {why: desk},
		"POST /desk/queue":                     {why: desk},
		"POST /desk/queue/remove":              {why: desk},
		"GET /account/invitations":             {why: "the account's own"},
		"POST /account/invitations":            {why: "the account's own"},
		"POST /account/invitations/withdraw":   {why: "the account's own"},
		"GET /queue":                           {why: "a form"},
		"POST /queue":                          {why: "a form"},
		"GET /queue/{ticket}":                  {why: "a place in the queue"},
		"POST /queue/{ticket}":                 {why: "leads on"},
	}
}
