package main

import "doorstep/casework"

// exactDay reads a day given on the command line; today when nothing was given. A month or
// a year alone is no day, and is never taken for one. Errors: those of casework.ParseDate.
func exactDay(text string, today casework.Day) (casework.Day, error) {
	if text == "" {
		return today, nil
	}
	date, err := casework.ParseDate(text)
	if err != nil {
		return 0, err
	}
	day, ok := date.Exact()
	if !ok {
		return 0, casework.Problem("doorstep.exactDay", "day.malformed")
	}
	return day, nil
}
