package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"ficus/internal/archive"
)

// Settings are what the owner decided about the site.
type Settings struct{ conn }

const (
	findSetting = `SELECT value FROM settings WHERE name = $1`
	keepSetting = `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`
	takeSetting = `DELETE FROM settings WHERE name = $1 AND value = $2`
	setSetting  = `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// Find gives a setting; empty when it was never set.
func (s Settings) Find(ctx context.Context, name string) (string, error) {
	values, err := all(ctx, s.conn, scanText, findSetting, name)
	if err != nil || len(values) == 0 {
		return "", err
	}
	return values[0], nil
}

// Keep gives a setting, which is this value from now on if there was none.
func (s Settings) Keep(ctx context.Context, name, value string) (string, error) {
	if err := do(ctx, s.conn, keepSetting, name, value); err != nil {
		return "", err
	}
	return s.Find(ctx, name)
}

// LinkKey is the site's own key, from which the secrets of links are derived;
// it is made when it is first needed.
func (s Settings) LinkKey(ctx context.Context) (string, error) {
	return s.Keep(ctx, archive.LinkKey, rand.Text()+rand.Text())
}

// Archive is the archive's name for good, of which those of the entries of its
// feeds are made.
func (s Settings) Archive(ctx context.Context) (string, error) {
	return one(ctx, s.conn, scanText, findSetting, "archive")
}

// Take removes a setting that has this value, for one who does so first:
// archive.ErrNotFound when it has not.
func (s Settings) Take(ctx context.Context, name, value string) error {
	return touched(exec(ctx, s.conn, takeSetting, name, value))
}

// Set stores a setting.
func (s Settings) Set(ctx context.Context, name, value string) error {
	return do(ctx, s.conn, setSetting, name, value)
}

// siteSetting is where the owner's decisions are kept.
const siteSetting = "site"

// Site is what the owner decided; what was never decided is as in begin.
func (s Settings) Site(ctx context.Context, begin archive.Site) (archive.Site, error) {
	stored, err := s.Find(ctx, siteSetting)
	if err != nil || stored == "" {
		return begin, err
	}
	if err := json.Unmarshal([]byte(stored), &begin); err != nil {
		return begin, fmt.Errorf("read the site's settings: %w", err)
	}
	return begin, nil
}

// SetSite stores what the owner decided, and makes every kept page out of
// date.
func (s Settings) SetSite(ctx context.Context, site archive.Site) error {
	stored, err := json.Marshal(site)
	if err != nil {
		return err
	}
	if err := s.Set(ctx, siteSetting, string(stored)); err != nil {
		return err
	}
	return do(ctx, s.conn, raiseSite)
}
