// Package config reads what a person may set: flags of the command, then environment
// variables that begin with DOORSTEP_ or DISTRICT_, then a settings file, then defaults.
package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"doorstep/casework"
)

// Laptop is what the worker's program can be told.
type Laptop struct {
	Lang           string        // "zh" or "en"
	Store          string        // folder of the sealed store; "" = this computer names no place for one
	Home           string        // folder below which everybody's stores are; "" = Store was named
	Outbox         string        // folder of the outbox; "" = below the store
	PassphraseFile string        // "" = ask
	Theme          string        // "auto", "light", "dark" or "mono"
	Idle           time.Duration // of no key until the screen locks
	SyncEvery      time.Duration // between exchanges in the background
	JSON           bool          // machine-readable output of subcommands
}

// District is what the server's program can be told.
type District struct {
	Lang   string // "zh" or "en"
	Data   string // folder with keys, certificate and, by default, the database
	DB     string // postgres://…; "" = SQLite in Data
	Listen string // address to listen on
	JSON   bool
}

// ReadLaptop gathers the laptop's settings. Flags win over the environment, that over
// <user config>/doorstep/settings.toml, that over the defaults.
func ReadLaptop(flags *pflag.FlagSet) (Laptop, error) {
	v, err := read("doorstep", flags)
	if err != nil {
		return Laptop{}, err
	}
	v.SetDefault("lang", "zh")
	v.SetDefault("theme", "auto")
	v.SetDefault("idle", 10*time.Minute)
	v.SetDefault("sync-every", 5*time.Minute)
	c := Laptop{
		Lang: v.GetString("lang"), Store: v.GetString("store"), Outbox: v.GetString("outbox-folder"), PassphraseFile: v.GetString("passphrase-file"),
		Theme: v.GetString("theme"), Idle: v.GetDuration("idle"), SyncEvery: v.GetDuration("sync-every"), JSON: v.GetBool("json"),
	}
	if c.Store == "" {
		c.Home, c.Store = home("doorstep")
	}
	if err := oneOf("lang", c.Lang, "zh", "en"); err != nil {
		return Laptop{}, err
	}
	if err := oneOf("theme", c.Theme, "auto", "light", "dark", "mono"); err != nil {
		return Laptop{}, err
	}
	if c.Idle < time.Minute || c.Idle > 24*time.Hour {
		return Laptop{}, casework.Problem("config.ReadLaptop", "config.setting", "Name", "idle", "Allowed", "1m … 24h")
	}
	return c, nil
}

// ReadDistrict gathers the server's settings in the same order.
func ReadDistrict(flags *pflag.FlagSet) (District, error) {
	v, err := read("district", flags)
	if err != nil {
		return District{}, err
	}
	v.SetDefault("lang", "zh")
	v.SetDefault("data", "district-data")
	v.SetDefault("listen", ":8443")
	c := District{
		Lang: v.GetString("lang"), Data: v.GetString("data"), DB: v.GetString("db"),
		Listen: v.GetString("listen"), JSON: v.GetBool("json"),
	}
	if err := oneOf("lang", c.Lang, "zh", "en"); err != nil {
		return District{}, err
	}
	if c.DB != "" && !strings.HasPrefix(c.DB, "postgres://") && !strings.HasPrefix(c.DB, "postgresql://") {
		return District{}, casework.Problem("config.ReadDistrict", "config.setting", "Name", "db", "Allowed", "postgres://…")
	}
	return c, nil
}

func read(program string, flags *pflag.FlagSet) (*viper.Viper, error) {
	v := viper.New()
	v.SetEnvPrefix(program)
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	v.AutomaticEnv()
	if err := v.BindPFlags(flags); err != nil {
		return nil, casework.Problem("config.read", "config.flags").Because(err)
	}
	if dir, err := os.UserConfigDir(); err == nil {
		v.SetConfigFile(filepath.Join(dir, program, "settings.toml"))
		var missing viper.ConfigFileNotFoundError
		if err := v.ReadInConfig(); err != nil && !errors.As(err, &missing) && !errors.Is(err, fs.ErrNotExist) {
			return nil, casework.Problem("config.read", "config.file", "File", filepath.Join(program, "settings.toml")).Because(err)
		}
	}
	return v, nil
}

// home is where a program keeps its things; "" where the computer names no place for them,
// which matters only to commands that open the store.
func home(program string) (dir, store string) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", ""
	}
	dir = filepath.Join(dir, program)
	return dir, filepath.Join(dir, "store")
}

func oneOf(name, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return casework.Problem("config.read", "config.setting", "Name", name, "Allowed", strings.Join(allowed, ", "))
}
