package main

// The certificate authorities of browsers, for a machine that has no list of
// its own: a container of nothing but this program, say. A machine's own list
// goes first.
import _ "golang.org/x/crypto/x509roots/fallback"
