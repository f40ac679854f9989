package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"golang.org/x/term"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// userCmd makes accounts and keys.
type userCmd struct {
	Create userCreateCmd `cmd:"" help:"Make an account."`
	Token  userTokenCmd  `cmd:"" help:"Make a key to the API and print it."`

	ForgetSecondStep userForgetStepCmd `cmd:"" help:"Let a member in who lost the app of their second step and the recovery codes."`
}

// userCreateCmd makes an account, beside a running server or before there is
// one.
type userCreateCmd struct {
	where
	Name          string `arg:"" help:"Name of the account."`
	Email         string `help:"Its e-mail address."`
	Staff         bool   `help:"Make it staff."`
	PasswordStdin bool   `help:"Read the password from standard input."`
}

// Run makes the account. In an empty folder it makes the archive first.
func (c *userCreateCmd) Run(s *streams) error {
	password, err := c.password(s)
	if err != nil {
		return err
	}
	return c.with(s, true, func(ctx context.Context, a *accounts.Accounts) error {
		_, err := a.Join(ctx, accounts.Joining{Name: c.Name, Email: c.Email, Proved: true, Password: password, Staff: c.Staff})
		if err != nil {
			return inWords(err)
		}
		_, err = fmt.Fprintf(s.Out, "Made the account %s.\n", c.Name)
		return err
	})
}

// password reads the password: a line of standard input, or typed twice.
func (c *userCreateCmd) password(s *streams) (string, error) {
	stdin, isFile := s.In.(*os.File)
	if c.PasswordStdin || !isFile || !term.IsTerminal(int(stdin.Fd())) {
		if !c.PasswordStdin {
			return "", errors.New("there is no terminal to type a password at; give --password-stdin and the password on standard input")
		}
		line, err := bufio.NewReader(s.In).ReadString('\n')
		if line == "" && err != nil {
			return "", errors.New("standard input holds no password")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	fmt.Fprint(s.Err, "Password: ")
	typed, err := term.ReadPassword(int(stdin.Fd()))
	fmt.Fprint(s.Err, "\nAgain: ")
	if err != nil {
		return "", err
	}
	again, err := term.ReadPassword(int(stdin.Fd()))
	fmt.Fprintln(s.Err)
	if err == nil && string(typed) != string(again) {
		err = errors.New("the two passwords differ; nothing was made")
	}
	return string(typed), err
}

// userTokenCmd makes a key to the API.
type userTokenCmd struct {
	where
	Name string `arg:"" help:"Name of the account."`
}

// Run prints the key, alone on a line: it is shown this once.
func (c *userTokenCmd) Run(s *streams) error {
	return c.with(s, false, func(ctx context.Context, a *accounts.Accounts) error {
		token, err := a.NewToken(ctx, c.Name, "command line")
		if errors.Is(err, archive.ErrNotFound) {
			return fmt.Errorf("there is no account %q", c.Name)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(s.Out, token)
		return err
	})
}

// userForgetStepCmd turns a member's second step off.
type userForgetStepCmd struct {
	where
	Name string `arg:"" help:"Name of the account."`
}

// Run turns it off. The member is told.
func (c *userForgetStepCmd) Run(s *streams) error {
	return c.with(s, false, func(ctx context.Context, a *accounts.Accounts) error {
		err := a.ForgetSecondStep(ctx, c.Name)
		if errors.Is(err, archive.ErrNotFound) {
			return fmt.Errorf("there is no account %q with a second step", c.Name)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "Turned the second step of %s off.\n", c.Name)
		return err
	})
}

// with opens the archive beside a running server for one act. Only when it may
// make is an archive made where there is none.
func (w where) with(s *streams, make bool, act func(context.Context, *accounts.Accounts) error) error {
	ctx := context.Background()
	if !make && !w.exists() {
		return fmt.Errorf("there is no archive in %s; start one with ficus serve --data %s", w.Data, w.Data)
	}
	db, err := w.open(ctx, slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := w.fit(ctx, db, make); err != nil {
		return err
	}
	st, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return err
	}
	a, err := accounts.New(st, archive.DefaultLimits(), accounts.DefaultCost())
	if err != nil {
		return err
	}
	return act(ctx, a)
}

// fit holds the database to this program's schema; an empty one gets it when
// the command may make an archive.
func (w where) fit(ctx context.Context, db *sqldb.DB, make bool) error {
	have, _, err := db.SchemaVersion(ctx, store.Schema())
	if err != nil {
		return err
	}
	if have == 0 && make {
		return db.Migrate(ctx, store.Schema())
	}
	return db.CheckSchema(ctx, store.Schema())
}

// inWords says what is wrong with fields in a sentence.
func inWords(err error) error {
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return err
	}
	catalogue, openErr := locale.Open()
	if openErr != nil {
		return errors.Join(err, openErr)
	}
	var said []string
	for _, one := range page.ErrorsOf(page.Shell{Words: catalogue.Printer("en")}, problems) {
		said = append(said, strings.TrimSuffix(one.Text, "."))
	}
	return errors.New(strings.Join(said, ". "))
}
