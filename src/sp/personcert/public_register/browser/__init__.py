"""The pages that everybody may open: the register and the check of a certificate."""
