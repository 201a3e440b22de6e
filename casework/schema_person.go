package casework

// Who may confirm what decides about a person: her standing grade, exits, reviews.
var supervisors = []Role{
	RoleChildSupervisor, RoleProtectionWorker, RoleAidClerk,
	RoleChildOfficer, RoleElderOfficer, RoleAidOfficer,
}

// personSchema holds the register block of the child's file (domain §6.1) and the elder
// ledger (§6.6). The headings are those of domain §7.
//
// JSON shapes:
//
//	status       {"retracted": reason} | {"exit": {"reason": code of exit_reason, "on": day, "confirmed": bool}}
//	             | {"away": {"reason": "hospital" or "institution", "since": day}}
//	appointment  {"on": day, "at": "14:00", "note": text}
//	relatives/…  {"name": …, "relation": code of relation, "birth": date, "phone": …, "note": …}
//	looks/…      {"field": field, "by": worker}: a number was shown in full, by whom; the operation says when
//	near_kin_of  the name of the clerk or committee member
var personSchema = KindSpec{
	Kind: KindPerson, Zh: "人", En: "person",
	Fields: []FieldSpec{
		{Key: "name", Zh: "姓名", En: "name", Type: TypeName, Aliases: []string{"儿童姓名", "老人姓名", "对象姓名", "申请人", "名字"}, Max: 60},
		{Key: "sex", Zh: "性别", En: "sex", Type: TypeCode, Codes: "sex"},
		{Key: "birth", Zh: "出生日期", En: "date of birth", Type: TypeDate, Aliases: []string{"出生年月", "出生年月日", "生日"}},
		{Key: FieldArea, Zh: "所在村居", En: "village", Type: TypeArea, Aliases: []string{"村", "村居", "村(社区)", "行政村", "居委会"}},
		{Key: FieldDuties, Zh: "归口", En: "duties", Type: TypeCodes, Codes: "duty"},
		{Key: "grid", Zh: "组", En: "group", Type: TypeText, Aliases: []string{"网格", "小组", "村民小组"}, Max: 30},
		{Key: "address", Zh: "现住址", En: "home address", Type: TypeText, Aliases: []string{"居住地", "居住地址", "实际居住地", "家庭住址", "详细地址", "门牌号"}},
		{Key: "household", Zh: "家庭", En: "household", Type: TypeRecord},
		{Key: "photo", Zh: "照片", En: "photo", Type: TypeRecord, Sensitivity: Personal},
		{Key: "caution", Zh: "注意", En: "caution", Type: TypeText, Sensitivity: Personal},
		{Key: "appointment", Zh: "约好的时间", En: "appointment", Type: TypeJSON, Sensitivity: Personal},
		{Key: "responsible", Zh: "责任人", En: "responsible worker", Type: TypeName, Aliases: []string{"儿童主任", "包保责任人", "帮扶责任人", "探访人员", "联系人", "网格员"}},
		{Key: "supervisor", Zh: "督导员", En: "supervisor", Type: TypeName, Aliases: []string{"儿童督导员"}},
		{Key: "remark", Zh: "备注", En: "remark", Type: TypeText, Sensitivity: Personal, Aliases: []string{"说明"}, Max: 500},

		{Key: "resident", Zh: "身份证号", En: "resident ID number", Type: TypeResident, Sensitivity: Personal, Aliases: []string{"身份证号码", "公民身份号码", "公民身份证号码", "证件号码", "身份证", "ID"}},
		{Key: "phones", Zh: "联系电话", En: "phone", Type: TypePhone, Sensitivity: Personal, Set: true, Aliases: []string{"电话", "手机", "手机号码", "联系方式"}},
		{Key: "ethnic", Zh: "民族", En: "ethnic group", Type: TypeCode, Codes: "ethnic", Sensitivity: Personal},
		{Key: "marital", Zh: "婚姻状况", En: "marital status", Type: TypeCode, Codes: "marital", Sensitivity: Personal, Aliases: []string{"婚姻"}},
		{Key: "education", Zh: "文化程度", En: "education", Type: TypeCode, Codes: "education", Sensitivity: Personal, Aliases: []string{"学历"}},
		{Key: "hukou_area", Group: "hukou", Zh: "户籍区划", En: "registered area", Type: TypeArea, Sensitivity: Personal},
		{Key: "hukou_address", Group: "hukou", Zh: "户籍地址", En: "registered address", Type: TypeText, Sensitivity: Personal, Aliases: []string{"户籍地", "户籍所在地", "户口所在地"}},
		{Key: "hukou_type", Group: "hukou", Zh: "户口性质", En: "urban or rural register", Type: TypeCode, Codes: "hukou", Sensitivity: Personal, Aliases: []string{"户籍性质", "城乡类别"}},

		{Key: "child_categories", Zh: "儿童类别", En: "child categories", Type: TypeCodes, Codes: "child_category", Sensitivity: Personal, Aliases: []string{"困境类型", "困境儿童类型", "保障类型", "类别", "困境类别"}},
		{Key: "elder_categories", Zh: "老人类别", En: "elder categories", Type: TypeCodes, Codes: "elder_category", Sensitivity: Personal, Aliases: []string{"人员类别"}},
		{Key: "layers", Zh: "低收入层次", En: "low-income layers", Type: TypeCodes, Codes: "low_income_layer", Sensitivity: Personal},
		{Key: "category_since", Group: "admission", Zh: "纳入日期", En: "on the register since", Type: TypeDate, Sensitivity: Personal, Aliases: []string{"认定日期"}},
		{Key: "category_proof", Group: "admission", Zh: "认定依据", En: "proof of category", Type: TypeText, Sensitivity: Personal},
		{Key: "living", Zh: "居住情况", En: "living pattern", Type: TypeCode, Codes: "living_pattern", Sensitivity: Personal, Aliases: []string{"居住状况", "是否独居"}},

		{Key: "standing_grade", Group: "standing", Zh: "等级", En: "grade", Type: TypeCode, Codes: "grade", Sensitivity: Personal, Writes: supervisors},
		{Key: "standing_by", Group: "standing", Zh: "确认人", En: "confirmed by", Type: TypeName, Sensitivity: Personal, Writes: supervisors},
		{Key: "standing_on", Group: "standing", Zh: "确认日期", En: "confirmed on", Type: TypeDay, Sensitivity: Personal, Writes: supervisors},
		{Key: "standing_reason", Zh: "定级理由", En: "reason of the grade", Type: TypeText, Sensitivity: Restricted, Writes: supervisors, Max: 500},

		{Key: "guardian_name", Group: "guardian", Zh: "监护人", En: "guardian", Type: TypeName, Sensitivity: Personal, Aliases: []string{"监护人姓名", "实际监护人", "受委托监护人", "委托照护人"}, Max: 60},
		{Key: "guardian_relation", Group: "guardian", Zh: "与儿童关系", En: "guardian's relation", Type: TypeCode, Codes: "relation", Sensitivity: Personal, Aliases: []string{"与被监护人关系", "关系"}},
		{Key: "guardian_phone", Group: "guardian", Zh: "监护人电话", En: "guardian's phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"监护人联系电话"}},
		{Key: "guardian_resident", Group: "guardian", Zh: "监护人身份证号", En: "guardian's resident ID number", Type: TypeResident, Sensitivity: Personal},
		{Key: "guardian_birth", Group: "guardian", Zh: "监护人出生日期", En: "guardian's date of birth", Type: TypeDate, Sensitivity: Personal},
		{Key: "guardian_health", Group: "guardian", Zh: "监护人健康状况", En: "guardian's health", Type: TypeCode, Codes: "health", Sensitivity: Personal},
		{Key: "guardian_education", Group: "guardian", Zh: "监护人文化程度", En: "guardian's education", Type: TypeCode, Codes: "education", Sensitivity: Personal},
		{Key: "guardian_rating", Zh: "监护情况", En: "quality of guardianship", Type: TypeCode, Codes: "guardian_rating", Sensitivity: Personal, Aliases: []string{"监护评价"}},
		{Key: "entrusted_name", Group: "entrusted", Zh: "受托照护人", En: "entrusted carer", Type: TypeName, Sensitivity: Personal},
		{Key: "entrusted_phone", Group: "entrusted", Zh: "受托照护人电话", En: "entrusted carer's phone", Type: TypePhone, Sensitivity: Personal},
		{Key: "entrusted_on", Group: "entrusted", Zh: "委托照护书签订日期", En: "entrusted-care paper signed on", Type: TypeDay, Sensitivity: Personal},
		{Key: "entrusted_until", Group: "entrusted", Zh: "委托照护到期", En: "entrusted care until", Type: TypeDay, Sensitivity: Personal},

		{Key: "father_name", Group: "father", Zh: "父亲姓名", En: "father", Type: TypeName, Sensitivity: Personal, Aliases: []string{"父亲"}, Max: 60},
		{Key: "father_state", Group: "father", Zh: "父亲情况", En: "father's state", Type: TypeCode, Codes: "parent_state", Sensitivity: Personal},
		{Key: "father_place", Group: "father", Zh: "父亲务工地点", En: "father's place of work", Type: TypeText, Sensitivity: Personal, Aliases: []string{"务工地点"}},
		{Key: "father_since", Group: "father", Zh: "父亲此情况始于", En: "father's state since", Type: TypeDate, Sensitivity: Personal},
		{Key: "father_phone", Group: "father", Zh: "父亲联系电话", En: "father's phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"父亲电话"}},
		{Key: "father_resident", Group: "father", Zh: "父亲身份证号", En: "father's resident ID number", Type: TypeResident, Sensitivity: Personal, Aliases: []string{"父亲身份证"}},
		{Key: "mother_name", Group: "mother", Zh: "母亲姓名", En: "mother", Type: TypeName, Sensitivity: Personal, Aliases: []string{"母亲"}, Max: 60},
		{Key: "mother_state", Group: "mother", Zh: "母亲情况", En: "mother's state", Type: TypeCode, Codes: "parent_state", Sensitivity: Personal},
		{Key: "mother_place", Group: "mother", Zh: "母亲务工地点", En: "mother's place of work", Type: TypeText, Sensitivity: Personal},
		{Key: "mother_since", Group: "mother", Zh: "母亲此情况始于", En: "mother's state since", Type: TypeDate, Sensitivity: Personal},
		{Key: "mother_phone", Group: "mother", Zh: "母亲联系电话", En: "mother's phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"母亲电话"}},
		{Key: "mother_resident", Group: "mother", Zh: "母亲身份证号", En: "mother's resident ID number", Type: TypeResident, Sensitivity: Personal, Aliases: []string{"母亲身份证"}},
		{Key: "relatives", Zh: "其他家人", En: "other relatives", Type: TypeJSON, Sensitivity: Personal, Set: true},

		{Key: "school", Group: "schooling", Zh: "就读学校", En: "school", Type: TypeText, Sensitivity: Personal, Aliases: []string{"学校"}, Max: 60},
		{Key: "education_stage", Group: "schooling", Zh: "就学状态", En: "stage of education", Type: TypeCode, Codes: "education_stage", Sensitivity: Personal, Aliases: []string{"就学情况"}},
		{Key: "grade_class", Group: "schooling", Zh: "年级", En: "school year and class", Type: TypeText, Sensitivity: Personal, Aliases: []string{"班级", "年级班级"}, Max: 30},
		{Key: "boarding", Group: "schooling", Zh: "寄宿", En: "boarding", Type: TypeBool, Sensitivity: Personal, Aliases: []string{"是否寄宿"}},
		{Key: "attendance", Group: "schooling", Zh: "学习和出勤", En: "performance and attendance", Type: TypeText, Sensitivity: Personal},
		{Key: "dropout_on", Group: "schooling", Zh: "辍学日期", En: "dropped out on", Type: TypeDate, Sensitivity: Personal, Aliases: []string{"辍学时间"}},

		{Key: "health_state", Group: "health", Zh: "健康状况", En: "health", Type: TypeCode, Codes: "health", Sensitivity: Personal, Aliases: []string{"身体状况"}},
		{Key: "illness", Group: "health", Zh: "疾病名称", En: "illness", Type: TypeText, Sensitivity: Personal, Aliases: []string{"患病情况"}},
		{Key: "chronic", Group: "health", Zh: "慢性病", En: "long-term illnesses", Type: TypeCodes, Codes: "chronic_illness", Sensitivity: Personal},
		{Key: "medicines", Group: "health", Zh: "用药", En: "medicines", Type: TypeText, Sensitivity: Personal},
		{Key: "vaccinated", Zh: "疫苗接种", En: "vaccination up to date", Type: TypeCode, Codes: "yes_no_unknown", Sensitivity: Personal},
		{Key: "insured_medical", Zh: "医疗保险", En: "medical insurance", Type: TypeCode, Codes: "yes_no_unknown", Sensitivity: Personal, Aliases: []string{"医保"}},
		{Key: "hiv", Zh: "艾滋病感染", En: "HIV status", Type: TypeCode, Codes: "yes_no_unknown", Sensitivity: Sealed, Writes: []Role{RoleChildOfficer}},
		{Key: "disability_kind", Group: "disability", Zh: "残疾类别", En: "kind of disability", Type: TypeCode, Codes: "disability_kind", Sensitivity: Personal},
		{Key: "disability_grade", Group: "disability", Zh: "残疾等级", En: "grade of disability", Type: TypeCode, Codes: "disability_grade", Sensitivity: Personal, Aliases: []string{"残疾级别"}},
		{Key: "disability_card", Group: "disability", Zh: "残疾证号", En: "disability card number", Type: TypeText, Sensitivity: Personal, Max: 24},

		{Key: "ability_level", Group: "ability", Zh: "能力等级", En: "ability level (GB/T 42195)", Type: TypeCode, Codes: "ability_level", Sensitivity: Personal, Aliases: []string{"失能等级", "护理等级"}},
		{Key: "ability_scale", Group: "ability", Zh: "评估量表", En: "scale used", Type: TypeCode, Codes: "ability_scale", Sensitivity: Personal},
		{Key: "ability_on", Group: "ability", Zh: "评估日期", En: "assessed on", Type: TypeDay, Sensitivity: Personal},
		{Key: "ability_total", Group: "ability", Zh: "评估总分", En: "assessment total", Type: TypeNumber, Sensitivity: Personal},
		{Key: "self_care_level", Group: "self_care", Zh: "生活自理能力", En: "self-care level (tekun)", Type: TypeCode, Codes: "care_level", Sensitivity: Personal, Aliases: []string{"自理能力"}},
		{Key: "self_care_on", Group: "self_care", Zh: "自理能力评定日期", En: "self-care assessed on", Type: TypeDay, Sensitivity: Personal},
		{Key: "support_mode", Zh: "供养方式", En: "mode of support", Type: TypeCode, Codes: "support_mode", Sensitivity: Personal},
		{Key: "home_beds", Zh: "家庭床位", En: "beds at home", Type: TypeCodes, Codes: "home_bed", Sensitivity: Personal},
		{Key: "supporter_name", Group: "supporter", Zh: "赡养人", En: "supporter", Type: TypeName, Sensitivity: Personal, Aliases: []string{"子女姓名", "赡养人姓名"}},
		{Key: "supporter_relation", Group: "supporter", Zh: "与老人关系", En: "supporter's relation", Type: TypeCode, Codes: "relation", Sensitivity: Personal},
		{Key: "supporter_phone", Group: "supporter", Zh: "赡养人电话", En: "supporter's phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"子女电话", "子女联系电话"}},
		{Key: "supporter_place", Group: "supporter", Zh: "赡养人住处", En: "supporter lives in", Type: TypeText, Sensitivity: Personal},
		{Key: "emergency_name", Group: "emergency", Zh: "紧急联系人", En: "emergency contact", Type: TypeName, Sensitivity: Personal, Aliases: []string{"紧急联系人姓名"}},
		{Key: "emergency_relation", Group: "emergency", Zh: "与紧急联系人关系", En: "emergency contact's relation", Type: TypeCode, Codes: "relation", Sensitivity: Personal},
		{Key: "emergency_phone", Group: "emergency", Zh: "紧急联系电话", En: "emergency phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"紧急联系人电话"}},
		{Key: "emergency2_name", Group: "emergency2", Zh: "第二紧急联系人", En: "second emergency contact", Type: TypeName, Sensitivity: Personal},
		{Key: "emergency2_phone", Group: "emergency2", Zh: "第二紧急联系电话", En: "second emergency phone", Type: TypePhone, Sensitivity: Personal},
		{Key: "carer", Zh: "护理员", En: "carer", Type: TypeName, Sensitivity: Personal, Aliases: []string{"照料人", "照护人"}},
		{Key: "willingness", Zh: "受访意愿", En: "willing to be visited", Type: TypeCode, Codes: "willingness", Sensitivity: Personal},
		{Key: "agreed_mode", Group: "agreed", Zh: "约定探访方式", En: "agreed mode of visits", Type: TypeCode, Codes: "visit_mode", Sensitivity: Personal},
		{Key: "agreed_every", Group: "agreed", Zh: "约定探访间隔(天)", En: "agreed days between visits", Type: TypeNumber, Sensitivity: Personal},

		{Key: "income_sources", Zh: "收入来源", En: "sources of income", Type: TypeCodes, Codes: "income_source", Sensitivity: Personal, Aliases: []string{"主要收入来源"}},
		{Key: "assistance", Zh: "已享受救助", En: "assistance received", Type: TypeCodes, Codes: "assistance", Sensitivity: Personal, Aliases: []string{"享受救助情况"}},
		{Key: "account_owner", Group: "account", Zh: "账户名称", En: "account holder", Type: TypeName, Sensitivity: Restricted, Aliases: []string{"开户人", "持卡人"}},
		{Key: "account_bank", Group: "account", Zh: "开户银行", En: "bank", Type: TypeText, Sensitivity: Restricted, Aliases: []string{"开户行"}},
		{Key: "account_number", Group: "account", Zh: "银行账号", En: "account number", Type: TypeText, Sensitivity: Restricted, Aliases: []string{"账号", "卡号", "一卡通账号"}, Max: 40},
		{Key: "account_card", Group: "account", Zh: "银行卡由谁保管", En: "who holds the card", Type: TypeCode, Codes: "card_holder", Sensitivity: Restricted},
		{Key: "near_kin_of", Group: "near_kin", Zh: "近亲属备案", En: "close relative of", Type: TypeName, Sensitivity: Personal, Sees: []Role{RoleAidClerk, RoleAidOfficer}, Writes: []Role{RoleAidClerk, RoleAidOfficer}},
		{Key: "near_kin_relation", Group: "near_kin", Zh: "与备案人关系", En: "relation to that person", Type: TypeCode, Codes: "relation", Sensitivity: Personal, Sees: []Role{RoleAidClerk, RoleAidOfficer}, Writes: []Role{RoleAidClerk, RoleAidOfficer}},
		{Key: "looks", Zh: "看过的号码", En: "numbers looked at", Type: TypeJSON, Sensitivity: Personal, Set: true, Sees: supervisors},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
