"""``careerpath users``: accounts from the command line, above all the first ones of an installation."""

import click

from careerpath.access.actor import Actor
from careerpath.access.operations.accounts import NewUser, create_user, enrol_user, reset_password
from careerpath.access.permissions import ROLE_NAMES, Permission, Role
from careerpath.access.queries.accounts import AccountLine, all_accounts, user_named
from careerpath.cli.context import acting, application, as_json, print_json, tell
from careerpath.core.web.language import say
from careerpath.words import Refused, msg

ROLES = [role.value for role in Role if role is not Role.CONSOLE]

as_user = click.option(
    "--as", "user", metavar="USER", help="The acting account; without it, the console of this machine."
)


@click.group("users")
def users() -> None:
    """Accounts and their roles."""


@users.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="A role from today; with --unit.")
@click.option("--unit", metavar="CODE", help="The unit for which the role is held, with everything below it.")
@click.option("--display-name", default="", help="The person's name; the account's name when it is not given.")
@as_user
@as_json
def create(
    name: str, role: str | None, unit: str | None, display_name: str, user: str | None, json_wanted: bool
) -> None:
    """Make an account, and give it a role; prints the first password."""
    if (role is None) != (unit is None):
        raise click.UsageError("--role and --unit go together.")
    with application():
        actor, given = _actor(user), NewUser(name, display_name)
        if role is not None and unit is not None:
            user_id, password = enrol_user(actor, given, Role(role), unit)
        else:
            user_id, password = create_user(actor, given)
        _tell_password(user_id, name.strip(), password, json_wanted)


@users.command("list")
@as_user
@as_json
def list_users(user: str | None, json_wanted: bool) -> None:
    """All accounts with the roles that they hold today or later."""
    with application():
        actor = _actor(user)
        if not actor.has(Permission.USER_VIEW):
            raise Refused(msg("账号“%(name)s”没有查看账号的权限。", name=actor.name))
        accounts = all_accounts(actor)
        if json_wanted:
            print_json([_plain(account) for account in accounts])
            return
        for account in accounts:
            roles = "；".join(f"{say(ROLE_NAMES[grant.role])} {grant.unit_name}" for grant in account.grants)
            state = "" if account.user.active else say(msg("停用"))
            click.echo("\t".join((account.user.name, account.user.display_name, roles, state)).rstrip())


@users.command("reset")
@click.argument("name")
@as_user
@as_json
def reset(name: str, user: str | None, json_wanted: bool) -> None:
    """A new first password for an account; its sign-ins end."""
    with application():
        actor = _actor(user)
        user_id = user_named(actor, name, Permission.USER_EDIT)
        _tell_password(user_id, name, reset_password(actor, user_id), json_wanted)


def _actor(name: str | None) -> Actor:
    return acting(name) if name else Actor.console()


def _tell_password(user_id: int, name: str, password: str, json_wanted: bool) -> None:
    if json_wanted:
        print_json({"id": user_id, "name": name, "password": password})
        return
    tell(msg("账号“%(name)s”的初始密码如下，只显示这一次；首次登录时须修改。", name=name))
    click.echo(password)


def _plain(account: AccountLine) -> dict[str, object]:
    return {
        "id": account.user.id,
        "name": account.user.name,
        "display_name": account.user.display_name,
        "active": account.user.active,
        "locked": account.locked,
        "must_change_password": account.user.must_change_password,
        "roles": [
            {
                "role": grant.role.value,
                "unit": grant.unit_code,
                "unit_name": grant.unit_name,
                "starts_on": grant.starts_on.isoformat(),
                "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
            }
            for grant in account.grants
        ],
    }
