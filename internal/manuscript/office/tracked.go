package office

// Taken says which words of a file become its text. The zero Taken takes what
// its writer would see with every tracked change accepted.
type Taken struct {
	Deleted  bool // words whose deletion was tracked stay
	Original bool // words whose insertion was tracked go
	Hidden   bool // hidden words show
}

// deletion decides about words whose deletion was tracked, and tells it: true
// when they go. Moved words stand twice; they are where they were moved to,
// unless every change is refused.
func (t Taken) deletion(told told, moved bool) (goes bool) {
	goes = !t.Deleted || moved && !t.Original
	told[map[bool]string{true: "tracked-deletion", false: "tracked-deletion-kept"}[goes]]++
	return goes
}

// insertion decides about words whose insertion was tracked, and tells it: true
// when they go.
func (t Taken) insertion(told told, moved bool) (goes bool) {
	goes = t.Original && !(moved && !t.Deleted)
	told[map[bool]string{true: "tracked-insertion-refused", false: "tracked-insertion"}[goes]]++
	return goes
}

// tracked decides about an element of the name that .docx gives a change:
// whether it is one, and whether what is in it goes.
func (t Taken) tracked(told told, name string) (change, goes bool) {
	switch name {
	case "ins", "moveTo":
		return true, t.insertion(told, name == "moveTo")
	case "del", "moveFrom":
		return true, t.deletion(told, name == "moveFrom")
	}
	return false, false
}

// hides tells whether words of a dress are not shown; hidden ones that are
// asked for show, and are told.
func (t Taken) hides(worn *dress, told told) bool {
	if worn.marks&hidden == 0 {
		return false
	}
	if t.Hidden {
		worn.marks &^= hidden
		told["hidden-text-shown"]++
	}
	return !t.Hidden
}
