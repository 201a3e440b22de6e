package casework

// CheckDigit is Damm's check digit (H. M. Damm, 2004) of a row of ASCII digits: with it
// behind them the row gives 0. It notices every single wrong digit and every exchange of
// two neighbours.
func CheckDigit(digits string) int {
	state := 0
	for _, d := range digits {
		state = int(quasigroup[state][d-'0'] - '0')
	}
	return state
}

var quasigroup = [10]string{
	"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
	"3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
}
