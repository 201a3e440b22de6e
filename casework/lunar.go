package casework

import "strings"

// The years the lunar calendar is known for.
const (
	lunarFrom = 1901
	lunarTo   = 2056
)

// lunarYears holds one number a year: bits 15 to 4 are the months 1 to 12, set for 30 days
// and clear for 29; bits 3 to 0 the month that is doubled, 0 for none; bit 16 set when the
// doubled month has 30 days. The table is the one published by the Hong Kong Observatory
// and was checked against computed new moons and solar terms. After 2056 a new moon falls
// within seconds of midnight, so the table stops there.
var lunarYears = [...]uint32{
	0x04ae0, 0x0a570, 0x054d5, 0x0d260, 0x0d950, 0x16554, 0x056a0, 0x09ad0, 0x055d2, 0x04ae0, // 1901
	0x0a5b6, 0x0a4d0, 0x0d250, 0x1d255, 0x0b540, 0x0d6a0, 0x0ada2, 0x095b0, 0x14977, 0x04970, // 1911
	0x0a4b0, 0x0b4b5, 0x06a50, 0x06d40, 0x1ab54, 0x02b60, 0x09570, 0x052f2, 0x04970, 0x06566, // 1921
	0x0d4a0, 0x0ea50, 0x16a95, 0x05ad0, 0x02b60, 0x186e3, 0x092e0, 0x1c8d7, 0x0c950, 0x0d4a0, // 1931
	0x1d8a6, 0x0b550, 0x056a0, 0x1a5b4, 0x025d0, 0x092d0, 0x0d2b2, 0x0a950, 0x0b557, 0x06ca0, // 1941
	0x0b550, 0x15355, 0x04da0, 0x0a5b0, 0x14573, 0x052b0, 0x0a9a8, 0x0e950, 0x06aa0, 0x0aea6, // 1951
	0x0ab50, 0x04b60, 0x0aae4, 0x0a570, 0x05260, 0x0f263, 0x0d950, 0x05b57, 0x056a0, 0x096d0, // 1961
	0x04dd5, 0x04ad0, 0x0a4d0, 0x0d4d4, 0x0d250, 0x0d558, 0x0b540, 0x0b6a0, 0x195a6, 0x095b0, // 1971
	0x049b0, 0x0a974, 0x0a4b0, 0x0b27a, 0x06a50, 0x06d40, 0x0af46, 0x0ab60, 0x09570, 0x04af5, // 1981
	0x04970, 0x064b0, 0x074a3, 0x0ea50, 0x06b58, 0x05ac0, 0x0ab60, 0x096d5, 0x092e0, 0x0c960, // 1991
	0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5, 0x0a950, // 2001
	0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930, 0x07954, // 2011
	0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530, 0x05aa0, // 2021
	0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520, 0x0dd45, 0x0b5a0, // 2031
	0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0, 0x14b63, // 2041
	0x09370, 0x049f8, 0x04970, 0x064b0, 0x168a6, 0x0ea50, // 2051
}

// newYear1901 is the first day of the first lunar month of 1901.
var newYear1901 = MustDay("1901-02-19")

// lunarMonths lists the lengths of a year's months in order, the doubled one behind its
// namesake.
func lunarMonths(year int) (lengths []int, leap int) {
	v := lunarYears[year-lunarFrom]
	leap = int(v & 15)
	for m := 1; m <= 12; m++ {
		lengths = append(lengths, 29+int(v>>(16-m)&1))
		if m == leap {
			lengths = append(lengths, 29+int(v>>16&1))
		}
	}
	return lengths, leap
}

// Lunar is the lunar date of a civil day between 1901-02-19 and the end of the lunar year
// 2056; ok is false outside.
func Lunar(d Day) (date Date, ok bool) {
	n := d.Sub(newYear1901)
	if d == 0 || n < 0 {
		return Date{}, false
	}
	for y := lunarFrom; y <= lunarTo; y++ {
		lengths, leap := lunarMonths(y)
		month := 0
		for i, length := range lengths {
			doubled := leap > 0 && i == leap
			if !doubled {
				month++
			}
			if n < length {
				return Date{Year: y, Month: month, Day: n + 1, Lunar: true, Leap: doubled}, true
			}
			n -= length
		}
	}
	return Date{}, false
}

// civil is the first civil day a lunar date names and how many it spans: one for a whole
// date, a month or a year for the others. ok is false for a date that never was, and
// outside the table.
func (d Date) civil() (first Day, span int, ok bool) {
	if !d.Lunar || d.Year < lunarFrom || d.Year > lunarTo {
		return 0, 0, false
	}
	day := newYear1901
	for y := lunarFrom; y < d.Year; y++ {
		day = day.AddDays(daysOfLunar(y))
	}
	if d.Month == 0 {
		return day, daysOfLunar(d.Year), true
	}
	lengths, leap := lunarMonths(d.Year)
	if d.Leap && leap != d.Month || d.Month > 12 {
		return 0, 0, false
	}
	i := d.Month - 1
	if d.Leap || leap > 0 && d.Month > leap {
		i++
	}
	for _, n := range lengths[:i] {
		day = day.AddDays(n)
	}
	switch {
	case d.Day == 0:
		return day, lengths[i], true
	case d.Day > lengths[i]:
		return 0, 0, false
	}
	return day.AddDays(d.Day - 1), 1, true
}

func daysOfLunar(year int) int {
	lengths, _ := lunarMonths(year)
	sum := 0
	for _, n := range lengths {
		sum += n
	}
	return sum
}

var (
	lunarMonthWords = strings.Fields("正 二 三 四 五 六 七 八 九 十 冬 腊")
	lunarDayWords   = strings.Fields("初一 初二 初三 初四 初五 初六 初七 初八 初九 初十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 廿一 廿二 廿三 廿四 廿五 廿六 廿七 廿八 廿九 三十")
)

// LunarText is the lunar date as people say it, without the year: 腊月廿三, 闰六月初一; "" where
// Lunar knows none.
func LunarText(d Day) string {
	l, ok := Lunar(d)
	if !ok {
		return ""
	}
	s := lunarMonthWords[l.Month-1] + "月" + lunarDayWords[l.Day-1]
	if l.Leap {
		s = "闰" + s
	}
	return s
}

// lunarWords reads 1952年腊月廿三 and 1952年闰五月初三. The words of the day or month must be ones
// that only the lunar calendar uses, unless lunar says that the text named it.
func lunarWords(s string, lunar bool) (Date, bool) {
	year, rest, ok := strings.Cut(s, "年")
	if !ok || len(year) != 4 || strings.Trim(year, "0123456789") != "" {
		return Date{}, false
	}
	d := Date{Year: atoi(year), Lunar: true}
	rest, d.Leap = strings.CutPrefix(rest, "闰")
	month, day, ok := strings.Cut(rest, "月")
	if !ok {
		return Date{}, false
	}
	sure := lunar || d.Leap
	for i, w := range lunarMonthWords {
		if month == w || month == [...]string{"一", "", "", "", "", "", "", "", "", "", "十一", "十二"}[i] && month != "" {
			d.Month = i + 1
			sure = sure || strings.Contains("正冬腊", w) && month == w
		}
	}
	day = strings.TrimSuffix(strings.TrimSuffix(day, "日"), "号")
	for i, w := range lunarDayWords {
		if day == w {
			d.Day = i + 1
			sure = sure || strings.ContainsAny(w, "初廿")
		}
	}
	return d, sure && d.Month > 0 && (d.Day > 0 || day == "")
}
