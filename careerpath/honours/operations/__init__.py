"""What may be done about calls for honours."""

from careerpath.honours.operations.calls import (
    CallGiven,
    announce_call,
    cancel_call,
    change_call,
    drop_call,
    extend_call,
    plan_call,
)
from careerpath.honours.operations.grants import GrantGiven, grant_honours, reopen_call
from careerpath.honours.operations.nominations import (
    NomineeChange,
    NomineeGiven,
    change_nominee,
    nominate_for_honour,
    nominate_many_for_honour,
    withdraw_nominee,
)
from careerpath.honours.operations.notices import (
    HonourObjectionGiven,
    answer_honour_objection,
    open_call_notice,
    record_honour_objection,
    refer_call,
    return_call_to_review,
)
from careerpath.honours.operations.review import ChoiceGiven, choose_nominees, close_nominations_of_call

__all__ = [
    "CallGiven",
    "ChoiceGiven",
    "GrantGiven",
    "HonourObjectionGiven",
    "NomineeChange",
    "NomineeGiven",
    "announce_call",
    "answer_honour_objection",
    "cancel_call",
    "change_call",
    "change_nominee",
    "choose_nominees",
    "close_nominations_of_call",
    "drop_call",
    "extend_call",
    "grant_honours",
    "nominate_for_honour",
    "nominate_many_for_honour",
    "open_call_notice",
    "plan_call",
    "record_honour_objection",
    "refer_call",
    "reopen_call",
    "return_call_to_review",
    "withdraw_nominee",
]
