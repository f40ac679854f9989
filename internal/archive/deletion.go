package archive

import "time"

// What becomes of a work whose writer goes.
type Fate string

// The fates. A work that others sign too is never deleted with one of them.
const (
	FateDelete   Fate = "delete"  // put away with the account; sole works only
	FateKeepName Fate = "name"    // orphaned, the pen name kept
	FateNoName   Fate = "no_name" // orphaned as orphan_account
	FateRemove   Fate = "remove"  // left to those who sign it too; shared works only
)

// What becomes of comments whose writer goes.
const (
	AnswersKeep = "keep" // they stay, as by a former member
	AnswersDrop = "drop" // they go
)

// Deletion is an account that its owner deleted.
type Deletion struct {
	Account   int64
	DeletedAt time.Time
	PurgeAt   time.Time // until then it can be brought back
	Sole      Fate
	Shared    Fate
	Answers   string
}

// Check notes what is wrong with the choices.
func (d Deletion) Check(p *Problems) {
	switch d.Sole {
	case FateDelete, FateKeepName, FateNoName:
	default:
		p.Add("sole", "choose")
	}
	switch d.Shared {
	case FateRemove, FateKeepName, FateNoName:
	default:
		p.Add("shared", "choose")
	}
	switch d.Answers {
	case AnswersKeep, AnswersDrop:
	default:
		p.Add("answers", "choose")
	}
}

// OrphanAccount is the name of the account that orphaned works stand under.
const OrphanAccount = "orphan_account"

// Orphaning is one pen name of a work that was orphaned or put away, for as
// long as it can be taken back.
type Orphaning struct {
	Account     int64
	Work        int64
	Pseud       int64 // 0: the work was put away
	Position    int
	StandIn     int64 // the pen name that took its place; 0: none did
	Made        bool  // StandIn stands on the work because of this
	WithAccount bool  // the whole account was deleted
	Until       time.Time
}

// Leave gives the byline of a work that an account leaves, and what must be
// remembered to bring it back. standIn gives the pen name that takes the place
// of one that goes; the fate FateRemove takes none. The byline is empty when
// nobody else signs the work and none takes the place.
func Leave(byline []Pseud, account int64, fate Fate, standIn func(Pseud) (Pseud, error)) (left []Pseud, kept []Orphaning, err error) {
	stands := map[int64]bool{}
	for _, p := range byline {
		if p.Account != account {
			stands[p.ID] = true
		}
	}
	for i, p := range byline {
		if p.Account != account {
			left = append(left, p)
			continue
		}
		gone := Orphaning{Account: account, Pseud: p.ID, Position: i}
		if fate != FateRemove {
			other, err := standIn(p)
			if err != nil {
				return nil, nil, err
			}
			gone.StandIn = other.ID
			if !stands[other.ID] {
				gone.Made, stands[other.ID] = true, true
				left = append(left, other)
			}
		}
		kept = append(kept, gone)
	}
	return left, kept, nil
}

// TakeBack gives the byline of a work to which an account returns: its pen
// names stand where they stood, and stand-ins that were made for them go,
// unless another who left (of others, by stand-in) needs them.
func TakeBack(byline []Pseud, kept []Orphaning, own map[int64]Pseud, others map[int64]int64) []Pseud {
	drop := map[int64]bool{}
	for _, o := range kept {
		if _, needed := others[o.StandIn]; o.Made && !needed {
			drop[o.StandIn] = true
		}
	}
	var back []Pseud
	for _, p := range byline {
		if !drop[p.ID] {
			back = append(back, p)
		}
	}
	for _, o := range kept {
		p, found := own[o.Pseud]
		if !found {
			continue
		}
		at := min(o.Position, len(back))
		back = append(back[:at], append([]Pseud{p}, back[at:]...)...)
	}
	return back
}
