package pinyin

// surnames are characters read otherwise in a surname than in most words.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '查': "zha", '仇': "qiu", '解': "xie", '区': "ou", '任': "ren", '盖': "ge",
	'朴': "piao", '乐': "yue", '缪': "miao", '翟': "zhai", '覃': "qin", '召': "shao", '员': "yun", '繁': "po",
	'种': "chong", '秘': "bi", '折': "she", '冼': "xian", '洗': "xian", '宿': "su", '黑': "he", '隗': "wei",
	'郇': "xun", '訾': "zi", '逄': "pang", '乜': "nie", '郗': "xi", '祭': "zhai", '谌': "chen", '呙': "guo",
	'沈': "shen", '石': "shi", '车': "che", '贾': "jia", '柏': "bai", '薄': "bo", '费': "fei", '叶': "ye",
	'万': "wan", '牟': "mu", '纪': "ji", '葛': "ge", '燕': "yan", '应': "ying", '宁': "ning", '华': "hua",
	'卜': "bu", '都': "du", '过': "guo", '那': "na", '尹': "yin", '褚': "chu", '殷': "yin", '曲': "qu",
	'俞': "yu", '於': "yu", '佴': "nai", '臧': "zang", '藏': "zang", '相': "xiang", '强': "qiang", '重': "chong",
	'炔': "gui", '尉': "wei", '阚': "kan", '芮': "rui", '长': "chang", '盛': "sheng", '乘': "sheng", '么': "yao",
	'洪': "hong", '台': "tai", '大': "da", '朝': "chao", '夏': "xia", '适': "kuo", '幺': "yao", '撒': "sa",
}

// doubleSurnames are surnames of two characters, one syllable each.
var doubleSurnames = map[string]string{
	"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu", "鲜于": "xian yu",
	"单于": "chan yu", "宰父": "zai fu", "亓官": "qi guan", "乐正": "yue zheng", "漆雕": "qi diao", "公冶": "gong ye",
	"欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "夏侯": "xia hou", "皇甫": "huang fu",
	"呼延": "hu yan", "宇文": "yu wen", "慕容": "mu rong", "司徒": "si tu", "端木": "duan mu", "东方": "dong fang",
}

// added are characters in use in names that the dictionary does not read.
var added = map[rune]string{'㐂': "xi", '𠮷': "ji", '〇': "ling"}
