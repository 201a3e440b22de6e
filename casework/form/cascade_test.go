package form

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// cascade is a form that asks for 省, 市, 县, 乡 and 村, and a list of villages of the given
// length. The last three questions filter the same list in ways no index of one column serves.
func cascade(t testing.TB, villages int) *Definition {
	t.Helper()
	levels := []struct {
		name string
		many int // of the level below, to one of this
	}{{"province", 5}, {"city", 5}, {"county", 20}, {"town", 100}, {"village", 0}}
	d := &Definition{FormID: "cascade", Version: "1", Root: "data", DefaultLanguage: "zh"}
	codes, parents := []string{"p1"}, []string{""}
	for i, l := range levels {
		list := &List{Name: l.name}
		for k, code := range codes {
			c := &Choice{Name: code, Label: Text{"zh": "地方" + code}}
			if parents[k] != "" {
				c.Columns = map[string]string{levels[i-1].name: parents[k]}
			}
			list.Choices = append(list.Choices, c)
		}
		d.Lists = append(d.Lists, list)
		q := &Item{Kind: Question, Type: TypeSelectOne, Name: l.name, Path: "/data/" + l.name, List: l.name}
		if i > 0 {
			q.ChoiceFilter = fmt.Sprintf("%[1]s = ${%[1]s}", levels[i-1].name)
		}
		d.Items = append(d.Items, q)
		var next, above []string
		for _, code := range codes {
			for n := range l.many {
				if len(next) < villages {
					next, above = append(next, code+"."+strconv.Itoa(n)), append(above, code)
				}
			}
		}
		codes, parents = next, above
	}
	for name, filter := range map[string]string{
		"several": "selected(${towns}, town)", "start": "starts-with(name, ${county})", "either": "${town} = '' or town = ${town}",
	} {
		d.Items = append(d.Items, &Item{Kind: Question, Type: TypeSelectOne, Name: name, Path: "/data/" + name, List: "village", ChoiceFilter: filter})
	}
	d.Items = append(d.Items,
		&Item{Kind: Question, Type: TypeSelectMultiple, Name: "towns", Path: "/data/towns", List: "town"},
		&Item{Kind: Question, Type: TypeCalculate, Name: "called", Path: "/data/called", Calculation: "instance('village')/root/item[name = ${village}]/label"},
		&Item{Kind: Question, Type: TypeCalculate, Name: "above", Path: "/data/above", Calculation: "pulldata('village', 'town', 'name', ${village})"},
	)
	loaded, err := Load(d.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func down(t testing.TB, in *Instance) {
	t.Helper()
	code := "p1"
	for _, step := range []struct{ name, below string }{{"province", ".0"}, {"city", ".4"}, {"county", ".3"}, {"town", ".19"}, {"village", ""}} {
		set(t, in, "/data/"+step.name, code)
		code += step.below
	}
}

func TestACascadeFromProvinceToVillage(t *testing.T) {
	in, err := Start(cascade(t, 600), StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	down(t, in)
	for path, want := range map[string]int{
		"/data/province": 1, "/data/city": 5, "/data/county": 5, "/data/town": 20, "/data/either": 0, "/data/start": 0, "/data/several": 0,
	} {
		if got := len(in.Choices(path)); got != want {
			t.Errorf("%s offers %d, want %d", path, got, want)
		}
	}
	set(t, in, "/data/county", "p1.0.0", "/data/town", "p1.0.0.3", "/data/towns", "p1.0.0.1 p1.0.0.2", "/data/village", "p1.0.0.3.7")
	for path, want := range map[string]int{"/data/village": 100, "/data/either": 100, "/data/start": 600, "/data/several": 200} {
		if got := len(in.Choices(path)); got != want {
			t.Errorf("%s offers %d, want %d", path, got, want)
		}
	}
	if value(in, "/data/called") != "地方p1.0.0.3.7" || value(in, "/data/above") != "p1.0.0.3" {
		t.Errorf("looked up %q, %q", value(in, "/data/called"), value(in, "/data/above"))
	}
	set(t, in, "/data/city", "p1.1")
	if h := in.Hindrances(); len(h) != 1 || !strings.HasSuffix(h[0].Path, "county") { // it lies in the city chosen first
		t.Errorf("%+v", h)
	}
	set(t, in, "/data/town", "")
	if got := len(in.Choices("/data/either")); got != 600 {
		t.Errorf("without a town %d", got)
	}
}

// BenchmarkFilter50000 is what one key costs in a cascade over 50,000 villages: an answer
// that changes what is offered, the choices, and what is wrong now.
func BenchmarkFilter50000(b *testing.B) {
	def := cascade(b, 50_000)
	for _, name := range []string{"village", "several", "start", "either"} {
		b.Run(name, func(b *testing.B) {
			in, err := Start(def, StartOptions{}, noon())
			if err != nil {
				b.Fatal(err)
			}
			down(b, in)
			towns := in.Choices("/data/town")
			i := 0
			for b.Loop() {
				i++
				set(b, in, "/data/town", towns[i%len(towns)].Name, "/data/towns", towns[i%len(towns)].Name)
				in.Choices("/data/" + name)
				in.Hindrances()
				forget(in)
			}
		})
	}
}
