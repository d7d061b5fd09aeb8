"""The words of an edition of the targets."""

from careerpath.policy.codes import Certificate, Education, Post
from careerpath.policy.shapes.shape import CITATION, Shape, code, codes, listed, number, text, whole, words_of
from careerpath.policy.targets.edition import Each, Measure
from careerpath.words import msg

MEASURES = {
    Measure.YOUNG_CADRES.value: msg("年轻干部人数"),
    Measure.RESERVES.value: msg("后备人才人数"),
    Measure.HOUSEHOLDS_PER_WORKER.value: msg("每名社区工作者服务户数"),
    Measure.TRAINING_SHARE.value: msg("年度培训率"),
    Measure.CERTIFICATE_SHARE.value: msg("持证率"),
    Measure.EDUCATION_SHARE.value: msg("学历比例"),
}
EACH = {Each.COMMUNITY.value: msg("每个社区"), Each.WHOLE.value: msg("全区（街道）")}

TARGETS = Shape(
    "targets",
    (
        listed(
            "targets",
            msg("目标"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            code("measure", msg("指标"), MEASURES),
            code("each", msg("对象"), EACH),
            number("least", msg("不低于")),
            number("most", msg("不超过")),
            whole("age", msg("年龄不超过")),
            codes("posts", msg("职务"), words_of(Post)),
            code("certificate", msg("证书等级（含以上）"), words_of(Certificate)),
            code("education", msg("学历（含以上）"), words_of(Education)),
            CITATION,
            identity=("code",),
        ),
    ),
)
"""The words of the parts, in the order in which an edition is read."""
