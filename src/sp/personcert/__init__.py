"""Kundwebben: the customer web of a certification body for persons."""

from zope.i18nmessageid import MessageFactory

PACKAGE_NAME = "sp.personcert"

_ = MessageFactory(PACKAGE_NAME)
