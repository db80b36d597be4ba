"""Real log records: message, arguments, tracebacks, and the configuration of the served instance."""

import io
import logging
import subprocess
import sys

import pytest
from scripts.instance import Instance
from zope.event import notify
from zope.processlifetime import DatabaseOpenedWithRoot

from sp.personcert.foundation.logs.records import MaskedRecord, MaskingFormatter, mask_every_record

NUMBER, SECRET = "19811218-9876", "Berg-och-vatten-7"


@pytest.fixture
def factory():
    """Give the process its records back."""
    before = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(before)


def logged(formatter=None):
    """A logger, and what its handler has written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    logger = logging.Logger("probe")
    logger.addHandler(handler)
    return logger, out


def tell_everything(logger):
    """Log a personnummer and a password in every way there is."""
    logger.info("customer %s with password=%s", NUMBER, SECRET)
    logger.info({"password": SECRET, "number": NUMBER})
    try:
        try:
            raise KeyError(f"no {NUMBER}")
        except KeyError as error:
            raise ValueError(f"/valj-losenord?kod={SECRET} of {NUMBER}") from error
    except ValueError as error:
        logger.exception("failed: %s", error, stack_info=True)


@pytest.mark.wall
@pytest.mark.handbook("H178")
def test_a_formatted_line_and_its_traceback_hold_no_secret():
    logger, out = logged(MaskingFormatter("%(levelname)s %(message)s"))
    tell_everything(logger)
    assert NUMBER not in out.getvalue() and SECRET not in out.getvalue()
    assert "ERROR failed: /valj-losenord?kod=*** of ***" in out.getvalue()
    assert "Traceback" in out.getvalue() and "KeyError: 'no ***'" in out.getvalue()


@pytest.mark.wall
def test_nobody_can_send_a_line_that_looks_like_ours():
    logger, out = logged(MaskingFormatter("%(levelname)s %(message)s"))
    logger.info("sent: %s", "x\r\nINFO Audit batch\n\x1b[31m\u2028INFO y\tz")
    assert out.getvalue() == "INFO sent: x\\x0d\n    INFO Audit batch\n    \\x1b[31m\\x2028INFO y\tz\n"


@pytest.mark.wall
@pytest.mark.handbook("H178")
def test_records_are_masked_for_any_handler_once_zope_has_started(portal, factory):
    notify(DatabaseOpenedWithRoot(portal._p_jar.db()))
    logger, out = logged()
    records = []
    logger.filters[:] = [lambda record: records.append(record) or True]
    tell_everything(logger)
    assert NUMBER not in out.getvalue() and SECRET not in out.getvalue()
    assert "ValueError: /valj-losenord?kod=*** of ***" in out.getvalue() and "Stack" in out.getvalue()
    kept = repr([vars(record) for record in records])
    assert len(records) == 3 and NUMBER not in kept and SECRET not in kept


def test_a_record_whose_arguments_do_not_fit_is_still_written_and_masked(factory, capsys):
    mask_every_record()
    logger, out = logged()
    logger.info("two %s %s", f"password={SECRET}")
    assert "two %s %s" in out.getvalue()
    assert SECRET not in out.getvalue() + capsys.readouterr().err


def test_a_plain_record_stays_as_it_is():
    record = MaskedRecord("x", logging.INFO, "file", 1, "%d of %s", (2, "three"), None)
    assert (record.getMessage(), record.exc_text, record.exc_info) == ("2 of three", None, None)


@pytest.mark.wall
@pytest.mark.handbook("H178")
def test_the_served_instance_masks_from_its_first_line_on(tmp_path):
    instance = Instance(tmp_path)
    instance.write()
    script = (
        "import logging.config, sys; logging.config.fileConfig(sys.argv[1]); log = logging.getLogger('x')\n"
        f"try: raise ValueError('no {NUMBER}')\n"
        f"except ValueError: log.exception('password={SECRET}')\n"
    )
    command = [sys.executable, "-c", script, str(instance.ini)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    for text in (instance.log.read_text(), done.stderr):
        assert "password=***" in text and "ValueError: no ***" in text
        assert NUMBER not in text.replace(f"ValueError('no {NUMBER}')", "") and SECRET not in text
