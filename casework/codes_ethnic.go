package casework

// Ethnics is GB/T 3304 with the other words ledgers use; each is also known with 族.
var Ethnics = CodeList{"ethnic", "民族", "ethnic group", ethnics()}

func ethnics() []Term {
	rows := []Term{
		term("01", "汉", "Han"), term("02", "蒙古", "Mongol", "蒙"), term("03", "回", "Hui"), term("04", "藏", "Tibetan"),
		term("05", "维吾尔", "Uygur", "维"), term("06", "苗", "Miao"), term("07", "彝", "Yi"), term("08", "壮", "Zhuang", "僮"),
		term("09", "布依", "Bouyei"), term("10", "朝鲜", "Korean", "朝"), term("11", "满", "Manchu"), term("12", "侗", "Dong"),
		term("13", "瑶", "Yao"), term("14", "白", "Bai"), term("15", "土家", "Tujia"), term("16", "哈尼", "Hani"),
		term("17", "哈萨克", "Kazak"), term("18", "傣", "Dai"), term("19", "黎", "Li"), term("20", "傈僳", "Lisu", "僳僳", "傈傈"),
		term("21", "佤", "Va"), term("22", "畲", "She", "畬"), term("23", "高山", "Gaoshan"), term("24", "拉祜", "Lahu"),
		term("25", "水", "Sui"), term("26", "东乡", "Dongxiang"), term("27", "纳西", "Naxi"), term("28", "景颇", "Jingpo"),
		term("29", "柯尔克孜", "Kirgiz"), term("30", "土", "Tu"), term("31", "达斡尔", "Daur", "达翰尔"), term("32", "仫佬", "Mulao"),
		term("33", "羌", "Qiang"), term("34", "布朗", "Blang"), term("35", "撒拉", "Salar"), term("36", "毛南", "Maonan", "毛难"),
		term("37", "仡佬", "Gelao", "仡老"), term("38", "锡伯", "Xibe"), term("39", "阿昌", "Achang"), term("40", "普米", "Pumi"),
		term("41", "塔吉克", "Tajik"), term("42", "怒", "Nu"), term("43", "乌孜别克", "Uzbek"), term("44", "俄罗斯", "Russian"),
		term("45", "鄂温克", "Ewenki"), term("46", "德昂", "De'ang", "崩龙"), term("47", "保安", "Bonan"), term("48", "裕固", "Yugur"),
		term("49", "京", "Gin"), term("50", "塔塔尔", "Tatar"), term("51", "独龙", "Derung"), term("52", "鄂伦春", "Oroqen"),
		term("53", "赫哲", "Hezhen"), term("54", "门巴", "Monba"), term("55", "珞巴", "Lhoba"), term("56", "基诺", "Jino"),
		term("96", "穿青人", "Chuanqing", "穿青"), term("97", "其他", "other"), term("98", "外国血统", "foreign-born national", "外国血统中国籍人士", "入籍"),
	}
	for i, t := range rows {
		for _, w := range append([]string{t.Zh}, t.Aliases...) {
			rows[i].Aliases = append(rows[i].Aliases, w+"族")
		}
	}
	return rows
}
