package attach_test

import (
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/attach"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf {
	s := booktest.Village(func() time.Time { return tuitest.Start })
	at := func(hours int) time.Time { return tuitest.Start.Add(-time.Duration(hours) * time.Hour) }
	s.Folders = map[string][]book.Entry{
		"": {
			{Path: "/media/CANON/DCIM", Name: "DCIM", Place: "camera", Folder: true},
			{Path: "/home/zhang/桌面", Name: "桌面", Place: "desktop", Folder: true},
			{Path: "/home/zhang", Name: "zhang", Place: "home", Folder: true},
		},
		"/media/CANON/DCIM": {
			{Path: "/media/CANON/DCIM/100CANON", Name: "100CANON", Folder: true, Time: at(400)},
			{Path: "/media/CANON/DCIM/说明书.pdf", Name: "说明书.pdf", Kind: "document", Size: 90_000, Time: at(1)},
			{Path: "/media/CANON/DCIM/门前台阶.jpg", Name: "门前台阶.jpg", Kind: "image", Size: 2_202_009, Time: at(2)},
			{Path: "/media/CANON/DCIM/IMG_0031.JPG", Name: "IMG_0031.JPG", Kind: "image", Size: 3_300_000, Time: at(9000)},
		},
		"/media/CANON/DCIM/100CANON": nil,
	}
	return s
}

func opening(t *testing.T, w, h int, s *booktest.Shelf, q attach.Question, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	q.Draft, q.Path, q.Title = casework.ID{51}, "/data/step", "门前台阶的照片"
	page := attach.New(s, q, func(id string) any { return "answer " + id })
	return tuitest.Run(t, w, h, booktest.Home{Screen: page}, append(booktest.HomeCommands(), attach.Commands()...), options...).Keys("enter")
}

func TestAPhotoIsChosenFromTheCamera(t *testing.T) {
	s := shelf()
	r := opening(t, 80, 24, s, attach.Question{Image: true})
	r.Golden("places").Keys("enter").Golden("folder")
	r.Type("门前").Keys("enter").Golden("ask")
	r.Keys("1").Golden("kept")
	r.Keys("enter")
	if len(s.Chosen) != 1 || s.Chosen[0] != "/media/CANON/DCIM/门前台阶.jpg" {
		t.Fatalf("%v", s.Chosen)
	}
	r.Hides("原来的文件")
	r = opening(t, 60, 20, shelf(), attach.Question{Image: true}).Keys("enter", "down", "enter")
	r.Golden("ask-60x20").Keys("1").Golden("kept-60x20")
	opening(t, 80, 24, shelf(), attach.Question{Image: true}, tuitest.English(t)).Keys("enter", "down", "enter").Golden("ask-english").Keys("1").Golden("kept-english")
}

func TestTheOriginalGoesOnlyWhenSheSaysSo(t *testing.T) {
	s := shelf()
	opening(t, 80, 24, s, attach.Question{Image: true}).Keys("enter", "down", "enter", "1", "2").Shows("原来的文件已经删掉")
	if len(s.Chosen) != 2 || s.Chosen[1] != "removed /media/CANON/DCIM/门前台阶.jpg" {
		t.Fatalf("%v", s.Chosen)
	}
	for _, key := range []string{"enter", "esc", "1"} {
		s := shelf()
		opening(t, 80, 24, s, attach.Question{Image: true}).Keys("enter", "down", "enter", "1", key)
		if len(s.Chosen) != 1 {
			t.Fatalf("%s: %v", key, s.Chosen)
		}
	}
}

func TestWhatMayTellMoreIsSaidBefore(t *testing.T) {
	opening(t, 80, 24, shelf(), attach.Question{}).Keys("enter", "down", "enter").Shows("可能带有拍摄地点").Hides("会先去掉").Golden("ask-pdf")
}

func TestNothingIsChosenByAnEnterTooMany(t *testing.T) {
	s := shelf()
	opening(t, 80, 24, s, attach.Question{Image: true}).Keys("enter", "down", "enter", "2", "esc", "esc", "esc")
	if len(s.Chosen) != 0 {
		t.Fatalf("%v", s.Chosen)
	}
}

func TestFoldersAreWalkedAndAPathIsPasted(t *testing.T) {
	s := shelf()
	r := opening(t, 80, 24, s, attach.Question{Image: true}).Keys("enter", "enter").Shows("100CANON").Shows("这里没有文件")
	r.Keys("backspace").Shows("IMG_0031").Keys("backspace").Shows("桌面")
	r.Paste(`"/home/zhang/Downloads/台阶.jpg"`).Shows("完整的路径").Keys("enter").Shows("台阶.jpg").Keys("1", "1")
	if len(s.Chosen) != 1 || s.Chosen[0] != "/home/zhang/Downloads/台阶.jpg" {
		t.Fatalf("%v", s.Chosen)
	}
	r = opening(t, 80, 24, shelf(), attach.Question{Image: true}).Keys("enter").Type("img").Shows("IMG_0031").Hides("门前台阶.jpg").Keys("esc").Shows("门前台阶.jpg")
	r.Keys("esc").Shows("从哪里找")
}

func TestAQuestionAboutHarmTakesNoPhoto(t *testing.T) {
	s := shelf()
	s.NoPhotos = casework.Problem("desk.MayAttach", "desk.photo_restricted")
	opening(t, 80, 24, s, attach.Question{Image: true}).Golden("refused").Keys("enter").Hides("没有开通")
	if len(s.Chosen) != 0 {
		t.Fatal(s.Chosen)
	}
}

func TestADiskThatDoesNotTakeIt(t *testing.T) {
	s := shelf()
	r := opening(t, 80, 24, s, attach.Question{Image: true}).Keys("enter", "down", "enter")
	s.Err = casework.Problem("laptop.Attach", "laptop.disk_full")
	r.Keys("1").Golden("disk-full")
	s.Err = nil
	r.Keys("1").Shows("已经锁进档案")
}

func TestAPictureIsDrawnOnTheScreenOnly(t *testing.T) {
	s := shelf()
	view := attach.NewView(s, "7F3A")
	r := tuitest.Run(t, 80, 24, booktest.Home{Screen: view}, append(booktest.HomeCommands(), attach.Commands()...)).Keys("enter")
	r.Golden("view")
	r.Resize(60, 20)
	r.Keys("up").Golden("view-60x20")
	opening(t, 80, 24, s, attach.Question{Image: true, Value: "7F3A"}).Keys("f3").Shows("照片  2.1 MB  2026-11-23")
}

func TestEveryDepthPaintsBlanksOnly(t *testing.T) {
	for _, d := range []theme.Depth{theme.Ansi16, theme.Ansi256, theme.True} {
		s, ok := theme.New(theme.Dark, d).Swatch([3]byte{200, 40, 10})
		if !ok || !strings.HasPrefix(s, "\x1b[") || !strings.Contains(s, "m \x1b[0m") {
			t.Errorf("%q", s)
		}
	}
	if s, ok := theme.New(theme.Monochrome, theme.True).Swatch([3]byte{200, 40, 10}); ok || s != " " {
		t.Errorf("%q", s)
	}
}
