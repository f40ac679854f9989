package store

import (
	"encoding/json"
	"fmt"
	"sync"

	"ficus/internal/archive"
)

// mostLikings bounds the preferences that are remembered.
const mostLikings = 1000

// likings remembers what was read of stored preferences: those of most members
// are alike, and whatever they ask for reads them.
type likings struct {
	mu   sync.RWMutex
	read map[string]archive.Preferences
}

func (l *likings) of(stored string) (archive.Preferences, error) {
	l.mu.RLock()
	p, known := l.read[stored]
	l.mu.RUnlock()
	if known {
		return p, nil
	}
	if err := json.Unmarshal([]byte(stored), &p); err != nil {
		return p, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.read == nil || len(l.read) >= mostLikings {
		l.read = map[string]archive.Preferences{}
	}
	l.read[stored] = p
	return p, nil
}

// liking scans preferences.
type liking struct {
	among *likings
	into  *archive.Preferences
}

// Scan reads the JSON.
func (l liking) Scan(value any) (err error) {
	stored, is := value.(string)
	if !is {
		return fmt.Errorf("store: preferences are text, not %T", value)
	}
	*l.into, err = l.among.of(stored)
	return err
}
