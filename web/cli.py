"""The command line, `kast`. Heavy imports wait until their command runs."""

from __future__ import annotations


def main() -> int:
    from web.settings import Settings

    settings = Settings()
    import uvicorn

    from web import create_app

    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, server_header=False)
    return 0
