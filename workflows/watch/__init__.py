"""The watch (电子监察): what happened, held against rules; what was found becomes a card."""
