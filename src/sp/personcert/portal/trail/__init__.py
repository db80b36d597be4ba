"""The audit trail in words: what was done, by whom, to what (H178)."""
