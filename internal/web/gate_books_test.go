package web_test

import "net/http"

// bookRows are the rows of what readers take with them.
func bookRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/download":  {check: choosesFile},
		"POST /works/{work}/download": {why: "leads on, after the work was opened; TestForgettingADownloadTellsNothing"},
	}
}

// choosesFile is the page on which one chooses what a file of the work holds.
func choosesFile(m meeting) {
	const pattern = "/works/{work}/download"
	if a := m.asks(http.MethodGet, m.address(pattern), nil); m.meets(a, pattern) {
		a.expect(http.StatusOK).has(m.of.token).lacks("zuleika")
	}
}
