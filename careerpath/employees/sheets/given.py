"""From the cells of a row to what the operations take: a new file, or the changes of one that there is."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from careerpath.access.models import Unit
from careerpath.employees.operations.bulk import EmployeeChange, FactPut
from careerpath.employees.operations.details import Details, details_of, read_details
from careerpath.employees.operations.facts import GIVEN, FactKind, Life, NewFact, NewPosting, check_fact, given_of
from careerpath.employees.operations.history import EDUCATION_RANKS, check_unit
from careerpath.employees.operations.identity import read_identity
from careerpath.employees.operations.people import NewEmployee
from careerpath.employees.sheets.columns import (
    ABSENCE,
    CERTIFICATE,
    CONTRACT,
    DETAILS,
    FULL_TIME,
    GROUPS,
    IN_SERVICE,
    POSTING,
    Group,
)
from careerpath.employees.sheets.current import Filed, details_cells, fact_cells
from careerpath.employees.sheets.emptied import EMPTIED
from careerpath.employees.sheets.readers import MASKED, MASKED_PHONE
from careerpath.policy.codes import Certificate, Sex
from careerpath.words import Message, Refused, msg

Cells = Mapping[str, object]
"""Values by column key; ``None`` where nothing is said, ``EMPTIED`` where a value is taken away."""

_EMPTY = {item.name: item.default for item in fields(Details)} | {"phone": "", "address": ""}
_GRADES = [grade.value for grade in Certificate]


@dataclass(slots=True)
class Findings:
    """What is wrong with a row, by column key; the first fault of a cell stays."""

    faults: dict[str, Message] = field(default_factory=dict)

    def add(self, key: str, message: Message) -> None:
        """Note a fault."""
        self.faults.setdefault(key, message)

    def refuse(self, refusal: Refused, group: Group | None = None) -> None:
        """Note what a rule refused, at the column of the field that it names."""
        name = "unit" if refusal.field == "unit_id" else refusal.field
        if group is not None and name in group.fields:
            self.add(group.key(str(name)), refusal.message)
        else:
            self.add(name if name in (*DETAILS, "number") else "name", refusal.message)


@dataclass(slots=True)
class Difference:
    """What a row changes of a file: old and new value by column key, and the change for the operation."""

    cells: dict[str, tuple[object, object]] = field(default_factory=dict)
    change: EmployeeChange | None = None


def new_employee(cells: Cells, unit: Unit, on: date, year: int, findings: Findings) -> NewEmployee | None:
    """The new file of a row, or ``None`` where the row has faults."""
    said = {key: value for key, value in cells.items() if value is not None and value is not EMPTIED}
    identity = str(said["identity"])
    if MASKED.fullmatch(identity):
        findings.add("identity", msg("号码已遮盖，新进人员请填写完整的 18 位身份证号。"))
        return None
    if MASKED_PHONE.fullmatch(str(said.get("phone", ""))):
        findings.add("phone", msg("号码已遮盖，新进人员请填写完整的联系电话。"))
        return None
    details = Details(**{name: said[name] for name in DETAILS if name in said}, number=str(said.get("number", "")))  # type: ignore[arg-type]
    try:
        read_details(details, on)
    except Refused as refusal:
        findings.refuse(refusal)
    known = read_identity(identity)
    _cross_check(cells, known.sex.value, known.born_on, findings)
    life = Life(known.born_on, details.joined_community_on)
    facts: dict[FactKind, list[Any]] = {kind: [] for kind in FactKind}
    for group in GROUPS:
        typed = {name: said[group.key(name)] for name in group.fields if group.key(name) in said}
        if not typed:
            continue
        if group in (POSTING, CONTRACT):
            typed = {"starts_on": details.joined_community_on} | typed
        fact = _fact(group, typed, unit, year, findings)
        if fact is not None:
            _checked(group, fact, life, on, unit, findings)
            facts[group.kind].append(fact)
    if findings.faults:
        return None
    return NewEmployee(
        details=details,
        postings=tuple(facts[FactKind.POSTING]),
        educations=tuple(facts[FactKind.EDUCATION]),
        certificates=tuple(facts[FactKind.CERTIFICATE]),
        contracts=tuple(facts[FactKind.CONTRACT]),
        absences=tuple(facts[FactKind.ABSENCE]),
    )


def difference(person: Filed, cells: Cells, unit: Unit, on: date, year: int, findings: Findings) -> Difference:
    """What a row changes of a person; ``change`` is ``None`` where nothing is, or where the row has faults."""
    employee = person.employee
    found = Difference()
    details = _changed_details(person, cells, found, findings)
    born_on, sex = employee.born_on, employee.sex
    if details is not None:
        try:
            read = read_details(details, on, kept=employee)
        except Refused as refusal:
            findings.refuse(refusal)
        else:
            if read.identity is not None:
                born_on, sex = read.identity.born_on, read.identity.sex.value
    _cross_check(cells, sex, born_on, findings)
    joined = details.joined_community_on if details else employee.joined_community_on
    life = Life(born_on, joined, employee.left_on)
    puts: list[FactPut] = []
    for group in GROUPS:
        puts += _puts(person, group, cells, unit, on, year, life, found, findings)
    if found.cells and employee.left_on is not None:
        first = next(iter(found.cells))
        message = msg("此人已于 %(left)s 离职，不能通过导入修改。请先办理重新入职。", left=employee.left_on)
        findings.add(first, message)
    if found.cells and not findings.faults:
        found.change = EmployeeChange(employee.id, employee.version, details, tuple(puts))
    return found


def _changed_details(person: Filed, cells: Cells, found: Difference, findings: Findings) -> Details | None:
    current = details_cells(person.employee, reveal=False)
    changed: dict[str, Any] = {}
    for name in DETAILS:
        value = cells.get(name)
        if value is None:
            continue
        new = _EMPTY[name] if value is EMPTIED else value
        if name == "identity" and not _new_identity(person, str(new)):
            continue
        if name == "phone" and MASKED_PHONE.fullmatch(str(new)):
            if new != person.employee.phone_masked:
                findings.add("phone", msg("遮盖的号码与档案不符，请填写完整的联系电话。"))
            continue
        if new != current[name]:
            changed[name] = new
            shown = read_identity(str(new)).masked if name == "identity" else new
            found.cells[name] = (current[name], shown)
    return replace(details_of(person.employee), **changed) if changed else None


def _new_identity(person: Filed, number: str) -> bool:
    """Whether a cell gives another identity number; whether it is the present one was found by its index before."""
    return not MASKED.fullmatch(number) and not person.same_identity(number)


def _puts(
    person: Filed,
    group: Group,
    cells: Cells,
    unit: Unit,
    on: date,
    year: int,
    life: Life,
    found: Difference,
    findings: Findings,
) -> list[FactPut]:
    """How one fact changes. Old and new values go to ``found``, whatever is wrong to ``findings``."""
    old = person.fact(group)
    current = fact_cells(group, old)
    said = {name: cells.get(group.key(name)) for name in group.fields if cells.get(group.key(name)) is not None}
    if "unit" in said:
        said["unit"] = unit.id
    changed = {name: value for name, value in said.items() if not _same(value, current[name])}
    if not changed:
        return []
    found.cells |= {group.key(name): (current[name], value) for name, value in changed.items()}
    if group.lead and said.get(group.lead) is EMPTIED:
        return [FactPut(group.kind, None, old.id)] if old is not None else []
    adds = old is None or _is_another(group, current, changed, findings)
    fact = _fact(group, said, unit, year, findings) if adds else _mended(group, old, changed, findings)
    if fact is None:
        return []
    _checked(group, fact, life, on, unit if "unit" in changed or old is None else None, findings)
    puts = [FactPut(group.kind, fact, None if adds or old is None else old.id)]
    if isinstance(fact, NewPosting) and adds and old is not None:
        eve = fact.starts_on - timedelta(days=1)
        if old.ends_on is None or old.ends_on > eve:
            puts.insert(0, FactPut(group.kind, replace(given_of(old), ends_on=eve), old.id))
    return puts


def _mended(group: Group, old: Any, changed: Cells, findings: Findings) -> NewFact | None:
    """The fact that there is with some of its fields changed."""
    defaults = {item.name: item.default for item in fields(GIVEN[group.kind])}
    values: dict[str, Any] = {}
    for name, value in changed.items():
        if value is EMPTIED and defaults[name] is MISSING:
            findings.add(group.key(name), msg("这一项不能清空。"))
            return None
        values["unit_id" if name == "unit" else name] = defaults[name] if value is EMPTIED else value
    return replace(given_of(old), **values)  # type: ignore[no-any-return]


def _is_another(group: Group, current: Cells, changed: Cells, findings: Findings) -> bool:
    """Whether a row tells of another fact (a move, a further diploma, a new contract) or mends the one there is."""
    if not group.since:
        return False
    old, new = current[group.since], changed.get(group.since)
    later = isinstance(new, date) and (not isinstance(old, date) or new > old)
    if group is POSTING:
        if not {"unit", "post"} & set(changed):
            return later and "title" in changed
        if not later:
            findings.add(
                group.key("starts_on"),
                msg(
                    "单位或职务层次有变动，请填写新的任现职时间（晚于 %(old)s）。"
                    "如系更正录入差错，请在人员档案中更正任职。",
                    old=old,
                ),
            )
        return later
    if group is CONTRACT:
        return later
    higher = {FULL_TIME.prefix: _higher_study, IN_SERVICE.prefix: _higher_study, CERTIFICATE.prefix: _higher_grade}
    return later and higher[group.prefix](current, changed)


def _higher_study(current: Cells, changed: Cells) -> bool:
    return "level" in changed and EDUCATION_RANKS[str(changed["level"])] > EDUCATION_RANKS[str(current["level"])]


def _higher_grade(current: Cells, changed: Cells) -> bool:
    return "grade" in changed and _GRADES.index(str(changed["grade"])) > _GRADES.index(str(current["grade"]))


def _fact(group: Group, typed: Mapping[str, Any], unit: Unit, year: int, findings: Findings) -> NewFact | None:
    """The fact that cells describe; ``None`` where what makes it a fact is missing."""
    values = {name: value for name, value in typed.items() if value is not EMPTIED} | dict(group.fixed)
    if group is POSTING:
        values.pop("unit", None)
        values["unit_id"] = unit.id
    elif group is ABSENCE:
        values["year"] = year
    for name, message in _NEEDED.get(group.prefix, {}).items():
        if name not in values:
            findings.add(group.key(name), message)
            return None
    return GIVEN[group.kind](**values)  # type: ignore[no-any-return]


_NEEDED: Mapping[str, Mapping[str, Message]] = {
    FULL_TIME.prefix: {"level": msg("填写了全日制学位、院校、专业或毕业时间，请同时填写学历。")},
    IN_SERVICE.prefix: {"level": msg("填写了在职学位、院校、专业或毕业时间，请同时填写学历。")},
    CERTIFICATE.prefix: {
        "grade": msg("填写了证书编号或时间，请同时填写职业资格。"),
        "obtained_on": msg("填写了职业资格，请同时填写取得时间。"),
    },
    CONTRACT.prefix: {"starts_on": msg("填写了合同止或试用期，请同时填写合同起。")},
    POSTING.prefix: {"post": msg("请填写职务层次。"), "starts_on": msg("请填写任现职时间。")},
}


def _checked(group: Group, fact: NewFact, life: Life, on: date, unit: Unit | None, findings: Findings) -> None:
    try:
        check_fact(fact, life, on)
        if isinstance(fact, NewPosting) and unit is not None:
            check_unit(unit, fact)
    except Refused as refusal:
        findings.refuse(refusal, group)


def _same(value: object, current: object) -> bool:
    if value is EMPTIED:
        return not current
    if isinstance(value, Decimal):
        return value == (current or Decimal(0))
    if value is False:
        return not current
    return value == current


def _cross_check(cells: Cells, sex: str, born_on: date, findings: Findings) -> None:
    typed_sex, typed_month = cells.get("sex"), cells.get("born_on")
    if typed_sex in (Sex.MALE.value, Sex.FEMALE.value) and typed_sex != sex:
        findings.add("sex", msg("与身份证号不符：按身份证号应为“%(sex)s”，请核对。", sex=Sex(sex).zh))
    if isinstance(typed_month, date) and typed_month != born_on.replace(day=1):
        findings.add(
            "born_on",
            msg("与身份证号不符：按身份证号应为 %(month)s，请核对。", month=f"{born_on:%Y-%m}"),
        )
