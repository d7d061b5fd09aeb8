"""What enumerations of people and their papers are called."""

from careerpath.employees.models import AttachmentKind, Channel, CorrectionState, Source
from careerpath.employees.operations.facts import FactKind
from careerpath.employees.operations.lines import LineKind
from careerpath.policy.codes import HonourKind, HonourLevel
from careerpath.words import Message, msg

CHANNELS: dict[Channel, Message] = {
    Channel.OPEN_RECRUITMENT: msg("公开招聘"),
    Channel.BY_ELECTION: msg("补选"),
    Channel.TRANSFER_IN: msg("转隶"),
    Channel.SPECIAL_RECRUITMENT: msg("专项招聘"),
    Channel.EARLIER: msg("早期进入"),
}

SOURCES: dict[Source, Message] = {
    Source.GRADUATE: msg("高校毕业生"),
    Source.GRID_WORKER: msg("网格员"),
    Source.VETERAN: msg("退役军人"),
    Source.NEW_FORMS: msg("新就业群体"),
    Source.OTHER: msg("其他"),
}

PAPER_KINDS: dict[AttachmentKind, Message] = {
    AttachmentKind.IDENTITY: msg("身份证件"),
    AttachmentKind.EDUCATION: msg("学历学位证书"),
    AttachmentKind.CERTIFICATE: msg("职业资格证书"),
    AttachmentKind.CONTRACT: msg("劳动合同"),
    AttachmentKind.STAMPED_FORM: msg("盖章表格"),
    AttachmentKind.OTHER: msg("其他材料"),
}

FACT_NAMES: dict[FactKind, Message] = {
    FactKind.POSTING: msg("任职"),
    FactKind.EDUCATION: msg("学历学位"),
    FactKind.CERTIFICATE: msg("职业资格证书"),
    FactKind.CONTRACT: msg("劳动合同"),
    FactKind.DISCIPLINE: msg("处分与立案"),
    FactKind.ABSENCE: msg("请假合计"),
    FactKind.HONOUR: msg("荣誉和两代表一委员"),
}

LINE_NAMES: dict[LineKind, Message] = {LineKind.CAREER: msg("简历"), LineKind.FAMILY: msg("家庭成员")}

REQUEST_STATES: dict[CorrectionState, Message] = {
    CorrectionState.OPEN: msg("待答复"),
    CorrectionState.ACCEPTED: msg("已更正"),
    CorrectionState.DECLINED: msg("不予更正"),
}

STATUSES: dict[str, Message] = {"serving": msg("在职"), "left": msg("离职"), "all": msg("全部")}

CORRECTABLE: dict[str, Message] = {
    "基本信息": msg("基本信息"),
    "联系方式": msg("联系方式"),
    "政治面貌": msg("政治面貌"),
    "任职": msg("任职"),
    "学历学位": msg("学历学位"),
    "职业资格证书": msg("职业资格证书"),
    "劳动合同": msg("劳动合同"),
    "简历": msg("简历"),
    "家庭成员": msg("家庭成员"),
    "奖惩与请假": msg("奖惩与请假"),
}
"""What a person may ask to have corrected; the Chinese word is kept with the request."""

TABLE_NAMES: dict[str, Message] = {
    "employee": msg("基本信息"),
    "posting": msg("任职"),
    "education": msg("学历学位"),
    "certificate": msg("职业资格证书"),
    "contract": msg("劳动合同"),
    "discipline": msg("处分与立案"),
    "absence": msg("请假合计"),
    "career_line": msg("简历"),
    "family_member": msg("家庭成员"),
    "attachment": msg("附件"),
    "correction_request": msg("更正申请"),
}

CHANGE_KINDS: dict[str, Message] = {"made": msg("新增"), "changed": msg("修改"), "removed": msg("删除")}

COLUMN_NAMES: dict[str, Message] = {
    "number": msg("编号"),
    "name": msg("姓名"),
    "identity_sealed": msg("身份证号码（密文）"),
    "identity_index": msg("身份证号码（索引）"),
    "identity_masked": msg("身份证号码"),
    "sex": msg("性别"),
    "born_on": msg("出生日期"),
    "ethnic": msg("民族"),
    "native_place": msg("籍贯"),
    "marital": msg("婚姻状况"),
    "household_place": msg("户口所在地"),
    "phone_sealed": msg("联系电话（密文）"),
    "phone_masked": msg("联系电话"),
    "address_sealed": msg("家庭地址（密文）"),
    "political": msg("政治面貌"),
    "political_since": msg("加入时间"),
    "political_full_since": msg("转正时间"),
    "highest_education": msg("最高学历"),
    "highest_certificate": msg("最高证书"),
    "joined_work_on": msg("参加工作时间"),
    "joined_community_on": msg("进社区时间"),
    "channel": msg("进入方式"),
    "source": msg("人员来源"),
    "batch": msg("招聘批次"),
    "military_months": msg("服役月数"),
    "left_on": msg("离职日期"),
    "left_reason": msg("离职原因"),
    "unit_id": msg("单位"),
    "user_id": msg("本人账号"),
    "superseded_at": msg("失效时间"),
    "post": msg("岗位层级"),
    "title": msg("职务"),
    "elected": msg("选举产生"),
    "party_role": msg("党内职务"),
    "dual_head": msg("一肩挑"),
    "main": msg("主要任职"),
    "duties": msg("分管工作"),
    "starts_on": msg("开始日期"),
    "ends_on": msg("结束日期"),
    "level": msg("学历"),
    "degree": msg("学位"),
    "full_time": msg("全日制"),
    "school": msg("毕业院校"),
    "major": msg("专业"),
    "graduated_on": msg("毕业日期"),
    "grade": msg("等级"),
    "certificate_number": msg("证书编号"),
    "obtained_on": msg("取得日期"),
    "registered_on": msg("登记日期"),
    "registered_until": msg("登记有效期至"),
    "probation_ends_on": msg("试用期结束日期"),
    "measure": msg("处分或处理"),
    "document": msg("文号"),
    "opened_on": msg("立案日期"),
    "closed_on": msg("结案日期"),
    "year": msg("年份"),
    "sick_days": msg("病假天数"),
    "personal_days": msg("事假天数"),
    "unexcused_days": msg("旷工天数"),
    "text": msg("内容"),
    "relation": msg("称谓"),
    "work": msg("工作单位及职务"),
    "kind": msg("类别"),
    "media_type": msg("文件类型"),
    "size": msg("大小"),
    "added_at": msg("上传时间"),
    "removed_at": msg("移除时间"),
    "field": msg("更正内容"),
    "state": msg("状态"),
    "asked_at": msg("申请时间"),
    "answer": msg("答复"),
    "answered_at": msg("答复时间"),
    "answered_by": msg("答复人"),
}

HONOUR_TABLE: dict[str, Message] = {"honour": msg("荣誉")}

HONOUR_COLUMNS: dict[str, Message] = {
    "employee_id": msg("人员"),
    "kind": msg("荣誉类别"),
    "level": msg("荣誉级别"),
    "title": msg("荣誉名称"),
    "granted_by": msg("授予单位"),
    "granted_on": msg("授予日期"),
    "ends_on": msg("任期结束日期"),
    "document": msg("文号"),
    "superseded_at": msg("失效时间"),
}
"""Honours have words of their own: level, title and kind mean something else in other facts."""

HONOUR_VALUES: dict[str, dict[str, Message]] = {
    "kind": {one.value: Message("%(name)s", {"name": one}) for one in HonourKind},
    "level": {one.value: Message("%(name)s", {"name": one}) for one in HonourLevel},
}

OPERATION_NAMES: dict[str, Message] = {
    "register_employee": msg("登记人员"),
    "register_employees": msg("批量登记人员"),
    "change_employee": msg("修改基本信息"),
    "change_employees": msg("批量修改基本信息"),
    "reveal_identity": msg("查看完整身份证号码"),
    "reveal_paper": msg("查看身份证件"),
    "end_service": msg("办理离职"),
    "remove_file": msg("撤销误建的人员档案"),
    "resume_service": msg("重新入职"),
    "link_account": msg("关联账号"),
    "add_fact": msg("新增记录"),
    "correct_fact": msg("更正记录"),
    "withdraw_fact": msg("撤销记录"),
    "end_posting": msg("结束任职"),
    "change_post": msg("调整岗位"),
    "settle_postings": msg("任职到期生效"),
    "add_line": msg("新增记录"),
    "change_line": msg("修改记录"),
    "remove_line": msg("删除记录"),
    "set_photo": msg("更换照片"),
    "add_attachment": msg("上传附件"),
    "remove_attachment": msg("移除附件"),
    "ask_correction": msg("申请更正"),
    "answer_correction": msg("答复更正申请"),
}
