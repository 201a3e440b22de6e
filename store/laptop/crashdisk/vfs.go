package crashdisk

import (
	"fmt"
	"path"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// handle is one open file. SQLite holds its number.
type handle struct {
	disk   *Disk
	name   string
	inode  int
	folder bool // its first flush flushes the folder too, as SQLite does for a new journal
	gone   bool // removed when closed
}

// file is what SQLite allocates for each open file.
type file struct {
	methods uintptr
	handle  uintptr
}

var open struct {
	mu    sync.Mutex
	next  uintptr
	disks map[uintptr]*Disk
	vfs   map[uintptr]uintptr
	files map[uintptr]*handle
}

var methods = sqlite3.Tsqlite3_io_methods{FiVersion: 1}

func init() {
	open.disks, open.vfs, open.files = map[uintptr]*Disk{}, map[uintptr]uintptr{}, map[uintptr]*handle{}
	put(&methods.FxClose, xClose)
	put(&methods.FxRead, xRead)
	put(&methods.FxWrite, xWrite)
	put(&methods.FxTruncate, xTruncate)
	put(&methods.FxSync, xSync)
	put(&methods.FxFileSize, xFileSize)
	put(&methods.FxLock, xNothing)
	put(&methods.FxUnlock, xNothing)
	put(&methods.FxCheckReservedLock, xNobody)
	put(&methods.FxFileControl, xFileControl)
	put(&methods.FxSectorSize, xSectorSize)
	put(&methods.FxDeviceCharacteristics, xDevice)
}

// put stores a Go function where SQLite's C, which is Go too, expects a pointer to one.
func put[F any](p *uintptr, f F) { *(*F)(unsafe.Pointer(p)) = f }

// mem is memory that SQLite owns.
func mem(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

func bytes(p uintptr, n int32) []byte { return unsafe.Slice((*byte)(mem(p)), n) }

func vfsName(id uintptr) string { return fmt.Sprintf("crashdisk-%d", id) }

// register makes a VFS that is the system's but for files.
func register(d *Disk) (uintptr, error) {
	open.mu.Lock()
	defer open.mu.Unlock()
	open.next++
	id := open.next
	name, err := libc.CString(vfsName(id))
	if err != nil {
		return 0, err
	}
	tls := libc.NewTLS()
	defer tls.Close()
	at := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	v := (*sqlite3.Tsqlite3_vfs)(mem(at))
	*v = *(*sqlite3.Tsqlite3_vfs)(mem(sqlite3.Xsqlite3_vfs_find(tls, 0)))
	v.FpNext, v.FszOsFile, v.FzName, v.FpAppData = 0, int32(unsafe.Sizeof(file{})), name, id
	put(&v.FxOpen, xOpen)
	put(&v.FxDelete, xDelete)
	put(&v.FxAccess, xAccess)
	put(&v.FxFullPathname, xFullPathname)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, at, 0); rc != sqlite3.SQLITE_OK {
		return 0, fmt.Errorf("crashdisk: registering the VFS: %d", rc)
	}
	open.disks[id], open.vfs[id] = d, at
	return id, nil
}

// unregister forgets a VFS. Its few bytes stay, in case a connection is still open.
func unregister(id uintptr) {
	open.mu.Lock()
	defer open.mu.Unlock()
	if open.disks[id] == nil {
		return
	}
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_vfs_unregister(tls, open.vfs[id])
	delete(open.disks, id)
	delete(open.vfs, id)
}

func diskOf(vfs uintptr) *Disk {
	open.mu.Lock()
	defer open.mu.Unlock()
	return open.disks[(*sqlite3.Tsqlite3_vfs)(mem(vfs)).FpAppData]
}

func handleOf(f uintptr) *handle {
	open.mu.Lock()
	defer open.mu.Unlock()
	return open.files[(*file)(mem(f)).handle]
}

func xOpen(_ *libc.TLS, vfs, name, f uintptr, flags int32, out uintptr) int32 {
	*(*file)(mem(f)) = file{}
	d := diskOf(vfs)
	if d == nil || name == 0 { // a temporary file would put rows where nobody looks for them
		return sqlite3.SQLITE_CANTOPEN
	}
	h := &handle{disk: d, name: path.Base(libc.GoString(name)), gone: flags&sqlite3.SQLITE_OPEN_DELETEONCLOSE != 0}
	d.mu.Lock()
	inode, made, t := d.open(h.name, flags&sqlite3.SQLITE_OPEN_CREATE != 0)
	d.mu.Unlock()
	if t == diskFull {
		return sqlite3.SQLITE_FULL
	} else if t != none {
		return sqlite3.SQLITE_CANTOPEN
	}
	h.inode, h.folder = inode, made && flags&(sqlite3.SQLITE_OPEN_WAL|sqlite3.SQLITE_OPEN_MAIN_JOURNAL) != 0
	open.mu.Lock()
	defer open.mu.Unlock()
	open.next++
	open.files[open.next] = h
	*(*file)(mem(f)) = file{methods: uintptr(unsafe.Pointer(&methods)), handle: open.next}
	if out != 0 {
		*(*int32)(mem(out)) = flags
	}
	return sqlite3.SQLITE_OK
}

func xDelete(_ *libc.TLS, vfs, name uintptr, folder int32) int32 {
	d := diskOf(vfs)
	d.mu.Lock()
	defer d.mu.Unlock()
	switch d.remove(path.Base(libc.GoString(name)), folder != 0) {
	case none:
		return sqlite3.SQLITE_OK
	case missing:
		return sqlite3.SQLITE_IOERR_DELETE_NOENT
	}
	return sqlite3.SQLITE_IOERR_DELETE
}

func xAccess(_ *libc.TLS, vfs, name uintptr, _ int32, out uintptr) int32 {
	d := diskOf(vfs)
	d.mu.Lock()
	defer d.mu.Unlock()
	i, ok := d.p.names[path.Base(libc.GoString(name))]
	ok = ok && len(d.p.inodes[i].seen) > 0 // an empty file counts as none, as on the real one
	*(*int32)(mem(out)) = libc.Bool32(ok)
	return sqlite3.SQLITE_OK
}

func xFullPathname(_ *libc.TLS, _, name uintptr, n int32, out uintptr) int32 {
	s := libc.GoString(name)
	if len(s)+1 > int(n) {
		return sqlite3.SQLITE_CANTOPEN
	}
	b := bytes(out, n)
	b[copy(b, s)] = 0
	return sqlite3.SQLITE_OK
}

func xClose(_ *libc.TLS, f uintptr) int32 {
	h := handleOf(f)
	h.disk.mu.Lock()
	if h.gone {
		h.disk.remove(h.name, false)
	} else {
		h.disk.closed(h.name)
	}
	h.disk.mu.Unlock()
	open.mu.Lock()
	defer open.mu.Unlock()
	delete(open.files, (*file)(mem(f)).handle)
	return sqlite3.SQLITE_OK
}

func xRead(_ *libc.TLS, f, to uintptr, n int32, at int64) int32 {
	h := handleOf(f)
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	switch h.disk.read(h.inode, bytes(to, n), at) {
	case none:
		return sqlite3.SQLITE_OK
	case shortRead:
		return sqlite3.SQLITE_IOERR_SHORT_READ
	}
	return sqlite3.SQLITE_IOERR_READ
}

func xWrite(_ *libc.TLS, f, from uintptr, n int32, at int64) int32 {
	data := append([]byte(nil), bytes(from, n)...)
	return step{kind: write, at: at, data: data}.by(handleOf(f), sqlite3.SQLITE_IOERR_WRITE)
}

func xTruncate(_ *libc.TLS, f uintptr, size int64) int32 {
	return step{kind: truncate, at: size}.by(handleOf(f), sqlite3.SQLITE_IOERR_TRUNCATE)
}

func xSync(_ *libc.TLS, f uintptr, _ int32) int32 {
	h := handleOf(f)
	rc := step{kind: flush, folder: h.folder}.by(h, sqlite3.SQLITE_IOERR_FSYNC)
	h.folder = h.folder && rc != sqlite3.SQLITE_OK
	return rc
}

// by takes the step on a file's disk; failed is SQLite's code for its failure.
func (s step) by(h *handle, failed int32) int32 {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	s.name, s.inode = h.name, h.inode
	switch h.disk.do(s) {
	case none:
		return sqlite3.SQLITE_OK
	case diskFull:
		return sqlite3.SQLITE_FULL
	}
	return failed
}

func xFileSize(_ *libc.TLS, f, out uintptr) int32 {
	h := handleOf(f)
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	*(*int64)(mem(out)) = int64(len(h.disk.p.inodes[h.inode].seen))
	return sqlite3.SQLITE_OK
}

// Nobody else uses this disk: there is nothing to lock.

func xNothing(*libc.TLS, uintptr, int32) int32 { return sqlite3.SQLITE_OK }

func xNobody(_ *libc.TLS, _, out uintptr) int32 {
	*(*int32)(mem(out)) = 0
	return sqlite3.SQLITE_OK
}

func xFileControl(*libc.TLS, uintptr, int32, uintptr) int32 { return sqlite3.SQLITE_NOTFOUND }

// SQLite is told what the system's own VFS tells it, so that it writes in the same way.

func xSectorSize(*libc.TLS, uintptr) int32 { return 4096 }

func xDevice(*libc.TLS, uintptr) int32 { return sqlite3.SQLITE_IOCAP_POWERSAFE_OVERWRITE }
