"""The layers of the tests: the add-on with the demonstration's people and cases in it."""

from typing import Any

import transaction
from plone.app.testing import FunctionalTesting
from zope.component.hooks import setSite

from sp.personcert.demo import operations as demo
from sp.personcert.testing.layers import PersonCertLayer


class DemoLayer(PersonCertLayer):
    """The demonstration, built once through the operations. Each test works on a copy."""

    def setUpPloneSite(self, portal: Any) -> None:
        """Build it."""
        super().setUpPloneSite(portal)
        setSite(portal)
        demo.build(portal)
        transaction.commit()


FIXTURE = DemoLayer()
FUNCTIONAL = FunctionalTesting(bases=(FIXTURE,), name="PersonCert:Functional")
