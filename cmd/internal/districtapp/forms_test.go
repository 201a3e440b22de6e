package districtapp

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
)

// Two offices publish their questionnaires at the very same moment: the district has both.
func TestTwoOfficesPublishAtOnce(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, casework.Shanghai) }
	dir := filepath.Join(t.TempDir(), "district")
	first, err := Found(t.Context(), Options{Data: dir, Area: "371002000000", Name: "环翠区", Now: now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Open(t.Context(), Options{Data: dir, Now: now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	questionnaire := func(id string) *form.Definition {
		d, err := form.Load([]byte(strings.ReplaceAll(`{"form_id":"ID","version":"1","root":"data","items":[{"kind":"question","type":"text","name":"a","path":"/data/a"}]}`, "ID", id)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const each = 6
	var offices sync.WaitGroup
	for n, office := range []*App{first, second} {
		for i := range each {
			offices.Go(func() {
				if _, err := office.PublishForm(t.Context(), questionnaire(fmt.Sprintf("form-%d-%d", n, i))); err != nil {
					t.Error(err)
				}
			})
		}
	}
	offices.Wait()
	tables, err := first.tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		for i := range each {
			if tables.Forms[fmt.Sprintf("form-%d-%d", n, i)] == nil {
				t.Errorf("form %d of office %d was dropped", i, n)
			}
		}
	}
}
