"""`minsight serve`: the rules over HTTP, for this machine or, by token, for others."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from minsight.errors import missing_extra
from minsight_cli.options.common import RulesOption, load_rules

TOKEN = "MINSIGHT_TOKEN"  # noqa: S105 - the name of a variable


def serve(
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The address to listen on. Any but this machine's own needs a token.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, metavar="N", help="The port.")
    ] = 8321,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            "--origin",
            metavar="URL",
            help="A site whose pages may ask this server, such as that of a chart"
            " system. Repeat for more.",
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page",
            metavar="FILE",
            help="The page to show at `/` instead of the package's own.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    rate: Annotated[
        float,
        typer.Option(
            min=0.1, metavar="N", help="Requests a second that one address may send."
        ),
    ] = 100.0,
    rules: RulesOption = None,
) -> None:
    """Answer over HTTP what the command line answers, with the same records.

    The API is described at `/docs` and, for programs, at `/openapi.json`. Nothing that
    is asked is written down, and only the last four interviews stay in memory, for
    their next screen; a line for each request says what kind it was, its status and how
    long it took. On other addresses than this machine's own a token is needed: that of
    the variable MINSIGHT_TOKEN, or one that is made up and shown at the start.

    **Examples**

    `minsight serve`

    `minsight serve --host 0.0.0.0 --port 8080`
    """
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise missing_extra("a server", "web")
    from minsight.cases.published import lesson_cases
    from minsight.compiler.bundle import rules_folder
    from minsight.service.service import Service
    from minsight_cli.serving.application import web_application
    from minsight_cli.serving.server import server_of
    from minsight_cli.serving.settings import ServeSettings, is_loopback

    token = os.environ.get(TOKEN, "")
    if not token and not is_loopback(host):
        token = secrets.token_urlsafe(24)
        typer.echo(f"Token for this run: {token}", err=True)
    settings = ServeSettings(
        host=host,
        port=port,
        token=token,
        page=page,
        origins=tuple(origin or ()),
        rate=rate,
        burst=max(1, round(2 * rate)),
    )
    with load_rules(rules) as loaded:
        service = Service(loaded, lesson_cases(rules or rules_folder()))
        server = server_of(web_application(service, settings), settings)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Serving at http://{shown}:{port}/ until Ctrl-C.", err=True)
        server.run()
