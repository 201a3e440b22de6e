package districtapp

import (
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/store/district"
)

func TestALostLaptopIsToldOnlyToFamiliesThatItCannotHarm(t *testing.T) {
	c, w, address := enrolled(t)
	c.does("enrol", "--worker", "周敏", "--role", "child_officer", "--area", "371002000000")
	if out := c.does("device", "show", "张桂芬"); !strings.Contains(out, "儿童主任  竹岛村  正常") {
		t.Error(out)
	}
	c.does("device", "freeze", w.store.Device().String())
	if d := reads[deviceDocument](c, "device", "show", "张桂芬"); d.Standing != "frozen" || d.Loss != nil {
		t.Errorf("%+v", d)
	}
	out := c.does("device", "lost", "张桂芬")
	for _, want := range []string{"还没有再联系区里", "林小溪", "一般、个人", "给各家的先压着"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not said:\n%s", want, out)
		}
	}
	d := reads[deviceDocument](c, "device", "lost", "张桂芬")
	if d.Standing != "revoked" || d.Loss == nil || len(d.Loss.People) != 1 || d.Loss.Families != 1 || *d.Loss.Unsent != 0 || len(d.Loss.Notices) != 2 {
		t.Fatalf("%+v", d)
	}
	if out := c.does("device", "show", "张桂芬"); !strings.Contains(out, "的电脑已于") {
		t.Error(out)
	}
	list := func() []noticeRow { return reads[struct{ Notices []noticeRow }](c, "notice", "list").Notices }
	if n := list(); len(n) != 2 || n[0].To != "authority" || n[0].State != district.NoticeReady || n[1].State != district.NoticeHeld || n[1].Names[0] != "林小溪" {
		t.Fatalf("%+v", n)
	}
	letter := reads[noticeRow](c, "notice", "show", "2").Text
	if !strings.Contains(letter, "林小溪 和家人") || !strings.Contains(letter, "环翠区民政部门") {
		t.Error(letter)
	}
	l, _ := casework.List("child_category")
	for _, never := range append(l.Items, casework.Term{Zh: "困境"}, casework.Term{Zh: "留守"}, casework.Term{Zh: "竹岛小学"}, casework.Term{Zh: "敏感"}, casework.Term{Zh: "张桂芬"}) {
		if never.Zh != "" && strings.Contains(letter, never.Zh) {
			t.Errorf("the letter to the family says %s", never.Zh)
		}
	}
	if out := c.does("notice", "show", "1"); !strings.Contains(out, "涉及 1 户 1 人") || strings.Contains(out, "林小溪") || !strings.Contains(out, "【可以交】") {
		t.Error(out)
	}
	if out := c.does("notice", "show", "2"); !strings.Contains(out, "【草稿，不能给】") {
		t.Error(out)
	}
	for _, k := range []struct {
		says string
		args []string
	}{
		{"还没有核过", []string{"given", "2", "--by", "周敏", "--how", "当面"}},
		{"没有这位工作人员", []string{"clear", "2", "--by", "周敏", "--reason", "家里安全"}}, // her code was not used yet
		{"别人来核", []string{"clear", "2", "--by", "张桂芬", "--reason", "家里安全"}},
		{"没有第 7 号通知", []string{"show", "7"}},
		{"没有第 二 号通知", []string{"show", "二"}},
		{"给主管部门的，不用核", []string{"clear", "1", "--by", "张桂芬", "--reason", "家里安全"}},
		{"少了选项", []string{"clear", "2", "--by", "张桂芬"}},
		{"没有写为什么", []string{"clear", "2", "--by", "张桂芬", "--reason", " "}},
	} {
		if code, _, told := c.run(append([]string{"notice"}, k.args...)...); code == ExitDone || !strings.Contains(told, k.says) {
			t.Errorf("%v: %d %s", k.args, code, told)
		}
	}
	for _, args := range [][]string{{"device", "show", "王五"}, {"device", "lost", "区平台"}} {
		if code, _, told := c.run(args...); code != ExitProblem || !strings.Contains(told, "没有这台电脑") {
			t.Errorf("%v: %d %s", args, code, told)
		}
	}
	// She enrols, looks, and clears it; then it is given.
	officer := newWorker(t, c.now)
	code := reads[map[string]any](c, "enrol", "--worker", "周敏", "--role", "child_officer", "--area", "371002000000")["code"].(string)
	_, err := officer.client.Enrol(t.Context(), address, code)
	must(t, err)
	if _, err := w.client.Exchange(t.Context()); casework.CodeOf(err) != "replica.revoked" {
		t.Fatal(err)
	}
	if out := c.does("device", "show", "张桂芬"); !strings.Contains(out, "已经收到销毁钥匙的命令") {
		t.Error(out)
	}
	c.does("notice", "clear", "2", "--by", "周敏", "--reason", "和奶奶单独谈过，家里安全")
	c.does("notice", "given", "2", "--by", "周敏", "--how", "当面读给奶奶听")
	c.does("notice", "given", "1", "--by", "周敏", "--how", "送到网信办")
	if n := list(); n[1].State != district.NoticeGiven || n[1].ClearedBy != "周敏" || n[1].Reason == "" || n[1].How != "当面读给奶奶听" || n[0].State != district.NoticeGiven {
		t.Errorf("%+v", n)
	}
	if v := reads[verified](c, "verify"); !v.OK {
		t.Errorf("%+v", v)
	}
}
