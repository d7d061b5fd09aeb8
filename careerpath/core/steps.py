"""What is asked before a step of any process: the right stage, and a reason that can be read later."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from careerpath.words import Message, Refused, msg

S = TypeVar("S")

LONGEST_REASON = 200


def check_stage(name: str, stage: S, names: Mapping[S, Message], wanted: Collection[S]) -> None:
    """Refuse what may not be done to the thing of this name at the stage where it stands."""
    if stage not in wanted:
        raise Refused(
            msg(
                "“%(name)s”现为“%(state)s”阶段，这项业务只能在“%(wanted)s”阶段办理。",
                name=name,
                state=names[stage],
                wanted="、".join(str(names[one]) for one in wanted),
            )
        )


def read_reason(text: str, field: str = "reason", *, most: int = LONGEST_REASON) -> str:
    """A reason without spaces to spare; refused where it is empty or too long."""
    reason = " ".join(text.split())
    if not reason:
        raise Refused(msg("请写明原因，它会记入办理过程。"), field=field)
    if len(reason) > most:
        raise Refused(msg("原因最多 %(most)s 个字，请缩短。", most=most), field=field)
    return reason
