"""The tables, one revision after another; each works with the release before it."""
