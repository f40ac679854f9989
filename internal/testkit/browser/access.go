package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// violation is one finding of axe-core.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	} `json:"nodes"`
}

// Axe runs axe-core on the page and fails the test for each of its findings.
func (p *Page) Axe() {
	p.t.Helper()
	script, err := axeCore()
	p.must("run axe-core", err)
	if p.how.NoScript { // axe-core is a script itself
		p.must("let axe-core run", p.scripts(true))
		defer func() { p.must("end scripts again", p.scripts(false)) }()
	}
	if !Ask[bool](p, `typeof axe === "object"`) {
		p.evaluate("load axe-core", string(script))
	}
	const run = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`
	var found []violation
	p.must("read axe-core's findings", json.Unmarshal([]byte(Ask[string](p, run)), &found))
	for _, v := range found {
		for _, n := range v.Nodes {
			p.t.Errorf("axe on %s: %s (%s)\n%s\n%s", p.Path(), v.Help, v.ID, n.HTML, n.FailureSummary)
		}
	}
}

// axeCore reads the script from the repository's node_modules.
func axeCore() ([]byte, error) {
	dir, err := os.Getwd()
	for err == nil {
		script, missing := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
		if missing == nil {
			return script, nil
		}
		if dir == filepath.Dir(dir) {
			return nil, errors.New("axe-core is missing: run `make deps`")
		}
		dir = filepath.Dir(dir)
	}
	return nil, err
}

// Tree is the page as a screen reader has it: one line for each thing, with its role, name, value
// and state, below what holds it.
func (p *Page) Tree() string {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	answer, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	p.must("read the accessibility tree", err)
	tree := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range answer.Nodes {
		tree[n.NodeID] = n
	}
	var out strings.Builder
	if len(answer.Nodes) > 0 {
		writeNode(&out, tree, answer.Nodes[0], 0)
	}
	return out.String()
}

func writeNode(out *strings.Builder, tree map[accessibility.NodeID]*accessibility.Node, n *accessibility.Node, depth int) {
	role, name := plain(n.Role), plain(n.Name)
	if role == "InlineTextBox" {
		return
	}
	below := depth
	if silent := n.Ignored || role == "none" || role == "generic" && name == ""; !silent {
		fmt.Fprintf(out, "%s%s", strings.Repeat("  ", depth), role)
		if name != "" {
			fmt.Fprintf(out, " %q", name)
		}
		if value := plain(n.Value); value != "" && value != name {
			fmt.Fprintf(out, " = %q", value)
		}
		for _, property := range n.Properties {
			writeState(out, property)
		}
		out.WriteByte('\n')
		below++
	}
	for _, id := range n.ChildIDs {
		if child := tree[id]; child != nil {
			writeNode(out, tree, child, below)
		}
	}
}

// writeState writes what a screen reader says after a name.
func writeState(out *strings.Builder, property *accessibility.Property) {
	switch name := string(property.Name); name {
	case "level", "checked", "expanded", "selected", "pressed":
		fmt.Fprintf(out, " %s=%s", name, plain(property.Value))
	case "required", "disabled", "invalid":
		if v := plain(property.Value); v != "false" {
			fmt.Fprintf(out, " %s", name)
		}
	}
}

// plain is a value of the tree without its quotes.
func plain(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var text string
	if json.Unmarshal([]byte(v.Value), &text) == nil {
		return text
	}
	return string(v.Value)
}
