package casework

// benefitSchema is one allowance or aid of one person or household, with the survey of
// who holds the card it is paid to (domain §6.10). Bank data never reach village laptops.
var benefitSchema = KindSpec{
	Kind: KindBenefit, Zh: "待遇", En: "benefit", Owned: true,
	Fields: []FieldSpec{
		{Key: "scheme", Zh: "救助类型", En: "scheme", Type: TypeCode, Codes: "scheme", Sensitivity: Personal, Aliases: []string{"保障类别", "保障方式"}},
		{Key: "class", Zh: "低保类别", En: "class", Type: TypeText, Sensitivity: Personal, Aliases: []string{"类(档)", "类档"}, Max: 20},
		{Key: "cert", Zh: "低保证号", En: "certificate number", Type: TypeText, Sensitivity: Personal, Aliases: []string{"低保证号码", "低保编号", "救助证号"}, Max: 40},
		{Key: "amount", Group: "payment", Zh: "保障金额", En: "amount", Type: TypeFen, Sensitivity: Personal, Aliases: []string{"月保障金", "领取金额", "补差金额", "发放金额", "享受低保金额", "补贴标准"}},
		{Key: "unit", Group: "payment", Zh: "发放周期", En: "per", Type: TypeCode, Codes: "amount_unit", Sensitivity: Personal},
		{Key: "from", Zh: "享受开始日期", En: "from", Type: TypeDate, Sensitivity: Personal, Aliases: []string{"起始保障年月", "批准时间", "纳入时间"}},
		{Key: "to", Zh: "享受结束日期", En: "to", Type: TypeDate, Sensitivity: Personal, Aliases: []string{"停保时间", "退出时间"}},
		{Key: "payee", Group: "account", Zh: "账户名称", En: "payee", Type: TypeName, Sensitivity: Restricted, Aliases: []string{"开户人", "持卡人"}},
		{Key: "bank", Group: "account", Zh: "开户银行", En: "bank", Type: TypeText, Sensitivity: Restricted, Aliases: []string{"开户行"}},
		{Key: "account_number", Group: "account", Zh: "银行账号", En: "account number", Type: TypeText, Sensitivity: Restricted, Aliases: []string{"账号", "卡号", "一卡通账号"}, Max: 40},
		{Key: "last4", Group: "account", Zh: "卡号末四位", En: "last four digits", Type: TypeText, Sensitivity: Restricted, Max: 4},
		{Key: "card_holder", Group: "card", Zh: "银行卡由谁保管", En: "who holds the card", Type: TypeCode, Codes: "card_holder", Sensitivity: Personal},
		{Key: "card_holder_name", Group: "card", Zh: "保管人姓名", En: "name of the holder", Type: TypeName, Sensitivity: Personal},
		{Key: "card_relation", Group: "card", Zh: "保管人与本人关系", En: "holder's relation", Type: TypeCode, Codes: "relation", Sensitivity: Personal},
		{Key: "card_agreement", Group: "card", Zh: "有代管协议", En: "custody agreement exists", Type: TypeBool, Sensitivity: Personal},
		{Key: "card_agreement_on", Group: "card", Zh: "协议日期", En: "agreement signed on", Type: TypeDay, Sensitivity: Personal},
		{Key: "card_agreement_filed", Group: "card", Zh: "协议已备案", En: "agreement filed", Type: TypeBool, Sensitivity: Personal},
		{Key: "card_withdrawn_by", Group: "card", Zh: "取款人", En: "withdrawals by", Type: TypeName, Sensitivity: Personal},
		{Key: "card_problem", Group: "card", Zh: "发现问题", En: "problem", Type: TypeText, Sensitivity: Personal},
		{Key: "card_corrected_on", Group: "card", Zh: "整改日期", En: "corrected on", Type: TypeDay, Sensitivity: Personal},
		{Key: "card_surveyed_on", Group: "card", Zh: "排查日期", En: "surveyed on", Type: TypeDay, Sensitivity: Personal},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
