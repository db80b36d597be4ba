"""Letters by post: what customers whom e-mail does not reach are told on paper (H42).

Officers print them on ``/brev``, put them into envelopes with a window, and tick them off.
"""
