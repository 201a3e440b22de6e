package desk_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"doorstep/casework"
)

// In the practice district both large questionnaires are filled in to the end with every
// danger they know: each gives its order, and the visit is closed all the same.
func TestEveryTriggerBecomesAnOrderInThePractice(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	seen := map[string]bool{}
	for _, v := range []struct {
		who   casework.RecordID
		given map[string]string
	}{
		{w.invented.Scene.Zhao, map[string]string{
			"c0_3": "door", "c0_4": "met", "c0_5": "child", "c1_1": "alone", "c5_3": "act", "c6_1": "poorly", "c6_2": "disclosed", "c6_3": "MR1", "c6_4": "yes", "c6_6": "missing",
		}},
		{w.invented.Scene.Sun, map[string]string{
			"e0_2": "door", "e0_3": "met", "e2_4_selfharm": "1", "e2_5": "yes", "e2_5_sys": "200", "e2_5_dia": "90", "e4_4": "danger", "e5_1": "gas_smell", "e6_1": "hopeless", "e6_3": "act", "e6_4": "disclosed",
		}},
		{w.invented.Scene.Liu, map[string]string{"e0_2": "door", "e0_3": "not_met", "e0_3_again": "twice"}},
	} {
		s := begin(t, d, v.who)
		answer(t, d, s, v.given)
		for _, o := range d.Orders(s) {
			seen[o.Code] = true
			if loud := o.Code == "HT-H" || o.Code == "HT-G" || o.Code == "HT-C" || o.Code == "HT-N"; o.Quiet == loud {
				t.Errorf("%s: quiet %v", o.Code, o.Quiet)
			}
		}
		if done, err := d.Finish(t.Context(), s); err != nil || len(done.Orders) == 0 {
			t.Errorf("%v: %d orders, %v", v.given, len(done.Orders), err)
		}
	}
	want := []string{"HT-A", "HT-C", "HT-D", "HT-G", "HT-H", "HT-M", "HT-N", "HT-S"}
	if got := slices.Sorted(maps.Keys(seen)); !slices.Equal(got, want) {
		t.Errorf("orders for %v, want %v", got, want)
	}
}
