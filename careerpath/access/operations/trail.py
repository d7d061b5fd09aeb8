"""Taking a range of the audit trail away: allowed, and itself part of the trail."""

from sqlalchemy import func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Permission
from careerpath.access.queries.trail import TrailFilters, entries
from careerpath.core.db import db
from careerpath.words import Refused, msg

MOST_EXPORTED = 10_000
"""So many entries come as a file within seconds; a longer range is taken away in parts."""


@operation(Permission.AUDIT_VIEW)
def export_audit(actor: Actor, filters: TrailFilters) -> int:
    """Record that a range is taken away; gives the id of its newest entry, up to which the file may go.

    Refuses a range that is empty or has more than ``MOST_EXPORTED`` entries.
    """
    found = entries(actor, filters).with_only_columns(AuditEntry.id).subquery()
    count, newest = db.session.execute(select(func.count(), func.max(found.c.id)).select_from(found)).one()
    if not count:
        raise Refused(msg("所选范围内没有记录，没有可导出的内容。"))
    if count > MOST_EXPORTED:
        raise Refused(
            msg(
                "所选范围有 %(count)s 条记录，一次最多导出 %(most)s 条，请缩短起止日期后分次导出。",
                count=count,
                most=MOST_EXPORTED,
            )
        )
    day = {"starts_on": filters.starts_on or "…", "ends_on": filters.ends_on or "…"}
    rest = {"user": filters.user, "operation": filters.operation, "result": filters.result, "table": filters.table}
    narrowed = [f"{name}={value}" for name, value in rest.items() if value]
    if filters.record_id is not None:
        narrowed.append(f"record={filters.record_id}")
    audit.note(f"{count} 条，{day['starts_on']} 至 {day['ends_on']} {' '.join(narrowed)}".strip())
    return int(newest)
