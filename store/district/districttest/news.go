package districttest

import (
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func smallPages(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	li := f.enrol("李主任", casework.RoleChildSupervisor, town)
	var all []casework.RecordID
	for range 7 {
		child := zhang.person("林小溪", bamboo)
		all = append(all, child, zhang.visit(child, "2026-11-01"), zhang.visit(child, "2026-11-02"))
	}
	zhang.accepted()
	for _, limit := range []int{1, 2, 5, 20, 21, 22, 1000} {
		for _, l := range []*laptop{zhang, li} {
			l.holds, l.cursors = map[casework.RecordID]casework.Record{}, ledger.Cursors{}
			l.pull(limit)
			l.sees(all...)
		}
	}
	// A page is applied with its cursors: one that is heard twice changes nothing.
	li.cursors = ledger.Cursors{}
	n1, err := f.s.News(f.Context(), li.device, li.cursors, 5)
	f.must(err)
	n2, err := f.s.News(f.Context(), li.device, li.cursors, 5)
	f.must(err)
	if !slices.EqualFunc(n1.Puts, n2.Puts, func(a, b ledger.Put) bool { return a.Seq == b.Seq && a.Record.Equal(b.Record) }) || !n1.More || len(n1.Puts) != 5 {
		f.Fatalf("page of %d", len(n1.Puts))
	}
	// What one operation moves is never torn apart, however small the page.
	f.moveTo(all[0], faraway)
	n, err := f.s.News(f.Context(), zhang.device, zhang.cursors, 1)
	f.must(err)
	if len(n.Leaves) != 3 || n.More {
		f.Fatalf("%d leaves, more %v", len(n.Leaves), n.More)
	}
}

func laterLine(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	li := f.enrol("李主任", casework.RoleChildSupervisor, bamboo)
	var all []casework.RecordID
	for range 10 {
		all = append(all, zhang.person("林小溪", bamboo), zhou.person("宋佳", pine))
		zhang.accepted()
		zhou.accepted()
	}
	li.pull(3)
	f.must(f.s.Reassign(f.Context(), li.author.Worker, casework.RoleChildSupervisor, []casework.Scope{
		{Area: bamboo, Duties: director.Duties()}, {Area: pine, Duties: director.Duties()},
	}))
	all = append(all, zhang.person("买买提·吐尔逊", bamboo))
	zhang.accepted()
	before := li.cursors[ledger.CursorKey(bamboo, casework.DutyChild)]
	n, err := f.s.News(f.Context(), li.device, li.cursors, 4)
	f.must(err)
	if n.Cursors[ledger.CursorKey(bamboo, casework.DutyChild)] != before || len(n.Puts) != 4 {
		f.Fatal("the line that is ahead moved before the one behind had caught up")
	}
	li.pull(4)
	li.sees(all...)
	for _, c := range li.cursors {
		if head, _ := f.s.Head(f.Context()); c != head {
			f.Fatalf("cursor %d, head %d", c, head)
		}
	}
}

func heard(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	li := f.enrol("李主任", casework.RoleChildSupervisor, town)
	child := zhang.person("林小溪", bamboo)
	create := zhang.accepted().Receipts[0]
	edit := zhang.edit(child, casework.Values{"address": "东山路1号"})
	zhang.accepted()
	n, err := f.s.News(f.Context(), zhang.device, ledger.Cursors{}, 10)
	f.must(err)
	if len(n.Puts) != 1 || !slices.Equal(n.Puts[0].Heard, []casework.OpID{create.Op, edit.ID}) || n.Puts[0].Seq != 2 {
		f.Fatalf("%+v", n.Puts)
	}
	n, err = f.s.News(f.Context(), zhang.device, ledger.Cursors{ledger.CursorKey(bamboo, casework.DutyChild): create.Seq}, 10)
	f.must(err)
	if len(n.Puts) != 1 || !slices.Equal(n.Puts[0].Heard, []casework.OpID{edit.ID}) {
		f.Fatalf("%+v", n.Puts)
	}
	n, err = f.s.News(f.Context(), li.device, nil, 10)
	f.must(err)
	if len(n.Puts) != 1 || len(n.Puts[0].Heard) != 0 {
		f.Fatalf("%+v", n.Puts)
	}
}

func masked(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	officer := f.enrol("王科", casework.RoleChildOfficer, county)
	spec, _ := casework.SchemaOf(casework.KindVisit)
	var hidden casework.Field
	for _, reg := range spec.Registers() {
		if spec.SensitivityOf(reg) == casework.Restricted && len(spec.Members(reg)) == 1 && spec.Members(reg)[0].Type == casework.TypeJSON {
			hidden = reg
			break
		}
	}
	if hidden == "" {
		f.Fatal("the schema of a visit has no restricted object: choose another kind for this test")
	}
	child := zhang.person("林小溪", bamboo)
	visit := zhang.record()
	zhang.save(zhang.author.Create(visit, casework.KindVisit, child, casework.Values{"date": "2026-11-21", hidden: map[string]any{"C5_3": "yes"}}))
	zhang.accepted()
	zhang.pull(100)
	officer.pull(100)
	if _, there := zhang.holds[visit].Registers[hidden]; there {
		f.Fatal("a village worker reads back a restricted value")
	}
	if _, there := officer.holds[visit].Registers[hidden]; !there {
		f.Fatal("the officer does not see it")
	}
}
