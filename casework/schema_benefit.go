package casework

var benefitSchema = KindSpec{
	Kind: KindBenefit, Zh: "待遇", En: "benefit", Owned: true,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
