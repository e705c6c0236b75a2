"""The watch: rules over the log, and what runs them."""
