package laptop

import (
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// flushes counts what SQLite asks the disk to make durable, and lets one of the requests
// fail. It stands between SQLite and the operating system's file layer.
var flushes struct {
	once   sync.Once
	count  int
	failAt int // the n-th flush from now on fails; 0 = none
	below  uintptr
	sync   map[uintptr]uintptr // patched methods → the real xSync
}

func at(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

func counting(t *testing.T) string {
	t.Helper()
	flushes.once.Do(func() {
		flushes.sync = map[uintptr]uintptr{}
		tls := libc.NewTLS()
		flushes.below = sqlite3.Xsqlite3_vfs_find(tls, 0)
		v := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
		vfs := (*sqlite3.Tsqlite3_vfs)(at(v))
		*vfs = *(*sqlite3.Tsqlite3_vfs)(at(flushes.below))
		vfs.FpNext = 0
		name, err := libc.CString("counting")
		try(t, err)
		vfs.FzName = name
		open := openCounted
		vfs.FxOpen = *(*uintptr)(unsafe.Pointer(&open))
		if rc := sqlite3.Xsqlite3_vfs_register(tls, v, 0); rc != 0 {
			t.Fatalf("registering the file layer: %d", rc)
		}
	})
	flushes.count, flushes.failAt = 0, 0
	return "counting"
}

func openCounted(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	real := (*sqlite3.Tsqlite3_vfs)(at(flushes.below)).FxOpen
	rc := (*(*func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32)(unsafe.Pointer(&real)))(tls, flushes.below, name, file, flags, out)
	f := (*sqlite3.Tsqlite3_file)(at(file))
	if rc != 0 || f.FpMethods == 0 {
		return rc
	}
	m := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	methods := (*sqlite3.Tsqlite3_io_methods)(at(m))
	*methods = *(*sqlite3.Tsqlite3_io_methods)(at(f.FpMethods))
	flushes.sync[m] = methods.FxSync
	counted := syncCounted
	methods.FxSync = *(*uintptr)(unsafe.Pointer(&counted))
	f.FpMethods = m
	return rc
}

func syncCounted(tls *libc.TLS, file uintptr, flags int32) int32 {
	flushes.count++
	if flushes.failAt > 0 {
		if flushes.failAt--; flushes.failAt == 0 {
			return sqlite3.SQLITE_IOERR_FSYNC
		}
	}
	real := flushes.sync[(*sqlite3.Tsqlite3_file)(at(file)).FpMethods]
	return (*(*func(*libc.TLS, uintptr, int32) int32)(unsafe.Pointer(&real)))(tls, file, flags)
}

func TestASaveIsOneFlush(t *testing.T) {
	o := options(1)
	o.vfs = counting(t)
	s, err := Init(t.Context(), t.TempDir(), secret, o)
	try(t, err)
	defer s.Close()
	who := person(t, s, child("林小溪", zhudao))
	draft := Draft{ID: [16]byte{1}, Person: who, Form: "child-visit"}
	ops := []func(){
		func() { visit(t, s, who, "2026-11-23") },
		func() { try(t, s.BeginDraft(t.Context(), draft)) },
		func() { try(t, s.AppendDraft(t.Context(), draft.ID, []byte(`{"B1_1":"奶奶"}`))) },
		func() {
			try(t, s.SaveAndClose(t.Context(), draft.ID, visitOp(t, s, who, "2026-11-24"), visitOp(t, s, who, "2026-11-25")))
		},
	}
	for i, op := range ops {
		before := flushes.count
		op()
		if n := flushes.count - before; n != 1 {
			t.Errorf("step %d: %d flushes", i, n)
		}
	}
}

func TestWhatCouldNotBeFlushedWasNotSaved(t *testing.T) {
	o := options(2)
	o.vfs = counting(t)
	s, err := Init(t.Context(), t.TempDir(), secret, o)
	try(t, err)
	who := person(t, s, child("林小溪", zhudao))
	op := visitOp(t, s, who, "2026-11-23")
	flushes.failAt = 1
	wants(t, s.Save(t.Context(), op), "laptop.disk")
	if n := len(s.Visits(who)); n != 0 {
		t.Fatalf("%d visits on the screen that no disk has", n)
	}
	try(t, s.Save(t.Context(), op)) // she tries again
	s = again(t, s)
	if n := len(s.Visits(who)); n != 1 {
		t.Fatalf("%d visits the next morning", n)
	}
}
