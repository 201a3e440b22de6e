// Package reference holds the two ends of an exchange as small models in memory: a
// laptop's journal and a district's register, each the plain rule and nothing else, on
// casework.State. Tests of the line between them run on these; no program imports them.
package reference
