"""Serves a contract with FastAPI.

    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key=...)
    mount(app, registry, user=load_user, transaction=open_database)
"""

from .host import FastAPIHost
from .mount import mizan_router, mount
from .options import Options
from .problems import answer_problems
from .revocations import MemoryRevocations, Revocations
from .session import CookieSession

__all__ = [
    "CookieSession",
    "FastAPIHost",
    "MemoryRevocations",
    "Revocations",
    "Options",
    "answer_problems",
    "mizan_router",
    "mount",
]
