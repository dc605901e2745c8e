"""`minsight mcp`: the rules as tools for an assistant, over its input and output."""

from __future__ import annotations

from importlib.util import find_spec

from minsight.errors import missing_extra
from minsight_cli.options.common import RulesOption, load_rules


def mcp(rules: RulesOption = None) -> None:
    """Give an assistant six tools: understand, assess, explain, what if, ask, learn.

    An assistant starts this command by itself and speaks the Model Context Protocol
    with it on standard input and output. The tools only tell, keep nothing, and send
    nothing anywhere.

    **Examples**

    `minsight mcp`

    `minsight mcp --rules my-rules`
    """
    if find_spec("mcp") is None:
        raise missing_extra("a server for assistants", "mcp")
    from minsight.service.service import Service
    from minsight_cli.serving.mcp_server import mcp_server

    with load_rules(rules) as loaded:
        mcp_server(Service(loaded)).run("stdio")
