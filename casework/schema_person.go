package casework

var personSchema = KindSpec{
	Kind: KindPerson, Zh: "人", En: "person",
	Fields: []FieldSpec{
		{Key: "name", Zh: "姓名", En: "name", Type: TypeName, Aliases: []string{"儿童姓名", "老人姓名", "对象姓名", "申请人", "名字"}, Max: 60},
		{Key: "sex", Zh: "性别", En: "sex", Type: TypeCode, Codes: "sex"},
		{Key: "birth", Zh: "出生日期", En: "date of birth", Type: TypeDate, Aliases: []string{"出生年月", "出生年月日", "生日"}},
		{Key: FieldArea, Zh: "所在村居", En: "village", Type: TypeArea},
		{Key: FieldDuties, Zh: "归口", En: "duties", Type: TypeCodes, Codes: "duty"},
		{Key: "grid", Zh: "组", En: "group", Type: TypeText, Aliases: []string{"网格", "小组", "村民小组"}, Max: 30},
		{Key: "address", Zh: "现住址", En: "home address", Type: TypeText, Aliases: []string{"居住地", "居住地址", "实际居住地", "家庭住址", "详细地址", "门牌号"}},
		{Key: "household", Zh: "家庭", En: "household", Type: TypeRecord},
		{Key: "resident", Zh: "身份证号", En: "resident ID number", Type: TypeResident, Sensitivity: Personal, Aliases: []string{"身份证号码", "公民身份号码", "公民身份证号码", "证件号码", "身份证", "ID"}},
		{Key: "phones", Zh: "联系电话", En: "phone", Type: TypePhone, Sensitivity: Personal, Set: true, Aliases: []string{"电话", "手机", "手机号码", "联系方式"}},
		{Key: "child_categories", Zh: "儿童类别", En: "child categories", Type: TypeCodes, Codes: "child_category", Sensitivity: Personal, Aliases: []string{"困境类型", "困境儿童类型", "保障类型", "困境类别"}},
		{Key: "elder_categories", Zh: "老人类别", En: "elder categories", Type: TypeCodes, Codes: "elder_category", Sensitivity: Personal, Aliases: []string{"人员类别"}},
		{Key: "layers", Zh: "低收入层次", En: "low-income layers", Type: TypeCodes, Codes: "low_income_layer", Sensitivity: Personal},
		{Key: "living", Zh: "居住情况", En: "living pattern", Type: TypeCode, Codes: "living_pattern", Sensitivity: Personal, Aliases: []string{"居住状况", "是否独居"}},
		{Key: "guardian_name", Group: "guardian", Zh: "监护人", En: "guardian", Type: TypeName, Sensitivity: Personal, Aliases: []string{"监护人姓名", "实际监护人", "受委托监护人", "委托照护人"}, Max: 60},
		{Key: "guardian_relation", Group: "guardian", Zh: "与儿童关系", En: "guardian's relation", Type: TypeCode, Codes: "relation", Sensitivity: Personal, Aliases: []string{"与被监护人关系"}},
		{Key: "guardian_phone", Group: "guardian", Zh: "监护人电话", En: "guardian's phone", Type: TypePhone, Sensitivity: Personal, Aliases: []string{"监护人联系电话"}},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
