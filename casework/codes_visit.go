package casework

// VisitModes is how a visit took place (domain §5.5, questionnaire C0.3).
var VisitModes = CodeList{"visit_mode", "走访方式", "visit mode", []Term{
	term("door", "入户", "at the door", "上门", "实地", "入户走访"),
	term("phone", "电话", "by phone", "电访", "打电话"),
	term("video", "视频", "by video", "微信视频", "视频通话"),
	term("school", "学校", "at school", "到校", "在校"),
	term("device", "远程监测", "remote device", "设备监测", "远程"),
	term("third_party", "委托第三方", "third party", "第三方"),
	term("neighbour", "邻里", "through a neighbour", "邻居代看", "邻里守望"),
	term("paired", "结对", "paired helper", "结对帮扶"),
	term("hotline", "热线", "hotline"),
	term("alarm", "智能预警", "smart alarm", "预警"),
	term("other", "其他", "other"),
}}

// VisitResults is whom a visit met (questionnaire C0.4 and its elder counterpart).
var VisitResults = CodeList{"visit_result", "走访结果", "visit result", []Term{
	term("met", "见到本人", "met the person", "见到", "见到孩子", "见到老人", "已见到"),
	term("guardian_only", "只见到监护人", "met the guardian only", "只见到家人", "只联系到奶奶"),
	term("not_met", "没见到", "not met", "未见到", "无人", "没人应门"),
	term("refused", "拒绝", "refused", "不愿意", "拒访"),
	term("moved", "搬走", "moved", "迁出", "搬迁"),
	term("hospital", "住院", "in hospital", "住院中"),
	term("institution", "在机构", "in an institution", "入住机构", "养老院"),
	term("wrong_address", "地址不对", "wrong address", "查无此人"),
	term("dead", "去世", "dead", "死亡", "已故"),
}}

// VisitStatuses is where a visit stands (domain §5.5). not_met is three knocks unanswered.
var VisitStatuses = CodeList{"visit_status", "走访状态", "visit status", []Term{
	term("planned", "计划", "planned", "待访"),
	term("done", "完成", "done", "已完成", "已访"),
	term("not_met", "没见到", "not met", "三次敲门", "未见到"),
	term("refused", "拒绝", "refused", "拒访"),
	term("moved", "搬走", "moved", "迁出"),
	term("hospital", "住院", "in hospital"),
	term("institution", "在机构", "in an institution", "入住机构"),
	term("dead", "去世", "dead", "死亡"),
	term("wrong_address", "地址不对", "wrong address"),
	term("cancelled", "取消", "cancelled"),
}}

// VisitAxes is the four purposes of a visit to a child (domain §6.2).
var VisitAxes = CodeList{"visit_axis", "走访目的", "purpose of the visit", []Term{
	term("will", "扶志", "will"),
	term("heart", "扶心", "heart"),
	term("mind", "扶智", "mind and learning"),
	term("skill", "扶能", "skill and rights"),
}}

// NeedKinds is what a visit may find wanting (questionnaire C7.4, domain §6.7 and 医食住护行).
var NeedKinds = CodeList{"need", "需求", "needs", []Term{
	term("living_money", "生活费", "living money", "生活困难", "资金"),
	term("medical", "就医", "medical", "医", "医疗", "看病", "陪诊", "助医"),
	term("rehab", "康复", "rehabilitation"),
	term("schooling", "上学", "schooling", "就学", "助学", "教育"),
	term("clothes_books", "衣物书本", "clothes and books", "衣物", "学习用品"),
	term("register", "落户", "household register", "户口", "上户口"),
	term("guardianship", "监护指导", "guardianship advice", "监护"),
	term("psychological", "心理", "psychological", "心理疏导", "心理支持"),
	term("legal", "法律", "legal", "法律援助"),
	term("housing", "住房", "housing", "住", "危房"),
	term("disability_card", "办残疾证", "disability card", "残疾证"),
	term("safety_fix", "安全隐患整改", "safety repair", "安全", "隐患"),
	term("meals", "助餐", "meals", "食", "送餐", "吃饭"),
	term("cleaning", "助洁", "cleaning", "保洁", "打扫"),
	term("bathing", "助浴", "bathing", "洗澡"),
	term("purchase", "代购", "purchase", "助购", "购物"),
	term("adaptation", "适老化改造", "home adaptation", "改造"),
	term("aids", "辅具", "assistive aids", "轮椅", "拐杖"),
	term("care", "照护", "care", "护", "护理", "照料"),
	term("companionship", "陪伴", "companionship", "关爱", "陪聊"),
	term("travel", "出行", "travel", "行", "助行"),
	term("other", "其他", "other"),
	term("none", "没有", "none", "无", "没有需求"),
}}

// ExitReasons is R-27: why someone leaves a list.
var ExitReasons = CodeList{"exit_reason", "退出原因", "reason of exit", []Term{
	term("age_16", "满16周岁", "turned 16", "16岁"),
	term("age_18", "满18周岁", "turned 18", "成年", "18岁"),
	term("dead", "死亡", "died", "去世"),
	term("adopted", "被收养", "adopted", "收养"),
	term("parent_back", "父母恢复抚养", "parent free or in contact again", "父母返乡", "父母刑满释放"),
	term("moved", "迁出", "moved away", "搬走", "搬迁"),
	term("income_above", "收入超标", "income above the line", "收入超过标准"),
	term("voluntary", "自愿退出", "left by own wish", "本人申请退出", "主动退出"),
	term("institution", "入住机构", "entered an institution", "入住养老机构"),
	term("level_changed", "等级变化", "level changed", "能力等级变化"),
	term("study_ended", "毕业离校", "left school", "毕业"),
	term("entered_wrongly", "登记错误", "entered by mistake", "录入错误"),
}}
