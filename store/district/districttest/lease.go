package districttest

import (
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

func extended(f *field) {
	l, other := f.enrol("张桂芬", director, bamboo), f.enrol("周敏", director, bamboo)
	at := f.now.Add(time.Hour)
	call := func(l *laptop, request string) district.Grant {
		return district.Grant{Device: l.device, Kind: ledger.GrantCode, Request: request, Days: 3, Until: at.AddDate(0, 0, 3), At: at, By: " 李敏 "}
	}
	first, err := f.s.Extend(f.Context(), call(l, "123451"), 2)
	f.must(err)
	again, err := f.s.Extend(f.Context(), call(l, "123451"), 2) // asked twice: one row, not two
	f.must(err)
	if first.Number == 0 || again.Number != first.Number || again.By != "李敏" {
		f.Fatalf("%+v, then %+v", first, again)
	}
	_, err = f.s.Extend(f.Context(), call(l, "223456"), 2)
	f.must(err)
	_, err = f.s.Extend(f.Context(), call(l, "323457"), 2)
	f.code(err, "district.calls_spent")
	_, err = f.s.Extend(f.Context(), call(other, "323457"), 2)
	f.must(err)
	file, err := f.s.Extend(f.Context(), district.Grant{Device: l.device, Kind: ledger.GrantFile, Days: 9, Until: at.AddDate(0, 0, 9), At: at.Add(-24 * time.Hour), By: "李敏"}, 2)
	f.must(err)
	all, err := f.s.Grants(f.Context(), l.device)
	f.must(err)
	if len(all) != 3 || file.Number <= first.Number || !all[0].At.Equal(at.Add(-24*time.Hour)) || all[0].Kind != ledger.GrantFile || all[1].Request != "123451" {
		f.Fatalf("%+v", all)
	}
	if every, err := f.s.Grants(f.Context(), casework.DeviceID{}); err != nil || len(every) != 4 {
		f.Fatalf("%+v %v", every, err)
	}
	// She has been heard of since: it counts from the start.
	_, err = f.s.Answered(f.Context(), l.device, ledger.Commit([]byte{1}), 0, at.Add(time.Hour), at)
	f.must(err)
	_, err = f.s.Extend(f.Context(), call(l, "423450"), 2)
	f.must(err)
	_, err = f.s.Extend(f.Context(), call(&laptop{device: casework.DeviceID{ID: f.id()}}, "423450"), 2)
	f.code(err, "district.device_unknown")
	f.must(f.s.Revoke(f.Context(), l.device))
	_, err = f.s.Extend(f.Context(), call(l, "523458"), 2)
	f.code(err, "district.lease_revoked")
}
