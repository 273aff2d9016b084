"""Wrong programs made from a reference: the universal mistakes, and every small change of its source."""
