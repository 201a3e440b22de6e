// Package sample invents districts from a seed: townships, villages, households, children
// and elders of every category, workers, a year of visits, promises. The demo, the tests
// and the benchmarks live in them. Nobody in them exists: the ID numbers carry a county
// code that was never given out, and the names are drawn from lists.
package sample
