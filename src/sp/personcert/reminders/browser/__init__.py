"""The officers' page of reminders."""
