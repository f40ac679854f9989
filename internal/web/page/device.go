package page

import "ficus/internal/archive"

// called says what a browser is in words a person knows: "Firefox on Windows".
// One that is not known is shown as it calls itself.
func (d Device) called(s Shell) string {
	browser, system := archive.DeviceOf(d.Agent)
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
