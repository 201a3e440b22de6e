// Package storytest gives the stories in testdata/script their verbs: the two programs as
// they are shipped, a district's server that can go away and come back, a real terminal
// that is typed into, and a search of every byte of a folder.
//
// A story is a testscript. Beside the built-in verbs it has
//
//	[!] doorstep ARGS…            runs the laptop's program; with ! it must end with 1 and one sentence
//	[!] district ARGS…            the same for the server's program
//	usage PROGRAM ARGS…           runs a program that must end with 2
//	found                         district init for 环翠区, in SQLite or in the story's own PostgreSQL
//	laptop [FOLDER]               what doorstep init does, with a lock that opens quickly
//	serve                         starts the server; $ADDRESS is kept over an unserve
//	unserve                       stops it: the network is gone
//	faulty error|rubbish          in its place a server with the right keys and wrong answers
//	code ARGS…                    district enrol ARGS…, the code in $CODE
//	json PATH is WANT             a value of the last JSON output; PATH is a.0.b
//	json PATH as VAR              the same into a variable
//	json PATH has N               how many members a list has
//	screen …                      a terminal, see Screens
//	clock 360h                    from here on both programs go by a clock that is so far ahead, or behind with -
//	[!] nodata PATH WORDS         no byte of a folder or file holds a word of the file WORDS
//	canaries FOLDER N             a roster and answers of which no file may hold a word in plain
//	photo FILE NOTE               a photo that tells NOTE beside the picture, as a telephone's tells where it was taken
//	tampered FILE cut|flip N      cuts a file to N bytes, or turns one bit of byte N
package storytest
