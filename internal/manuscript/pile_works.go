package manuscript

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// PileWork is a story that a pile holds, in as many files as it may be.
type PileWork struct {
	Title string `json:"title"` // empty when nothing says it
}

// findWorks says which files are of one story: those of one folder or zip are,
// unless they say of themselves that they are called differently, or are books
// of different titles. A file that holds several stories is a work for each.
func findWorks(items []PileItem) []PileWork {
	works := []PileWork{}
	number := map[string]int{} // of the work of a folder, or of a title in it
	folders := foldersOf(items)
	titles := titlesIn(items, folders)
	last := map[string]string{} // the title that was said last in a folder
	for i := range items {
		item := &items[i]
		switch {
		case item.Verdict != PileChapter:
			continue
		case len(item.Stories) > 0:
			item.Work = len(works) + 1
			for _, title := range item.Stories {
				works = append(works, PileWork{Title: title})
			}
			continue
		}
		folder := folders[i]
		key := folder
		if len(titles[folder]) > 1 {
			title := item.Title
			switch {
			case item.titled && !item.whole:
				last[folder] = title
			case !item.titled && !item.whole:
				title = last[folder] // chapters that follow
			}
			key += "\x00" + strings.ToLower(title)
		}
		if number[key] == 0 {
			works = append(works, PileWork{})
			number[key] = len(works)
		}
		item.Work = number[key]
	}
	for i := range works {
		if works[i].Title == "" {
			works[i].Title = titleOfWork(items, folders, i+1)
		}
	}
	workOfVersions(items)
	return works
}

// workOfVersions says of each version that it is of the work of the file that
// stands for it.
func workOfVersions(items []PileItem) {
	work := map[string]int{}
	for _, item := range items {
		work[item.Name] = item.Work
	}
	for i, item := range items {
		if item.Verdict == PileVersion {
			items[i].Work = work[item.Of]
		}
	}
}

// foldersOf gives the folder or zip of each file, as far as it parts stories:
// the first below those that all files are in.
func foldersOf(items []PileItem) []string {
	var shared []string
	first := true
	for _, item := range items {
		if item.Verdict != PileChapter {
			continue
		}
		way := strings.Split(path.Dir(item.Name), "/")
		if first {
			shared, first = way, false
		}
		n := 0
		for n < len(shared) && n < len(way) && shared[n] == way[n] {
			n++
		}
		shared = shared[:n]
	}
	folders := make([]string, len(items))
	for i, item := range items {
		way := strings.Split(path.Dir(item.Name), "/")
		folders[i] = strings.Join(way[:min(len(way), len(shared)+1)], "/")
	}
	return besideLoose(items, folders, strings.Join(shared, "/"))
}

// besideLoose puts the files of a folder or zip with the loose ones beside it
// when they are called like those: chapter 27 in a zip beside chapters 1 to 26.
func besideLoose(items []PileItem, folders []string, loose string) []string {
	called, other := map[string]bool{}, map[string]bool{}
	if loose == "" {
		loose = "."
	}
	for i, item := range items {
		if item.Verdict == PileChapter && folders[i] == loose {
			called[unnumbered(item.Name)] = true
		}
	}
	for i, item := range items {
		if item.Verdict == PileChapter && !called[unnumbered(item.Name)] {
			other[folders[i]] = true
		}
	}
	for i := range folders {
		if len(called) > 0 && !other[folders[i]] {
			folders[i] = loose
		}
	}
	return folders
}

// titlesIn gives the titles that files of a folder say of themselves. Files
// that are only numbered are chapters, whatever they are called.
func titlesIn(items []PileItem, folders []string) map[string]map[string]bool {
	titles, names := map[string]map[string]bool{}, map[string]map[string]bool{}
	for i, item := range items {
		if item.Verdict != PileChapter || len(item.Stories) > 0 || !item.titled && !item.whole || item.Title == "" {
			continue
		}
		if titles[folders[i]] == nil {
			titles[folders[i]], names[folders[i]] = map[string]bool{}, map[string]bool{}
		}
		titles[folders[i]][strings.ToLower(item.Title)] = true
		names[folders[i]][unnumbered(item.Name)] = true
	}
	for folder := range titles {
		if len(names[folder]) == 1 {
			titles[folder] = nil
		}
	}
	return titles
}

// unnumbered is a file's name without its kind and its numbers.
func unnumbered(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, stem))
}

// titleOfWork is what the files of a work call it: what one says after
// "Title:", what all agree on, else the name of their folder or zip.
func titleOfWork(items []PileItem, folders []string, work int) string {
	var said, called []string
	files, folder := 0, ""
	for i, item := range items {
		if item.Work != work || item.Verdict != PileChapter {
			continue
		}
		files, folder = files+1, folders[i]
		if item.titled || item.whole {
			said = append(said, item.Title)
		}
		if item.Title != "" {
			called = append(called, item.Title)
		}
	}
	alike := func(titles []string) bool {
		return len(titles) > 0 && !slices.ContainsFunc(titles, func(t string) bool { return !strings.EqualFold(t, titles[0]) })
	}
	switch {
	case alike(said):
		return said[0]
	case alike(called) && len(called) == files:
		return called[0]
	}
	name := path.Base(folder)
	if strings.EqualFold(path.Ext(name), ".zip") {
		name = name[:len(name)-len(".zip")]
	}
	return strings.Trim(name, "./ ")
}
