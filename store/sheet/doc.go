// Package sheet is where Excel meets the house: rosters in, XLSForm questionnaires in,
// ledgers and reports out. It is the only importer of excelize.
//
// OpenBook turns a file's bytes into a Book of Grids, whatever the file was (.xlsx or CSV),
// within stated limits; everything else in the package reads Grids and never files.
//
//	bytes ─ OpenBook ─→ Book of Grids ─┬─ ReadForm ──→ form.Definition + Findings
//	                                   └─ rosters ───→ a dry run of new, changed, doubtful people
package sheet
