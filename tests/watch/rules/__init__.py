"""Every rule of the watch: one that fires, and one that does not."""
