package casework

// taskSchema is something that must be done by a day: a need, a referral, a report (domain
// §10). What everyone on the file may read is neutral: a report task is of the kind
// "contact" and its title says only whom to reach. What it is about stands in the
// restricted fields (people §1.4).
//
// JSON shapes:
//
//	title_args  {placeholder: value} for the sentence title_key
//	steps/…     {"on": moment, "by": worker, "note": text}; the element is a step of the kind
//	report      {"codes": ["MR4"], "where": …, "seen": …, "safe": …, "called": moment, "officer": …,
//	            "station": …, "case": …, "to": "supervisor" | "station" | "bureau"} (domain §6.5)
//	excluded    [worker id]: implicated people, who lose sight of the task
//	status      {"retracted": reason}
var taskSchema = KindSpec{
	Kind: KindTask, Zh: "事项", En: "task", Owned: true,
	Fields: []FieldSpec{
		{Key: "task_kind", Zh: "类别", En: "kind", Type: TypeCode, Codes: "task_kind"},
		{Key: "title_key", Zh: "标题", En: "title", Type: TypeText, Sensitivity: Personal, Max: 80},
		{Key: "title_args", Zh: "标题内容", En: "what the title names", Type: TypeJSON, Sensitivity: Personal},
		{Key: "title", Zh: "事项内容", En: "what was promised", Type: TypeText, Sensitivity: Personal, Aliases: []string{"承诺事项"}},
		{Key: "need", Zh: "需求类别", En: "need", Type: TypeCode, Codes: "need", Sensitivity: Personal},
		{Key: "due", Zh: "期限", En: "due", Type: TypeDay, Aliases: []string{"完成时限"}},
		{Key: "due_at", Zh: "期限时间", En: "due at", Type: TypeMoment},
		{Key: "step", Zh: "进度", En: "step", Type: TypeCode, Codes: "task_step"},
		{Key: "steps", Zh: "经过", En: "steps taken", Type: TypeJSON, Set: true},
		{Key: "note", Zh: "备注", En: "note", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "assignee", Zh: "经办人", En: "in whose hands", Type: TypeWorker},
		{Key: "assignee_name", Zh: "经办人或单位", En: "name of who does it", Type: TypeText, Max: 60},
		{Key: "opened_by", Zh: "由哪次走访提出", En: "opened by visit", Type: TypeRecord},
		{Key: "opened_on", Zh: "提出日期", En: "opened on", Type: TypeDay},
		{Key: "done_on", Zh: "办结日期", En: "done on", Type: TypeDay},
		{Key: "outcome", Zh: "结果", En: "outcome", Type: TypeText, Sensitivity: Personal, Max: 500},
		{Key: "evidence", Zh: "佐证", En: "evidence", Type: TypeRecord},
		{Key: "verified_by", Zh: "核实人", En: "verified by", Type: TypeWorker},
		{Key: "verified_on", Zh: "核实日期", En: "verified on", Type: TypeDay},
		{Key: "true_kind", Zh: "实际类别", En: "what it really is", Type: TypeCode, Codes: "task_kind", Sensitivity: Restricted},
		{Key: "triggers", Zh: "紧急情形", En: "hard triggers", Type: TypeJSON, Sensitivity: Restricted},
		{Key: "report", Zh: "强制报告", En: "mandatory report", Type: TypeJSON, Sensitivity: Restricted},
		{Key: "excluded", Zh: "回避人员", En: "kept from", Type: TypeJSON, Sensitivity: Restricted},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
