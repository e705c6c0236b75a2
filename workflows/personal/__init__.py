"""What people keep for themselves: it changes nothing of a case, so no history remembers it."""
