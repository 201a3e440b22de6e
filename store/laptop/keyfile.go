package laptop

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
)

const keyFile = "key.json"

// keys is the small file from which everything else opens. Every change replaces it whole.
type keys struct {
	Version   int           `json:"version"`
	Store     casework.ID   `json:"store"`
	Slots     []slot        `json:"slots"`
	Signing   signing       `json:"signing"`
	Gen       byte          `json:"generation,omitempty"` // of the master key
	Retired   *retired      `json:"retired,omitempty"`    // while rows are sealed anew
	Destroyed string        `json:"destroyed,omitempty"`  // why there are no slots any more
	Check     casework.Hash `json:"check"`                // SHA-256 over the file with this empty: damage is not a wrong passphrase
}

// slot is one way to the master key.
type slot struct {
	Kind   string    `json:"kind"` // "passphrase"
	Alg    algorithm `json:"alg"`
	Argon  Params    `json:"argon2id"`
	Salt   []byte    `json:"salt"`
	Nonce  []byte    `json:"nonce"`
	Sealed []byte    `json:"sealed"`
}

// signing is the device's Ed25519 key, its seed sealed by the master key.
type signing struct {
	Alg    algorithm         `json:"alg"`
	Public ed25519.PublicKey `json:"public"`
	Nonce  []byte            `json:"nonce"`
	Sealed []byte            `json:"sealed"`
}

// retired is the master key before this one, sealed by it.
type retired struct {
	Gen    byte      `json:"generation"`
	Alg    algorithm `json:"alg"`
	Nonce  []byte    `json:"nonce"`
	Sealed []byte    `json:"sealed"`
}

// keysVersion is the newest key file this program reads. The first version knows one
// master key for ever.
const keysVersion = 2

func (k keys) sum() casework.Hash {
	k.Check = casework.Hash{}
	b, err := json.Marshal(k)
	if err != nil {
		panic(err) // byte slices and numbers always marshal
	}
	return sha256.Sum256(b)
}

func (k keys) write(dir string) error {
	k.Version = 1
	if k.Gen > 0 || k.Retired != nil {
		k.Version = keysVersion
	}
	k.Check = k.sum()
	b, err := json.MarshalIndent(k, "", " ")
	if err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, keyFile), append(b, '\n'))
}

// readKeys reads the key file. Errors: laptop.no_store, laptop.key_damaged,
// laptop.newer_store, laptop.destroyed.
func readKeys(dir string) (keys, error) {
	const op = "laptop.Open"
	b, err := readSome(filepath.Join(dir, keyFile), mostKeyFile)
	switch {
	case errors.Is(err, errNotPlain):
		return keys{}, casework.Problem(op, "laptop.key_damaged").Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return keys{}, casework.Problem(op, "laptop.no_store").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return keys{}, casework.Problem(op, "laptop.read_only").Because(err)
	case err != nil:
		return keys{}, casework.Problem(op, "laptop.disk").Because(err)
	}
	return parseKeys(b)
}

// parseKeys reads a key file's content.
func parseKeys(b []byte) (keys, error) {
	const op = "laptop.Open"
	var k keys
	if err := json.Unmarshal(b, &k); err != nil {
		return keys{}, casework.Problem(op, "laptop.key_damaged").Because(err)
	}
	if k.Version > keysVersion {
		return keys{}, casework.Problem(op, "laptop.newer_store", "Version", k.Version)
	}
	if k.Check != k.sum() {
		return keys{}, casework.Problem(op, "laptop.key_damaged")
	}
	if k.Destroyed != "" {
		return keys{}, casework.Problem(op, "laptop.destroyed", "Reason", k.Destroyed)
	}
	return k, nil
}

// makeKeys draws the keys of a new store.
func makeKeys(r io.Reader, passphrase []byte, p Params) (keys, []byte, ed25519.PrivateKey, error) {
	store, err := casework.NewID(r)
	if err != nil {
		return keys{}, nil, nil, err
	}
	master, seed := make([]byte, 32), make([]byte, ed25519.SeedSize)
	for _, b := range [][]byte{master, seed} {
		if _, err := io.ReadFull(r, b); err != nil {
			return keys{}, nil, nil, casework.Problem("laptop.Init", "random.unavailable").Because(err)
		}
	}
	private := ed25519.NewKeyFromSeed(seed)
	k := keys{Store: store}
	if err := k.setSigning(r, private, master); err != nil {
		return keys{}, nil, nil, err
	}
	if err := k.setPassphrase(r, passphrase, master, p); err != nil {
		return keys{}, nil, nil, err
	}
	return k, master, private, nil
}

// setSigning seals the device's key with the master key.
func (k *keys) setSigning(r io.Reader, private ed25519.PrivateKey, master []byte) (err error) {
	k.Signing = signing{Alg: xchacha20poly1305, Public: private.Public().(ed25519.PublicKey)}
	k.Signing.Nonce, k.Signing.Sealed, err = wrap(r, master, private.Seed(), k.signingPlace())
	return err
}

// setPassphrase makes the one slot that this passphrase opens.
func (k *keys) setPassphrase(r io.Reader, passphrase, master []byte, p Params) error {
	s := slot{Kind: "passphrase", Alg: xchacha20poly1305, Argon: p, Salt: make([]byte, 16)}
	if _, err := io.ReadFull(r, s.Salt); err != nil {
		return casework.Problem("laptop.Init", "random.unavailable").Because(err)
	}
	var err error
	s.Nonce, s.Sealed, err = wrap(r, p.derive(fold(passphrase), s.Salt), master, k.slotPlace(s))
	k.Slots = []slot{s}
	return err
}

var errWrong = errors.New("no slot opens with this passphrase")

// unlock gives master key and signing key. Errors: errWrong, laptop.key_damaged.
func (k keys) unlock(passphrase []byte) ([]byte, ed25519.PrivateKey, error) {
	const op = "laptop.Open"
	folded := fold(passphrase)
	for _, s := range k.Slots {
		if s.Kind != "passphrase" || s.Alg != xchacha20poly1305 || !s.Argon.sane() {
			continue
		}
		master, err := unwrap(s.Argon.derive(folded, s.Salt), s.Nonce, s.Sealed, k.slotPlace(s))
		if err != nil {
			continue
		}
		seed, err := unwrap(master, k.Signing.Nonce, k.Signing.Sealed, k.signingPlace())
		if err != nil || len(seed) != ed25519.SeedSize {
			return nil, nil, casework.Problem(op, "laptop.key_damaged").Because(err)
		}
		private := ed25519.NewKeyFromSeed(seed)
		if !k.Signing.Public.Equal(private.Public()) {
			return nil, nil, casework.Problem(op, "laptop.key_damaged")
		}
		if _, err := k.before(master); err != nil {
			return nil, nil, casework.Problem(op, "laptop.key_damaged").Because(err)
		}
		return master, private, nil
	}
	return nil, nil, errWrong
}

// before is the retired master key; nil when there is none.
func (k keys) before(master []byte) ([]byte, error) {
	if k.Retired == nil {
		return nil, nil
	}
	return unwrap(master, k.Retired.Nonce, k.Retired.Sealed, k.retiredPlace())
}

// ring is the keyring of an unlocked key file.
func (k keys) ring(master []byte, o Options) *keyring {
	ring := newKeyring(k.Store, master, o.Rand)
	ring.gen = k.Gen
	if old, err := k.before(master); err == nil && old != nil { // unlock has tried it
		ring.retired, ring.before = old, k.Retired.Gen
	}
	if o.changeRing != nil {
		o.changeRing(ring)
	}
	return ring
}

func (k keys) slotPlace(s slot) string {
	return fmt.Sprintf("doorstep/slot/1 %s %s %d %d %d %d %x", k.Store, s.Kind, s.Alg, s.Argon.Time, s.Argon.MemoryKiB, s.Argon.Threads, s.Salt)
}

func (k keys) retiredPlace() string {
	return fmt.Sprintf("doorstep/retired/1 %s %d %d %d", k.Store, k.Retired.Alg, k.Retired.Gen, k.Gen)
}

func (k keys) signingPlace() string {
	return fmt.Sprintf("doorstep/signing/1 %s %d %x", k.Store, k.Signing.Alg, []byte(k.Signing.Public))
}

func wrap(r io.Reader, key, content []byte, ad string) (nonce, sealed []byte, err error) {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, nil, err
	}
	nonce = make([]byte, a.NonceSize())
	if _, err := io.ReadFull(r, nonce); err != nil {
		return nil, nil, casework.Problem("laptop.Init", "random.unavailable").Because(err)
	}
	return nonce, a.Seal(nil, nonce, content, []byte(ad)), nil
}

func unwrap(key, nonce, sealed []byte, ad string) ([]byte, error) {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	if len(nonce) != a.NonceSize() {
		return nil, errSealed
	}
	return a.Open(nil, nonce, sealed, []byte(ad))
}

// destroyKeys overwrites the key file and leaves one in its place that says why the
// store no longer opens.
func destroyKeys(dir string, k keys, why string) error {
	path := filepath.Join(dir, keyFile)
	if info, err := os.Stat(path); err == nil {
		if f, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			_, _ = f.Write(make([]byte, info.Size()))
			_ = f.Sync()
			_ = f.Close()
		}
	}
	return keys{Store: k.Store, Destroyed: why}.write(dir)
}
