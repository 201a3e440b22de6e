package casework

var careSchema = KindSpec{
	Kind: KindCare, Zh: "照料工时", En: "care", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
	},
}
