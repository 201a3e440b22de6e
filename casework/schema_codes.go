package casework

// fieldLists are the code lists that only the schema table needs: small, this product's own.
func fieldLists() []CodeList {
	return []CodeList{
		RoleNames, Grades, YesNoUnknown, GuardianRatings, ChronicIllnesses, AbilityScales, SupportModes, HomeBeds, Willingness,
		IncomeSources, AssistanceKinds, CardHolders, PovertyCauses, HouseTypes, HouseHazards, Heatings,
		VisitPurposes, VisitDepths, VisitSources, Presents,
		TaskKinds, TaskSteps, Schemes, AmountUnits, CareItems, DeviceKinds, DeviceStates,
	}
}

// Grades is how urgent someone is, 1 the worst: 1–4 for children, 1–3 for elders.
var Grades = CodeList{"grade", "等级", "grade", []Term{
	term("1", "一级", "grade 1", "高风险", "红"),
	term("2", "二级", "grade 2", "中高风险", "橙", "黄"),
	term("3", "三级", "grade 3", "中风险", "蓝"),
	term("4", "四级", "grade 4", "低风险", "绿"),
}}

// YesNoUnknown is for what a file may not know.
var YesNoUnknown = CodeList{"yes_no_unknown", "是否", "yes or no", []Term{
	term("yes", "是", "yes", "有", "已缴", "√", "✓", "☑", "1"),
	term("no", "否", "no", "无", "未缴", "×", "0"),
	term("unknown", "不清楚", "unknown", "不详"),
}}

// GuardianRatings is the guardianship rating of the 2016 form.
var GuardianRatings = CodeList{"guardian_rating", "监护情况", "quality of guardianship", []Term{
	term("good", "较好", "good", "好", "良好"),
	term("average", "一般", "average"),
	term("poor", "较差", "poor", "差"),
}}

// ChronicIllnesses is questionnaire E2.2.
var ChronicIllnesses = CodeList{"chronic_illness", "慢性病", "long-term illnesses", []Term{
	term("hypertension", "高血压", "hypertension"),
	term("heart", "心脏病", "heart disease", "冠心病"),
	term("stroke", "脑卒中", "stroke", "中风", "脑梗", "脑血管病"),
	term("diabetes", "糖尿病", "diabetes"),
	term("lung", "肺病", "lung disease", "慢阻肺", "哮喘"),
	term("cancer", "肿瘤", "cancer", "癌症"),
	term("dementia", "认知障碍", "dementia", "失智", "老年痴呆", "阿尔茨海默病"),
	term("mental", "精神障碍", "mental illness", "精神病"),
	term("kidney", "肾病", "kidney disease", "尿毒症"),
	term("fracture", "骨折", "fracture"),
	term("other", "其他", "other"),
	term("none", "没有", "none", "无"),
}}

// AbilityScales is which scale an ability level was measured with; levels of different
// scales are never compared.
var AbilityScales = CodeList{"ability_scale", "评估量表", "scale", []Term{
	term("gbt42195", "GB/T 42195-2022", "GB/T 42195-2022", "国标"),
	term("mzt039", "MZ/T 039-2013", "MZ/T 039-2013", "老行标"),
	term("barthel", "Barthel 指数", "Barthel index", "ADL", "巴氏量表"),
	term("ltci", "长期护理保险等级", "long-term-care-insurance grade", "长护险"),
	term("screening", "走访初筛(非正式)", "screening at a visit, unofficial", "初筛"),
}}

// SupportModes is how tekun support is given.
var SupportModes = CodeList{"support_mode", "供养方式", "mode of support", []Term{
	term("dispersed", "分散供养", "at home", "分散"),
	term("centralized", "集中供养", "in an institution", "集中"),
}}

// HomeBeds is care and hospital beds at home (两床合一 when both).
var HomeBeds = CodeList{"home_bed", "家庭床位", "beds at home", []Term{
	term("care", "家庭照护床位", "home care bed", "家庭养老床位"),
	term("hospital", "家庭病床", "home hospital bed"),
}}

// Willingness is whether someone wants to be visited (R-21, E0.4).
var Willingness = CodeList{"willingness", "受访意愿", "willing to be visited", []Term{
	term("yes", "愿意", "yes"),
	term("fewer", "希望少来", "fewer visits"),
	term("no", "不愿意", "no"),
}}

// IncomeSources is domain §6.1 and C2.6.
var IncomeSources = CodeList{"income_source", "收入来源", "sources of income", []Term{
	term("wages", "务工", "wages", "工资", "打工"),
	term("farming", "务农", "farming", "种地"),
	term("aid", "政府救助", "government aid", "救助"),
	term("relatives", "亲友资助", "relatives", "亲属"),
	term("pension", "养老金", "pension", "退休金"),
	term("other", "其他", "other"),
	term("none", "没有", "none", "无"),
}}

// AssistanceKinds is assistance a family already receives (domain §6.1).
var AssistanceKinds = CodeList{"assistance", "已享受救助", "assistance received", []Term{
	term("dibao", "最低生活保障", "dibao", "低保"),
	term("temporary", "临时救助", "temporary aid"),
	term("medical", "医疗救助", "medical aid"),
	term("housing", "住房救助", "housing aid", "危房改造"),
	term("education", "教育救助", "education aid", "助学"),
	term("other", "其他", "other"),
	term("none", "没有", "none", "无"),
}}

// CardHolders is who keeps a bank card (C2.8, E7.2, domain §6.10).
var CardHolders = CodeList{"card_holder", "保管人", "who holds the card", []Term{
	term("self", "本人", "self"),
	term("guardian", "监护人", "guardian"),
	term("spouse", "配偶", "spouse"),
	term("child", "子女", "son or daughter"),
	term("relative", "其他亲属", "relative", "亲属"),
	term("committee", "村(居)委会", "village committee", "村委会", "居委会"),
	term("carer", "照料人", "carer"),
	term("institution", "机构", "institution"),
	term("other", "其他", "other"),
}}

// PovertyCauses is domain §6.9.
var PovertyCauses = CodeList{"poverty_cause", "困难原因", "causes of difficulty", []Term{
	term("illness", "因病", "illness", "疾病"),
	term("disability", "因残", "disability", "残疾"),
	term("age", "年老", "old age"),
	term("single_parent", "单亲", "single parent"),
	term("disaster", "因灾", "disaster", "灾害"),
	term("orphan", "孤儿", "orphan"),
	term("schooling", "因学", "schooling"),
	term("labour", "缺劳力", "no one to work", "缺少劳动力"),
	term("other", "其他", "other"),
}}

// HouseTypes is whose house and of what kind.
var HouseTypes = CodeList{"house_type", "住房类型", "kind of house", []Term{
	term("own_single", "自有平房", "own single-storey house", "平房", "自建房"),
	term("own_storeyed", "自有楼房", "own storeyed house", "楼房"),
	term("rented", "租住", "rented", "租房"),
	term("lent", "借住", "lent", "借住亲友"),
	term("public", "公租房", "public housing", "廉租房"),
	term("committee", "村集体用房", "village house", "五保楼", "幸福院"),
	term("other", "其他", "other"),
}}

// HouseHazards is what in a house endangers whoever lives in it (C2.4, E5.1).
var HouseHazards = CodeList{"house_hazard", "住房隐患", "hazards of the house", []Term{
	term("none", "没有", "none", "无"),
	term("dangerous_house", "危房", "dangerous house"),
	term("wiring", "电线老化裸露", "bad wiring", "线路老化"),
	term("gas_pipe", "燃气软管老化", "old gas pipe"),
	term("coal", "煤炉无烟道", "coal stove without a vent", "煤气隐患"),
	term("blocked_exit", "出口堵塞", "blocked exit"),
	term("ebike", "电动车室内充电", "e-bike charging indoors"),
	term("slippery", "卫生间湿滑", "slippery bathroom"),
	term("no_handrail", "没有扶手", "no handrail"),
	term("clutter", "杂物多", "clutter"),
	term("water", "水井或池塘", "open well or pond near"),
	term("pesticide", "农药放在够得到的地方", "pesticide within reach"),
	term("stairs", "楼梯或窗户危险", "dangerous stairs or window"),
}}

// Heatings is how a home is heated.
var Heatings = CodeList{"heating", "取暖方式", "heating", []Term{
	term("central", "集中供暖", "district heating"),
	term("gas", "燃气", "gas", "壁挂炉"),
	term("electric", "电", "electric", "空调", "电热毯"),
	term("coal", "煤炉", "coal stove", "烧煤"),
	term("kang", "火炕", "kang", "土炕"),
	term("none", "没有", "none", "无"),
}}

// VisitPurposes is the kinds of visit (glossary).
var VisitPurposes = CodeList{"visit_purpose", "走访性质", "kind of visit", []Term{
	term("routine", "日常走访", "routine", "走访", "巡访"),
	term("care", "关爱探访", "care", "探访"),
	term("verify", "入户核查", "verification", "核查"),
	term("check", "抽查", "spot check"),
}}

// VisitDepths is how much of the questionnaire a visit asks (people §2.7).
var VisitDepths = CodeList{"visit_depth", "走访深度", "depth", []Term{
	term("greeting", "平安问候", "greeting"),
	term("routine", "日常", "routine"),
	term("full", "全面", "full"),
}}

// VisitSources is how a visit came into the machine.
var VisitSources = CodeList{"visit_source", "来源", "source", []Term{
	term("screen", "当场录入", "entered on the spot"),
	term("paper", "纸质补录", "paper"),
	term("recovered", "找回", "recovered"),
}}

// Presents is who was there (C0.5, and of an elder's visit e0_6).
var Presents = CodeList{"present", "在场的人", "present", []Term{
	term("child", "孩子", "child"),
	term("elder", "老人", "elder"),
	term("father", "父亲", "father"),
	term("mother", "母亲", "mother"),
	term("grandparent", "祖辈", "grandparent", "爷爷", "奶奶", "姥爷", "姥姥"),
	term("carer", "照料人", "carer"),
	term("spouse", "配偶", "spouse"),
	term("sibling", "兄弟姐妹", "sibling"),
	term("teacher", "老师", "teacher"),
	term("neighbour", "邻居", "neighbour"),
	term("worker2", "同行人员", "second worker"),
	term("other", "其他", "other"),
}}

// Schemes is what is paid or given.
var Schemes = CodeList{"scheme", "救助类型", "scheme", []Term{
	term("dibao_rural", "农村低保", "rural dibao"),
	term("dibao_urban", "城市低保", "urban dibao", "城镇低保"),
	term("dibao", "低保", "dibao", "最低生活保障"),
	term("tekun_dispersed", "分散特困", "tekun at home", "分散供养"),
	term("tekun_centralized", "集中特困", "tekun in an institution", "集中供养"),
	term("tekun", "特困", "tekun", "特困供养", "特困人员"),
	term("orphan", "孤儿基本生活费", "orphan allowance", "孤儿"),
	term("de_facto", "事实无人抚养儿童基本生活补贴", "de-facto unattended allowance", "事实无人抚养儿童", "事实无人抚养"),
	term("key_child", "重点困境儿童基本生活费", "key child allowance", "重点困境儿童"),
	term("study_grant", "助学金", "study grant"),
	term("disability_living", "困难残疾人生活补贴", "disability living subsidy", "生活补贴"),
	term("disability_care", "重度残疾人护理补贴", "disability care subsidy", "护理补贴"),
	term("old_age", "高龄津贴", "old-age allowance", "长寿补贴"),
	term("elder_service", "养老服务补贴", "elder service subsidy"),
	term("elder_nursing", "养老护理补贴", "elder nursing subsidy"),
	term("elder_voucher", "中度以上失能老年人消费补贴", "voucher for disabled elders"),
	term("temporary", "临时救助", "temporary aid"),
	term("other", "其他", "other"),
}}

// AmountUnits is what an amount is for.
var AmountUnits = CodeList{"amount_unit", "发放周期", "per", []Term{
	term("month", "月", "month", "每月", "元/月"),
	term("year", "年", "year", "每年", "元/年"),
	term("once", "次", "once", "一次性", "每次"),
	term("hour", "小时", "hour", "元/小时"),
}}

// CareItems is what a carer does (domain §6.8).
var CareItems = CodeList{"care_item", "照料内容", "what was done", []Term{
	term("meals", "做饭喂饭", "meals", "助餐"),
	term("cleaning", "打扫", "cleaning", "助洁"),
	term("washing", "洗衣", "washing"),
	term("bathing", "洗澡", "bathing", "助浴"),
	term("hair_nails", "理发剪指甲", "hair and nails"),
	term("medicine", "服药", "medicine"),
	term("hospital", "陪同就医", "hospital company", "助医"),
	term("shopping", "代购", "shopping", "助购"),
	term("company", "陪伴", "company"),
	term("other", "其他", "other"),
}}

// DeviceKinds is what watches over a home (E2, E5.2).
var DeviceKinds = CodeList{"device_kind", "设备种类", "kind of device", []Term{
	term("smoke", "烟感报警器", "smoke alarm", "烟感"),
	term("gas", "燃气报警器", "gas alarm"),
	term("water_meter", "智能水表", "smart water meter", "水表"),
	term("one_key", "一键呼叫", "one-key call", "一键通", "呼叫器"),
	term("camera", "摄像头", "camera"),
	term("bracelet", "定位手环", "bracelet", "手环"),
	term("ai_call", "AI关爱电话", "AI care call"),
	term("other", "其他", "other"),
}}

// DeviceStates is how a test went.
var DeviceStates = CodeList{"device_state", "是否正常", "works", []Term{
	term("ok", "正常", "works", "好"),
	term("broken", "坏了", "broken", "故障"),
	term("none", "没有", "none", "未安装"),
}}
