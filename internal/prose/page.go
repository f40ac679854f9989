package prose

import "strings"

// PageHTML gives a stored text as pages show it: links that lead to other
// hosts tell search engines that they are a member's and no recommendation of
// the archive's. The stored form carries no rel, so that changing this changes
// no text (docs/decisions/0014). It must be given our own stored form only, in
// which a "<" is always markup.
func PageHTML(stored string) string {
	const link = `<a `
	var s strings.Builder
	for {
		i := strings.Index(stored, link)
		if i < 0 {
			break
		}
		i += len(link)
		s.WriteString(stored[:i])
		stored = stored[i:]
		attributes, _, _ := strings.Cut(stored, ">")
		if strings.Contains(attributes, `href="http`) {
			s.WriteString(`rel="nofollow ugc" `)
		}
	}
	if s.Len() == 0 {
		return stored
	}
	s.WriteString(stored)
	return s.String()
}
