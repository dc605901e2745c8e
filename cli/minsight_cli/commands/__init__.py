"""One module a command."""

from minsight_cli.commands.check import check
from minsight_cli.commands.check_rules import check_rules
from minsight_cli.commands.doctor import doctor
from minsight_cli.commands.learn import learn
from minsight_cli.commands.screen import screen
from minsight_cli.commands.search import groups, symptoms

__all__ = ["check", "check_rules", "doctor", "groups", "learn", "screen", "symptoms"]
