package accounts_test

import (
	"testing"

	"ficus/internal/testkit"
)

func TestChangingThePasswordEndsTheKeysToTheAPI(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		ida, ben := join(t, a, "ida"), join(t, a, "ben")
		holder := func(token string) int64 {
			v, err := a.WhoHolds(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			return v.Account
		}
		tokens := map[string]string{}
		for _, name := range []string{"ida", "ben"} {
			token, err := a.NewToken(t.Context(), name, "a program")
			if err != nil {
				t.Fatal(err)
			}
			tokens[name] = token
		}
		if holder(tokens["ida"]) != ida.Account {
			t.Fatal("the key opens nothing")
		}
		if err := a.ChangePassword(t.Context(), ida, 0, password, "another lamp in the window"); err != nil {
			t.Fatal(err)
		}
		if holder(tokens["ida"]) != 0 || holder(tokens["ben"]) != ben.Account {
			t.Error("her key still opens, or another's does not")
		}
	})
}
