package casework

// attachmentSchema describes a file kept sealed beside the records: a fact. The bytes
// travel apart, by their hash, after all text.
var attachmentSchema = KindSpec{
	Kind: KindAttachment, Zh: "附件", En: "attachment", Fact: true, Owned: true,
	Fields: []FieldSpec{
		{Key: "hash", Zh: "文件指纹", En: "hash", Type: TypeHash},
		{Key: "media_type", Zh: "文件类型", En: "media type", Type: TypeText, Max: 80},
		{Key: "size", Zh: "大小(字节)", En: "size in bytes", Type: TypeNumber},
		{Key: "caption", Zh: "说明", En: "caption", Type: TypeText, Sensitivity: Personal},
		{Key: "of", Zh: "属于", En: "belongs to", Type: TypeRecord},
		{Key: "taken_on", Zh: "拍摄日期", En: "taken on", Type: TypeDay},
		{Key: "supersedes", Zh: "更正的附件", En: "corrects", Type: TypeRecord},
		{Key: "correction_reason", Zh: "更正理由", En: "reason of the correction", Type: TypeText},
		{Key: FieldSupersededBy, Zh: "由更正替代", En: "superseded by", Type: TypeRecord, Late: true},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON, Late: true},
	},
}
