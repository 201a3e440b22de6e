package outbox

import (
	"strings"

	"doorstep/casework"
)

// Of are the segments of one store on a disk, oldest first, with their headers; of every
// store when store is zero.
func Of(d Disk, store casework.ID) (names []string, heads []Header, err error) {
	all, err := Names(d)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range all {
		b, err := d.Head(name)
		if err != nil {
			return nil, nil, err
		}
		if h, _, err := ReadHeader(b); err == nil && (store.IsZero() || h.Store == store) {
			names, heads = append(names, name), append(heads, h)
		}
	}
	return names, heads, nil
}

// Destroy makes every segment of a store unreadable to whoever has its passphrase: the
// copies of its keys are overwritten. The district still opens what is sealed to it.
func Destroy(d Disk, store casework.ID) error {
	names, err := d.List()
	if err != nil {
		return err
	}
	var failed error
	for _, name := range names {
		if !strings.HasSuffix(name, ending) && !strings.HasSuffix(name, unfinished) {
			continue
		}
		if err := Blank(d, name, store); err != nil {
			failed = err
		}
	}
	return failed
}

// Blank overwrites the copies of the keys in one segment of a store; in another store's it
// changes nothing.
func Blank(d Disk, name string, store casework.ID) error {
	b, err := d.Head(name)
	if err != nil {
		return err
	}
	h, size, err := ReadHeader(b)
	if err != nil || h.Store != store {
		return nil //nolint:nilerr // no segment, or not ours
	}
	h.Keys, h.local = make([]byte, len(h.Keys)), make([]byte, len(h.local))
	if next := h.encode(); len(next) == size {
		return d.Overwrite(name, next)
	}
	return nil
}

// Put writes a segment that was read elsewhere, whole or not at all.
func Put(d Disk, name string, b []byte) error {
	part := strings.TrimSuffix(name, ending) + unfinished
	f, err := d.Create(part)
	if err != nil {
		return err
	}
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = d.Remove(part)
		return err
	}
	return d.Rename(part, name)
}
