"""The officers' pages of letters by post."""
