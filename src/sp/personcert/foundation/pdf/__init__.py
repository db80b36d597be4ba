"""Signed PDF documents: keys, signing (endesive), strict checking (pyHanko), fonts, QR codes and tags.

Signing and checking are two independent implementations on purpose: a document is released only when the
second accepted what the first made. Submodules are imported by name; this package imports nothing, so that
asking for a key does not load a PDF library.
"""
