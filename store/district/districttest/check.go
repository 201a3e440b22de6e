package districttest

import (
	"doorstep/casework"
	"doorstep/store/district"
)

// checkOfAPlace is filed by whoever works there, seen by those who work there, and let go of
// with the place.
func checkOfAPlace(f *field) {
	clerk := f.enrol("孙办事员", casework.RoleAidClerk, town)
	zhang := f.enrol("张桂芬", director, bamboo)
	check := func(l *laptop, area casework.Area) casework.RecordID {
		id := l.record()
		l.save(l.author.Create(id, casework.KindCheck, casework.RecordID{}, casework.Values{
			casework.FieldArea: area, casework.FieldDuties: []casework.Duty{casework.DutyAid}, "date": "2026-11-21", "form": "publicity-check",
		}))
		return id
	}
	first := check(clerk, bamboo)
	clerk.accepted()
	clerk.edit(first, casework.Values{casework.FieldSupersededBy: f.id()})
	clerk.accepted()
	check(zhang, bamboo) // her village, another duty
	zhang.refused(casework.ReasonScope)
	check(clerk, "")
	clerk.refused(casework.ReasonValue)
	clerk.pull(100)
	clerk.sees(first)
	zhang.pull(100)
	zhang.sees()

	rows, _, err := f.s.Filled(f.Context(), casework.KindCheck, district.Filter{Area: bamboo, All: true})
	f.must(err)
	if len(rows) != 1 || rows[0].Area != bamboo || rows[0].Worker != "孙办事员" {
		f.Fatalf("%+v", rows)
	}

	child := zhang.person("林小溪", bamboo)
	form := zhang.record()
	zhang.save(zhang.author.Create(form, casework.KindForm, child, casework.Values{"date": "2026-11-22", "form": "notice-consent"}))
	zhang.accepted()
	rows, _, err = f.s.Filled(f.Context(), casework.KindForm, district.Filter{})
	f.must(err)
	if len(rows) != 1 || rows[0].Owner != "林小溪" || rows[0].Record.ID != form {
		f.Fatalf("%+v", rows)
	}
	zhang.pull(100)
	zhang.sees(child, form)
	f.verified()
}
