package casework

import "slices"

// formFields are what every filled-in form has, whomever it is about.
//
// Answers travel in the three parts of a visit. What the form works out of them (result,
// score) stands in the part of the highest class it rests on. Of a mandatory report even the
// name of the form would tell: everything of it stands in one register, protected, or sealed
// when the bureau alone is to read it. Whoever may not read that finds a record
// with a day and a worker, and nothing else.
//
// JSON shapes:
//
//	answers…           {question: answer}, as of a visit
//	result_restricted  {"result": code, "score": number}
//	protected, sealed  {"form": form id, "form_hash": hash, "answers": {question: answer}}
//	signature          {"subject": "paper" | "refused" | "unable", "paper": number, "reason": text}
//	made               [record id]: tasks and care entries that came of it
//	excluded           [worker id]: implicated people, who lose sight of it
//	status             {"retracted": reason}
var formFields = []FieldSpec{
	{Key: "date", Zh: "填表日期", En: "date", Type: TypeDay},
	{Key: "entered", Zh: "录入时间", En: "entered", Type: TypeMoment},
	{Key: "worker", Zh: "填表人", En: "filled in by", Type: TypeWorker},
	{Key: "form", Zh: "表名", En: "form", Type: TypeText, Max: 80},
	{Key: "form_hash", Zh: "表的版本", En: "version of the form", Type: TypeHash},
	{Key: "source", Zh: "来源", En: "source", Type: TypeCode, Codes: "visit_source"},
	{Key: "scale", Zh: "量表", En: "scale", Type: TypeText, Max: 40},
	{Key: "next", Zh: "期限或下次日期", En: "deadline, or day of the next one", Type: TypeDay},
	{Key: "signature", Zh: "签字", En: "signatures", Type: TypeJSON},
	{Key: "made", Zh: "由此产生的记录", En: "records that came of it", Type: TypeJSON},

	{Key: "answers", Zh: "答案", En: "answers", Type: TypeJSON},
	{Key: "answers_personal", Zh: "个人答案", En: "personal answers", Type: TypeJSON, Sensitivity: Personal},
	{Key: "answers_restricted", Zh: "受保护的答案", En: "restricted answers", Type: TypeJSON, Sensitivity: Restricted},
	{Key: "unknowns", Zh: "没问到的题数", En: "questions left unknown", Type: TypeNumber, Sensitivity: Personal},
	{Key: "result", Zh: "结果", En: "result", Type: TypeText, Sensitivity: Personal, Max: 40},
	{Key: "score", Zh: "得分", En: "score", Type: TypeNumber, Sensitivity: Personal},
	{Key: "result_restricted", Zh: "受保护的结果", En: "restricted result", Type: TypeJSON, Sensitivity: Restricted},
	{Key: "protected", Zh: "受保护的记录", En: "protected record", Type: TypeJSON, Sensitivity: Restricted},
	{Key: "sealed", Zh: "只给区里的记录", En: "record for the bureau alone", Type: TypeJSON, Sensitivity: Sealed},

	{Key: "supersedes", Zh: "更正的记录", En: "corrects", Type: TypeRecord},
	{Key: "correction_reason", Zh: "更正理由", En: "reason of the correction", Type: TypeText},
	{Key: FieldExcluded, Zh: "回避人员", En: "kept from", Type: TypeJSON, Sensitivity: Restricted, Late: true},
	{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
	{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
}

// formSchema is one form filled in about a person or a household (domain §6.3–6.14): a fact.
// It is no visit: it plans none, counts for none and changes no grade.
var formSchema = KindSpec{Kind: KindForm, Zh: "表单记录", En: "form", Fact: true, Owned: true, Fields: formFields}

// checkSchema is one form filled in about a place: a spot check of a posted list, the
// inspection of a case drawn by lot (domain §6.11, §6.12). It belongs to nobody's file; its
// area and duties decide who sees it, as a person's do.
var checkSchema = KindSpec{
	Kind: KindCheck, Zh: "抽查记录", En: "check", Fact: true,
	Fields: slices.Concat([]FieldSpec{
		{Key: FieldArea, Zh: "所在村居", En: "village", Type: TypeArea},
		{Key: FieldDuties, Zh: "归口", En: "duties", Type: TypeCodes, Codes: "duty"},
	}, formFields),
}
