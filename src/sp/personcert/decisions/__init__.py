"""Decisions: an officer proposes, somebody else decides.

The body never lets the person who examined or handled a case decide on it (ISO/IEC 17024, Decision
on certification; H166). The event ``CaseGranted`` tells whoever issues certificates.
"""
