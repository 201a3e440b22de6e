package sample

import (
	"fmt"
	"strconv"

	"doorstep/casework"
)

// Place is a township or a village with its name.
type Place struct {
	Area casework.Area
	Name string
}

// County is the area of every sample district.
const County casework.Area = "371002000000"

// CountyName is its name.
const CountyName = "环翠区"

const perVillage = 65 // 25 children and 40 elders: one director's load

// places lays out as many villages as so many people need, about twelve to a township.
// The first village is 竹岛村 (371002103205).
func places(people int) (towns, villages []Place) {
	n := max((people+perVillage-1)/perVillage, 1)
	perTown := 12
	for i := range n {
		t := i / perTown
		if i%perTown == 0 {
			name := townNames[t%len(townNames)]
			if t >= len(townNames) {
				name = strconv.Itoa(t/len(townNames)+1) + "区" + name
			}
			towns = append(towns, Place{casework.Area(fmt.Sprintf("371002%03d000", 103+t)), name})
		}
		name := villageNames[i%len(villageNames)]
		if i >= len(villageNames) {
			name = []string{"新", "东", "西", "南", "北", "上", "下", "大", "小"}[(i/len(villageNames)-1)%9] + name
		}
		villages = append(villages, Place{casework.Area(fmt.Sprintf("371002%03d%03d", 103+t, 205+i%perTown)), name})
	}
	return towns, villages
}

// Worker is someone who works in the district.
type Worker struct {
	ID    casework.WorkerID
	Name  string
	Role  casework.Role
	Scope casework.Scope
}

// Actor is the worker as the merge sees her.
func (w Worker) Actor() casework.Actor {
	return casework.Actor{Worker: w.ID, Role: w.Role, Scopes: []casework.Scope{w.Scope}}
}

var everyDuty = []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid}

// staff hires one director per village, two people per township, three at the bureau.
func (b *builder) staff() {
	hire := func(name string, role casework.Role, area casework.Area, duties ...casework.Duty) Worker {
		id, _ := casework.NewID(b.dice)
		w := Worker{casework.WorkerID{ID: id}, name, role, casework.Scope{Area: area, Duties: duties}}
		b.Workers = append(b.Workers, w)
		return w
	}
	b.bureau = hire("王建民", casework.RoleChildOfficer, County, everyDuty...)
	hire("刘玉洁", casework.RoleElderOfficer, County, casework.DutyElder)
	b.cover = hire("李敏", casework.RoleSocialWorker, b.Townships[0].Area, casework.DutyChild, casework.DutyElder)
	hire("赵立群", casework.RoleDistrictAdmin, County)
	for i, t := range b.Townships {
		b.township = append(b.township, hire(leaders[i%len(leaders)], casework.RoleChildSupervisor, t.Area, casework.DutyChild, casework.DutyElder))
		hire(pick(b.dice, surnames)+"志远", casework.RoleAidClerk, t.Area, casework.DutyAid)
	}
	for i, v := range b.Villages {
		name := workers[i%len(workers)]
		if i >= len(workers) {
			name = pick(b.dice, surnames) + pick(b.dice, oldWomen)
		}
		b.director = append(b.director, hire(name, casework.RoleChildDirector, v.Area, casework.DutyChild, casework.DutyElder))
	}
}
