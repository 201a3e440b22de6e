package casework

// ChildCategories is who a child is for the work: R-13 (orphan), R-14 (de-facto unattended),
// R-15 (K1–K3, the local key class, and the sub-flags), R-16 (left behind, migrant). A
// child may be of several.
var ChildCategories = CodeList{"child_category", "儿童类别", "child categories", []Term{
	term("orphan", "孤儿", "orphan", "孤", "机构孤儿"),
	term("community_orphan", "社会散居孤儿", "orphan living in the community", "散居孤儿"),
	term("de_facto_unattended", "事实无人抚养儿童", "de-facto unattended child", "事实无人抚养", "事实孤儿", "事实无抚养"),
	term("key_child", "重点困境儿童", "key child in difficulty", "重点困境"),
	term("k1_poverty", "家庭贫困困境儿童", "in difficulty through poverty", "家庭贫困", "贫困家庭儿童", "困难家庭儿童", "困境儿童(家庭贫困)"),
	term("k2_disability", "自身困境儿童", "in difficulty through own disability", "自身残疾", "自身困境", "残疾困境儿童", "重残儿童", "重病儿童", "困境儿童(自身残疾)"),
	term("k3_guardianship", "监护缺失困境儿童", "in difficulty through missing or improper guardianship", "监护缺失", "监护不当", "监护缺失或不当", "监护困境"),
	term("difficulty", "困境儿童", "child in difficulty, class not stated", "一般困境儿童", "困境", "其他困境儿童"),
	term("left_behind", "农村留守儿童", "rural left-behind child", "留守儿童", "留守"),
	term("migrant", "流动儿童", "migrant child", "流动", "随迁子女"),
	term("state_guarded", "国家监护儿童", "guarded by the state", "国家监护"),
	term("low_income_family", "低保特困边缘家庭儿童", "of a dibao, tekun or margin family", "低保家庭儿童", "低保儿童", "特困儿童", "低保边缘家庭儿童", "低保"),
	term("hiv_affected", "受艾滋病影响儿童", "affected by HIV", "艾滋病影响", "感染艾滋病儿童"),
	term("parent_locked", "父母服刑戒毒人员子女", "parent in prison or detox", "服刑人员子女", "戒毒人员子女", "父母服刑"),
	term("single_parent", "单亲家庭儿童", "single parent", "单亲", "单亲家庭"),
	term("dropout", "失学辍学儿童", "dropped out of school", "辍学", "失学"),
	term("disabled", "残疾儿童", "disabled child", "残疾"),
	term("seriously_ill", "患重病儿童", "seriously ill", "重病", "大病儿童", "大病"),
	term("wandering", "流浪儿童", "wandering or runaway", "流浪", "流浪乞讨", "离家出走"),
	term("abused", "受侵害儿童", "abused", "遭受侵害", "受虐待儿童"),
	term("autism", "孤独症儿童", "autism", "自闭症", "自闭症儿童", "孤独症"),
}}

// ElderCategories is R-20 (N23): who is an elder with special difficulties.
var ElderCategories = CodeList{"elder_category", "老人类别", "elder categories", []Term{
	term("EL1", "独居", "lives alone", "独居老人", "独居老年人"),
	term("EL2", "空巢", "empty nest", "空巢老人", "空巢老年人"),
	term("EL3", "留守", "left behind", "留守老人", "农村留守老人", "留守老年人"),
	term("EL4", "失能半失能", "lost or partly lost ability", "失能", "半失能", "失能老人", "半失能老人", "失能/半失能"),
	term("EL5", "重残", "severely disabled", "重度残疾", "重残老人", "重度残疾老人"),
	term("EL6", "计划生育特殊家庭", "special family-planning family", "计生特殊家庭", "失独", "失独老人", "计生特扶"),
	term("EL7", "高龄", "80 or older", "高龄老人", "80岁以上", "八十岁以上", "80周岁以上"),
	term("EL8", "其他特殊困难", "other", "其他", "分散特困", "低保老人", "特困老人", "孤寡", "孤寡老人", "失智", "失智老人"),
}}

// LowIncomeLayers is R-11, strongest first.
var LowIncomeLayers = CodeList{"low_income_layer", "低收入层次", "low-income layer", []Term{
	term("TEKUN", "特困人员", "tekun, extreme difficulty", "特困", "五保", "五保户", "分散特困", "集中特困", "特困供养"),
	term("DIBAO", "最低生活保障", "dibao, minimum living guarantee", "低保", "低保户", "低保对象", "城市低保", "农村低保"),
	term("MARGIN", "低保边缘家庭", "dibao margin", "低保边缘", "边缘户", "边缘家庭", "低边"),
	term("RIGID", "刚性支出困难家庭", "rigid expenditure", "刚性支出", "支出型困难家庭", "支出型贫困"),
	term("MONITORED", "防止返贫监测对象", "monitored against relapse", "监测对象", "监测户", "防返贫监测对象", "脱贫不稳定户", "边缘易致贫户"),
	term("OTHER_DIFFICULTY", "其他困难人员", "other difficulty", "其他困难", "其他"),
}}

// LivingPatterns is with whom someone lives.
var LivingPatterns = CodeList{"living_pattern", "居住情况", "living pattern", []Term{
	term("alone", "独居", "alone", "一个人住", "独自居住", "单独居住"),
	term("spouse", "与配偶居住", "with spouse", "夫妻同住", "与老伴同住", "空巢", "双老"),
	term("children", "与子女居住", "with children", "与子女同住", "和子女住"),
	term("spouse_children", "与配偶和子女居住", "with spouse and children", "与配偶子女居住"),
	term("grandchildren", "与孙辈居住", "with grandchildren", "隔代居住", "与孙子女居住"),
	term("both_parents", "与父母居住", "with both parents", "与父母同住", "跟父母住"),
	term("father", "与父亲居住", "with father", "跟父亲住", "与父亲同住"),
	term("mother", "与母亲居住", "with mother", "跟母亲住", "与母亲同住"),
	term("grandparents", "与祖父母居住", "with paternal grandparents", "与爷爷奶奶居住", "跟爷爷奶奶住", "跟奶奶住", "跟爷爷住"),
	term("maternal_grandparents", "与外祖父母居住", "with maternal grandparents", "与姥姥姥爷居住", "跟姥姥住", "与外公外婆居住"),
	term("relatives", "与其他亲属居住", "with other relatives", "与亲属居住", "与亲戚居住", "与兄弟姐妹居住"),
	term("foster", "寄养", "in foster care", "家庭寄养"),
	term("carer", "与保姆或护理员居住", "with a carer", "与保姆居住", "雇人照护", "与非亲属居住"),
	term("school", "住校", "at school", "寄宿", "学校寄宿"),
	term("institution", "机构", "in an institution", "养老机构", "养老院", "敬老院", "福利院", "集中供养"),
	term("other", "其他", "other"),
}}

// AbilityLevels is the level of GB/T 42195 by its order, 0 the best.
var AbilityLevels = CodeList{"ability_level", "能力等级", "ability level", []Term{
	term("0", "能力完好", "intact", "完好", "自理"),
	term("1", "能力轻度受损", "mild", "轻度失能", "轻度", "轻度受损"),
	term("2", "能力中度受损", "moderate", "中度失能", "中度", "中度受损"),
	term("3", "能力重度受损", "severe", "重度失能", "重度", "重度受损"),
	term("4", "能力完全丧失", "complete loss", "完全失能", "完全丧失"),
}}

// CareLevels is the self-care level of a person on tekun.
var CareLevels = CodeList{"care_level", "生活自理能力", "self-care level", []Term{
	term("SELF", "全自理", "full self-care", "具备生活自理能力", "自理", "能自理", "完全自理"),
	term("PARTIAL", "半护理", "partial loss", "部分丧失生活自理能力", "半失能", "半自理"),
	term("TOTAL", "全护理", "total loss", "完全丧失生活自理能力", "失能", "不能自理", "全失能"),
}}

// Duties is the lines of work (Duty) as a code list.
var Duties = CodeList{"duty", "归口", "duty", []Term{
	term("child", "儿童", "children", "儿童福利", "未成年人"),
	term("elder", "养老", "elders", "老人", "老年人"),
	term("aid", "救助", "assistance", "社会救助"),
}}
