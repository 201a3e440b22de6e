package casework

// deviceSchema is something in a home that watches over someone: a smoke alarm, a smart
// water meter, a call button.
var deviceSchema = KindSpec{
	Kind: KindDevice, Zh: "设备", En: "device", Owned: true,
	Fields: []FieldSpec{
		{Key: "device_kind", Zh: "设备种类", En: "kind of device", Type: TypeCode, Codes: "device_kind"},
		{Key: "serial", Zh: "设备编号", En: "serial number", Type: TypeText, Max: 40},
		{Key: "place", Zh: "安装位置", En: "place", Type: TypeText, Max: 60},
		{Key: "installed_on", Zh: "安装日期", En: "installed on", Type: TypeDate},
		{Key: "provider", Zh: "服务单位", En: "provider", Type: TypeText, Max: 60},
		{Key: "provider_phone", Zh: "报修电话", En: "whom to ring", Type: TypePhone},
		{Key: "works", Group: "test", Zh: "是否正常", En: "works", Type: TypeCode, Codes: "device_state"},
		{Key: "tested_on", Group: "test", Zh: "检测日期", En: "tested on", Type: TypeDay},
		{Key: "note", Zh: "备注", En: "note", Type: TypeText},
		{Key: FieldStatus, Zh: "状态", En: "status", Type: TypeJSON},
	},
}
