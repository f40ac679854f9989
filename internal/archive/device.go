package archive

import "strings"

// Browsers and systems by the word that tells them apart in what a browser
// says of itself, the most telling first: Edge calls itself Chrome too, and
// Chrome Safari.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Kindle", "Kindle"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}}
)

// DeviceOf names the browser and the system that a browser says it is; empty
// where they are none we know.
func DeviceOf(agent string) (browser, system string) {
	return namedIn(agent, browsers), namedIn(agent, systems)
}

func namedIn(agent string, known [][2]string) string {
	for _, k := range known {
		if strings.Contains(agent, k[0]) {
			return k[1]
		}
	}
	return ""
}
