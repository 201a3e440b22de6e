package reference

import (
	"fmt"

	"doorstep/casework"
)

// Village is where the models live and work.
const Village casework.Area = "371002001001"

// Person is the operation that enters one person of the village.
func Person(by casework.Author, name string) (casework.Op, error) {
	id, err := by.NewRecord()
	if err != nil {
		return casework.Op{}, err
	}
	return by.Create(id, casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": name, "sex": "female", casework.FieldArea: Village, casework.FieldDuties: []casework.Duty{casework.DutyChild},
		"grid": "3组", "address": "竹岛村3组12号",
	})
}

// Visit is the operation of one full visit to a child, as long as they are in the field.
// What was answered is drawn with n, which gives a number below its argument.
func Visit(by casework.Author, to casework.RecordID, n func(int) int) (casework.Op, error) {
	id, err := by.NewRecord()
	if err != nil {
		return casework.Op{}, err
	}
	answers := map[string]any{}
	pick := func(name string, codes ...string) { answers[name] = codes[n(len(codes))] }
	pick("c0_3", "door", "door", "phone", "school")
	pick("c0_4", "met", "met", "guardian_only")
	pick("c2_1", "yes", "partly")
	pick("c2_2", "yes", "partly")
	pick("c2_3", "fine", "poor", "shares")
	pick("c2_7", "yes", "no", "unknown")
	pick("c3_1", "good", "chronic")
	pick("c3_3", "yes", "no")
	pick("c3_4", "yes", "no", "na")
	pick("c7_3", "better", "same", "worse")
	answers["c2_4"] = []string{"wiring", "water"}[:n(3)]
	answers["c7_1"] = []string{"drowning", "traffic", "fire", "net"}[:1+n(4)]
	answers["c7_4"] = []string{"clothes_books", "schooling"}[:n(3)]
	personal := map[string]any{"c1_1": "grandparents", "c1_4": n(30), "c1_5": "good", "c1_7": "yes", "c1_8": "several", "c1_9": "no"}
	guarded := map[string]any{"c4_1": "primary", "c4_2": n(8), "c4_4": "no", "c4_5": "no", "c5_1": "normal", "c5_2": "yes", "c5_3": "no", "c6_1": "no", "c6_2": "no"}
	said := []string{
		"孩子在家写作业，精神很好", "奶奶腿疼，上下楼不方便", "父亲上周打过视频电话", "书包旧了，想要一个新的", "灶房电线老化，已经提醒",
		"不爱说话，问一句答一句", "数学跟不上，想找人补课", "冬衣够穿，棉鞋小了", "医保还没缴，说月底去办", "母亲联系不上，没有新消息",
	}
	note := ""
	for range 2 + n(3) {
		note += said[n(len(said))] + fmt.Sprintf("，%d月%d日再看。", 1+n(12), 1+n(28))
	}
	start := by.Now()
	return by.Create(id, casework.KindVisit, to, casework.Values{
		"date": "2026-11-23", "started": start.Format("2006-01-02T15:04:05-07:00"), "ended": start.Add(1500e9).Format("2006-01-02T15:04:05-07:00"),
		"purpose": "routine", "mode": "door", "result": "met", "seen": true, "place": "家里", "present": []string{"child", "grandparent"},
		"depth": "full", "worker": by.Worker, "form": "child-visit", "form_hash": casework.Hash{1, 2, 3},
		"answers": answers, "answers_personal": personal, "answers_restricted": guarded,
		"score": n(40), "summary": note, "next": fmt.Sprintf("2026-12-%02d", 1+n(28)),
		"signature": map[string]any{"worker": by.Worker, "subject": "paper", "paper": fmt.Sprint(1000 + n(9000))},
	})
}
