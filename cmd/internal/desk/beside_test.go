package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/districtapp"
	"doorstep/tui/book"
)

// staff is a laptop of somebody of a role, with the scene's village in her care.
func (w *town) staff(name string, role casework.Role, duties ...casework.Duty) *desk.Desk {
	w.t.Helper()
	d, err := w.keeper(filepath.Join(w.t.TempDir(), "laptop")).Desk(w.t.Context(), []byte(words))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { closing(w.t, d) })
	if len(duties) == 0 {
		duties = []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid}
	}
	code, _, err := w.district.Invite(w.t.Context(), districtapp.Invitation{
		Name: name, Role: role, Areas: []casework.Area{w.invented.Zhang().Scope.Area}, Duties: duties,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := d.Enrol(w.t.Context(), w.district.Address(), code); err != nil {
		w.t.Fatal(err)
	}
	w.sync(d)
	return d
}

func beginForm(t *testing.T, d *desk.Desk, b book.FormBeginning) *book.Session {
	t.Helper()
	s, err := d.BeginForm(t.Context(), b)
	if err != nil {
		t.Fatal(b.Form, err)
	}
	return s
}

// fill answers a form to its end: what is given first, then whatever is still demanded.
// "service+" adds a row to a table.
func fill(t *testing.T, d *desk.Desk, s *book.Session, given ...string) {
	t.Helper()
	in := s.Form
	keep := func(c form.Change, err error) {
		t.Helper()
		if err == nil {
			err = d.Answered(t.Context(), s.Draft, c)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, g := range given {
		name, value, answered := strings.Cut(g, "=")
		if !answered {
			keep(in.Add(in.Definition().Find(strings.TrimSuffix(name, "+")).Path))
			continue
		}
		path, ok := in.Path(name)
		if !ok {
			t.Fatal("no question", name)
		}
		if strings.HasPrefix(value, "_not") {
			keep(in.SetUnknown(path, value))
			continue
		}
		keep(in.Set(path, value))
	}
	names := 0
	for range 300 {
		hs := in.Hindrances()
		if len(hs) == 0 {
			return
		}
		v, _ := in.View(hs[0].Path)
		value := "1"
		switch choices := in.Choices(v.Path); {
		case len(choices) > 0:
			value = choices[0].Name
			if slices.ContainsFunc(choices, func(c *form.Choice) bool { return c.Name == "none" }) {
				value = "none"
			}
		case v.Item.Type == form.TypeDate:
			value = in.Day().String()
			if strings.HasSuffix(v.Item.Name, "_by") {
				value = in.Day().AddDays(10).String()
			}
		case v.Item.Type == form.TypeText:
			names++ // two assessors are two people
			value = []string{"买买提·吐尔逊", "㐂田𠮷"}[names%2]
		case v.Item.Type == form.TypeAcknowledge:
			value = "OK"
		}
		keep(in.Set(v.Path, value))
	}
	t.Fatal("the form cannot be finished:", in.Hindrances())
}

// scored gives the 26 items of the ability form, with so many points lost.
func scored(lost int) []string {
	var out []string
	for _, it := range []struct {
		group string
		most  []int
	}{{"b1", []int{4, 4, 4, 4, 4, 4, 4, 4}}, {"b2", []int{4, 4, 4, 3}}, {"b3", []int{4, 4, 4, 4, 4, 4, 1, 1, 2}}, {"b4", []int{2, 2, 4, 3, 4}}} {
		for i, most := range it.most {
			n := min(lost, most)
			lost -= n
			out = append(out, it.group+"_"+string(rune('1'+i))+"="+string(rune('0'+most-n)))
		}
	}
	return out
}

// Every form of the field, filled in by whoever fills it in, to its end.
func TestEveryFormIsFiledByWhomItIsFor(t *testing.T) {
	w := newTown(t)
	scene := w.invented.Scene
	elder := w.staff("周敏", casework.RoleElderVisitor)
	clerk := w.staff("孙志远", casework.RoleAidClerk)
	supervisor := w.staff("李督导", casework.RoleChildSupervisor)
	can := func(n int) []string { // the six indicators: the first n cannot be done
		var out []string
		for i, q := range []string{"t_eat", "t_dress", "t_bed", "t_toilet", "t_walk", "t_bathe"} {
			out = append(out, q+"="+map[bool]string{true: "no", false: "yes"}[i < n])
		}
		return out
	}
	today := "2026-11-23"
	cases := []struct {
		name    string
		by      *desk.Desk
		form    string
		whom    casework.RecordID
		answers []string
		result  string   // words of the line in the file
		says    []string // the page at the end says
		tasks   []string // title, then day
		care    int
	}{
		{
			name: "official", by: elder, form: packs.AbilityAssessment, whom: scene.Sun,
			answers: append([]string{"a_kind=official", "a_date=" + today, "a4_disorder=yes", "a4_events=0", "a5_coma=no", "c1_next=2027-11-23"}, scored(20)...),
			result:  "中度失能", says: []string{"总分 70 分", "等级按规则加重了"}, tasks: []string{"再做一次能力评估 2027-11-23"},
		},
		{
			name: "screening", by: elder, form: packs.AbilityAssessment, whom: scene.Liu,
			answers: append([]string{"a_kind=screening", "a_date=" + today, "a4_disorder=no", "a4_events=0", "a5_coma=no"}, scored(40)...),
			result:  "初筛：中度", says: []string{"只作参考", "建议申请正式评估"}, tasks: []string{"帮老人申请正式能力评估 2026-12-23"},
		},
		{
			name: "an item not seen", by: elder, form: packs.AbilityAssessment, whom: scene.Wang,
			answers: append([]string{"a_kind=official", "a_date=" + today, "a4_disorder=no", "a4_events=0", "a5_coma=no", "b1_3=_not_seen"}, scored(0)[3:]...),
			says:    []string{"没有总分"}, tasks: []string{"有的问题这次没问到，再问一次 2026-11-30"},
		},
		{
			name: "changed", by: clerk, form: packs.TekunSelfCare, whom: scene.Zhou, answers: append(can(4), "t_date="+today),
			result: "全护理", says: []string{"4 项不能自己做", "照料护理标准要重新审核"}, tasks: []string{"照料护理标准重新审核 2026-12-23", "再评一次生活自理能力 2027-11-23"},
		},
		{
			name: "household", by: clerk, form: packs.HouseholdSurvey, whom: scene.Zhou,
			answers: []string{"h_date=" + today, "h_relative=yes", "h_relative_who=村委会委员的岳父", "h_village_posted=no", "h_opinion=yes", "member+", "member[1]/m_kinds=pension", "member[1]/m_pension=2400"},
			result:  "符合条件", tasks: []string{"近亲属：登记备案，请区县入户 2026-12-23", "村里公示 2026-11-30"},
		},
		{
			name: "card", by: clerk, form: packs.CardSurvey, whom: scene.Zhou,
			answers: []string{"k_holder=committee", "k_agreement=no", "k_misuse=suspected", "k_correct_by=2026-12-01", "k_last4=0012"},
			result:  "代管没签协议", says: []string{"没有签协议"}, tasks: []string{"银行卡的事改好 2026-12-01", "联系督导员 2026-11-24"},
		},
		{
			name: "care", by: clerk, form: packs.CareRecord, whom: scene.Zhou,
			answers: []string{
				"w_carer=李梅", "service+", "service[1]/s_date=2026-11-16", "service[1]/s_minutes=120", "service[1]/s_items=meals cleaning",
				"service+", "service[2]/s_date=2026-11-20", "service[2]/s_minutes=90", "service[2]/s_items=bathing", "service[2]/s_abnormal=腿肿了",
			},
			result: "3.5 小时", says: []string{"2 次，3小时30分钟，70.00 元"}, care: 2,
		},
		{
			name: "guardianship", by: supervisor, form: packs.Guardianship, whom: scene.Lin,
			answers: []string{"g_date=" + today, "g_age=71", "g_health=limited", "g_conduct=alcohol", "g_temp=none", "g_harm=no"},
			result:  "较差", says: []string{"监护情况：较差", "依法不能受委托照护孩子"}, tasks: []string{"联系督导员 2026-11-24"},
		},
		{
			name: "adaptation planned", by: elder, form: packs.HomeAdaptation, whom: scene.Liu,
			answers: []string{"ad_date=" + today, "ad_agree=yes", "ad_house=own", "ad_items=floor_slip bed_rail", "job[1]/w_budget=300", "job[2]/w_budget=200", "ad_build_by=2026-12-20"},
			result:  "定了方案", says: []string{"基础 2 项"}, tasks: []string{"需要：适老化改造 2026-12-20"},
		},
		{
			name: "adaptation accepted", by: elder, form: packs.HomeAdaptation, whom: scene.Liu,
			answers: []string{"ad_accept_date=" + today, "job[1]/w_done=yes", "job[1]/w_cost=280.5", "job[2]/w_done=defect", "job[2]/w_cost=200", "ad_fix_by=2026-12-02"},
			result:  "要整改再验", says: []string{"不合格", "480.50"}, tasks: []string{"适老化改造整改后再验收 2026-12-02"},
		},
		{
			name: "consent", by: supervisor, form: packs.NoticeConsent, whom: scene.Lin,
			answers: []string{"n_date=" + today, "n_who=self", "n_by=self", "n_photo=yes", "n_refer=no", "n_capable=yes"},
			result:  "还没告知", says: []string{"还没告知监护人"}, tasks: []string{"再告知一次 2026-11-30"},
		},
	}
	for _, c := range cases {
		t.Run(c.form+" "+c.name, func(t *testing.T) {
			w.later(time.Minute)
			visits, before := planOf(t, c.by, c.whom)
			s := beginForm(t, c.by, book.FormBeginning{Form: c.form, Person: c.whom})
			fill(t, c.by, s, c.answers...)
			f, err := c.by.Finish(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Join(phrases(w, f.Filed.Results), "\n")
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("the page at the end does not say %s:\n%s", want, said)
				}
			}
			if leveled := strings.Contains("ability-assessment tekun-selfcare guardianship-assessment household-survey", c.form); f.Filed.Advice != leveled {
				t.Error("said to be advice:", f.Filed.Advice)
			}
			var tasks []string
			for _, p := range f.Filed.Tasks {
				tasks = append(tasks, p.Text+" "+p.Until.String())
			}
			if !slices.Equal(tasks, c.tasks) {
				t.Errorf("tasks %v, want %v", tasks, c.tasks)
			}
			file, err := c.by.File(t.Context(), c.whom)
			if err != nil {
				t.Fatal(err)
			}
			line := file.Forms[0]
			if line.ID != f.Visit || phrase(w, line.Result) != c.result || line.Where.State != "pending" || !line.Mine {
				t.Errorf("%+v %s", line, phrase(w, line.Result))
			}
			if n, after := planOf(t, c.by, c.whom); n != visits || after != before {
				t.Error("the form counted as a visit, or moved the next one:", before, after)
			}
			w.sync(c.by)
			if st := c.by.Status(); st.Kept != 0 {
				t.Errorf("%+v", st)
			}
			page, err := c.by.Visit(t.Context(), f.Visit)
			if err != nil || page.Line.Where.State != "received" || len(page.Facts) == 0 || page.Filled == nil || page.Filled.Again != c.form {
				t.Errorf("%+v %v", page, err)
			}
			if c.care > 0 {
				if n := cares(t, c.by, f.Visit); n != c.care {
					t.Errorf("%d care entries", n)
				}
			}
		})
	}
}

// cares are the care entries that stand which a form has made.
func cares(t *testing.T, d *desk.Desk, id casework.RecordID) int {
	t.Helper()
	r, err := d.Store().Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, made := range casework.FilledFormOf(r).Made {
		c, err := d.Store().Record(t.Context(), made)
		if err != nil {
			t.Fatal(err)
		}
		if e := casework.CareOf(c); c.Kind == casework.KindCare && !e.Retracted && e.Minutes > 0 && e.Date != 0 {
			n++
		}
	}
	return n
}

// planOf is how many visits someone has had, and when the next is due.
func planOf(t *testing.T, d *desk.Desk, who casework.RecordID) (visits int, next string) {
	t.Helper()
	f, err := d.File(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	return len(f.Visits), f.Line.Last.String() + " " + string(rune('0'+f.Line.Days)) + f.Line.Rule.Text
}

func phrase(w *town, p book.Phrase) string {
	if p.Key == "" {
		return p.Text
	}
	return w.speaker.Say(p.Key, p.Pairs...)
}

func phrases(w *town, all []book.Phrase) []string {
	var out []string
	for _, p := range all {
		out = append(out, phrase(w, p))
	}
	return out
}

func TestChecksOfPlaces(t *testing.T) {
	w := newTown(t)
	clerk := w.staff("孙志远", casework.RoleAidClerk)
	m, err := clerk.Forms(t.Context(), casework.RecordID{})
	if err != nil || len(m.Choices) != 2 || len(m.Places) != 1 {
		t.Fatalf("%+v %v", m, err)
	}
	area := m.Places[0].Area
	for form, c := range map[string]struct {
		answers []string
		result  string
		next    string
	}{
		packs.PublicityCheck: {[]string{"q_date=2026-11-23", "q_scheme=child", "q_there=yes", "q_fix_by=2026-11-25"}, "要整改", "2026-11-25"},
		packs.SampleInspection: {
			[]string{"i_date=2026-11-23", "i_no=37", "i_reached=yes", "i_policy=none", "i_township=望海镇", "i_inspector1=买买提·吐尔逊", "i_inspector2=㐂田𠮷"}, "没有问题", "",
		},
	} {
		s := beginForm(t, clerk, book.FormBeginning{Form: form, Area: area})
		if s.Person.Name != m.Places[0].Name || s.Title.Key != "forms.title."+form {
			t.Errorf("%+v", s.Person)
		}
		fill(t, clerk, s, c.answers...)
		again := resume(t, clerk, s)
		if again.Person.Name != m.Places[0].Name || again.Resumed.IsZero() {
			t.Errorf("%+v", again)
		}
		f, err := clerk.Finish(t.Context(), again)
		if err != nil {
			t.Fatal(err)
		}
		w.sync(clerk)
		m, err := clerk.Forms(t.Context(), casework.RecordID{})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(m.Records, func(l book.FormLine) bool { return l.ID == f.Visit })
		if i < 0 || phrase(w, m.Records[i].Result) != c.result || m.Records[i].Next.String() != c.next || m.Records[i].Where.State != "received" || m.Records[i].Place == "" {
			t.Errorf("%s: %+v", form, m.Records)
		}
		page, err := clerk.Visit(t.Context(), f.Visit)
		if err != nil || len(page.Facts) == 0 || page.Person.Name != m.Places[0].Name {
			t.Errorf("%+v %v", page, err)
		}
	}
	if _, err := clerk.BeginForm(t.Context(), book.FormBeginning{Form: packs.PublicityCheck, Area: "110108001001"}); casework.CodeOf(err) != "desk.form_no_place" {
		t.Error(err)
	}
	other := w.staff("另一个办事员", casework.RoleAidClerk)
	if m, _ := other.Forms(t.Context(), casework.RecordID{}); len(m.Records) != 2 || m.Records[0].Mine {
		t.Errorf("%+v", m.Records)
	}
}

// What is another's to fill in does not exist for her (people §11).
func TestTheMenuHasOnlyWhatIsHers(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	visitor := w.staff("周敏", casework.RoleElderVisitor)
	scene := w.invented.Scene
	for _, c := range []struct {
		by   *desk.Desk
		whom casework.RecordID
		want []string
	}{
		{zhang, scene.Lin, []string{packs.MandatoryReport, packs.NoticeConsent}},
		{zhang, scene.Sun, []string{packs.MandatoryReport, packs.NoticeConsent}},
		{visitor, scene.Sun, []string{packs.AbilityAssessment, packs.MandatoryReport, packs.HomeAdaptation, packs.NoticeConsent}},
		{visitor, scene.Lin, []string{packs.MandatoryReport, packs.NoticeConsent}},
		{zhang, casework.RecordID{}, nil},
	} {
		m, err := c.by.Forms(t.Context(), c.whom)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range m.Choices {
			got = append(got, x.Form)
			if text := phrase(w, x.Title); x.Protected && (strings.Contains(text, "强制") || strings.Contains(text, "报告")) {
				t.Error("a list tells what it is:", text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	if _, err := zhang.BeginForm(t.Context(), book.FormBeginning{Form: packs.AbilityAssessment, Person: scene.Sun}); casework.CodeOf(err) != "desk.form_not_yours" {
		t.Error(err)
	}
	if _, err := visitor.BeginForm(t.Context(), book.FormBeginning{Form: packs.AbilityAssessment, Person: scene.Lin}); casework.CodeOf(err) != "desk.form_not_for_her" {
		t.Error(err)
	}
}
