package questionnaires

// explanation is the sheet 说明 of the template.
func explanation() [][]string {
	rows := [][]string{{"工作表", "列或题型", "写什么", "例子"}}
	for _, part := range []struct {
		sheet string
		rows  [][3]string
	}{{"用法", steps}, {"survey", surveyColumns}, {"choices", choiceColumns}, {"settings", settingColumns}, {"grading", gradingColumns}, {"题型", types}, {"公式", formulas}, {"常见错误", slips}} {
		for _, r := range part.rows {
			rows = append(rows, []string{part.sheet, r[0], r[1], r[2]})
		}
	}
	return rows
}

var steps = [][3]string{
	{"第一步", "照着 survey 表改题目：一行一题。这张说明表不影响问卷，可以留着。", ""},
	{"第二步", "检查：有错会说明在哪张表、哪一格、第几个字、怎么改。", "district form check 问卷.xlsx"},
	{"第三步", "在屏幕上试填一遍，什么都不会保存。", "district form preview 问卷.xlsx"},
	{"第四步", "发布。各村电脑下次上传时就会收到。", "district publish 问卷.xlsx"},
	{"改问卷", "改好后换一个 version 再发布。已经开始填的、以前填完的，仍按原来的问卷。", ""},
}

var surveyColumns = [][3]string{
	{"type", "题型，见下面“题型”。必须有。", "select_one yn"},
	{"name", "题的代码，公式里用它；字母开头，只用字母、数字、下划线；同一组里不能重复，也不要只差大小写。必须有。", "heat"},
	{"label", "题目文字。多种语言就多写几列，列名后加语言。", "label::中文 (zh)、label::English (en)"},
	{"hint", "题目下面的小字。", "只数冬天住人的"},
	{"guidance_hint", "更长的帮助，按 F1 才显示。", ""},
	{"required", "写 yes 是必答；也可以写公式。空着可以不答。", "yes"},
	{"required_message", "没答时说的话。", "不愿意也请记一笔。"},
	{"relevant", "公式，成立才问这一题（或这一组）。空着总是问。", "${agree} = 'yes'"},
	{"constraint", "公式，答案要满足它；小数点“.”代表这一题的答案。", ". >= 0 and . <= 20"},
	{"constraint_message", "不满足时说的话。", "请填 0 到 20。"},
	{"calculation", "calculate 题的公式。", "${rooms} * 2"},
	{"choice_filter", "公式，选项要满足它才列出来；可用 choices 表里自己加的列。", "town = ${town}"},
	{"default", "开始时就填好的答案，可以是公式。", "today() + 14"},
	{"appearance", "显示方式：multiline 是多行文字，minimal 是先收起来的选项。", "multiline"},
	{"read_only", "写 yes 只能看，不能改。", "yes"},
	{"repeat_count", "begin repeat 行用：固定填几行。空着由填写人增减。", "${people}"},
	{"parameters", "range 题的范围等，写成“名字=值”。", "start=1 end=5 step=1"},
	{"trigger", "calculate 题用：只有这道题改了才重新算。", "${heat}"},
	{"fresh", "写 yes：不显示、也不能照抄上次的答案。问伤害、心情、照看人的题必须写。", "yes"},
	{"unknown", "写 yes：多出“没条件问”“没观察到”两个选择，不算 0 分，过几天提醒再问。问伤害、心情、照看人的题必须写。", "yes"},
	{"sensitivity", "谁能看：空或 0 一般，1 个人，2 只有有权限的人。组上写了，组里都算。", "2"},
	{"depth", "哪种走访问：1 平安问候，2 常规，3 全面；空着每次都问。", "3"},
	{"shared", "同一户今天问过一次，别的人不用再问。写 yes：两份问卷里 name 一样的题算同一题；写一个词：写了同一个词的题算同一题。选项要代码和文字都一样才带过去。sensitivity 是 2 的题不能写。", "house_danger"},
	{"score", "公式，这一题得几分；空着就用选项的分数。", "if(. > 3, 2, 0)"},
	{"score_cap", "这一题或这一组最多几分。", "6"},
	{"hard_trigger", "紧急情形的代码 HT-加一个字母；答了“有”就提醒马上处置。", "HT-G"},
	{"hard_trigger_when", "公式，什么时候算紧急情形。", "${temp} < 5"},
	{"notes", "备注，程序不看。", ""},
}

var choiceColumns = [][3]string{
	{"list_name", "选项表的名字。每一行都要写，不要合并单元格。", "heat"},
	{"name", "选项的代码；同一张选项表里不能重复，多选题的代码不能有空格。", "coal"},
	{"label", "选项的文字。", "煤炉、炭火"},
	{"score", "选它得几分，整数。", "3"},
	{"hard_trigger", "选它就是紧急情形。", "HT-G"},
	{"trigger", "同 hard_trigger。", "HT-G"},
	{"unknown", "写 yes：选它等于“不知道”。", "yes"},
	{"自己加的列", "给 choice_filter 用，例如 town。", "yangting"},
}

var settingColumns = [][3]string{
	{"form_id", "问卷编号，发布后不要改；同一编号的新版本会代替旧版本。child-visit 是孩子走访，elder-visit 是老人走访。", "winter-check"},
	{"form_title", "问卷的名字。", "冬季取暖安全问询"},
	{"version", "版本，每次发布都要不一样。", "2026-1"},
	{"default_language", "默认语言。", "中文 (zh)"},
	{"subject", "问的是谁：child 孩子，elder 老人，空着是别的。", "elder"},
	{"depth", "公式，走访做到哪一层；一般空着。", ""},
	{"instance_name", "公式，一份答卷叫什么名字；一般空着。", "concat('取暖 ', ${again})"},
	{"name", "答卷最外层的名字；一般空着。", "data"},
	{"allow_choice_duplicates", "写 yes：允许选项代码重复；一般空着。", ""},
	{"style", "别的软件用，这里不看。submission_url、auto_send、auto_delete、namespaces、client_editable、sms_keyword、clean_text_values 也是。", ""},
	{"public_key", "不能写：答卷由本系统自己加密。", ""},
}

var gradingColumns = [][3]string{
	{"kind", "这一行是什么：band 分数线，floor 条件，trigger 紧急情形，down 降级。没有等级就不要这张表。", "band"},
	{"from", "band：从几分起。", "5"},
	{"grade", "第几级，1 级最急。", "1"},
	{"when", "floor：公式，成立时至少是这一级。", "${heat} = 'nothing'"},
	{"label", "band：这一级的名字。", "一级"},
	{"reason", "floor：为什么。", "没有取暖"},
	{"steps", "down：一次走访最多降几级。", "1"},
}

var types = [][3]string{
	{"text", "文字。", ""},
	{"integer", "整数。", ""},
	{"decimal", "小数。", ""},
	{"date", "日期。time 是时间，dateTime 是日期加时间。", ""},
	{"select_one 选项表", "单选。后面加 or_other 会多出“其他”。", "select_one yn"},
	{"select_multiple 选项表", "多选。", "select_multiple risk"},
	{"select_one_from_file 文件.csv", "选项在同一文件夹的 .csv 里，第一行写列名 name、label；可以有几万行，用 choice_filter 一级一级选。列名不同就在 parameters 写 value=列名 label=列名。", "select_one_from_file villages.csv"},
	{"select_one_external 选项表", "选项在 external_choices 工作表里，写法和 choices 一样。", "select_one_external village"},
	{"rank 选项表", "排先后。", ""},
	{"range", "几到几之间选一个数，范围写在 parameters。", ""},
	{"acknowledge", "确认一件事。", ""},
	{"note", "只显示文字。", ""},
	{"calculate", "不显示，按公式算。", ""},
	{"hidden", "不显示，由程序填，例如 p_age 是年龄。", ""},
	{"begin group / end group", "一节题，要成对。", ""},
	{"begin repeat / end repeat", "可以填好几行的表，要成对。", ""},
	{"start、end、today、username", "自动记下开始、结束、当天、填写人。", ""},
	{"geopoint、barcode", "手工输入。", ""},
	{"image、audio、video、file", "从电脑里选一个文件。", ""},
	{"不支持", "画图、签名、路线、地块、外部程序。签名请用“在纸上签了”的单选题。", ""},
}

var formulas = [][3]string{
	{"${题名}", "那一题的答案。", "${age} < 14"},
	{"= != < <= > >=", "比较。文字要放在英文单引号里。", "${agree} = 'yes'"},
	{"and or not()", "而且、或者、不是。", "${a} = 1 and not(${b} = 2)"},
	{"selected(题, 代码)", "选了没有。单选、多选都能用。", "selected(${risks}, 'smoke')"},
	{"count-selected(题)", "多选选了几个。", "count-selected(.) > 1"},
	{"if(条件, 甲, 乙)", "成立是甲，不成立是乙。", "if(${rooms} > 2, 1, 0)"},
	{"today() now()", "今天、现在。日期可以加减天数。", "today() + 14"},
	{"count() sum()", "repeat 里有几行、加起来多少。", "count(${person})"},
	{"regex(题, 格式)", "文字的格式对不对。", "regex(., '^[0-9]{11}$')"},
}

var slips = [][3]string{
	{"全角符号", "公式里的（ ） ， ＝ “ ” 等全角符号能读懂，但请改成半角，别的软件才能用。", ""},
	{"没有选项表", "type 里写的选项表，choices 表里要有，一个字母都不能差。", ""},
	{"循环", "甲的公式用到乙，乙的公式又用到甲，就算不出来。", ""},
	{"合并单元格", "不要合并：合并后只有左上角一格有内容。", ""},
	{"Excel 公式", "格子里不要用以等号开头的 Excel 公式，要写就写文字。", ""},
	{"选项文件", ".csv 和问卷放在同一个文件夹，最多 100000 行；编码用 UTF-8 或 GB18030（Excel、WPS 直接另存的就行）；代码不能重复。编译好的问卷不能超过 16 MB。", ""},
	{"上限", "survey 表最多 20000 行，组最多套 60 层，一条公式最多 32768 个字，所有公式加起来最多 200 万个字，文件最大 20 MB。", ""},
	{"文件格式", "存成 .xlsx，不要 .xls、.et，不要设密码。", ""},
}
