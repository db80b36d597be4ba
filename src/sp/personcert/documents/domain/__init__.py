"""Names and formats of documents: plain values and functions."""
