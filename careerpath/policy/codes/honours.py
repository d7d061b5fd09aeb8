"""Honours and representation of community workers, and the level that grants them."""

from careerpath.policy.codes.code import Code


class HonourKind(Code):
    """What an honour is: 两代表一委员, a title of labour, or another one."""

    PARTY_DELEGATE = "party_delegate", "党代表", "delegate to a party congress", "党代会代表"
    PEOPLES_DEPUTY = "peoples_deputy", "人大代表", "deputy to a people's congress"
    POLITICAL_ADVISER = "political_adviser", "政协委员", "member of a political consultative conference"
    LABOUR_MODEL = "labour_model", "劳动模范", "model labourer", "劳模"
    MODEL_WORKER = "model_worker", "最美社工", "model community worker", "最美社区工作者"
    OTHER = "other", "其他荣誉", "other honour", "其他"


REPRESENTATION = (HonourKind.PARTY_DELEGATE, HonourKind.PEOPLES_DEPUTY, HonourKind.POLITICAL_ADVISER)
"""两代表一委员: held for a term."""


class HonourLevel(Code):
    """The level that grants an honour, lowest first."""

    STREET = "street", "街道（乡镇）级", "street", "街道级", "乡镇级", "街道", "乡镇"
    COUNTY = "county", "区县级", "county or district", "县级", "区级", "县", "区"
    CITY = "city", "市级", "city", "市"
    PROVINCE = "province", "省级", "province", "省部级", "省"
    STATE = "state", "国家级", "state", "全国", "国家"
