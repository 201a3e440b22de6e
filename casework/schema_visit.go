package casework

var visitSchema = KindSpec{
	Kind: KindVisit, Zh: "走访", En: "visit", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: "date", Zh: "走访日期", En: "visit date", Type: TypeDay, Aliases: []string{"走访时间", "探访时间"}},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
	},
}
