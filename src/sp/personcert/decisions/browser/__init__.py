"""The officers' pages about what can be done next and about decisions."""
