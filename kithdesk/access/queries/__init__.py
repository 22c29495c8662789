"""Every SELECT of this slice: `agents` and teams, the `organisation` itself, and `credentials`."""
