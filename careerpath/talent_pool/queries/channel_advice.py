"""What the rule says of people at the gate of a channel, person by person with days."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Eligibility, TalentPoolEdition, check_gate
from careerpath.talent_pool.models import ChannelRound
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.rules import frozen_rules


def rules_of(channel: ChannelRound) -> TalentPoolEdition:
    """The rules of a channel: frozen once it is announced."""
    return frozen_rules(channel.edition, channel.edition_key)


def advice_on(
    channel: ChannelRound, employee_ids: Iterable[int], checked: Mapping[str, bool] | None = None
) -> dict[int, Eligibility]:
    """The advice on some people on the channel's day of reckoning, by id. Six queries."""
    edition = rules_of(channel)
    return {
        employee_id: check_gate(edition, channel.gate, replace(one, checked=checked or {}), channel.reckoned_on)
        for employee_id, one in persons(employee_ids, edition).items()
    }


def names_of(employee_ids: Iterable[int]) -> dict[int, str]:
    """The names of some people by id, whoever asks. One query."""
    query = select(Employee.id, Employee.name).where(Employee.id.in_(sorted(set(employee_ids))))
    return {employee_id: name for employee_id, name in db.session.execute(query)}
