"""What is told in the tests of supplements."""

from datetime import datetime

MORNING = datetime(2026, 11, 24, 9, 0)  # when the supplement is asked for
OLD = "Intyget är äldre än fem år."
