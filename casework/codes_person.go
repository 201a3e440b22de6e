package casework

// Sexes is GB/T 2261.1.
var Sexes = CodeList{"sex", "性别", "sex", []Term{
	term("1", "男", "male", "男性", "男孩", "m"),
	term("2", "女", "female", "女性", "女孩", "f"),
	term("0", "未知", "unknown", "未知的性别", "不详"),
	term("9", "未说明", "not stated", "未说明的性别"),
}}

// Maritals is GB/T 2261.2.
var Maritals = CodeList{"marital", "婚姻状况", "marital status", []Term{
	term("10", "未婚", "unmarried", "单身", "未结婚"),
	term("20", "已婚", "married", "结婚", "有配偶"),
	term("21", "初婚", "first marriage"),
	term("22", "再婚", "re-married"),
	term("23", "复婚", "restored marriage"),
	term("30", "丧偶", "widowed", "丧妻", "丧夫", "寡居"),
	term("40", "离婚", "divorced", "离异"),
	term("90", "未说明", "not stated", "未说明的婚姻状况", "其他"),
}}

// Educations is GB/T 4658, first level.
var Educations = CodeList{"education", "文化程度", "education", []Term{
	term("10", "研究生", "graduate", "硕士", "博士", "研究生教育"),
	term("20", "大学本科", "bachelor", "本科", "大学"),
	term("30", "大学专科", "college", "大专", "专科", "高职"),
	term("40", "中等职业", "secondary vocational", "中专", "中职", "技校", "职高", "中等专科"),
	term("60", "普通高级中学", "senior high", "高中"),
	term("70", "初级中学", "junior high", "初中"),
	term("80", "小学", "primary", "小学文化"),
	term("90", "其他", "other", "文盲", "半文盲", "不识字", "无", "未上学"),
}}

// EducationStages is where a child learns now; a local list.
var EducationStages = CodeList{"education_stage", "就学情况", "stage of education", []Term{
	term("none", "未入学", "not in school", "学龄前", "未上学", "未就学"),
	term("kindergarten", "幼儿园", "kindergarten", "学前", "学前教育"),
	term("primary", "小学", "primary school", "小学在读"),
	term("junior", "初中", "junior high", "初级中学", "初中在读"),
	term("senior", "高中", "senior high", "普通高中", "高中在读"),
	term("vocational", "中职", "vocational school", "中专", "职高", "技校", "职业学校"),
	term("college", "大专及以上", "college or above", "大学", "大专", "本科"),
	term("special", "特殊教育学校", "special school", "特教", "特校", "特殊学校"),
	term("home_teaching", "送教上门", "taught at home", "送教"),
	term("dropout", "辍学", "dropped out", "失学"),
	term("suspended", "休学", "suspended"),
	term("out", "不在学", "no longer at school", "毕业", "已毕业", "已工作"),
}}

// Healths is GB/T 2261.3, one digit.
var Healths = CodeList{"health", "健康状况", "health", []Term{
	term("1", "健康或良好", "good", "健康", "良好", "正常", "好"),
	term("2", "一般或较弱", "fair or weak", "一般", "较弱", "体弱", "差"),
	term("3", "有慢性病", "chronic illness", "慢性病", "患病", "慢病"),
	term("5", "重病", "serious illness", "大病", "重大疾病", "患重病"),
	term("6", "残疾", "disabled", "有残疾", "残"),
}}

// HukouKinds is the kind of household register.
var HukouKinds = CodeList{"hukou", "户口性质", "household register", []Term{
	term("rural", "农业户口", "rural", "农业", "农村", "农村户口", "农户"),
	term("urban", "非农业户口", "urban", "非农业", "城镇", "城市", "城镇户口", "非农", "居民户口"),
	term("none", "无户口", "not registered", "无户籍", "未落户", "黑户"),
}}

// NoIDReasons is why someone has no ID number (domain §5.1).
var NoIDReasons = CodeList{"no_id_reason", "没有身份证号的原因", "why there is no ID number", []Term{
	term("unregistered", "未落户", "not yet registered", "无户籍", "无户口", "未上户口", "没上户口"),
	term("foundling", "弃婴身份不明", "foundling", "弃婴", "身份不明"),
	term("protected", "按规定不登记", "not recorded by rule"),
	term("unknown", "暂时不知道", "not known yet", "不详", "未提供", "暂无"),
	term("refused", "本人不愿提供", "declined", "拒绝提供"),
	term("foreign", "外国籍无证", "foreign, no permit", "外籍"),
}}

// DisabilityKinds is the kind on the disability card.
var DisabilityKinds = CodeList{"disability_kind", "残疾类别", "kind of disability", []Term{
	term("1", "视力", "visual", "视力残疾", "盲"),
	term("2", "听力", "hearing", "听力残疾", "聋"),
	term("3", "言语", "speech", "言语残疾", "语言", "语言残疾", "哑"),
	term("4", "肢体", "limb", "肢体残疾"),
	term("5", "智力", "intellectual", "智力残疾", "弱智"),
	term("6", "精神", "mental", "精神残疾"),
	term("7", "多重", "multiple", "多重残疾"),
}}

// DisabilityGrades is the grade on the disability card, 1 the worst. It is not an ability
// level and not a care level.
var DisabilityGrades = CodeList{"disability_grade", "残疾等级", "grade of disability", []Term{
	term("1", "一级", "grade 1", "壹级", "1级", "Ⅰ级", "一"),
	term("2", "二级", "grade 2", "贰级", "2级", "Ⅱ级", "二"),
	term("3", "三级", "grade 3", "叁级", "3级", "Ⅲ级", "三"),
	term("4", "四级", "grade 4", "肆级", "4级", "Ⅳ级", "四"),
}}

// ParentStates is what a child's parent does or suffers (domain §6.1 and questionnaire C1.2).
var ParentStates = CodeList{"parent_state", "父母情况", "state of a parent", []Term{
	term("cares", "在家照顾", "cares for the child", "正常", "在家", "照顾"),
	term("out_for_work", "外出务工", "out for work", "务工", "打工", "外出打工", "外出"),
	term("prison", "服刑在押", "in prison", "服刑", "在押", "坐牢"),
	term("detox", "强制隔离戒毒", "in compulsory detox", "戒毒", "强戒"),
	term("restricted", "其他限制人身自由", "liberty limited otherwise", "限制人身自由"),
	term("lost_contact", "失联", "lost contact", "失去联系", "联系不上", "离家出走"),
	term("ill", "重病", "seriously ill", "患重病", "大病"),
	term("disabled", "重残", "disabled", "残疾", "重度残疾"),
	term("revoked", "撤销监护资格", "guardianship revoked", "撤销监护"),
	term("deported", "遣送出境", "deported", "驱逐出境", "遣返"),
	term("dead", "死亡", "dead", "去世", "已故", "亡", "病故", "死"),
	term("missing", "失踪", "missing", "宣告失踪"),
	term("unknown", "不清楚", "unknown", "不详", "未知"),
}}
