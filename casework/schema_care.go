package casework

// careSchema is one stretch of care work for a tekun person (domain §6.8): a fact. A
// month's minutes times the district's price per hour are its cost.
//
// JSON shapes: signature {"recipient": "paper" | "refused" | "unable", "carer": …}, status {"retracted": reason}.
var careSchema = KindSpec{
	Kind: KindCare, Zh: "照料工时", En: "care", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: "recipient", Zh: "照料对象", En: "recipient", Type: TypeRecord},
		{Key: "self_care_level", Zh: "自理能力", En: "self-care level", Type: TypeCode, Codes: "care_level", Sensitivity: Personal, Aliases: []string{"生活自理能力"}},
		{Key: "carer", Zh: "照料人", En: "carer", Type: TypeName, Aliases: []string{"护理员", "照护人"}},
		{Key: "agreement", Zh: "协议编号", En: "agreement number", Type: TypeText, Max: 40},
		{Key: "date", Zh: "照料日期", En: "date", Type: TypeDay},
		{Key: "start", Zh: "开始时间", En: "start", Type: TypeMoment},
		{Key: "end", Zh: "结束时间", En: "end", Type: TypeMoment},
		{Key: "minutes", Zh: "时长(分钟)", En: "minutes", Type: TypeNumber},
		{Key: "items", Zh: "照料内容", En: "what was done", Type: TypeCodes, Codes: "care_item"},
		{Key: "abnormal", Zh: "异常情况", En: "anything abnormal", Type: TypeText, Sensitivity: Personal},
		{Key: "signature", Zh: "签字", En: "signatures", Type: TypeJSON},
		{Key: "supersedes", Zh: "更正的记录", En: "corrects", Type: TypeRecord},
		{Key: "correction_reason", Zh: "更正理由", En: "reason of the correction", Type: TypeText},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
	},
}
