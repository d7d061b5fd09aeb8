"""Accounts and roles: the system administrator's pages, and the security administrator's."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.forms.accounts import GRANTABLE, GrantForm, NewUserForm
from careerpath.access.operations import accounts as operations
from careerpath.access.permissions import ROLE_NAMES, Permission, Role
from careerpath.access.queries import accounts as queries
from careerpath.access.queries.units import unit_named
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.words import Message, Refused, msg

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")
roles_blueprint = Blueprint("roles", __name__, url_prefix="/roles")

STATES: tuple[tuple[str, Message], ...] = (
    ("on", msg("启用")),
    ("off", msg("停用")),
    ("locked", msg("已锁定")),
    ("first", msg("未改初始密码")),
)

DUTIES: dict[Role, Message] = {
    Role.SYSTEM_ADMIN: msg("新建、停用账号，重置密码，维护单位；不能授权，也看不到审计记录。"),
    Role.SECURITY_ADMIN: msg("授予和收回角色；不能新建账号，也看不到审计记录。"),
    Role.AUDIT_ADMIN: msg("查看和导出审计记录；不能办理任何业务，也不能授权。"),
}


@blueprint.get("")
@needs(Permission.USER_VIEW)
def overview() -> ResponseReturnValue:
    """All accounts of the actor's units."""
    args = request.args
    filters = queries.AccountFilters(args.get("q", "").strip(), _role(args.get("role", "")), args.get("state", ""))
    page = queries.accounts_page(current_actor(), filters, args.get("after"), args.get("before"))
    return render_template(
        "access/accounts.html",
        page=page,
        filters=filters,
        states=STATES,
        roles=_role_choices(),
        role_names=ROLE_NAMES,
        office_time=clock.office_time,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.USER_EDIT)
def new() -> ResponseReturnValue:
    """Make an account; its first password is shown in the answer and nowhere else."""
    form, status = NewUserForm(), 200
    if form.validate_on_submit():
        try:
            user_id, password = operations.create_user(current_actor(), form.given())
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
        else:
            return _first_password(user_id, password)
    elif request.method == "POST":
        status = 422
    return render_template("access/account-new.html", form=form), status


@blueprint.get("/<int:user_id>")
@needs(Permission.USER_VIEW)
def show(user_id: int) -> ResponseReturnValue:
    """One account with its roles."""
    form = GrantForm(formdata=None, data={"starts_on": clock.today()})
    return _account(user_id, form)


@blueprint.post("/<int:user_id>/reset")
@needs(Permission.USER_EDIT)
def reset(user_id: int) -> ResponseReturnValue:
    """A new first password, shown in the answer and nowhere else."""
    return _first_password(user_id, operations.reset_password(current_actor(), user_id))


@blueprint.post("/<int:user_id>/switch")
@needs(Permission.USER_EDIT)
def switch(user_id: int) -> ResponseReturnValue:
    """Switch an account off or on."""
    active = request.form.get("active") == "1"
    operations.set_active(current_actor(), user_id, active)
    flash(say(msg("账号已启用。") if active else msg("账号已停用，其登录已全部结束。")), "success")
    return redirect(url_for("accounts.show", user_id=user_id))


@blueprint.post("/<int:user_id>/unlock")
@needs(Permission.USER_EDIT)
def unlock(user_id: int) -> ResponseReturnValue:
    """Let a locked account try again."""
    operations.unlock_user(current_actor(), user_id)
    flash(say(msg("账号已解锁。")), "success")
    return redirect(url_for("accounts.show", user_id=user_id))


@blueprint.post("/<int:user_id>/roles")
@needs(Permission.ROLE_GRANT)
def grant(user_id: int) -> ResponseReturnValue:
    """Give the account a role."""
    actor, form = current_actor(), GrantForm()
    if not form.validate_on_submit():
        return _account(user_id, form, 422)
    try:
        unit_id = unit_named(actor, form.unit_id.data, form.unit.data, Permission.ROLE_GRANT)
        operations.grant_role(actor, user_id, form.given(unit_id))
    except Refused as refusal:
        form.refuse(refusal)
        return _account(user_id, form, 422)
    flash(say(msg("角色已授予，使用人下次打开页面时生效。")), "success")
    return redirect(url_for("accounts.show", user_id=user_id))


@roles_blueprint.get("")
@needs(Permission.USER_VIEW)
def roles_overview() -> ResponseReturnValue:
    """Who has what where, and who the three administrators are."""
    actor, args = current_actor(), request.args
    role, text = _role(args.get("role", "")), args.get("q", "").strip()
    return render_template(
        "access/roles.html",
        page=queries.grants_page(actor, role, text, args.get("after"), args.get("before")),
        role=role,
        text=text,
        roles=_role_choices(),
        role_names=ROLE_NAMES,
        administrators=queries.administrators(actor),
        duties=DUTIES,
        may_grant=actor.has(Permission.ROLE_GRANT),
    )


@roles_blueprint.post("/<int:grant_id>/end")
@needs(Permission.ROLE_GRANT)
def end_grant(grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    user_id = operations.end_grant(current_actor(), grant_id)
    flash(say(msg("角色已收回，使用人的登录已结束。")), "success")
    return redirect(url_for("accounts.show", user_id=user_id))


def _account(user_id: int, form: GrantForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    user = queries.fetch_user(actor, user_id, Permission.USER_VIEW)
    now = clock.now()
    return (
        render_template(
            "access/account.html",
            user=user,
            form=form,
            grants=queries.grants_of(user),
            role_names=ROLE_NAMES,
            locked=user.locked_until is not None and user.locked_until > now,
            last_seen=queries.last_seen(user),
            may_edit=actor.has(Permission.USER_EDIT),
            may_grant=actor.has(Permission.ROLE_GRANT) and user.id != actor.user_id,
            own=user.id == actor.user_id,
            office_time=clock.office_time,
        ),
        status,
    )


def _first_password(user_id: int, password: str) -> ResponseReturnValue:
    user = queries.fetch_user(current_actor(), user_id, Permission.USER_EDIT)
    return render_template(
        "access/first-password.html", user=user, password=password, at=clock.now(), office_time=clock.office_time
    )


def _role(text: str) -> Role | None:
    return next((role for role in GRANTABLE if role.value == text), None)


def _role_choices() -> list[tuple[str, Message]]:
    return [(role.value, ROLE_NAMES[role]) for role in GRANTABLE]
