package web_test

// newsRows are the rows of the archive's news and pages, of what waits for
// staff, and of proving once more who one is.
func newsRows() map[string]row {
	const staffAlone = "staff alone, and no works"
	return map[string]row{
		"GET /news":                                 {why: "what the archive says of itself"},
		"GET /news/{paper}":                         {why: "what the archive says of itself"},
		"POST /news/{paper}/close":                  {why: "leads on"},
		"GET /pages/{slug}":                         {why: "what the archive says of itself"},
		"GET /desk/news":                            {why: staffAlone},
		"GET /desk/news/new":                        {why: staffAlone},
		"POST /desk/news/new":                       {why: staffAlone},
		"GET /desk/news/{paper}":                    {why: staffAlone},
		"POST /desk/news/{paper}":                   {why: staffAlone},
		"GET /desk/news/{paper}/versions":           {why: staffAlone},
		"GET /desk/news/{paper}/versions/{number}":  {why: staffAlone},
		"GET /desk/pages":                           {why: staffAlone},
		"GET /desk/pages/new":                       {why: staffAlone},
		"POST /desk/pages/new":                      {why: staffAlone},
		"POST /desk/pages/move":                     {why: staffAlone},
		"GET /desk/pages/{paper}":                   {why: staffAlone},
		"POST /desk/pages/{paper}":                  {why: staffAlone},
		"GET /desk/pages/{paper}/versions":          {why: staffAlone},
		"GET /desk/pages/{paper}/versions/{number}": {why: staffAlone},
		"GET /desk/comments":                        {check: desk("/desk/comments")},
		"POST /desk/comments":                       {why: "leads on; TestHeldCommentsAreJudgedTogetherOnTheDesk tries it"},
		"POST /confirm/passkey":                     {why: "a question for the member's own device"},
	}
}
