package districttest

import (
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/store/district"
)

// A laptop is left on a bus: whose data was on it, since when, and who must be told.
func lost(f *field) {
	ctx := f.Context()
	zhang := f.enrol("张桂芬", director, bamboo)
	officer := f.enrol("周敏", casework.RoleChildOfficer, county)
	elsewhere := f.enrol("李敏", casework.RoleProtectionWorker, faraway, casework.DutyChild)
	clerk := f.enrol("王区长", casework.RoleAidOfficer, county)
	home := officer.record()
	officer.save(officer.author.Create(home, casework.KindHousehold, casework.RecordID{}, casework.Values{"address": "竹岛村3组12号"}))
	girl := officer.person("林小溪", bamboo, casework.Values{"household": home})
	brother := officer.person("林小河", bamboo, casework.Values{"household": home, "remark": "怕狗"})
	stranger := officer.person("𠮷野", pine)
	officer.accepted()
	f.now = f.now.Add(time.Hour)
	first := f.now
	zhang.pull(10)
	// A child moves away; the laptop hears of it a day later. Another comes after the last answer.
	gone := officer.person("㐂乐", bamboo)
	officer.accepted()
	zhang.pull(10)
	officer.edit(gone, casework.Values{casework.FieldArea: faraway})
	officer.accepted()
	f.now = f.now.Add(24 * time.Hour)
	zhang.visit(girl, "2026-11-22")
	zhang.accepted()
	zhang.pull(10)
	last := f.now
	f.now = f.now.Add(time.Hour)
	late := officer.person("买买提·吐尔逊", bamboo)
	officer.accepted()

	loss, err := f.s.Lost(ctx, zhang.device, f.now)
	f.must(err)
	if !loss.Device.Revoked || !loss.Answered.Equal(last) || !loss.Reported.Equal(f.now) || loss.Held != 0 || loss.Unsent != 0 {
		f.Fatalf("%+v", loss)
	}
	who := map[casework.RecordID]district.Exposed{}
	for _, e := range loss.People {
		who[e.Person] = e
	}
	if len(who) != 3 || who[stranger].Name != "" || who[late].Name != "" {
		f.Fatalf("%+v", loss.People)
	}
	if e := who[girl]; e.Name != "林小溪" || e.Family != home || !e.Arrived.Equal(first) || !e.Gone.IsZero() || !slices.Equal(e.Classes, []casework.Sensitivity{casework.Routine}) {
		f.Fatalf("%+v", e)
	}
	if e := who[brother]; e.Family != home || !slices.Equal(e.Classes, []casework.Sensitivity{casework.Routine, casework.Personal}) {
		f.Fatalf("%+v", e)
	}
	if e := who[gone]; !e.Arrived.Equal(first) || !e.Gone.Equal(last) || e.Area != faraway || e.Family != gone {
		f.Fatalf("%+v", e)
	}
	// What it sends from now on is kept aside, and counted.
	zhang.visit(girl, "2026-11-23")
	zhang.refused2("revoked", casework.ReasonDevice)
	again, err := f.s.Lost(ctx, zhang.device, f.now.Add(time.Hour))
	f.must(err)
	f.must(f.s.Announced(ctx, zhang.device, 4, f.now))
	_, err = f.s.Answered(ctx, zhang.device, casework.Hash{9}, 1, f.now, f.now)
	f.must(err)
	if again, err = f.s.Loss(ctx, zhang.device); err != nil || again.Unsent != 4 {
		f.Fatalf("%+v %v", again, err)
	}
	if !again.Reported.Equal(loss.Reported) || len(again.People) != 3 || again.Held != 1 {
		f.Fatalf("%+v", again)
	}

	all, err := f.s.Notices(ctx, zhang.device)
	f.must(err)
	if len(all) != 3 || all[0].State() != district.NoticeReady || all[1].State() != district.NoticeHeld || all[2].State() != district.NoticeHeld {
		f.Fatalf("%+v", all)
	}
	i := slices.IndexFunc(all, func(n district.Notice) bool { return n.Family == home })
	if i < 0 || len(all[i].People) != 2 {
		f.Fatalf("%+v", all)
	}
	notice := all[i].Number
	refused := func(want casework.Code, _ district.Notice, err error) {
		f.Helper()
		f.code(err, want)
	}
	try := func(number uint64, by *laptop, reason string) (district.Notice, error) {
		return f.s.Clear(ctx, number, by.author.Worker, reason, f.now)
	}
	give := func(number uint64, by, how string) (district.Notice, error) {
		return f.s.Given(ctx, number, by, how, f.now)
	}
	n, err := give(notice, "周敏", "当面")
	refused("district.notice_held", n, err)
	n, err = try(notice, clerk, "可以")
	refused("district.notice_officer", n, err)
	n, err = try(notice, elsewhere, "可以")
	refused("district.notice_officer", n, err)
	n, err = try(notice, zhang, "可以")
	refused("district.notice_own", n, err)
	n, err = try(notice, f.blank(), "可以")
	refused("district.worker_unknown", n, err)
	n, err = try(notice, officer, "")
	refused("district.notice_reason", n, err)
	n, err = try(99, officer, "可以")
	refused("district.notice_unknown", n, err)
	n, err = try(all[0].Number, officer, "可以")
	refused("district.notice_authority", n, err)
	n, err = try(notice, officer, "家里安全，交给奶奶本人")
	f.must(err)
	if n.State() != district.NoticeCleared || n.Officer != "周敏" || !n.Cleared.Equal(f.now) {
		f.Fatalf("%+v", n)
	}
	n, err = try(notice, officer, "再来")
	refused("district.notice_done", n, err)
	n, err = give(notice, "周敏", "")
	refused("district.notice_how", n, err)
	for _, number := range []uint64{notice, all[0].Number} {
		n, err = give(number, "周敏", "当面")
		f.must(err)
		if n.State() != district.NoticeGiven || n.How != "当面" || !n.Given.Equal(f.now) {
			f.Fatalf("%+v", n)
		}
		n, err = give(number, "周敏", "当面")
		refused("district.notice_done", n, err)
	}
	_, err = f.s.Loss(ctx, officer.device)
	f.code(err, "district.not_lost")
	_, err = f.s.Lost(ctx, casework.DeviceID{ID: f.id()}, f.now)
	f.code(err, "district.device_unknown")
	desk, err := f.s.Desk(ctx, f.now)
	f.must(err)
	_, err = f.s.Lost(ctx, desk.ID, f.now)
	f.code(err, "district.device_desk")
	f.verified()
}

// A visit about someone who is on no list, because the answer never arrived, is known all the same.
func lostBeforeTheFirstAnswer(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	loss, err := f.s.Lost(f.Context(), zhang.device, f.now)
	f.must(err)
	if len(loss.People) != 1 || loss.People[0].Person != child || !loss.People[0].Arrived.Equal(f.now) || !loss.Answered.IsZero() || loss.Unsent != -1 {
		f.Fatalf("%+v", loss)
	}
}

// A frozen laptop keeps its keys, and is good again when it is enrolled anew.
func frozen(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	f.must(f.s.Freeze(f.Context(), zhang.device))
	zhang.person("林小溪", bamboo)
	zhang.refused2("frozen", casework.ReasonDevice)
	f.admit(zhang, "张桂芬", director, bamboo, director.Duties())
	zhang.person("林小河", bamboo)
	zhang.accepted()
	f.code(f.s.Freeze(f.Context(), casework.DeviceID{ID: f.id()}), "district.device_unknown")
}
