package names

// Join makes one table of what was put and what there was.
func (n *Names) Join() { n.join() }
