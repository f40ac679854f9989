package book

// conformance is the exact string EPUB Accessibility 1.1 asks for.
const conformance = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

// accessibilityFacts is what the book may say of itself to people who read by
// ear, finger or enlarged print (EPUB Accessibility 1.1). Every line is earned
// by what was found while this book was bound; conformance is claimed only
// when nothing stands against it, and names who looked.
func accessibilityFacts(b Book, i *imprint, found findings) []fact {
	facts := []fact{{Property: "schema:accessMode", Value: "textual"}}
	described := found.withoutWords == 0
	switch {
	case found.pictures == 0:
		facts = append(facts, fact{Property: "schema:accessModeSufficient", Value: "textual"})
	case described:
		facts = append(facts,
			fact{Property: "schema:accessMode", Value: "visual"},
			fact{Property: "schema:accessModeSufficient", Value: "textual"},
			fact{Property: "schema:accessModeSufficient", Value: "textual,visual"})
	default:
		facts = append(facts,
			fact{Property: "schema:accessMode", Value: "visual"},
			fact{Property: "schema:accessModeSufficient", Value: "textual,visual"})
	}
	for _, feature := range []text{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"} {
		facts = append(facts, fact{Property: "schema:accessibilityFeature", Value: feature})
	}
	if described {
		facts = append(facts, fact{Property: "schema:accessibilityFeature", Value: "alternativeText"})
	}
	hazard := text("none")
	if found.moving || b.Skin != "" {
		hazard = "unknown"
	}
	facts = append(facts,
		fact{Property: "schema:accessibilityHazard", Value: hazard},
		fact{Property: "schema:accessibilitySummary", Value: accessibilitySummary(i, found), Ours: i.Ours})
	if described && b.Skin == "" && !found.moving && found.plainTables == 0 && languageOf(b) != unknownLanguage {
		facts = append(facts,
			fact{Property: "dcterms:conformsTo", Value: conformance},
			fact{Property: "a11y:certifiedBy", Value: i.Say("book.certified"), Ours: i.Ours})
	}
	return facts
}

// accessibilitySummary says the same in a sentence.
func accessibilitySummary(i *imprint, found findings) text {
	shape := i.Say("book.accessible") + " "
	switch {
	case found.pictures == 0:
		return shape + i.Say("book.accessible_plain")
	case found.withoutWords == 0:
		return shape + i.Say("book.accessible_described")
	}
	return shape + i.Say("book.accessible_undescribed")
}
