package casework

var householdSchema = KindSpec{
	Kind: KindHousehold, Zh: "户", En: "household", Owned: false,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
