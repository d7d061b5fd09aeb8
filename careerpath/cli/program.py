"""The table of contents of the command line, and how its failures are told."""

import sys

import click

from careerpath.cli.bench import bench
from careerpath.cli.context import say_error
from careerpath.cli.database import database
from careerpath.cli.demo import demo
from careerpath.cli.mail import mail
from careerpath.cli.pay import pay
from careerpath.cli.printing import print_forms
from careerpath.cli.reports import report
from careerpath.cli.routes import routes
from careerpath.cli.rules import rules
from careerpath.cli.serving import serve, worker
from careerpath.cli.sheets import bring, hand_out, template
from careerpath.cli.users import users
from careerpath.words import Unmet


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="careerpath")
def program() -> None:
    """CareerPath: the careers of community workers, from the first application to community secretary."""


for command in (
    bench,
    database,
    demo,
    mail,
    pay,
    rules,
    serve,
    users,
    worker,
    print_forms,
    report,
    routes,
    bring,
    hand_out,
    template,
):
    program.add_command(command)


def main() -> None:
    """Run a command. Exit 0 done, 1 refused or bad input, 2 wrong usage, 130 interrupted."""
    try:
        program.main(standalone_mode=False)
    except Unmet as unmet:
        say_error(unmet.message)
        sys.exit(1)
    except click.exceptions.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2 if isinstance(wrong, click.UsageError) else 1)
