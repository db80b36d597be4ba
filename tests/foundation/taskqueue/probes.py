"""Views whose behaviour a test gives: one task view, and one on the web that queues it."""

from collections.abc import Callable
from typing import Any, ClassVar

from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.component.hooks import getSite, setSite
from zope.configuration import xmlconfig
from zope.interface import alsoProvides, implementer

from sp.personcert.foundation import taskqueue
from sp.personcert.interfaces import IOwnView

ZCML = """
<configure xmlns="http://namespaces.zope.org/zope" xmlns:browser="http://namespaces.zope.org/browser">
  <include package="Products.Five" file="meta.zcml" />
  <browser:page name="probe" for="*" class="tests.foundation.taskqueue.probes.Probe" permission="zope2.View"
      layer="sp.personcert.foundation.taskqueue.interfaces.ITaskQueueLayer" />
  <browser:page name="queue-probe" for="*" class="tests.foundation.taskqueue.probes.QueueProbe"
      permission="zope.Public" />
</configure>
"""


@implementer(IOwnView)
class Probe(BrowserView):
    """Does what the test says, and counts."""

    behaviour: ClassVar[Callable[[Any], Any]]
    runs: ClassVar[int] = 0

    def __call__(self) -> Any:
        Probe.runs += 1
        return Probe.behaviour(self)


@implementer(IOwnView)
class QueueProbe(BrowserView):
    """Queues the probe from a request of the web; fails afterwards when asked."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        taskqueue.add(taskqueue.task_path(self.context, "probe"))
        if self.request.form.get("fail"):
            raise ValueError("on purpose")
        return "queued"


def register() -> None:
    """Register the two views, for every site."""
    site = getSite()
    setSite(None)
    try:
        xmlconfig.string(ZCML)
    finally:
        setSite(site)
