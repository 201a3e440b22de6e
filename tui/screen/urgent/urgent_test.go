package urgent_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/urgent"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), urgent.Commands()...), options...).Keys("enter")
}

func attending(t *testing.T, w, h int, s *booktest.Shelf, quiet bool, options ...tuitest.Option) *tuitest.Robot {
	return start(t, w, h, urgent.New(s, booktest.ID(60), quiet), options...)
}

func TestAQuietOrderIsOneNeutralSentenceUntilItIsOpened(t *testing.T) {
	s := shelf()
	r := attending(t, 80, 24, s, true).Golden("closed").Hides("110", "报", "孩子")
	if len(s.Noted) != 0 {
		t.Fatal("noted as read", s.Noted)
	}
	r.Keys("1").Golden("open")
	if len(s.Noted) != 1 || s.Noted[0].Step != "opened" {
		t.Error(s.Noted)
	}
	attending(t, 80, 24, shelf(), true).Keys("2").Shows("home")
}

func TestOthersStandThereAtOnce(t *testing.T) {
	attending(t, 80, 24, shelf(), false).Shows("打 110 报案")
	attending(t, 60, 20, shelf(), false).Golden("60x20")
	attending(t, 120, 40, shelf(), false).Golden("120x40")
	attending(t, 80, 24, shelf(), false, tuitest.English(t)).Golden("english")
}

func TestACallIsNotedWithItsTimeAndTheOfficer(t *testing.T) {
	s := shelf()
	r := attending(t, 80, 24, s, false).Keys("1").Golden("call").Type("王警官 031").Keys("enter").Shows("09:00")
	for range 5 {
		r.Keys("backspace")
	}
	r.Type("８点４０分").Keys("enter").Type("已受理").Keys("enter").Shows("已记下", "打了电话", "王警官 031")
	last := s.Noted[len(s.Noted)-1]
	if last.Step != "called" || last.Officer != "王警官 031" || last.Note != "110 已受理" || last.At.In(casework.Shanghai).Format("15:04") != "08:40" {
		t.Errorf("%+v", last)
	}
	r.Golden("called")
}

func TestATimeThatIsNoneIsASentenceAndLateCallsWereYesterday(t *testing.T) {
	s := shelf()
	r := attending(t, 80, 24, s, false).Keys("1", "tab")
	for range 5 {
		r.Keys("backspace")
	}
	r.Type("刚才").Keys("ctrl+s").Shows("看不懂这个时间")
	r.Keys("backspace", "backspace").Type("2310").Keys("ctrl+s").Shows("已记下")
	if at := s.Noted[len(s.Noted)-1].At.In(casework.Shanghai); at.Format("01-02 15:04") != "11-22 23:10" {
		t.Error(at)
	}
}

func TestSheChoosesWhomToTellAndFromWhomToKeepIt(t *testing.T) {
	s := shelf()
	r := attending(t, 80, 24, s, false).Keys("2", "3").Shows("告诉了区民政局")
	r.Keys("3").Shows("李敏").Keys("1").Shows("不让他看到：  李敏")
	last := s.Noted[len(s.Noted)-1]
	if last.Step != "exclude" || len(last.Exclude) != 1 {
		t.Errorf("%+v", last)
	}
	r.Keys("9", "1").Shows("办完了")
	if s.Noted[len(s.Noted)-1].Step != "done" {
		t.Error(s.Noted)
	}
	r.Keys("9", "enter")
	if n := len(s.Noted); s.Noted[n-2].Step == "done" {
		t.Error("one Enter too many closed it again")
	}
}

func TestWithoutColleaguesNobodyIsLeftOut(t *testing.T) {
	s := shelf()
	o := s.OnRecord[booktest.ID(60)]
	o.People = nil
	s.OnRecord[booktest.ID(60)] = o
	attending(t, 80, 24, s, false).Keys("3").Shows("没有别的工作人员")
}

func TestATroubleIsASentence(t *testing.T) {
	s := shelf()
	s.Err = casework.Problem("x", "laptop.wrong_passphrase")
	attending(t, 80, 24, s, false).Shows("口令不对")
}
