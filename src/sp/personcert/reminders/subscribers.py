"""What the reminders do when others act."""

from zope.component import adapter

from sp.personcert.certification_types.events import RuleChanged

from . import operations


@adapter(RuleChanged)
def replan_type(event: RuleChanged) -> None:
    """The intervals of a type may have changed: its subjects are planned anew, by a task."""
    operations.replan_all(type_id=event.certification_type.getId())
