import logging, traceback
def test_x(visitor, monkeypatch):
    from sp.personcert.foundation.walls import errors
    monkeypatch.setattr(errors.logger if hasattr(errors,"logger") else logging.getLogger("x"), "error", lambda *a, **k: traceback.print_exc())
    for path in ("/login", "/register", "/kontrollera", "/kontrollera?nr=SC1"):
        a = visitor().see(path)
        print(path, a.status, len(a.text))
        if a.status_int >= 500: print(a.text[:3000])
    assert 0
