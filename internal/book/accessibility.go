package book

// conformance is the exact string EPUB Accessibility 1.1 asks for.
const conformance = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

// accessibilityFacts is what the book may say of itself to people who read by
// ear, finger or enlarged print (EPUB Accessibility 1.1). Every line is earned
// by what was found while this book was bound; conformance is claimed only
// when nothing stands against it, and names who looked.
func accessibilityFacts(b Book, found findings) []fact {
	facts := []fact{{"schema:accessMode", "textual"}}
	described := found.withoutWords == 0
	switch {
	case found.pictures == 0:
		facts = append(facts, fact{"schema:accessModeSufficient", "textual"})
	case described:
		facts = append(facts,
			fact{"schema:accessMode", "visual"},
			fact{"schema:accessModeSufficient", "textual"},
			fact{"schema:accessModeSufficient", "textual,visual"})
	default:
		facts = append(facts,
			fact{"schema:accessMode", "visual"},
			fact{"schema:accessModeSufficient", "textual,visual"})
	}
	for _, feature := range []text{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"} {
		facts = append(facts, fact{"schema:accessibilityFeature", feature})
	}
	if described {
		facts = append(facts, fact{"schema:accessibilityFeature", "alternativeText"})
	}
	hazard := text("none")
	if found.moving || b.Skin != "" {
		hazard = "unknown"
	}
	facts = append(facts,
		fact{"schema:accessibilityHazard", hazard},
		fact{"schema:accessibilitySummary", accessibilitySummary(found)})
	if described && b.Skin == "" && !found.moving && found.plainTables == 0 && languageOf(b) != unknownLanguage {
		facts = append(facts,
			fact{"dcterms:conformsTo", conformance},
			fact{"a11y:certifiedBy", "Ficus, by its own checks as the book was bound"})
	}
	return facts
}

// accessibilitySummary says the same in a sentence.
func accessibilitySummary(found findings) text {
	const shape = "Text with real headings, a table of contents and one reading order; size, face and colours are the reader’s to choose."
	switch {
	case found.pictures == 0:
		return shape + " There are no pictures but the cover."
	case found.withoutWords == 0:
		return shape + " Every picture is described in words."
	}
	return shape + " Some pictures are not described in words."
}
