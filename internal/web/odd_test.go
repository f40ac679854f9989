package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// oddFields are the names of everything a form of ours sends.
var oddFields = strings.Fields(`again_code again_name again_password alike all anonymous answer answers as as_typed base become before categories chapter
	chapter_published_on chapter_summary chapter_title characters closed code codes comment comments count days dedication disclaimer do elsewhere email
	end fandoms fate for form form_id format freeforms from gifts guest_name id invitation invite_days kept_picture key kind kudos language main_tags marked
	measure mine moderated name note notes_after notes_before old_password on outcome page part password planned position pseud pseuds published_on q rating
	reason recover relationships restricted said saved secret shared site_about site_approval site_banner site_fandom site_guests site_join site_language
	site_name site_ratings sole sort staff start summary text theme title to token username view wanted warnings was what why words work work_notes_after
	work_notes_before`)

// oddValues are what nobody types.
var oddValues = []string{
	"a\x00b", "\xff\xfe", "-1", "9223372036854775807", "99999999999999999999", "\u202e\u0000\u200b", strings.Repeat("9", 5000),
	strings.Repeat("<div>", 3000), "{\"a\":[", "0001-01-01", "292278-01-01", "\U0010FFFF", "\r\nX: y", "' OR 1=1 --",
}

// oddNumbers are what no number in an address is.
var oddNumbers = []string{
	"2", "0", "-1", "9223372036854775807", "9223372036854775808", "%00", "%ff", "1%00", "%F0%9F%92%A9", "..%2f1", strings.Repeat("9", 3000), "a%0d%0ab", "%E2%80%AE",
}

// apart are routes that end the session that tries them, or need a room this
// world has not.
var apart = []string{"sign-out", "/account/delete", "/account/password", "/desk/machine"}

func TestNoOddInputBreaksARoute(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		owner, ada := w.staff("owner"), w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		must(t, w.feedback.Block(t.Context(), ada.viewer, w.member("pell").viewer.Account, true))
		w.says(ada.viewer, work, 0, "A word")
		for _, pattern := range w.pages.Patterns() {
			method, path, _ := strings.Cut(pattern, " ")
			if slices.ContainsFunc(apart, func(part string) bool { return strings.Contains(path, part) }) {
				continue
			}
			c := ada
			if strings.HasPrefix(path, "/desk") {
				c = owner
			}
			for _, number := range oddNumbers {
				if !strings.Contains(path, "{") || strings.HasSuffix(path, "{$}") {
					break
				}
				sound(t, c.send(method, fill(path, number), nil))
			}
			for i, value := range oddValues {
				if (i+len(pattern))%3 > 0 { // each meets some, and all are met
					continue
				}
				form := url.Values{}
				for _, field := range oddFields {
					form[field] = []string{value, value}
				}
				form.Set("again_password", password)
				asked := fill(path, "1")
				switch {
				case method == http.MethodGet:
					sound(t, c.get(asked+"?"+form.Encode()))
				case i%2 == 0 || !strings.Contains(path, "new"):
					sound(t, c.post(asked, form))
					sound(t, w.guest().post(asked, form))
				default:
					sound(t, c.postFiles(asked, form, upload{"pictures", value, value}, upload{"file", value, value}))
				}
			}
		}
	})
}

// fill puts a value in every place of a path.
func fill(path, value string) string {
	parts := strings.Split(strings.TrimSuffix(path, "{$}"), "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			parts[i] = value
		}
	}
	return strings.Join(parts, "/")
}

func sound(t *testing.T, a answer) {
	t.Helper()
	if a.status >= 500 {
		t.Errorf("%.200s is answered with %d", a.asked, a.status)
	}
}
