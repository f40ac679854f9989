package page

import "strings"

// Browsers and systems by the word that tells them apart in what a browser
// says of itself, the most telling first: Edge calls itself Chrome too, and
// Chrome Safari.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Kindle", "Kindle"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}}
)

// called says what a browser is in words a person knows: "Firefox on Windows".
// One that is not known is shown as it calls itself.
func (d Device) called(s Shell) string {
	browser, system := namedIn(d.Agent, browsers), namedIn(d.Agent, systems)
	switch {
	case d.Agent == "":
		return s.T("account.device_unknown")
	case browser == "":
		return d.Agent
	case system == "":
		return browser
	}
	return s.T("account.device", "Browser", browser, "System", system)
}

func namedIn(agent string, known [][2]string) string {
	for _, k := range known {
		if strings.Contains(agent, k[0]) {
			return k[1]
		}
	}
	return ""
}
