package term

import "doorstep/casework"

func setupProblem(err error) error {
	return casework.Problem("term.Open", "term.setup").Because(err)
}
