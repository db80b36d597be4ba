"""The administrators' pages of the certification types."""
