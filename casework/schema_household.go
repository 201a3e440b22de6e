package casework

// householdSchema holds what the members of one home share. Who belongs to it is the
// register "household" of each person; nothing here repeats that.
var householdSchema = KindSpec{
	Kind: KindHousehold, Zh: "户", En: "household", Owned: false,
	Fields: []FieldSpec{
		{Key: "head", Zh: "户主(已登记)", En: "head of household", Type: TypeRecord},
		{Key: "head_name", Zh: "户主姓名", En: "name of the head", Type: TypeName, Aliases: []string{"户主"}, Max: 60},
		{Key: FieldArea, Zh: "所在村居", En: "village", Type: TypeArea},
		{Key: "grid", Zh: "组", En: "group", Type: TypeText, Max: 30},
		{Key: "address", Zh: "住址", En: "address", Type: TypeText},
		{Key: "caution", Zh: "注意", En: "caution", Type: TypeText, Sensitivity: Personal},
		{Key: "size", Zh: "家庭人口", En: "members", Type: TypeNumber, Sensitivity: Personal, Aliases: []string{"家庭人口数"}},
		{Key: "insured", Zh: "保障人数", En: "members on assistance", Type: TypeNumber, Sensitivity: Personal, Aliases: []string{"保障人口"}},
		{Key: "poverty_causes", Zh: "困难原因", En: "causes of difficulty", Type: TypeCodes, Codes: "poverty_cause", Sensitivity: Personal, Aliases: []string{"致贫原因", "致困原因"}},
		{Key: "house_type", Group: "house", Zh: "住房类型", En: "kind of house", Type: TypeCode, Codes: "house_type"},
		{Key: "house_area", Group: "house", Zh: "住房面积(平方米)", En: "house area (m²)", Type: TypeNumber},
		{Key: "house_hazards", Group: "house", Zh: "住房隐患", En: "hazards of the house", Type: TypeCodes, Codes: "house_hazard"},
		{Key: "house_heating", Group: "house", Zh: "取暖方式", En: "heating", Type: TypeCode, Codes: "heating"},
		{Key: "house_checked_on", Group: "house", Zh: "住房查看日期", En: "house looked at on", Type: TypeDay},
		{Key: "photo", Zh: "门前照片", En: "photo of the front", Type: TypeRecord, Sensitivity: Personal},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
