"""Sex (GB/T 2261.1), marital status (GB/T 2261.2) and political status (GB/T 4762)."""

from careerpath.policy.codes.code import Code


class Sex(Code):
    """GB/T 2261.1."""

    UNKNOWN = "0", "未知", "unknown", "未知的性别"
    MALE = "1", "男", "male", "男性"
    FEMALE = "2", "女", "female", "女性"
    UNSTATED = "9", "未说明", "not stated", "未说明的性别"


class Marital(Code):
    """GB/T 2261.2."""

    SINGLE = "10", "未婚", "single"
    MARRIED = "20", "已婚", "married"
    FIRST_MARRIAGE = "21", "初婚", "first marriage"
    REMARRIED = "22", "再婚", "remarried"
    MARRIED_AGAIN = "23", "复婚", "married again to the same person"
    WIDOWED = "30", "丧偶", "widowed"
    DIVORCED = "40", "离婚", "divorced", "离异"
    UNSTATED = "90", "未说明", "not stated", "未说明的婚姻状况"


class Political(Code):
    """GB/T 4762."""

    PARTY_MEMBER = "01", "中共党员", "member of the Communist Party", "党员", "中国共产党党员"
    PROBATIONARY_MEMBER = "02", "中共预备党员", "probationary member of the Communist Party", "预备党员"
    LEAGUE_MEMBER = "03", "共青团员", "member of the Communist Youth League", "团员"
    REVOLUTIONARY_COMMITTEE = "04", "民革党员", "Revolutionary Committee of the Kuomintang", "民革", "民革会员"
    DEMOCRATIC_LEAGUE = "05", "民盟盟员", "China Democratic League", "民盟"
    NATIONAL_CONSTRUCTION = "06", "民建会员", "China National Democratic Construction Association", "民建"
    PROMOTING_DEMOCRACY = "07", "民进会员", "China Association for Promoting Democracy", "民进"
    PEASANTS_AND_WORKERS = "08", "农工党党员", "Chinese Peasants' and Workers' Democratic Party", "农工党"
    ZHI_GONG = "09", "致公党党员", "China Zhi Gong Party", "致公党"
    JIUSAN = "10", "九三学社社员", "Jiusan Society", "九三学社"
    TAIWAN_LEAGUE = "11", "台盟盟员", "Taiwan Democratic Self-Government League", "台盟"
    NO_PARTY = "12", "无党派人士", "public figure without party", "无党派", "无党派民主人士"
    MASSES = "13", "群众", "no party"


PARTY = frozenset({Political.PARTY_MEMBER, Political.PROBATIONARY_MEMBER})
"""Members of the Communist Party, probationary ones included."""
