// Package keymap holds the one table of commands.
//
// What a key does, what the bottom bar says, what F1 explains, what 空格 更多 offers and
// what the manual prints all come from the same Command. A screen lists its commands; the
// program puts the lists together with New, which refuses a table that would strand
// somebody: an input method is on most of the time and eats letters, and on many laptops
// the F-keys need a second hand. So no bare letter and no F-key is ever the only way.
package keymap
