"""The Spark session of a command: quiet, on this machine or on a cluster."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from minsight.errors import BackendError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EVERYWHERE: Final = {
    "spark.ui.showConsoleProgress": "false",
    # Spark runs a task a core; each with a thread a core would be too many.
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}
_LOCAL: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
}
"""On one machine, nothing listens to others, and little is shuffled."""
_LONGEST_REASON: Final = 300
_CALLING: Final = "An error occurred while calling"
_CONDITION: Final = re.compile(r"^\[[A-Z_.]+\] | SQLSTATE: \w+$")


@contextmanager
def spark_session(master: str | None) -> Iterator[SparkSession]:
    """A session on the master, or on what `spark-submit` gave, or on this machine.

    One that is there already is used and left running. With `MINSIGHT_TRACEBACK`, Spark
    logs as usual.

    Raises:
        BackendError: when Spark is not installed, does not start or gives up.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise BackendError(
            "Spark needs a package that is not installed; install it with"
            ' `pip install "minsight[spark]"`'
        ) from None
    # Spark warns of the newest pandas, which nothing here touches.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    there = SparkSession.getActiveSession()
    session = there or _started(master)
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        if _is_loud():
            raise
        raise BackendError(f"Spark stopped: {reason_of(error)}") from None
    finally:
        if there is None:
            session.stop()


def _started(master: str | None) -> SparkSession:
    from pyspark.sql import SparkSession

    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted and not _has_java():
        raise BackendError(
            "Spark needs Java 17 or later, and there is none here; install it (for"
            " example `apt install openjdk-17-jre-headless` or `brew install"
            " openjdk@17`), or say by JAVA_HOME where it is"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    builder = builder.appName("minsight screen").config(map=_EVERYWHERE)
    if master is not None or not submitted:
        builder = builder.master(master or "local[*]")
        if (master or "local").startswith("local"):
            builder = builder.config(map=_LOCAL)
    with _java_kept_quiet() as said:
        try:
            session: SparkSession = builder.getOrCreate()
        except Exception as error:  # noqa: BLE001 - Java fails in many ways, also as ours
            said.seek(0)
            raise BackendError(_why_not_started(error, said.read().decode())) from None
    if not _is_loud():
        session.sparkContext.setLogLevel("OFF")  # what stops the work is raised to us
    return session


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    path = None if home is None else str(Path(home, "bin"))
    return shutil.which("java", path=path) is not None


def _why_not_started(error: Exception, said: str) -> str:
    if "UnsupportedClassVersionError" in said:
        return "Spark needs Java 17 or later; `java -version` tells which is here"
    return (
        f"Spark did not start: {reason_of(error)}; look whether the master answers, and"
        " set MINSIGHT_TRACEBACK=1 to see all that Spark says"
    )


def _is_loud() -> bool:
    return bool(os.environ.get("MINSIGHT_TRACEBACK"))


@contextmanager
def _java_kept_quiet() -> Iterator[Any]:
    """Java is started with a standard error of its own, as it talks of many things."""
    if _is_loud():
        with tempfile.TemporaryFile() as nothing:
            yield nothing
        return
    own = os.dup(2)
    try:
        with tempfile.TemporaryFile() as said:
            os.dup2(said.fileno(), 2)
            yield said
    finally:
        os.dup2(own, 2)
        os.close(own)


def reason_of(error: Exception) -> str:
    r"""What a Spark error says, in one line: of a traceback, the last line.

    >>> reason_of(ValueError("[PATH_NOT_FOUND] Path does not exist: a. SQLSTATE: 42K"))
    'Path does not exist: a.'
    >>> reason_of(ValueError("Traceback (most recent call last):\n  ...\nOSError: x"))
    'OSError: x'
    """
    text, _, python = str(error).partition("Traceback (most recent call last):")
    if python:
        lines = [one for one in python.splitlines() if one and not one[0].isspace()]
        text = lines[0] if lines else text
    lines = [one for one in text.splitlines() if one and not one.startswith(_CALLING)]
    line = lines[0].removeprefix(": ") if lines else type(error).__name__
    return _CONDITION.sub("", _CONDITION.sub("", line))[:_LONGEST_REASON]
