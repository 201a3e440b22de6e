package casework

var taskSchema = KindSpec{
	Kind: KindTask, Zh: "事项", En: "task", Owned: true,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
