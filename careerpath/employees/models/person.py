"""The person: identity, contact, and what a list shows first."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum


class Channel(StrEnum):
    """How a person entered: 招聘, 补选, 转隶, 专项招聘, or before these channels were kept."""

    OPEN_RECRUITMENT = "open_recruitment"
    BY_ELECTION = "by_election"
    TRANSFER_IN = "transfer_in"
    SPECIAL_RECRUITMENT = "special_recruitment"
    """For one group alone, such as couriers and riders."""
    EARLIER = "earlier"


class Source(StrEnum):
    """What a person was before: 高校毕业生, 网格员, 退役军人, 新就业群体 (couriers, riders), other."""

    GRADUATE = "graduate"
    GRID_WORKER = "grid_worker"
    VETERAN = "veteran"
    NEW_FORMS = "new_forms"
    OTHER = "other"


class Employee(Versioned, Record):
    """One community worker. ``unit_id`` is the home unit of today's main posting; earlier ones stand in ``Posting``.

    Identity number, telephone and address are sealed (``core.vault``) with ``uid`` as context; lists show the masked
    forms, and equal identity numbers are found by their blind index.
    """

    __tablename__ = "employee"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("uid"),
        UniqueConstraint("identity_index"),
        UniqueConstraint("user_id"),
        CheckConstraint("left_on IS NULL OR left_on >= joined_community_on", name="dates_in_order"),
        Index("ix_employee_unit_id", "unit_id"),
        Index("ix_employee_name", "name"),
        Index("ix_employee_initials", "initials"),
    )

    number: Mapped[str] = mapped_column(String(24))
    """The office's own number of the file, such as ``FC-0107``."""
    uid: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(64))
    initials: Mapped[str] = mapped_column(String(32), default="")
    """Pinyin initials in lower case, for look-up by keyboard."""
    identity_sealed: Mapped[str] = mapped_column(String(160), info={"secret": True})
    identity_index: Mapped[str] = mapped_column(String(64), info={"secret": True})
    identity_masked: Mapped[str] = mapped_column(String(18))
    sex: Mapped[str] = mapped_column(String(1))
    """GB/T 2261.1, derived from the identity number."""
    born_on: Mapped[date] = mapped_column(Date)
    ethnic: Mapped[str] = mapped_column(String(2), default="01")
    """GB/T 3304."""
    native_place: Mapped[str] = mapped_column(String(80), default="")
    marital: Mapped[str] = mapped_column(String(2), default="90")
    """GB/T 2261.2."""
    household_place: Mapped[str] = mapped_column(String(120), default="")
    phone_sealed: Mapped[str] = mapped_column(String(160), default="", info={"secret": True})
    phone_masked: Mapped[str] = mapped_column(String(20), default="")
    address_sealed: Mapped[str] = mapped_column(String(600), default="", info={"secret": True})
    political: Mapped[str] = mapped_column(String(2), default="13")
    """GB/T 4762."""
    political_since: Mapped[date | None] = mapped_column(Date)
    """The day of joining the party or league named by ``political``."""
    political_full_since: Mapped[date | None] = mapped_column(Date)
    """The day a probationary party member became a full one."""
    highest_education: Mapped[str] = mapped_column(String(2), default="")
    """GB/T 4658, kept from the education facts for lists."""
    highest_certificate: Mapped[str] = mapped_column(String(16), default="")
    """``junior``, ``intermediate`` or ``senior``, kept from the certificates for lists."""
    joined_work_on: Mapped[date | None] = mapped_column(Date)
    joined_community_on: Mapped[date] = mapped_column(Date)
    channel: Mapped[Channel] = mapped_column(TextEnum(Channel), default=Channel.EARLIER)
    source: Mapped[Source] = mapped_column(TextEnum(Source), default=Source.OTHER)
    batch: Mapped[str] = mapped_column(String(40), default="")
    """The recruitment batch, as the roster names it."""
    military_months: Mapped[int] = mapped_column(Integer, default=0)
    """Full months of military service, 0 to 600; where a pay rule says so they count as years of community service."""
    left_on: Mapped[date | None] = mapped_column(Date)
    """The last day of service; open while in service."""
    left_reason: Mapped[str] = mapped_column(String(120), default="")
    photo_key: Mapped[str] = mapped_column(String(64), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """The person's own account, if they have one."""


class NumberSeries(Record):
    """The last number given out under a prefix, so that two who register at once get different ones."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("prefix"),)

    prefix: Mapped[str] = mapped_column(String(16))
    """Letters of the district: ``FX`` for 费县."""
    last: Mapped[int] = mapped_column(Integer, default=0)
