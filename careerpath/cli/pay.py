"""``careerpath pay``: running a month, explaining one person's pay on a day, trying another scheme."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import find_unit
from careerpath.cli.context import acting, application, as_json, as_user, print_json, tell
from careerpath.cli.editions import edition_in
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.pay.models import PayRun
from careerpath.pay.operations.runs import NewRun, confirm_run, open_run, reckon_run
from careerpath.pay.queries.explaining import explained
from careerpath.pay.queries.registers import lacking_rows
from careerpath.pay.queries.runs import SUMMED, RunPage, Sums, run_page
from careerpath.pay.queries.what_if import MONTHS, Simulation
from careerpath.pay.queries.what_if import simulate as what_if
from careerpath.policy.pay import PayEdition
from careerpath.policy.reason import plain
from careerpath.words import Message, Refused, msg

a_month = click.DateTime(formats=["%Y-%m"])
a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
a_day = click.DateTime(formats=["%Y-%m-%d"])


@click.group("pay")
def pay() -> None:
    """Run a month of a unit, explain anybody's pay on a day, try another scheme on everybody."""


@pay.command("run")
@click.option("--unit", required=True, metavar="CODE", help="The district or street that is run.")
@click.option("--month", required=True, type=a_month, metavar="YYYY-MM", help="The month.")
@as_user
@click.option("--confirm", is_flag=True, help="Confirm it: it is paid, and never changes again.")
@click.option("--without-lacking", is_flag=True, help="Confirm although some people's facts do not suffice.")
@as_json
def run(unit: str, month: datetime, user: str, confirm: bool, without_lacking: bool, json_wanted: bool) -> None:
    """Open a month, or take up its draft, and reckon it from what is known now.

    The JSON document: run, unit, month, state, example, the sums, registers, and lacking with what is missing.
    """
    with application():
        actor = acting(user)
        chosen = find_unit(actor, unit, Permission.PAY_RUN)
        first = month.date().replace(day=1)
        query = select(PayRun.id).where(PayRun.unit_id == chosen.id, PayRun.month == first)
        run_id = db.session.scalar(query) or open_run(actor, NewRun(chosen.id, first))
        reckon_run(actor, run_id)
        if confirm:
            confirm_run(actor, run_id, without_lacking)
        page = run_page(actor, run_id)
        if json_wanted:
            print_json(_as_json(actor, page, unit))
        else:
            _show(actor, page)


@pay.command("explain")
@click.argument("person")
@click.option("--on", required=True, type=a_day, metavar="YYYY-MM-DD", help="The day.")
@click.option("--as", "user", metavar="USER", help="The acting account; without one the console sees everybody.")
@as_json
def explain(person: str, on: datetime, user: str | None, json_wanted: bool) -> None:
    """Why the pay of PERSON (the number of the file) is what it is on a day.

    The JSON document: result and because as ``rules try pay`` gives them, and paid: what the month has paid.
    """
    with application():
        found = explained(acting(user) if user else None, person, on.date())
        if json_wanted:
            print_json(found)
            return
        if found["example"]:
            tell(msg("示例数据，非官方：金额不作为发放工资的依据。"))
        for name, value in found["result"].items():
            click.echo(f"{name}: {_words(value)}")
        for reason in found["because"]:
            click.echo(f"- {reason['text']} {reason['document']}".rstrip())


@pay.command()
@click.option("--edition", required=True, type=a_file, metavar="FILE", help="The scheme: TOML or a workbook.")
@click.option("--unit", required=True, metavar="CODE", help="For whose people.")
@click.option("--months", default=MONTHS, show_default=True, type=click.IntRange(1, 60), help="How many months.")
@as_user
@as_json
def simulate(edition: Path, unit: str, months: int, user: str, json_wanted: bool) -> None:
    """What a scheme would cost a unit beside the one in force, who gains and who loses, and five years ahead.

    Nothing is kept. The JSON document: months, cost of both, gaining, losing, same, streets, missing, years, example.
    """
    with application():
        actor = acting(user)
        draft = edition_in(edition)
        if not isinstance(draft, PayEdition):
            raise Refused(msg("%(file)s 不是薪酬办法的版本，请换文件。", file=edition.name))
        found = what_if(actor, find_unit(actor, unit, Permission.PAY_SIMULATE).id, draft, months)
        if json_wanted:
            print_json(_simulated(found))
            return
        if found.example:
            tell(msg("示例数据，非官方：金额不作为发放工资的依据。"))
        for line in _simulation_lines(found):
            click.echo(say(line))


def _simulated(found: Simulation) -> dict[str, Any]:
    return {
        "unit": found.unit_name,
        "now": found.now.head.key,
        "draft": found.draft.head.key,
        "example": found.example,
        "months": list(found.months),
        "people": found.people,
        "gaining": found.gaining,
        "losing": found.losing,
        "same": found.same,
        "cost": {"now": plain(found.now_cost), "draft": plain(found.draft_cost)},
        "by_month": {"now": plain(found.now_months), "draft": plain(found.draft_months)},
        "streets": [
            {
                "name": street.name,
                "people": street.people,
                "gaining": street.gaining,
                "losing": street.losing,
                "cost": {"now": plain(street.now_cost), "draft": plain(street.draft_cost)},
            }
            for street in found.streets
        ],
        "missing": [
            {"edition": "draft" if group.draft else "now", "why": group.why, "count": group.count}
            for group in found.left_out
        ],
        "years": [
            {
                "year": year.year,
                "people": year.people,
                "retiring": year.retiring,
                "cost": {"now": plain(year.now), "draft": plain(year.draft)},
                "steps": {"now": year.now_steps, "draft": year.draft_steps},
            }
            for year in found.years
        ],
    }


def _simulation_lines(found: Simulation) -> Iterator[Message]:
    yield msg(
        "%(unit)s %(people)s 人，自 %(month)s 起 %(months)s 个月：现行办法 %(now)s 元，测算版本 %(draft)s 元。",
        unit=found.unit_name,
        people=found.people,
        month=found.months[0],
        months=len(found.months),
        now=plain(found.now_cost),
        draft=plain(found.draft_cost),
    )
    yield msg(
        "月工资增加 %(gaining)s 人，减少 %(losing)s 人，不变 %(same)s 人。",
        gaining=found.gaining,
        losing=found.losing,
        same=found.same,
    )
    for group in found.left_out:
        side = msg("测算版本") if group.draft else msg("现行办法")
        yield msg("%(side)s有 %(count)s 人不能计发：%(why)s", side=side, count=group.count, why=group.why)
    for year in found.years:
        yield msg(
            "%(year)s：年末 %(people)s 人，退休 %(retiring)s 人，现行 %(now)s 元，测算 %(draft)s 元。",
            year=year.year,
            people=year.people,
            retiring=year.retiring,
            now=plain(year.now),
            draft=plain(year.draft),
        )


def _as_json(actor: Actor, page: RunPage, unit: str) -> dict[str, Any]:
    head = page.head
    return {
        "run": head.id,
        "unit": unit,
        "month": f"{head.month:%Y-%m}",
        "state": head.state.value,
        "example": head.example,
        **_sums(page.sums),
        "registers": [{"unit": one.unit_name, **_sums(one.sums)} for one in page.registers],
        "missing": [
            {"number": row.number, "name": row.name, "unit": row.unit_name, "missing": list(row.missing)}
            for row in lacking_rows(actor, head.id)
        ],
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return {name: plain(getattr(sums, name)) for name in SUMMED}


def _show(actor: Actor, page: RunPage) -> None:
    head = page.head
    if head.example:
        tell(msg("示例数据，非官方：金额不作为发放工资的依据。"))
    title = msg(
        "%(unit)s %(month)s 工资：%(state)s", unit=head.unit_name, month=_month(head.month), state=head.state.word
    )
    click.echo(say(title))
    for one in page.registers:
        line = msg(
            "%(unit)s：%(people)s 人，应发 %(gross)s，补扣 %(back_pay)s，个人扣缴 %(deducted)s，实发 %(payable)s，"
            "单位缴费 %(employer)s",
            unit=one.unit_name,
            **_sums(one.sums),
        )
        click.echo(say(line))
    for row in lacking_rows(actor, head.id):
        line = msg("资料不全：%(number)s %(name)s %(why)s", number=row.number, name=row.name, why="".join(row.missing))
        click.echo(say(line))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "，".join(f"{name} {amount}" for name, amount in value.items())
    return "；".join(map(str, value)) if isinstance(value, list) else str(value)
