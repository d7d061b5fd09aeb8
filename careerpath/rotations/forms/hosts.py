"""What people type about hosts."""

from collections.abc import Sequence

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from careerpath.core.web.fields import text_field, word_choices
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.rotations.forms.fields import VersionForm, as_choices, many_field
from careerpath.rotations.models import Host, HostKind
from careerpath.rotations.operations.hosts import (
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_REMARK,
    MOST_PLACES,
    HostGiven,
)
from careerpath.rotations.queries.words import HOST_KINDS

OWN_KINDS = {kind: word for kind, word in HOST_KINDS.items() if kind is not HostKind.UNIT}


class HostFields(VersionForm):
    """What stands of a host whatever it is."""

    places = IntegerField(
        lazy("可接收人数"),
        default=0,
        description=lazy("同一时间最多接收的人数；填 0 表示不限"),
        validators=[
            Optional(),
            NumberRange(0, MOST_PLACES, message=lazy("可接收人数应为 0 至 999，请改正。")),
        ],
    )
    kinds = many_field("接收的锻炼方式", "不选表示都接收")
    lines = many_field("可以学到的业务")
    contact = text_field("联系人和电话", LONGEST_CONTACT)
    remark = text_field("备注", LONGEST_REMARK)

    def offer(self, kinds: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str]]) -> None:
        """The kinds and lines that there are."""
        self.kinds.choices, self.lines.choices = as_choices(kinds), as_choices(lines)

    def show(self, host: Host) -> None:
        """Fill the form with what stands."""
        self.places.data, self.contact.data, self.remark.data = host.places, host.contact, host.remark
        self.kinds.data, self.lines.data, self.version.data = host.kinds, host.lines, str(host.version)

    def given_for(self, kind: HostKind, name: str) -> HostGiven:
        """The host with this kind and name."""
        return HostGiven(
            kind=kind,
            name=name,
            places=self.places.data or 0,
            kinds=tuple(self.kinds.data or ()),
            lines=tuple(self.lines.data or ()),
            contact=self.contact.data or "",
            remark=self.remark.data or "",
        )


class NamedHostForm(HostFields):
    """A host of the list, with a name and kind of its own."""

    name = text_field("接收单位名称", LONGEST_NAME, "请填写接收单位名称。")
    kind = SelectField(lazy("类别"), choices=word_choices(OWN_KINDS), default=HostKind.DEPARTMENT.value)

    def show(self, host: Host) -> None:
        """Fill the form with what stands."""
        super().show(host)
        self.name.data, self.kind.data = host.name, host.kind.value

    def given(self) -> HostGiven:
        """The host."""
        return self.given_for(HostKind(self.kind.data), self.name.data)


class NewHostForm(NamedHostForm):
    """A host that is put on a list."""

    unit_id = SelectField(lazy("登记单位"), validators=[InputRequired(lazy("请选择登记单位。"))])

    def offer_keepers(self, keepers: Sequence[tuple[int, str]]) -> None:
        """The districts and streets in whose list the actor may put one."""
        self.unit_id.choices = as_choices([(str(unit_id), name) for unit_id, name in keepers])

    def keeper(self) -> int:
        """The unit that keeps it; 0 for what is no number."""
        return whole_number(self.unit_id.data or "") or 0
