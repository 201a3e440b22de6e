package sample

import (
	"crypto/sha256"
	"errors"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
)

// forms are what was filled in beside the visits: an ability assessment of 孙玉兰, who lives
// alone, and the self-care of 周大山, whose carer is paid by the hour.
func (b *builder) forms() {
	ability := []string{"a_kind=official", "a_reason=first", "a4_disorder=no", "a4_events=0", "a5_coma=no", "c1_assessor1=李敏", "c1_assessor2=𠮷田㐂", "c1_sign=paper", "c1_paper=0071"}
	for group, points := range map[string]string{"b1": "44343444", "b2": "4332", "b3": "444344112", "b4": "21324"} {
		for i := range points {
			ability = append(ability, group+"_"+string(rune('1'+i))+"="+points[i:i+1])
		}
	}
	on := b.Today.AddDays(-41)
	b.filled(b.cover, on, packs.AbilityAssessment, b.Scene.Sun, append(ability, "a_date="+on.String()))

	clerk := b.cover
	for _, w := range b.Workers {
		if w.Role == casework.RoleAidClerk && w.Scope.Area.Contains(b.Villages[0].Area) {
			clerk = w
		}
	}
	on = b.Today.AddDays(-26)
	b.filled(clerk, on, packs.TekunSelfCare, b.Scene.Zhou, []string{
		"t_date=" + on.String(), "t_reason=yearly", "t_eat=yes", "t_dress=yes", "t_bed=yes", "t_toilet=yes", "t_walk=no", "t_bathe=no",
		"t3_assessor1=" + clerk.Name, "t3_assessor2=买买提·吐尔逊", "t3_person_sign=paper", "t3_person_paper=0112",
	})
}

// filled writes a form as its worker filed it that day.
func (b *builder) filled(by Worker, on casework.Day, id string, about casework.RecordID, answers []string) {
	at := moment(on, 16, 20)
	fail := func(err error) {
		if err != nil && b.fault == nil {
			b.fault = err
		}
	}
	f, err := packs.FormByID(id)
	if err != nil {
		fail(err)
		return
	}
	def, err := f.Definition()
	if err != nil {
		fail(err)
		return
	}
	in, err := form.Start(def, form.StartOptions{Day: on, Lang: "zh"}, func() time.Time { return at })
	if err != nil {
		fail(err)
		return
	}
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		if it := def.Find(name); it != nil {
			_, err := in.Set(it.Path, value)
			fail(err)
		}
	}
	closed, wrong := in.Finalise()
	if len(wrong) > 0 {
		fail(errors.New(id + " is not finished: " + wrong[0].Path))
		return
	}
	v := task.FormRecord(in, closed, task.FormFiled{FormHash: sha256.Sum256(def.Encode()), Entered: at})
	v["worker"] = by.ID
	b.write(by, at, casework.KindForm, about, v)
}
