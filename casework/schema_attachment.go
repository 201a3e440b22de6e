package casework

var attachmentSchema = KindSpec{
	Kind: KindAttachment, Zh: "附件", En: "attachment", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
	},
}
