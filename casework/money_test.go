package casework_test

import (
	"testing"

	"doorstep/casework"

	"pgregory.net/rapid"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text string
		want casework.Fen
		code casework.Code
	}{
		{"1234.5", 123450, ""},
		{"1,234.50", 123450, ""},
		{"￥２０．００", 2000, ""},
		{"20元", 2000, ""},
		{"20元整", 2000, ""},
		{"1.2万元", 1200000, ""},
		{"702.44万", 702440000, ""},
		{"5角", 50, ""},
		{"3分", 3, ""},
		{"0", 0, ""},
		{"-12.34", -1234, ""},
		{"(12.34)", -1234, ""},
		{"12.345", 1235, ""},
		{"12.344999", 1234, ""},
		{"0.005", 1, ""},
		{"-0.005", -1, ""},
		{"1亿", 10000000000, ""},
		{"", 0, "money.empty"},
		{"元", 0, "money.malformed"},
		{"无", 0, "money.malformed"},
		{"12.3.4", 0, "money.malformed"},
		{"1e5", 0, "money.malformed"},
		{"999999999999999亿", 0, "money.range"},
		{"2,003.00", 200300, ""},
	} {
		got, err := casework.ParseFen(c.text)
		if got != c.want || casework.CodeOf(err) != c.code {
			t.Errorf("%q: %d %v", c.text, got, err)
		}
	}
}

func TestAmountsOnPaper(t *testing.T) {
	for _, c := range []struct {
		fen              casework.Fen
		yuan, wan, upper string
	}{
		{0, "0.00", "0.00", "零元整"},
		{5, "0.05", "0.00", "伍分"},
		{50, "0.50", "0.00", "伍角整"},
		{123450, "1234.50", "0.12", "壹仟贰佰叁拾肆元伍角整"},
		{100001, "1000.01", "0.10", "壹仟元零壹分"},
		{-200300, "-2003.00", "-0.20", "负贰仟零叁元整"},
		{1000000, "10000.00", "1.00", "壹万元整"},
		{10000000, "100000.00", "10.00", "壹拾万元整"},
		{10010000, "100100.00", "10.01", "壹拾万零壹佰元整"},
		{84326000, "843260.00", "84.33", "捌拾肆万叁仟贰佰陆拾元整"},
		{10000000100, "100000001.00", "10000.00", "壹亿零壹元整"},
		{100000000000000, "1000000000000.00", "100000000.00", "壹万亿元整"},
	} {
		if c.fen.Yuan() != c.yuan || c.fen.Wan(2) != c.wan || c.fen.Upper() != c.upper {
			t.Errorf("%d: %s %s %s", c.fen, c.fen.Yuan(), c.fen.Wan(2), c.fen.Upper())
		}
	}
	if casework.Fen(50000).Wan(1) != "0.1" || casework.Fen(49999).Wan(1) != "0.0" || casework.Fen(1500000).Wan(0) != "2" {
		t.Error("half up")
	}
}

func TestCareHoursAreWorthTwentyYuan(t *testing.T) {
	if got := casework.Fen(2000).ForMinutes(42163 * 60); got != 84326000 {
		t.Error(got)
	}
	if got := casework.Fen(2000).ForMinutes(50); got != 1667 {
		t.Error(got)
	}
}

func TestYuanComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := casework.Fen(rapid.Int64Range(-1e13, 1e13).Draw(t, "fen"))
		if back, err := casework.ParseFen(f.Yuan()); err != nil || back != f {
			t.Fatal(f, back, err)
		}
		_ = f.Upper()
	})
}

func FuzzFen(f *testing.F) {
	for _, s := range []string{"1,234.50", "￥20", "1.2万元", "(3)", "壹佰"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := casework.ParseFen(s)
		if err != nil {
			return
		}
		if back, err := casework.ParseFen(v.Yuan()); err != nil || back != v {
			t.Fatal(s, v, back, err)
		}
	})
}
