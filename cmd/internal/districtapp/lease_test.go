package districtapp

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework/ledger"
	"doorstep/store/laptop"
	"doorstep/sync/replica"
)

type devices struct {
	Devices []deviceRow `json:"devices"`
}

// A village without a network for weeks: the supervisor reads a code back, then twice is
// enough; a file on a stick; then she comes to town.
func TestALaptopIsLetReadLongerByTelephoneAndByFile(t *testing.T) {
	c, w, _ := enrolled(t)
	request, err := w.store.Request(t.Context())
	must(t, err)
	out := c.does("lease", "张桂芬", "--request", request[:3]+" "+request[3:], "--by", "李敏")
	code := strings.NewReplacer(" ", "").Replace(strings.SplitAfter(strings.SplitAfter(out, "：")[1], "\n")[0])
	until, err := w.store.Extend(t.Context(), code, ledger.ExtensionsMost)
	must(t, err)
	if until.Before(c.now().AddDate(0, 0, 17).Add(-time.Minute)) {
		t.Errorf("until %s", until)
	}
	if again := reads[grantRow](c, "lease", "张桂芬", "--request", request); again.Code != strings.TrimSpace(code) || again.By != "李敏" {
		t.Errorf("asked twice: %+v", again)
	}
	misheard := request[:5] + string('0'+(request[5]-'0'+1)%10)
	if code, _, told := c.run("lease", "张桂芬", "--request", misheard); code != ExitProblem || !strings.Contains(told, "听错") {
		t.Errorf("%d %s", code, told)
	}
	next, err := w.store.Request(t.Context())
	must(t, err)
	c.does("lease", w.store.Device().String(), "--request", next)
	if code, _, told := c.run("lease", "张桂芬", "--request", "000000"); code != ExitProblem || !strings.Contains(told, "已经电话延期 2 次") {
		t.Errorf("%d %s", code, told)
	}

	file := filepath.Join(t.TempDir(), "期限.txt")
	granted := reads[grantRow](c, "lease", "张桂芬", "--days", "20", "--by", "李敏", file)
	b, err := os.ReadFile(file)
	must(t, err)
	if len(b) > 1000 {
		t.Errorf("%d bytes", len(b))
	}
	until, err = w.store.ReadLease(t.Context(), b)
	must(t, err)
	if !until.Equal(granted.Until) {
		t.Errorf("until %s, granted %s", until, granted.Until)
	}
	if d := reads[devices](c, "list", "devices"); d.Devices[0].Extensions != 3 || !d.Devices[0].ReadableUntil.Equal(granted.Until) {
		t.Errorf("%+v", d.Devices)
	}
	if out := c.does("lease", "张桂芬"); !strings.Contains(out, "电话延期") || !strings.Contains(out, "期限文件") || !strings.Contains(out, "李敏") {
		t.Error(out)
	}
	for _, bad := range [][]string{{"lease", "张桂芬", "--days", "31", file}, {"lease", "张桂芬", "--days", "3"}, {"lease", "张桂芬", "--request", next, file}} {
		if code, _, told := c.run(bad...); code != ExitUsage || told == "" {
			t.Errorf("%v: %d %s", bad, code, told)
		}
	}
	w.exchange()
	if d := reads[devices](c, "list", "devices"); d.Devices[0].Extensions != 0 {
		t.Errorf("%+v", d.Devices)
	}
	if l := w.store.Lapse(); l.Calls != 0 || l.Closed {
		t.Errorf("%+v", l)
	}
	c.does("device", "revoke", "张桂芬")
	if code, _, told := c.run("lease", "张桂芬", "--request", "000000"); code != ExitProblem || !strings.Contains(told, "停用") {
		t.Errorf("%d %s", code, told)
	}
}

// keyless is a laptop that was enrolled before there were codes over the telephone.
type keyless struct {
	*laptop.Store
	told [][]byte // with each answer
}

func (k *keyless) Hello(ctx context.Context) (ledger.Hello, error) {
	h, err := k.Store.Hello(ctx)
	h.Keyless = len(k.told) == 0
	return h, err
}

func (k *keyless) Apply(ctx context.Context, a ledger.Answer) error {
	k.told = append(k.told, a.Telephone)
	return k.Store.Apply(ctx, a)
}

func TestALaptopWithoutAKeyIsGivenOneOnce(t *testing.T) {
	c, w, _ := enrolled(t)
	old := &keyless{Store: w.store}
	client, err := replica.New(replica.Options{Journal: old, Now: c.now, Rand: rand.Reader, Program: "test"})
	must(t, err)
	defer client.Close()
	e, _ := w.store.Enrolment()
	for range 2 {
		_, err := client.Exchange(t.Context())
		must(t, err)
	}
	if len(old.told) != 2 || !bytes.Equal(old.told[0], e.Telephone) || len(e.Telephone) != ledger.TelephoneKeySize || len(old.told[1]) != 0 {
		t.Errorf("enrolled with %x, then told %x", e.Telephone, old.told)
	}
}

func TestTheTablesSayHowLongFilesStayOpen(t *testing.T) {
	a := founded(t, "")
	if d := a.leaseNow(t.Context()); d != 14*24*time.Hour {
		t.Error(d)
	}
	p, err := a.tables(t.Context())
	must(t, err)
	for i := range p.Terms {
		if p.Terms[i].Name == "lease" {
			p.Terms[i].Amount = 7
		}
	}
	must(t, a.publish(t.Context(), "tables", p.Encode()))
	if d := a.leaseNow(t.Context()); d != 7*24*time.Hour {
		t.Error(d)
	}
	a.o.LeaseDays = 10
	if d := a.leaseNow(t.Context()); d != 10*24*time.Hour {
		t.Error(d)
	}
}
