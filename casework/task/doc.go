// Package task says what must be done by when: the kinds of tasks with their steps and
// deadlines, which tasks a finished visit opens, and what must be done at once when an
// answer fires a hard trigger. Pure functions and tables; nothing here blocks a report.
package task
