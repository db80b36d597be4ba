"""The public register: who is certified, and whether a certificate is genuine and valid today.

It keeps an explicit list of public fields (``domain.PublicEntry``) in BTrees of its own, fed by the
event ``CertificateChanged``. No personnummer and no private contact data ever enter it.
"""
