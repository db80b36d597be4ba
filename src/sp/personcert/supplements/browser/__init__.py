"""The officers' page for supplements."""
