"""Invented names of people: usual ones, some of minorities, and some with characters that old typefaces lack."""

from dataclasses import dataclass

from careerpath.demo.chance import Chance
from careerpath.policy.codes import Ethnic, Sex

SURNAMES = (
    "王李张刘陈杨赵孙徐朱高林郭马宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟"
    "秦邱侯江尹薛阎段雷龙史陶贺顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍韦申尤毕聂焦"
    "柳邢岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景单包司柏宁柯阮桂闵"
)
COMMON = "王李张刘陈杨赵孙徐朱高宋郭马"
"""The surnames that a third of the people share."""

MALE_FIRST = "子承景宗兴培怀修传守绍存继令广茂延敬允昭元沛启书"
MALE_SECOND = "航川岭舟柏桐峻淼崧远朴垣屹炜煜钧锐恺澍昀骁逸廷霖"
FEMALE_FIRST = "书雨若语静芷梦佳淑惠秀素清婉晓月玉春彩爱念沐"
FEMALE_SECOND = "琴萱岚蔓菡瑜荷棠妍溪苒莉芹蕙霞莲珊娴婷菊芸澜"
OLDER_MALE_FIRST = "保传德广洪继庆振兆宗守玉友明"
OLDER_MALE_SECOND = "田库柱才义善余岭坤仁业富堂海"
OLDER_FEMALE_FIRST = "秀桂玉淑爱彩春凤继素月振慧"
OLDER_FEMALE_SECOND = "芹兰莲芬菊霞荣云美珍英花芳娟"


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the sex and the ethnic group that it goes with."""

    name: str
    sex: Sex
    ethnic: Ethnic = Ethnic.HAN


SPECIAL = (
    Named("阿依古丽·买买提", Sex.FEMALE, Ethnic.UYGUR),
    Named("魏堃宁", Sex.MALE),
    Named("闵赟", Sex.FEMALE),
    Named("鲍镕泽", Sex.MALE),
    Named("孔令喆", Sex.MALE),
    Named("滕䶮", Sex.MALE),
    Named("辛㛃", Sex.FEMALE),
    Named("欧阳若溪", Sex.FEMALE),
    Named("巴图孟和", Sex.MALE, Ethnic.MONGOL),
    Named("迪丽拜尔·吐尔逊", Sex.FEMALE, Ethnic.UYGUR),
    Named("诸葛怀远", Sex.MALE),
    Named("洛桑卓玛", Sex.FEMALE, Ethnic.ZANG),
)
"""Names that try every form and typeface: long, with a middle dot, with two-character surnames and rare characters."""

MINORITY_SURNAMES = {
    Ethnic.HUI: "马哈沙丁",
    Ethnic.MAN: "关佟那富",
    Ethnic.CHOSEN: "金朴崔玄",
    Ethnic.ZHUANG: "韦覃莫蓝",
}


def any_name(chance: Chance, *, older: bool = False) -> Named:
    """An invented name of a woman or, less often, of a man; two women in three people, as in most communities."""
    sex = Sex.FEMALE if chance.happens(64) else Sex.MALE
    ethnic = Ethnic.HAN
    surname = chance.choice(COMMON if chance.happens(33) else SURNAMES)
    if chance.happens(3):
        ethnic = chance.weighed({Ethnic.HUI: 6, Ethnic.MAN: 4, Ethnic.CHOSEN: 2, Ethnic.ZHUANG: 1})
        surname = chance.choice(MINORITY_SURNAMES[ethnic])
    return Named(surname + given_name(chance, sex, older=older and chance.happens(70)), sex, ethnic)


def given_name(chance: Chance, sex: Sex, *, older: bool = False) -> str:
    """A given name of one or two characters, as it was usual when the person was born."""
    male = sex is Sex.MALE
    if older:
        first, second = (OLDER_MALE_FIRST, OLDER_MALE_SECOND) if male else (OLDER_FEMALE_FIRST, OLDER_FEMALE_SECOND)
        return chance.choice(first) + chance.choice(second)
    last = chance.choice(MALE_SECOND if male else FEMALE_SECOND)
    if chance.happens(14):
        return last
    return chance.choice(MALE_FIRST if male else FEMALE_FIRST) + last
