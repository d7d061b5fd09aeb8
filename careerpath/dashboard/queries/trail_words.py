"""What the audit trail calls reminders."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import Message, msg

RHYTHM_WORDS: dict[str, Message] = {
    "daily": msg("每天"),
    "weekly": msg("每周"),
    "none": msg("不发邮件"),
}
"""How often an account is written to, by the code of each rhythm."""

REMINDER_WORDS = RoomWords(
    operations={
        "keep_reminders": msg("生成每日提醒"),
        "claim_reminders": msg("开始发送提醒邮件"),
        "settle_reminders": msg("登记提醒邮件结果"),
        "drop_old_reminders": msg("清除过期提醒"),
        "read_reminders": msg("提醒标为已读"),
        "ask_for_address": msg("申请登记提醒邮箱"),
        "confirm_address": msg("确认提醒邮箱"),
        "remove_address": msg("删除提醒邮箱"),
        "choose_rhythm": msg("设置提醒邮件"),
        "stop_reminders": msg("停发提醒邮件"),
    },
    tables={"reminder_choice": msg("提醒设置"), "reminder": msg("提醒")},
    columns={
        "user_id": msg("账号"),
        "email": msg("邮箱"),
        "rhythm": msg("发送频率"),
        "language": msg("邮件语言"),
        "asked_email": msg("待确认的邮箱"),
        "code_sign": msg("验证码"),
        "code_until": msg("验证码有效至"),
        "code_tries": msg("验证码输错次数"),
        "codes": msg("当日验证码次数"),
        "codes_on": msg("验证码发送日期"),
        "on": msg("日期"),
        "lines": msg("提醒内容"),
        "due": msg("到期事项"),
        "read_at": msg("已读时间"),
        "tried_at": msg("开始发送时间"),
        "sent_at": msg("发出时间"),
        "fault": msg("未发出原因"),
        "answer": msg("邮件服务器的回答"),
    },
    values={"rhythm": RHYTHM_WORDS},
)
"""The words of reminders and of how accounts want them."""
