package accounts

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// period is how long an app shows one code.
const period = 30 * time.Second

// codeOptions are what every app knows.
var codeOptions = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// SecondStep is what a member is shown of their second step.
type SecondStep struct {
	On      bool
	Since   time.Time
	Left    int64  // recovery codes not used yet
	Secret  string // while it waits for its first code, to be typed into the app
	Picture []byte // the same as a picture to be scanned: a PNG
}

// BeginSecondStep gives the member's app something to make codes from. Nothing
// is asked for at sign-in until TurnOnSecondStep. archive.ErrConflict when it
// is on already.
func (a *Accounts) BeginSecondStep(ctx context.Context, v archive.Viewer) error {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Ficus", AccountName: v.Name})
	if err != nil {
		return fmt.Errorf("make a secret: %w", err)
	}
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.SecondSteps.Begin(ctx, v.Account, key.Secret()) })
}

// LookAtSecondStep gives what a member is shown of it, under the site's name.
func (a *Accounts) LookAtSecondStep(ctx context.Context, v archive.Viewer, site string) (SecondStep, error) {
	var step archive.SecondStep
	var shown SecondStep
	err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
		step, err = tx.SecondSteps.Find(ctx, v.Account)
		if err := ignoreMissing(err); err != nil || !step.IsOn() {
			return err
		}
		shown.On, shown.Since = true, step.OnAt
		shown.Left, err = tx.SecondSteps.RecoveryLeft(ctx, v.Account)
		return err
	})
	if err != nil || step.Secret == "" || shown.On {
		return shown, err
	}
	shown.Secret = step.Secret
	shown.Picture, err = drawSecret(step.Secret, site, v.Name)
	return shown, err
}

// drawSecret makes the picture that apps scan.
func drawSecret(secret, site, name string) ([]byte, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return nil, fmt.Errorf("read a secret: %w", err)
	}
	if site = strings.ReplaceAll(site, ":", " "); strings.TrimSpace(site) == "" {
		site = "Ficus"
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: name, Secret: raw})
	if err != nil {
		return nil, fmt.Errorf("write a secret: %w", err)
	}
	const side = 240
	drawn, err := key.Image(side, side)
	if err != nil {
		return nil, fmt.Errorf("draw a secret: %w", err)
	}
	var file bytes.Buffer
	err = png.Encode(&file, drawn)
	return file.Bytes(), err
}

// TurnOnSecondStep has signing in ask for codes from now on, when the first one
// is right, and gives the recovery codes, this once.
func (a *Accounts) TurnOnSecondStep(ctx context.Context, v archive.Viewer, code string) (recovery []string, err error) {
	var problems archive.Problems
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		problems = nil
		step, err := tx.SecondSteps.Hold(ctx, v.Account)
		if err != nil {
			return err
		}
		if step.IsOn() {
			return archive.ErrConflict
		}
		if problems, err = a.tryCode(ctx, tx, v, code); err != nil || problems != nil {
			return err
		}
		if err := tx.SecondSteps.TurnOn(ctx, v.Account); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.SecondStepOn, Actor: v.Account, Subject: v.Account})
		recovery, err = makeRecovery(ctx, tx, v)
		return err
	})
	if err == nil {
		err = problems.Err()
	}
	return recovery, err
}

// TurnOffSecondStep has signing in ask for the password alone, and ends the
// recovery codes.
func (a *Accounts) TurnOffSecondStep(ctx context.Context, v archive.Viewer) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		step, err := tx.SecondSteps.Hold(ctx, v.Account)
		if err != nil {
			return ignoreMissing(err)
		}
		if step.IsOn() {
			tx.Log.Record(archive.Event{Kind: archive.SecondStepOff, Actor: v.Account, Subject: v.Account})
		}
		return tx.SecondSteps.TurnOff(ctx, v.Account)
	})
}

// ForgetSecondStep turns it off for the account of a name, whose owner lost
// every way to a code. archive.ErrNotFound when there is none.
func (a *Accounts) ForgetSecondStep(ctx context.Context, name string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.Accounts.FindPresent(ctx, archive.CleanLine(name))
		if err != nil {
			return err
		}
		step, err := tx.SecondSteps.Hold(ctx, account.ID)
		if err != nil {
			return err
		}
		if !step.IsOn() {
			return archive.ErrNotFound
		}
		tx.Log.Record(archive.Event{Kind: archive.SecondStepOff, Subject: account.ID})
		return tx.SecondSteps.TurnOff(ctx, account.ID)
	})
}

// RenewRecovery makes the recovery codes anew and gives them, this once; the
// old ones die. archive.ErrNotFound while the second step is off.
func (a *Accounts) RenewRecovery(ctx context.Context, v archive.Viewer) (codes []string, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		step, err := tx.SecondSteps.Hold(ctx, v.Account)
		if err != nil {
			return err
		}
		if !step.IsOn() {
			return archive.ErrNotFound
		}
		tx.Log.Record(archive.Event{Kind: archive.RecoveryRenewed, Actor: v.Account, Subject: v.Account})
		codes, err = makeRecovery(ctx, tx, v)
		return err
	})
	return codes, err
}

// AreRecovery reports whether every one of these is a recovery code of the
// member that was not used: what a page hands out as a file.
func (a *Accounts) AreRecovery(ctx context.Context, v archive.Viewer, codes []string) (all bool, err error) {
	if len(codes) == 0 || len(codes) > archive.RecoveryCodes {
		return false, nil
	}
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		for _, code := range codes {
			if all, err = tx.SecondSteps.HasRecovery(ctx, v.Account, recoveryHash(v.Account, plainCode(code))); err != nil || !all {
				return err
			}
		}
		return nil
	})
	return all, err
}

// A recovery code is sixteen letters and digits in groups of four: 80 bits,
// which nobody finds by trying, so that a plain hash of it is enough.
const (
	recoveryLength = 16
	recoveryGroup  = 4
)

func makeRecovery(ctx context.Context, tx *store.Tx, v archive.Viewer) (codes []string, err error) {
	var hashes []string
	for range archive.RecoveryCodes {
		plain := strings.ToLower(rand.Text()[:recoveryLength])
		var groups []string
		for at := 0; at < recoveryLength; at += recoveryGroup {
			groups = append(groups, plain[at:at+recoveryGroup])
		}
		codes = append(codes, strings.Join(groups, "-"))
		hashes = append(hashes, recoveryHash(v.Account, plain))
	}
	return codes, tx.SecondSteps.SetRecovery(ctx, v.Account, hashes)
}

func recoveryHash(account int64, plain string) string {
	return fingerprint(fmt.Sprintf("recovery %d %s", account, plain))
}

// plainCode is a code as it was made, however it was typed.
func plainCode(code string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00A0' {
			return -1
		}
		return r
	}, archive.CleanLine(code)))
}

// tryCode spends a code of a member, of the app or a recovery code. What is
// wrong with it is archive.Problems of "code", and counted.
func (a *Accounts) tryCode(ctx context.Context, tx *store.Tx, v archive.Viewer, code string) (archive.Problems, error) {
	step, err := tx.SecondSteps.Hold(ctx, v.Account)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	if !step.MayTry(tx.Now) {
		return archive.Problems{{Field: "code", Rule: "codes_too_often"}}, nil
	}
	plain := plainCode(code)
	right, err := spendCode(ctx, tx, step, plain)
	if err == nil && !right && step.IsOn() && len(plain) == recoveryLength {
		right, err = spendRecovery(ctx, tx, v, plain)
	}
	if err != nil || right {
		return nil, err
	}
	step.Missed(tx.Now)
	return archive.Problems{{Field: "code", Rule: "code_wrong"}}, tx.SecondSteps.SetWrong(ctx, step)
}

// spendCode looks whether a code is the app's of now, or of the moment before
// or after, and was not used yet.
func spendCode(ctx context.Context, tx *store.Tx, step archive.SecondStep, code string) (bool, error) {
	if len(code) != codeOptions.Digits.Length() {
		return false, nil
	}
	now := tx.Now.Unix() / int64(period.Seconds())
	for counter := now - 1; counter <= now+1; counter++ {
		right, err := hotp.ValidateCustom(code, uint64(counter), step.Secret, codeOptions)
		if err != nil {
			return false, fmt.Errorf("compare a code: %w", err)
		}
		if !right {
			continue
		}
		if fresh, err := tx.SecondSteps.Spend(ctx, step.Account, counter); err != nil || fresh {
			return fresh, err
		}
	}
	return false, nil
}

func spendRecovery(ctx context.Context, tx *store.Tx, v archive.Viewer, plain string) (bool, error) {
	right, err := tx.SecondSteps.SpendRecovery(ctx, v.Account, recoveryHash(v.Account, plain))
	if err == nil && right {
		tx.Log.Record(archive.Event{Kind: archive.RecoveryUsed, Actor: v.Account, Subject: v.Account})
	}
	return right, err
}
