// Package districtapp is the program of the district's server: it founds a district in a
// folder, answers laptops and the office's browsers, and runs the administration commands.
// cmd/district is its main; the practice district of cmd/doorstep runs it in its own process.
//
// A folder holds:
//
//	district.json         what the district is called and where its register is kept
//	keys/district.key     the private keys: CA, signature, age identity
//	district.db           the register, unless it is kept in PostgreSQL
//
// Nothing here links PostgreSQL: who wants it passes its opener in.
package districtapp
