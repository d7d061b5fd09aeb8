"""What may be done, and by which role. The three administrators cannot do each other's work, nor HR's."""

from enum import StrEnum

from careerpath.words import Message, msg


class Permission(StrEnum):
    """One thing that may be done; every endpoint and every operation names one."""

    OPEN = "open"
    """Anybody, signed in or not."""
    SIGNED_IN = "signed_in"
    """Everybody who is signed in, for their own account."""
    OWN_FILE_VIEW = "own_file_view"
    OWN_SUMMARY_WRITE = "own_summary_write"
    UNIT_VIEW = "unit_view"
    UNIT_EDIT = "unit_edit"
    EMPLOYEE_VIEW = "employee_view"
    EMPLOYEE_EDIT = "employee_edit"
    EMPLOYEE_IMPORT = "employee_import"
    EMPLOYEE_EXPORT = "employee_export"
    IDENTITY_REVEAL = "identity_reveal"
    POSTING_SETTLE = "posting_settle"
    """Let dated postings take effect: the daily round of the machine, or the district by hand."""
    APPRAISAL_VIEW = "appraisal_view"
    APPRAISAL_PLAN = "appraisal_plan"
    APPRAISAL_OPINION = "appraisal_opinion"
    APPRAISAL_FILL = "appraisal_fill"
    APPRAISAL_DECIDE = "appraisal_decide"
    APPRAISAL_PRINT = "appraisal_print"
    JOB_SWEEP = "job_sweep"
    """Take away old results of background work: the daily round of the machine."""
    SHEET_USE = "sheet_use"
    """Enter the room of imports and exports; each sheet asks for its own permission besides."""
    PAY_VIEW = "pay_view"
    """See levels and pay of the people of a unit: registers, reasons, differences."""
    PAY_PROPOSE = "pay_propose"
    """Propose levels for a street, and keep declared contribution bases."""
    PAY_APPROVE = "pay_approve"
    """Approve or return levels that a street proposed."""
    PAY_RUN = "pay_run"
    """Reckon a month and confirm it."""
    PAY_SIMULATE = "pay_simulate"
    """Reckon what another scheme would cost."""
    RECRUITMENT_VIEW = "recruitment_view"
    """See vacancies, batches, and the applicants for positions of one's units."""
    RECRUITMENT_PLAN = "recruitment_plan"
    """Plan a batch, publish it, change its days, cancel it."""
    RECRUITMENT_ENTER = "recruitment_enter"
    """Enter applications that were handed in on paper."""
    RECRUITMENT_REVIEW = "recruitment_review"
    """Look at applications and say who may take part."""
    RECRUITMENT_SCORE = "recruitment_score"
    """Arrange exam and interviews, mark who came, type scores."""
    RECRUITMENT_DECIDE = "recruitment_decide"
    """Close the review, publish lists, record checks, appoint."""
    RECRUITMENT_PURGE = "recruitment_purge"
    """Remove what is no longer needed of unsuccessful applicants: the daily round of the machine."""
    POOL_VIEW = "pool_view"
    """See reserves, selections, promotions and succession of one's units."""
    POOL_NOMINATE = "pool_nominate"
    """Nominate for selections, keep tasks and reviews of reserves, propose promotions."""
    POOL_DECIDE = "pool_decide"
    """Announce selections, review nominations, enter points, decide entries, exits and promotions."""
    POOL_CHECK = "pool_check"
    """Hold the pool against its rules: the daily round of the machine, or the district by hand."""
    OWN_NOMINATE = "own_nominate"
    """Put oneself or a colleague of one's own community forward."""
    SKILL_VIEW = "skill_view"
    """See who covers which line of work."""
    SKILL_KEEP = "skill_keep"
    """Enter what people showed that they can do; a district keeps its lines of work besides."""
    MENTORING_VIEW = "mentoring_view"
    """See mentors, pairings and their logs."""
    MENTORING_KEEP = "mentoring_keep"
    """Keep the register of mentors, agree on pairings, end them, solve a matching."""
    MENTORING_LOG = "mentoring_log"
    """Enter logs and reviews of the pairings of one's units."""
    ROTATION_VIEW = "rotation_view"
    """See who is lent to whom, what they report, whose turn it is."""
    ROTATION_PROPOSE = "rotation_propose"
    """Keep hosts and wishes, plan a round, propose rotations."""
    ROTATION_REPORT = "rotation_report"
    """Enter reports of who is away, for the home and for the host."""
    ROTATION_DECIDE = "rotation_decide"
    """Approve rotations, extend them, enter returns and evaluations."""
    TRAINING_VIEW = "training_view"
    """See courses, classes, and who lacks what."""
    TRAINING_HOLD = "training_hold"
    """Hold courses and classes, enrol people, settle who took part; keep what people study for."""
    HONOUR_VIEW = "honour_view"
    """See calls for honours, nominations, and who holds what."""
    HONOUR_NOMINATE = "honour_nominate"
    """Nominate people of one's units."""
    HONOUR_DECIDE = "honour_decide"
    """Open a call, choose among the nominated, publish, grant."""
    OWN_GROWTH = "own_growth"
    """One's own mentoring, rotation, training and skills: logs, wishes, signing in, evaluation."""
    REPORT_VIEW = "report_view"
    """See annual reports of one's units, and the lists behind their figures."""
    REPORT_WRITE = "report_write"
    """Gather annual reports of one's units, write their texts, sign them."""
    REMINDER_SEND = "reminder_send"
    """Tell accounts what waits for them, in the system and by e-mail: the daily round of the machine."""
    RULES_VIEW = "rules_view"
    RULES_EDIT = "rules_edit"
    USER_VIEW = "user_view"
    USER_EDIT = "user_edit"
    ROLE_GRANT = "role_grant"
    AUDIT_VIEW = "audit_view"


class Role(StrEnum):
    """A bundle of permissions that a user holds for one unit and everything below it."""

    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    DISTRICT_HR = "district_hr"
    STREET_HR = "street_hr"
    COMMUNITY_SECRETARY = "community_secretary"
    WORKER = "worker"
    FINANCE = "finance"
    AUDITOR = "auditor"
    CONSOLE = "console"
    """The command line of the machine itself, before there is any account. Never granted to a user."""


ROLE_NAMES: dict[Role, Message] = {
    Role.SYSTEM_ADMIN: msg("系统管理员"),
    Role.SECURITY_ADMIN: msg("安全管理员"),
    Role.AUDIT_ADMIN: msg("审计管理员"),
    Role.DISTRICT_HR: msg("区级主管部门"),
    Role.STREET_HR: msg("街道经办"),
    Role.COMMUNITY_SECRETARY: msg("社区书记"),
    Role.WORKER: msg("社区工作者"),
    Role.FINANCE: msg("财政"),
    Role.AUDITOR: msg("审计"),
    Role.CONSOLE: msg("服务器控制台"),
}

_P = Permission
_HR_VIEW = frozenset({_P.UNIT_VIEW, _P.EMPLOYEE_VIEW, _P.APPRAISAL_VIEW, _P.RULES_VIEW})
_OWN = frozenset({_P.OWN_FILE_VIEW, _P.OWN_SUMMARY_WRITE, _P.OWN_NOMINATE, _P.OWN_GROWTH})
_GROWTH_VIEW = frozenset({_P.SKILL_VIEW, _P.MENTORING_VIEW, _P.ROTATION_VIEW, _P.TRAINING_VIEW, _P.HONOUR_VIEW})
_GROWTH_LOG = frozenset({_P.MENTORING_LOG, _P.ROTATION_REPORT})
_STREET = (
    _HR_VIEW
    | _GROWTH_VIEW
    | _GROWTH_LOG
    | {
        _P.SHEET_USE,
        _P.EMPLOYEE_EDIT,
        _P.EMPLOYEE_IMPORT,
        _P.EMPLOYEE_EXPORT,
        _P.IDENTITY_REVEAL,
        _P.APPRAISAL_FILL,
        _P.APPRAISAL_OPINION,
        _P.APPRAISAL_PRINT,
        _P.PAY_VIEW,
        _P.PAY_PROPOSE,
        _P.RECRUITMENT_VIEW,
        _P.RECRUITMENT_ENTER,
        _P.RECRUITMENT_REVIEW,
        _P.POOL_VIEW,
        _P.POOL_NOMINATE,
        _P.SKILL_KEEP,
        _P.MENTORING_KEEP,
        _P.ROTATION_PROPOSE,
        _P.TRAINING_HOLD,
        _P.HONOUR_NOMINATE,
        _P.REPORT_VIEW,
        _P.REPORT_WRITE,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SYSTEM_ADMIN: frozenset({_P.UNIT_VIEW, _P.UNIT_EDIT, _P.USER_VIEW, _P.USER_EDIT, _P.SHEET_USE}),
    Role.SECURITY_ADMIN: frozenset({_P.UNIT_VIEW, _P.USER_VIEW, _P.ROLE_GRANT}),
    Role.AUDIT_ADMIN: frozenset({_P.AUDIT_VIEW}),
    Role.DISTRICT_HR: (_STREET - {_P.APPRAISAL_FILL, _P.APPRAISAL_OPINION, _P.PAY_PROPOSE})
    | {
        _P.POSTING_SETTLE,
        _P.APPRAISAL_PLAN,
        _P.APPRAISAL_DECIDE,
        _P.PAY_APPROVE,
        _P.PAY_RUN,
        _P.PAY_SIMULATE,
        _P.RECRUITMENT_PLAN,
        _P.RECRUITMENT_SCORE,
        _P.RECRUITMENT_DECIDE,
        _P.POOL_DECIDE,
        _P.POOL_CHECK,
        _P.ROTATION_DECIDE,
        _P.HONOUR_DECIDE,
        _P.RULES_EDIT,
        _P.UNIT_EDIT,
    },
    Role.STREET_HR: _STREET,
    Role.COMMUNITY_SECRETARY: _HR_VIEW | _OWN | _GROWTH_VIEW | _GROWTH_LOG | {_P.APPRAISAL_OPINION, _P.APPRAISAL_PRINT},
    Role.WORKER: _OWN,
    Role.FINANCE: frozenset({_P.UNIT_VIEW, _P.RULES_VIEW, _P.PAY_VIEW, _P.PAY_SIMULATE}),
    Role.AUDITOR: _HR_VIEW | _GROWTH_VIEW | {_P.PAY_VIEW, _P.RECRUITMENT_VIEW, _P.POOL_VIEW, _P.REPORT_VIEW},
    Role.CONSOLE: frozenset(
        {
            _P.UNIT_VIEW,
            _P.UNIT_EDIT,
            _P.USER_VIEW,
            _P.USER_EDIT,
            _P.ROLE_GRANT,
            _P.RULES_EDIT,
            _P.POSTING_SETTLE,
            _P.JOB_SWEEP,
            _P.RECRUITMENT_PURGE,
            _P.POOL_CHECK,
            _P.REMINDER_SEND,
        }
    ),
}

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def compatible(roles: frozenset[Role]) -> bool:
    """Whether one account may hold these roles together: an administrator's stands alone (GB/T 22239)."""
    return len(roles) <= 1 or not roles & ADMINISTRATORS
