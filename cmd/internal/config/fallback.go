package config

import "os"

// Fallback is what a laptop's program goes by when its settings cannot be read: defaults,
// and the store the environment names.
func Fallback() Laptop {
	c := Laptop{Lang: "zh", Theme: "auto", Store: os.Getenv("DOORSTEP_STORE")}
	if c.Store == "" {
		c.Home, c.Store = home("doorstep")
	}
	return c
}
