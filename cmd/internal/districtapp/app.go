package districtapp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/store/district"
	"doorstep/store/district/sqlite"
	"doorstep/sync/hub"
	"doorstep/sync/wire"
)

var _ hub.Register = (*district.Store)(nil)

// OpenDB opens a register in the database that an address names.
type OpenDB func(ctx context.Context, url string) (*district.Store, error)

// Options say which district, and what it takes from outside. Data, Now and Rand are needed.
type Options struct {
	Data   string // folder of the district
	DB     string // postgres://…; "" = as the folder remembers, and at Found SQLite in the folder
	OpenDB OpenDB // nil: this program speaks SQLite alone

	Area casework.Area // of a new district: a county
	Name string        // of a new district: 环翠区

	Now  casework.Clock
	Rand io.Reader
	Log  *slog.Logger // nil: nothing is logged

	LeaseDays int // how long laptops may read old files without contact; 0: as the tables say
}

// App is an opened district. It is safe for concurrent use.
type App struct {
	o     Options
	store *district.Store
	keys  *hub.Authority
	self  district.District

	publishing sync.Mutex // a list is read, added to and published by one at a time

	mu       sync.Mutex
	address  string
	onBehalf map[casework.WorkerID]casework.DeviceID // devices without a laptop, see Employ

	terms leaseTerm
}

// Found makes a district in a folder that is empty or not there yet: keys, register, the
// packs a new district starts with. It appears complete or not at all. The caller closes it.
// Errors: districtapp.not_empty, districtapp.name, districtapp.folder,
// districtapp.no_postgres, and those of the register: district.already_founded,
// district.area, district.open.
func Found(ctx context.Context, o Options) (*App, error) {
	const op = "districtapp.Found"
	name := casework.CleanLine(o.Name, 60)
	if name == "" {
		return nil, casework.Problem(op, "districtapp.name")
	}
	keys, err := hub.NewAuthority(o.Rand, o.Now)
	if err != nil {
		return nil, err
	}
	id, err := casework.NewID(o.Rand)
	if err != nil {
		return nil, err
	}
	d := ledger.District{
		ID: id, Name: name, Area: o.Area, Incarnation: 1, Founded: o.Now().UTC().Truncate(time.Millisecond),
		Signing: keys.SigningKey(), Authority: keys.Certificate(), Recipient: keys.Recipient(),
	}
	err = build(o.Data, func(dir string) error {
		o := o
		o.Data = dir
		if o.DB == "" {
			if err := write(filepath.Join(dir, databaseFile), nil); err != nil { // SQLite's own would be for everybody
				return err
			}
		}
		// the keys first: a register without its keys would be lost
		if err := errors.Join(writeKeys(dir, keys), writeSettings(dir, settings{Area: o.Area, Name: name, DB: o.DB})); err != nil {
			return err
		}
		store, err := open(ctx, o, o.DB)
		if err != nil {
			return err
		}
		return errors.Join(o.app(store, keys, d).found(ctx), store.Close())
	})
	if err != nil {
		return nil, err
	}
	return Open(ctx, o)
}

// found writes the district and what it starts with into an empty register.
func (a *App) found(ctx context.Context) error {
	if err := a.store.Found(ctx, a.self); err != nil {
		return err
	}
	if _, err := a.store.Desk(ctx, a.o.Now()); err != nil {
		return err
	}
	if err := a.publish(ctx, packs.Tables, packs.Default().Encode()); err != nil {
		return err
	}
	if err := a.NameAreas(ctx, map[casework.Area]string{a.self.Area: a.self.Name}); err != nil {
		return err
	}
	return a.publishWorkers(ctx)
}

// Open opens the district of a folder. The caller closes it.
// Errors: districtapp.not_founded, districtapp.folder, districtapp.settings,
// districtapp.other_keys, districtapp.database_missing, districtapp.no_postgres, hub.keys and those of the register.
func Open(ctx context.Context, o Options) (*App, error) {
	s, err := readSettings(o.Data)
	if err != nil {
		return nil, err
	}
	keys, err := readKeys(o.Data)
	if err != nil {
		return nil, err
	}
	if o.DB == "" {
		o.DB = s.DB
	}
	store, err := open(ctx, o, o.DB)
	if err != nil {
		return nil, err
	}
	self, err := store.District(ctx)
	if err == nil && string(self.Signing) != string(keys.SigningKey()) {
		err = casework.Problem("districtapp.Open", "districtapp.other_keys")
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return o.app(store, keys, self), nil
}

func (o Options) app(store *district.Store, keys *hub.Authority, self district.District) *App {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &App{o: o, store: store, keys: keys, self: self, onBehalf: map[casework.WorkerID]casework.DeviceID{}}
}

func open(ctx context.Context, o Options, url string) (*district.Store, error) {
	switch {
	case url == "":
		file := filepath.Join(o.Data, databaseFile)
		if _, err := os.Stat(file); err != nil { // SQLite would make an empty one
			return nil, casework.Problem("districtapp.open", "districtapp.database_missing").Because(err)
		}
		return sqlite.Open(ctx, file)
	case o.OpenDB == nil:
		return nil, casework.Problem("districtapp.open", "districtapp.no_postgres")
	}
	return o.OpenDB(ctx, url)
}

// Close closes the register. End Serve first.
func (a *App) Close() error { return a.store.Close() }

// District is who this is.
func (a *App) District() district.District { return a.self }

// Store is the register, for lists and checks.
func (a *App) Store() *district.Store { return a.store }

// Verify looks through the whole register, and checks the signatures its laptops left in it.
func (a *App) Verify(ctx context.Context) (district.Report, error) {
	return a.store.Verify(ctx, wire.ReadProof)
}
