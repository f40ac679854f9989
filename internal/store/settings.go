package store

import "context"

// Settings are what the owner decided about the site.
type Settings struct{ conn }

const (
	findSetting = `SELECT value FROM settings WHERE name = $1`
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

// Set stores a setting.
func (s Settings) Set(ctx context.Context, name, value string) error {
	return do(ctx, s.conn, setSetting, name, value)
}
