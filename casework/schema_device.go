package casework

var deviceSchema = KindSpec{
	Kind: KindDevice, Zh: "设备", En: "device", Owned: true,
	Fields: []FieldSpec{
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
