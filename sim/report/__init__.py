"""One page of a sweep's store: what was asked, what came out, how sure it is, and what it stands on."""
