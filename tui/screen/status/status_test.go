package status_test

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/screen/status"
	"doorstep/tui/tuitest"
)

type shelf struct {
	st       book.Status
	kept     []book.KeptWork
	asked    int
	enrolled []string
	err      error
}

func (s *shelf) Status() book.Status                           { return s.st }
func (s *shelf) Exchange()                                     { s.asked++ }
func (s *shelf) Kept(context.Context) ([]book.KeptWork, error) { return s.kept, nil }

func (s *shelf) Enrol(_ context.Context, address, code string) error {
	s.enrolled = append(s.enrolled, address, code)
	return s.err
}

func joined() book.Status {
	at := time.Date(2026, 11, 23, 2, 32, 0, 0, time.UTC)
	return book.Status{
		Enrolled: true, District: "环翠区", Address: "https://10.1.2.3:8443", Pending: 3, PendingOther: 1,
		Received: at, LeaseUntil: at.AddDate(0, 0, 14), People: 65, Conflicts: 1,
	}
}

func TestWhatHasReachedTheDistrict(t *testing.T) {
	s := &shelf{st: joined(), kept: []book.KeptWork{{Name: "孙㐂兰", Reason: casework.ReasonScope}}}
	r := tuitest.Run(t, 80, 24, status.New(s), status.Commands()).Golden("offline")
	tuitest.Run(t, 60, 20, status.New(s), status.Commands()).Golden("60x20")
	tuitest.Run(t, 80, 24, status.New(s), status.Commands(), tuitest.English(t)).Golden("english")
	r.Keys("1").Shows("已经开始")
	if s.asked != 1 {
		t.Error(s.asked)
	}
}

func TestEnrolmentTakesAnAddressAndACode(t *testing.T) {
	s := &shelf{}
	r := tuitest.Run(t, 80, 24, status.New(s), status.Commands()).Golden("alone").Keys("1").Shows("先按 2 登记")
	r.Keys("2").Type("https://10.1.2.3:8443").Keys("tab").Type("ABCD-EFGH").Golden("enrol").Keys("enter").Shows("登记好了")
	if len(s.enrolled) != 2 || s.enrolled[1] != "ABCD-EFGH" {
		t.Error(s.enrolled)
	}
}

func TestARefusedCodeKeepsWhatWasTyped(t *testing.T) {
	s := &shelf{err: casework.Problem("x", "config.flags")}
	r := tuitest.Run(t, 80, 24, status.New(s), status.Commands())
	r.Keys("2").Type("h").Keys("tab").Type("ABCD").Keys("enter").Shows("ABCD")
}

func TestTheRibbonIsTrueInAFewWords(t *testing.T) {
	say := tuitest.Speaker(t, "zh").Say
	at := time.Date(2026, 11, 23, 2, 32, 0, 0, time.UTC)
	for _, c := range []struct {
		st   book.Status
		want string
	}{
		{book.Status{}, "未登记"},
		{book.Status{Pending: 2}, "未登记  本机 2 份"},
		{book.Status{Enrolled: true}, "离线"},
		{book.Status{Enrolled: true, Pending: 3, PendingOther: 1}, "离线  待上传 3 份"},
		{book.Status{Enrolled: true, PendingOther: 2}, "离线  待上传 2 处改动"},
		{book.Status{Enrolled: true, Online: true, Pending: 3}, "待上传 3 份"},
		{book.Status{Enrolled: true, Online: true, Busy: true, Pending: 3}, "正在上传 3 份"},
		{book.Status{Enrolled: true, Online: true, Received: at}, "区里已收到 10:32"},
	} {
		if got := status.Ribbon(say, c.st); got != c.want {
			t.Errorf("%q instead of %q", got, c.want)
		}
	}
}
