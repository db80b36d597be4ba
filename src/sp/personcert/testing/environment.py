"""The environment of a test process: everything in memory or in a folder that goes away."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="personcert-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

ENVIRONMENT = {
    "SP_DEMO": "1",
    "SP_TASKQUEUE_URL": "memory://",
    "SP_SIGNING_DIR": f"{FOLDER}/signing",
    "SP_MAIL_DIR": f"{FOLDER}/mail",
    "zope_i18n_compile_mo_files": "true",
}
os.environ.update(ENVIRONMENT)
