package casework

// visitSchema is one visit to one person: a fact. It carries the child visit record
// (domain §6.2) and the elder visit record (§6.7). The blocks of the paper forms that a
// questionnaire asks in detail stand in the answers; the *_note fields take what an old
// ledger says of them in words.
//
// Answers travel in three parts, by what a question declares: routine, personal and
// restricted. A village worker writes the restricted part and does not read it back. A
// grade reads neutrally; what lies behind it (score, class, triggers) is restricted,
// because it may come from restricted answers.
//
// JSON shapes:
//
//	answers…   {question: answer}; an answer that could not be had is {"unknown": "no_chance" or "not_observed"}
//	triggers   ["HT-M", …]
//	signature  {"worker": …, "subject": "paper" | "refused" | "unable", "paper": number, "reason": text}
//	notice     {"given": bool, "version": text, "reason": code}
//	review     {"verdict": "accepted" | "returned", "reason": text, "grade": code}
//	excluded   [worker id]: implicated people, who lose sight of the visit
//	status     {"retracted": reason}
var visitSchema = KindSpec{
	Kind: KindVisit, Zh: "走访", En: "visit", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: "date", Zh: "走访日期", En: "visit date", Type: TypeDay, Aliases: []string{"走访时间", "探访时间"}},
		{Key: "started", Zh: "进门时间", En: "started", Type: TypeMoment},
		{Key: "ended", Zh: "离开时间", En: "ended", Type: TypeMoment},
		{Key: "entered", Zh: "录入时间", En: "entered", Type: TypeMoment},
		{Key: "purpose", Zh: "走访性质", En: "kind of visit", Type: TypeCode, Codes: "visit_purpose"},
		{Key: "mode", Zh: "走访方式", En: "mode", Type: TypeCode, Codes: "visit_mode"},
		{Key: "result", Zh: "走访结果", En: "result", Type: TypeCode, Codes: "visit_result"},
		{Key: "seen", Zh: "见到本人", En: "the person was seen", Type: TypeBool},
		{Key: "place", Zh: "走访地点", En: "place", Type: TypeText},
		{Key: "present", Zh: "在场的人", En: "present", Type: TypeCodes, Codes: "present", Sensitivity: Personal},
		{Key: "axes", Zh: "走访内容", En: "purpose axes", Type: TypeCodes, Codes: "visit_axis"},
		{Key: "depth", Zh: "走访深度", En: "depth", Type: TypeCode, Codes: "visit_depth"},
		{Key: "worker", Zh: "走访人", En: "visiting worker", Type: TypeWorker},
		{Key: "worker2", Zh: "同行人员", En: "second worker", Type: TypeWorker},
		{Key: "form", Zh: "问卷", En: "questionnaire", Type: TypeText},
		{Key: "form_hash", Zh: "问卷版本", En: "version of the questionnaire", Type: TypeHash},
		{Key: "source", Zh: "来源", En: "source", Type: TypeCode, Codes: "visit_source"},
		{Key: "paper_number", Zh: "纸质编号", En: "number of the paper", Type: TypeText, Max: 40},
		{Key: "door", Zh: "同一次进门", En: "visits made at one door", Type: TypeRecord},
		{Key: "notice", Zh: "告知", En: "notice given", Type: TypeJSON},

		{Key: "answers", Zh: "答案", En: "answers", Type: TypeJSON},
		{Key: "answers_personal", Zh: "个人答案", En: "personal answers", Type: TypeJSON, Sensitivity: Personal},
		{Key: "answers_restricted", Zh: "受保护的答案", En: "restricted answers", Type: TypeJSON, Sensitivity: Restricted},
		{Key: "unknowns", Zh: "没问到的题数", En: "questions left unknown", Type: TypeNumber, Sensitivity: Personal},
		{Key: "score", Zh: "得分", En: "score", Type: TypeNumber, Sensitivity: Restricted},
		{Key: "grade", Zh: "建议等级", En: "proposed grade", Type: TypeCode, Codes: "grade", Sensitivity: Personal},
		{Key: "grade_class", Zh: "等级依据的密级", En: "class of what the grade rests on", Type: TypeNumber, Sensitivity: Restricted},
		{Key: "grade_reason", Zh: "调整等级的理由", En: "reason to change the grade", Type: TypeText, Sensitivity: Restricted, Max: 500},
		{Key: "triggers", Zh: "紧急情形", En: "hard triggers", Type: TypeJSON, Sensitivity: Restricted},
		{Key: "next", Zh: "下次走访", En: "next visit", Type: TypeDay},
		{Key: "signature", Zh: "签字", En: "signatures", Type: TypeJSON},
		{Key: "goods", Zh: "送去的物品", En: "goods delivered", Type: TypeText},

		{Key: "living_note", Zh: "生活情况", En: "living", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "health_note", Zh: "身体情况", En: "health", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "school_note", Zh: "学习情况", En: "school", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "mood_note", Zh: "心理和行为", En: "mood and behaviour", Type: TypeText, Sensitivity: Restricted, Max: 500, Aliases: []string{"精神状态"}},
		{Key: "guardian_note", Zh: "监护变化", En: "guardians and changes", Type: TypeText, Sensitivity: Restricted, Max: 500},
		{Key: "contact_note", Zh: "父母联系", En: "contact with the parents", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "support_note", Zh: "家庭赡养", En: "family support", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "economy_note", Zh: "经济状况", En: "economy", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "safety_note", Zh: "安全", En: "safety", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "surroundings_note", Zh: "卫生和环境", En: "hygiene and surroundings", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "rights_note", Zh: "待遇落实", En: "rights and benefits", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "summary", Zh: "走访情况", En: "summary", Type: TypeText, Sensitivity: Personal, Max: 1000},
		{Key: "problems", Zh: "存在问题", En: "problems found", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "needs_note", Zh: "需求", En: "needs", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "measures", Zh: "帮扶措施", En: "action taken", Type: TypeText, Sensitivity: Personal, Max: 500, Aliases: []string{"整改情况"}},
		{Key: "emergency_note", Zh: "应急处置", En: "emergency handling", Type: TypeText, Sensitivity: Personal, Max: 500},

		{Key: "supersedes", Zh: "更正的走访", En: "corrects", Type: TypeRecord},
		{Key: "correction_reason", Zh: "更正理由", En: "reason of the correction", Type: TypeText},
		{Key: "review", Zh: "督导意见", En: "review", Type: TypeJSON, Sensitivity: Personal, Writes: supervisors, Late: true},
		{Key: "excluded", Zh: "回避人员", En: "kept from", Type: TypeJSON, Sensitivity: Restricted, Late: true},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
	},
}
