"""What streets and the district write of those who are nominated for honours."""

from careerpath.demo.chance import Chance

MERITS = (
    "扎根社区多年，坚持每天入网格走访，建立“民情日记”，先后帮助居民解决停车、漏水、助餐等急难愁盼问题，居民满意率连年保持在前列。",
    "牵头成立小区党支部和物业联席会，推动两个无物业小区实现规范管理，矛盾纠纷明显减少，经验在全街道推广。",
    "长期结对照顾独居老人，组织助餐、助洁、助医服务，带动志愿者三十余人，被居民称为“大家的孩子”。",
    "汛期带队值守，及时转移低洼处群众，排除隐患十余处；日常坚持安全巡查，辖区多年未发生安全事故。",
    "创新“居民点单、社区派单”办法，推行全岗通服务，办事群众最多跑一次，窗口多年零投诉。",
    "善做群众工作，调解邻里和家庭纠纷百余起，成功率九成以上，两件信访积案得到化解。",
)
CONDITIONS = (
    "拥护党的路线方针政策，遵守法律和规章制度\n"
    "在社区工作满一年，群众评价好，事迹突出\n"
    "近两年年度考核为称职以上\n"
    "未在处分影响期内"
)
CONTACT = "公示期间如有意见，请向区级主管部门反映。"
OBJECTION = "来电询问推荐名额的分配办法。"
ANSWER = "经核查，名额按各街道在岗人数分配，推荐程序符合通知要求，已向来电人说明。"
NOT_CHOSEN = "名额有限，事迹予以通报表扬"


def merits(chance: Chance) -> str:
    """Why somebody is nominated."""
    return "\n".join(chance.sample(MERITS, 2))
