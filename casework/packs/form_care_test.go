package packs_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// month is a record of services of so many minutes each, at 20 yuan an hour.
func month(t testing.TB, minutes ...int) *form.Instance {
	t.Helper()
	in := fill(t, packs.CareRecord, facts("p_price_fen", "2000"))
	for i, m := range minutes {
		day := "2026-11-" + strconv.Itoa(101 + i%22)[1:]
		add(t, in, "service", "s_date="+day, "s_minutes="+strconv.Itoa(m))
	}
	return in
}

// Domain §14.7: 42,163 hours at 20.00 yuan are 843,260.00 yuan, sheet by sheet.
func TestTheCareSheetsOfTheYearAddUp(t *testing.T) {
	left, total, sheets := 42163*60, 0, 0
	for left > 0 {
		var entries []int
		for len(entries) < 22 && left > 0 {
			n := min(left, 1440)
			entries = append(entries, n)
			left -= n
		}
		in := month(t, entries...)
		n, err := strconv.Atoi(value(t, in, "amount_fen"))
		if err != nil {
			t.Fatal(err)
		}
		total += n
		sheets++
	}
	if total != 84326000 || sheets != 80 {
		t.Errorf("%d sheets cost %s yuan", sheets, casework.Fen(total).Yuan())
	}
}

func TestMinutesTimesPrice(t *testing.T) {
	for _, c := range []struct {
		minutes    []int
		fen, yuan  string
		sum, times string
	}{
		{[]int{60}, "2000", "20.00", "60", "1"},
		{[]int{1}, "33", "0.33", "1", "1"},  // 33.3 fen
		{[]int{2}, "67", "0.67", "2", "1"},  // 66.7
		{[]int{3}, "100", "1.00", "3", "1"}, // exact
		{[]int{240, 240}, "16000", "160.00", "480", "2"},
		{[]int{1, 1, 1}, "100", "1.00", "3", "3"}, // rounded once for the month, not three times
	} {
		in := month(t, c.minutes...)
		expect(t, in, "", "minutes", c.sum, "amount_fen", c.fen, "amount_text", c.yuan, "times", c.times)
	}
	in := month(t)
	expect(t, in, "no service", "minutes", "", "amount_fen", "", "amount_text", "")
	add(t, in, "service", "s_date=2026-11-03")
	expect(t, in, "a service without minutes", "minutes", "", "amount_fen", "")
}

func TestTheCareRecordRoundsAsMoneyDoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		price := rapid.IntRange(1, 20000).Draw(r, "fen per hour")
		minutes := rapid.IntRange(1, 1440).Draw(r, "minutes")
		in := fill(t, packs.CareRecord, facts("p_price_fen", strconv.Itoa(price)))
		add(t, in, "service", "s_minutes="+strconv.Itoa(minutes))
		want := casework.Fen(price).ForMinutes(minutes)
		if got := value(t, in, "amount_fen"); got != strconv.Itoa(int(want)) {
			r.Fatalf("%d minutes at %d: %s, want %d", minutes, price, got, want)
		}
		if got := value(t, in, "amount_text"); got != want.Yuan() {
			r.Fatalf("%s yuan, want %s", got, want.Yuan())
		}
	})
}

func TestThePriceIsTheDistricts(t *testing.T) {
	in := month(t, 60)
	if asks(in, "w_price") {
		t.Error("the price is asked although the district has one")
	}
	in = fill(t, packs.CareRecord, nil)
	add(t, in, "service", "s_minutes=90")
	expect(t, in, "no price yet", "amount_fen", "")
	reply(t, in, "w_price=18.5")
	expect(t, in, "price from the paper", "price_fen", "1850", "amount_text", "27.75")
}

func TestMinutesFitTheClock(t *testing.T) {
	for _, c := range []struct {
		start, end, clock, minutes string
		bad                        bool
	}{
		{"08:00", "10:30", "150", "150", false},
		{"08:00", "10:30", "150", "151", true},
		{"08:00", "10:30", "150", "120", false}, // a rest in between
		{"22:00", "06:00", "480", "480", false}, // a night in hospital
		{"08:00", "08:00", "1440", "1440", false},
		{"08:00", "", "", "1440", false},
		{"", "", "", "0", true},
		{"", "", "", "1441", true},
	} {
		in := fill(t, packs.CareRecord, facts("p_price_fen", "2000"))
		add(t, in, "service", "s_start="+c.start, "s_end="+c.end, "s_minutes="+c.minutes)
		path, _ := in.Path("service[1]/s_clock")
		if v, _ := in.View(path); v.Value != c.clock || wrong(in, "s_minutes") != c.bad {
			t.Errorf("%s–%s %s: clock %s, refused %v", c.start, c.end, c.minutes, v.Value, wrong(in, "s_minutes"))
		}
	}
}

func TestAServiceIsInItsMonth(t *testing.T) {
	in := fill(t, packs.CareRecord, nil)
	expect(t, in, "proposed", "w_month", "2026-11")
	for day, bad := range map[string]bool{"2026-10-31": true, "2026-11-01": false, "2026-11-22": false, "2026-11-23": true, "2026-12-01": true} {
		in := fill(t, packs.CareRecord, nil)
		add(t, in, "service", "s_date="+day)
		if wrong(in, "s_date") != bad {
			t.Errorf("%s: refused %v", day, !bad)
		}
	}
	for m, bad := range map[string]bool{"2026-10": false, "2026-13": true, "11月": true, "2026-1": true} {
		reply(t, in, "w_month="+m)
		if wrong(in, "w_month") != bad {
			t.Errorf("%s: refused %v", m, !bad)
		}
	}
	in = fill(t, packs.CareRecord, facts("p_price_fen", "2000", "p_plan_minutes", "120"))
	add(t, in, "service", "s_minutes=119")
	expect(t, in, "short", "short_minutes", "1")
	if !asks(in, "w2_short") {
		t.Error("nobody is told of the missing minute")
	}
	add(t, in, "service", "s_minutes=10")
	expect(t, in, "enough", "short_minutes", "0")
	if asks(in, "w2_short") {
		t.Error("nothing is missing")
	}
}
