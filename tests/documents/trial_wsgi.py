"""The product as it is served, with the drawer in it: `gunicorn tests.documents.trial_wsgi`."""

from config.wsgi import application
from documents import holders
from tests.documents.drawer import drawer

holders.register("tests.drawer", drawer())

__all__ = ["application"]
