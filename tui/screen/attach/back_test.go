package attach_test

import (
	"testing"

	"doorstep/tui/screen/attach"
)

func TestEscGoesBackFromAPicture(t *testing.T) {
	for _, key := range []string{"esc", "enter"} {
		opening(t, 80, 24, shelf(), attach.Question{Image: true, Value: "7F3A"}).Keys("f3").Shows("看文件").Keys(key).Shows("从哪里找")
	}
}
