package forms_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/forms"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func clock() time.Time { return tuitest.Start }

// shelf offers what an elder visitor fills in.
func shelf() *booktest.Shelf {
	s := booktest.Village(clock)
	title := func(id string) book.Phrase { return book.Phrase{Key: "forms.title." + id} }
	s.Filling.Menu = book.FormMenu{
		Choices: []book.FormChoice{
			{Form: packs.AbilityAssessment, Title: title(packs.AbilityAssessment), Last: booktest.Day(5, 20)},
			{Form: packs.MandatoryReport, Title: title("protected"), Protected: true},
			{Form: packs.HomeAdaptation, Title: title(packs.HomeAdaptation)},
			{Form: packs.NoticeConsent, Title: title(packs.NoticeConsent), Last: booktest.Day(2, 3)},
		},
		Drafts:  []book.Draft{{ID: casework.ID{53}, Person: booktest.ID(4), Title: "老年人能力评估", Number: 17, Saved: tuitest.Start, Beside: true}},
		Readers: []book.Colleague{{ID: casework.WorkerID{ID: casework.ID{70}}, Name: "李敏", Duty: booktest.Text("儿童督导员")}, {ID: casework.WorkerID{ID: casework.ID{71}}, Name: "买买提·吐尔逊", Duty: booktest.Text("未保站")}},
	}
	return s
}

// places are the checks of an assistance clerk.
func places() *booktest.Shelf {
	s := booktest.Village(clock)
	s.Filling.Menu = book.FormMenu{
		Choices: []book.FormChoice{{Form: packs.SampleInspection, Title: book.Phrase{Key: "forms.title.sample-inspection"}}, {Form: packs.PublicityCheck, Title: book.Phrase{Key: "forms.title.publicity-check"}, Last: booktest.Day(11, 20)}},
		Places:  []book.Village{{Area: "371002104205", Name: "竹岛村"}, {Area: "371002104206", Name: "望海村"}},
		Records: []book.FormLine{
			{ID: booktest.ID(81), Date: booktest.Day(11, 20), Title: book.Phrase{Key: "forms.title.publicity-check"}, Result: book.Phrase{Key: "forms.result.publicity-check.0"}, Next: booktest.Day(11, 27), Place: "竹岛村", Worker: "孙志远", Where: book.Whereabouts{State: "received"}},
			{ID: booktest.ID(82), Date: booktest.Day(11, 18), Title: book.Phrase{Key: "forms.title.sample-inspection"}, Result: book.Phrase{Key: "desk.visit.removed"}, Place: "望海村", Worker: "孙志远", Removed: true, Where: book.Whereabouts{State: "pending"}},
		},
	}
	return s
}

type opened struct {
	begun   []book.FormBeginning
	drafts  []casework.ID
	records []casework.RecordID
}

func (o *opened) doors() forms.Doors {
	return forms.Doors{
		Fill:  func(b book.FormBeginning) stage.Screen { o.begun = append(o.begun, b); return booktest.Page("填表") },
		Draft: func(id casework.ID) stage.Screen { o.drafts = append(o.drafts, id); return booktest.Page("草稿") },
		Record: func(id casework.RecordID) stage.Screen {
			o.records = append(o.records, id)
			return booktest.Page("记录")
		},
	}
}

func run(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), forms.Commands()...), options...).Keys("enter")
}

func TestTheMenuOfAPerson(t *testing.T) {
	page := func() stage.Screen { return forms.New(shelf(), (&opened{}).doors(), booktest.ID(4)) }
	run(t, 80, 24, page()).Golden("menu-80x24")
	run(t, 60, 20, page()).Golden("menu-60x20")
	run(t, 120, 40, page()).Golden("menu-120x40")
	run(t, 80, 24, page(), tuitest.English(t)).Golden("menu-english")
}

func TestDigitsOpenAFormOrGoOnWithOne(t *testing.T) {
	o := &opened{}
	r := run(t, 80, 24, forms.New(shelf(), o.doors(), booktest.ID(4)))
	r.Keys("1").Shows("草稿").Keys("esc", "2").Shows("填表").Keys("esc", "8").Shows("没有 8")
	if len(o.drafts) != 1 || o.drafts[0] != (casework.ID{53}) {
		t.Error(o.drafts)
	}
	if len(o.begun) != 1 || o.begun[0].Form != packs.AbilityAssessment || o.begun[0].Person != booktest.ID(4) {
		t.Errorf("%+v", o.begun)
	}
	r.Keys("down", "down", "enter")
	if len(o.begun) != 2 || o.begun[1].Form != packs.HomeAdaptation {
		t.Errorf("%+v", o.begun)
	}
}

// Nothing on these pages tells whoever reads over her shoulder what she is about to write.
func TestAProtectedFormIsQuietAndAsksFromWhomItIsKept(t *testing.T) {
	o := &opened{}
	r := run(t, 80, 24, forms.New(shelf(), o.doors(), booktest.ID(4))).Hides("强制", "报告", "110")
	r.Keys("3").Golden("kept").Hides("强制", "报告", "110")
	if len(o.begun) != 0 {
		t.Fatal("begun before she could say who is implicated")
	}
	r.Keys("2", "enter").Shows("填表")
	if b := o.begun[0]; b.Form != packs.MandatoryReport || len(b.Exclude) != 1 || b.Exclude[0].ID != (casework.ID{71}) {
		t.Errorf("%+v", b)
	}
	o = &opened{}
	run(t, 80, 24, forms.New(shelf(), o.doors(), booktest.ID(4))).Keys("3", "1", "1", "enter").Shows("填表")
	if len(o.begun) != 1 || len(o.begun[0].Exclude) != 0 {
		t.Errorf("%+v", o.begun)
	}
	s := shelf()
	s.Filling.Menu.Readers = nil // nobody to choose from: nothing stands in the way
	o = &opened{}
	run(t, 80, 24, forms.New(s, o.doors(), booktest.ID(4))).Keys("3").Shows("填表")
}

func TestChecksAreMadeOfAVillage(t *testing.T) {
	o := &opened{}
	r := run(t, 80, 24, forms.New(places(), o.doors(), casework.RecordID{})).Golden("places")
	r.Keys("2").Golden("places-which").Keys("2").Shows("填表")
	if len(o.begun) != 1 || o.begun[0].Form != packs.PublicityCheck || o.begun[0].Area != "371002104206" {
		t.Errorf("%+v", o.begun)
	}
	r.Keys("esc", "3").Shows("记录")
	if len(o.records) != 1 || o.records[0] != booktest.ID(81) {
		t.Error(o.records)
	}
	s := places()
	s.Filling.Menu.Places = s.Filling.Menu.Places[:1]
	o = &opened{}
	run(t, 80, 24, forms.New(s, o.doors(), casework.RecordID{})).Keys("1").Shows("填表")
	if len(o.begun) != 1 || o.begun[0].Area != "371002104205" {
		t.Errorf("%+v", o.begun)
	}
}

func TestWithoutAFormThereIsASentence(t *testing.T) {
	s := booktest.Village(clock)
	run(t, 80, 24, forms.New(s, (&opened{}).doors(), booktest.ID(4))).Shows("没有要您填的")
	s.Err = casework.Problem("x", "laptop.wrong_passphrase")
	run(t, 80, 24, forms.New(s, (&opened{}).doors(), booktest.ID(4))).Shows("口令不对")
}

func finished() book.Finished {
	return book.Finished{Visit: booktest.ID(90), Tasks: 1, Filed: &book.Filed{
		Title:   book.Phrase{Key: "forms.title.ability-assessment"},
		Results: []book.Phrase{booktest.Text("总分 70 分（满分 90）"), booktest.Text("等级：能力中度受损（中度失能）"), booktest.Text("等级按规则加重了（昏迷、确诊障碍、30 天内意外）")},
		Advice:  true,
		Tasks:   []book.Promise{{Text: "再做一次能力评估", Until: booktest.Day(12, 31)}},
		Adopt:   book.Phrase{Key: "forms.adopt.ability", Pairs: []any{"Level", "能力中度受损"}},
	}}
}

func TestACompletedFormSaysWhatItMakesOfTheAnswers(t *testing.T) {
	s := shelf()
	session := &book.Session{Title: book.Phrase{Key: "forms.title.ability-assessment"}, Person: s.People[3]}
	urgent := func(o book.Order) stage.Screen { return booktest.Page("急办 " + o.Code) }
	r := run(t, 80, 24, forms.Done(s, urgent, finished(), session)).Golden("done")
	r.Keys("1").Golden("adopted")
	if len(s.Filling.Adopted) != 1 || s.Filling.Adopted[0] != booktest.ID(90) {
		t.Error(s.Filling.Adopted)
	}
	r.Hides("1 写进档案").Keys("1", "enter").Shows("home")
	if len(s.Filling.Adopted) != 1 {
		t.Error("written twice")
	}
	run(t, 60, 20, forms.Done(s, urgent, finished(), session)).Golden("done-60x20")
	run(t, 120, 40, forms.Done(s, urgent, finished(), session), tuitest.English(t)).Golden("done-english")

	f := finished()
	f.Orders = []book.Order{{Code: "HT-S", Urgent: booktest.ID(60), Quiet: true}}
	run(t, 80, 24, forms.Done(s, urgent, f, session)).Hides("HT-S").Shows("有 1 件事要办").Keys("enter").Shows("急办 HT-S").Keys("esc").Keys("enter").Shows("home")
	s.Err = casework.Problem("x", "desk.form_no_result")
	run(t, 80, 24, forms.Done(s, urgent, finished(), session)).Keys("1").Shows("没有可以写进档案的结果")
}

func TestWhyAFormIsWrittenAnewOrTakenBack(t *testing.T) {
	o := &opened{}
	b := book.FormBeginning{Form: packs.CareRecord, Person: booktest.ID(6), Corrects: booktest.ID(90)}
	r := run(t, 80, 24, forms.Redo(o.doors().Fill, b))
	r.Keys("ctrl+s")
	if len(o.begun) != 0 {
		t.Error("without a reason")
	}
	r.Type("分钟写错了").Golden("redo").Keys("enter").Shows("填表")
	if len(o.begun) != 1 || o.begun[0].Reason != "分钟写错了" || o.begun[0].Corrects != booktest.ID(90) {
		t.Errorf("%+v", o.begun)
	}
	s := shelf()
	run(t, 80, 24, forms.Withdraw(s, book.FormLine{ID: booktest.ID(90)})).Type("填错了人").Keys("enter").Shows("已收回")
	if len(s.Filling.Withdrawn) != 1 || s.Filling.Withdrawn[0] != "填错了人" {
		t.Error(s.Filling.Withdrawn)
	}
}
