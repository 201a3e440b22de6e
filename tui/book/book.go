// Package book is what the screens ask of the rest of the program: the worker's caseload,
// one person's file, visits under way, and what became of her work. The screens know
// neither files nor networks; cmd gives them a Book made of the sealed store, the rules
// and the background exchange.
package book

import (
	"context"
	"time"

	"doorstep/casework"
)

// Keeper opens the sealed store for the unlock screen.
type Keeper interface {
	// Fresh reports whether there is no store yet: then Open makes one with this passphrase.
	Fresh() bool
	// Propose gives four words for a new passphrase, typed in pinyin.
	Propose() ([]string, error)
	// Open checks the passphrase and gives the book. A wrong one is an error with code
	// "laptop.wrong_passphrase"; how long it takes grows with every wrong one.
	Open(ctx context.Context, passphrase []byte) (Book, error)
	// Check says whether this is the passphrase of the store that is open, for the page that
	// covers the screen when nobody has touched a key. Errors as Open.
	Check(ctx context.Context, passphrase []byte) error
}

// Book is an opened store as the screens see it. Its methods may wait for the disk: screens call them in
// a tea.Cmd. They are safe to call from several goroutines.
type Book interface {
	Reader
	Writer
	Visitor
	Newer
	Sender
	Locks
	Printer
	Leaser
	Filler
	Attacher
	// Close locks the book: keys and people leave memory.
	Close() error
}

// Reader is what the screens look at.
type Reader interface {
	// Worker is whose laptop this is.
	Worker() Worker
	// NameOf is what someone who works in the district is called; "" when nobody told.
	NameOf(worker casework.WorkerID) string
	// Today is the civil day on the wall; odd is true when it is so odd (before the last
	// day ever seen, or a month beyond the last word from the district) that she should confirm it.
	Today() (day casework.Day, odd bool)
	// Agenda is the screen 今日 for a day.
	Agenda(ctx context.Context, day casework.Day) (Agenda, error)
	// Find searches the people in memory by Han, pinyin, initials, the tail of an ID number, village or group.
	Find(text string, limit int) []Line
	// File is one person's whole file.
	File(ctx context.Context, person casework.RecordID) (File, error)
	// Visit is one visit opened: its answers as she may still see them.
	Visit(ctx context.Context, visit casework.RecordID) (VisitPage, error)
	// Order is what an urgent order asks to be done, with what was already noted about it.
	Order(ctx context.Context, urgent casework.RecordID) (Order, error)
	// Phone gives a number in full and notes that it was looked at.
	Phone(ctx context.Context, person casework.RecordID, field casework.Field) (string, error)
	// Villages are the areas of her scope, with the names people know them by.
	Villages() []Village
}

// Writer is what she changes. Every method returns after the change is on the disk.
type Writer interface {
	// Likely lists people who may be the same as a new one, likeliest first.
	Likely(n NewPerson) []Line
	// Add writes a new person, 新发现.
	Add(ctx context.Context, n NewPerson) (casework.RecordID, error)
	// Record is the person's record for the editor: registers with who wrote them and open alternatives.
	Record(ctx context.Context, id casework.RecordID) (casework.Record, error)
	// Edit writes new values over the record as she saw it.
	Edit(ctx context.Context, seen casework.Record, values casework.Values, reason string) error
	// Settle writes her choice where two places say different things.
	Settle(ctx context.Context, seen casework.Record, field casework.Field, value any) error
	// Correct takes a visit off the wrong person, with a reason, and gives it to the right one, 更正.
	// A zero to only takes it back.
	Correct(ctx context.Context, visit, to casework.RecordID, reason string) error
	// Promise ticks or opens a thing agreed on.
	Promise(ctx context.Context, task casework.RecordID, done bool) error
	// Attend notes that an urgent order was opened, a call made (officer, time) …
	Attend(ctx context.Context, urgent casework.RecordID, what Attention) error
}

// Sender is what became of her work.
type Sender interface {
	Status() Status
	// Exchange asks the background for an exchange now; it returns at once.
	Exchange()
	// Exchanged is closed and replaced whenever Status changes.
	Exchanged() <-chan struct{}
	// Enrol joins a district with a code from the bureau.
	Enrol(ctx context.Context, address, code string) error
	// Kept are operations the district has set aside, with the reason.
	Kept(ctx context.Context) ([]KeptWork, error)
}

// Printer puts 出门单, sheets of paper to take along, into a file.
type Printer interface {
	// PrintTo proposes a file for the sheets of a day, which is not there yet. Nothing is written.
	PrintTo(day casework.Day) string
	// Print writes the sheets of persons for today into a new file: a workbook when its name
	// ends in .xlsx, a page for a browser when it ends in .html.
	Print(ctx context.Context, persons []casework.RecordID, file string) error
}

// Worker is whose laptop this is.
type Worker struct {
	Name    string // 张桂芬; "" before enrolment
	Village string // 竹岛村
	Role    casework.Role
	Areas   []casework.Area
}

// Village is an area with its name.
type Village struct {
	Area casework.Area
	Name string
}

// Phrase is a sentence of casework/lang with its placeholders in pairs or, when Key is
// empty, words that somebody wrote.
type Phrase struct {
	Key   string
	Pairs []any
	Text  string
}

// Said reports whether there is anything to say.
func (p Phrase) Said() bool { return p.Key != "" || p.Text != "" }

// Urgency sorts the lines of 今日.
type Urgency int

// The urgencies.
const (
	Overdue Urgency = iota
	DueToday
	OnTheWay // 顺路: due within the week and behind a door that is due
	ThisWeek
	Later
)

// Line is one person as lists show her.
type Line struct {
	Person    casework.RecordID
	Name      string
	Sex       string // code of the list "sex"
	Age       int    // full years; -1 unknown
	Group     string // 3组
	Village   string
	Urgency   Urgency
	Days      int    // overdue by, or until due
	Beside    Phrase // 跟奶奶住 · 独居 · 下午2点约好
	Rule      Phrase // 二级 每月两次
	Last      casework.Day
	SameDoor  bool // lives behind the door of the line above
	DoorCount int  // people due behind this door; 0 when she is the only one
	Conflict  bool // 两处改得不一样

	// When she was found by what stands on a sheet of paper (casework/outing):
	Code    string       // the short code of the person
	Printed casework.Day // the day of the sheet; 0 when only the code was typed
}

// Agenda is the screen 今日.
type Agenda struct {
	Day     casework.Day
	Urgent  []Urgent
	Drafts  []Draft
	Lines   []Line // grouped by village and group, doors together
	Counts  map[Urgency]int
	Notices []Phrase // weather, lease, a full disk
	Month   Month
}

// Month is the line at the foot of 今日.
type Month struct{ Due, Visited, NotSeen, Received int }

// Urgent is an order that was not yet attended to. Its words are neutral until it is opened.
type Urgent struct {
	ID     casework.RecordID
	Person casework.RecordID
	Until  time.Time
	Words  Phrase // 16:00 前联系督导员
	Quiet  bool   // no alarming word before the key that opens it
}

// Draft is a visit not finished.
type Draft struct {
	ID      casework.ID
	Person  casework.RecordID
	Name    string
	Title   string // of the questionnaire
	Number  int    // of the question that is next
	Saved   time.Time
	Paper   bool
	Outdate bool // the questionnaire has a newer version
	Old     bool // another draft went on from it with the newer one
	Beside  bool // a form beside the visits
}

// Whereabouts says where a piece of work is, in her words: pending, received, kept, held.
type Whereabouts struct {
	State  string // "pending", "received", "kept", "held"
	At     time.Time
	Reason casework.Reason
}

// VisitLine is one visit in a file.
type VisitLine struct {
	ID      casework.RecordID
	Date    casework.Day
	Mode    string // code of the list "visit_mode"
	Result  Phrase // 见到孩子 · 没见到孩子，在学校
	Worker  string // name, when known
	Paper   bool
	Where   Whereabouts
	Mine    bool
	Removed bool // taken back or moved by 更正
}

// Promise is a thing agreed on.
type Promise struct {
	Task   casework.RecordID
	Words  Phrase
	Text   string // her own words, when there are any
	Who    string
	Until  casework.Day
	Done   bool
	State  Phrase
	Urgent bool
}

// Fact is one labelled value of a file, already masked.
type Fact struct {
	Label    Phrase
	Value    string
	Field    casework.Field
	Reveal   bool // a key shows it in full and leaves a note
	Conflict bool
	File     string // id of a photo or file that can be opened
}

// File is one person's whole file, 一人一档.
type File struct {
	Line     Line
	Address  string
	Status   Whereabouts // of the last visit
	LastSeen casework.Day
	Standing Phrase // 督导员 10-21 确认
	Why      []Phrase
	Facts    []Fact
	Caution  string
	Promises []Promise
	Visits   []VisitLine
	Forms    []FormLine // beside the visits
	Missing  []Phrase   // may be entitled to and does not get
	Mates    []Line     // of the same household
	Drafts   []Draft
	Urgent   []Urgent
	Child    bool
	Elder    bool
}

// VisitPage is one visit opened.
type VisitPage struct {
	Line   VisitLine
	Person Line
	Title  string
	Facts  []Fact      // question and answer
	Held   bool        // 已交区里保管: written here, kept by the district
	Filled *FilledPage // a form beside the visits; nil for a visit
}

// NewPerson is what 新发现 asks for.
type NewPerson struct {
	Name     string
	Sex      string
	Birth    casework.Date
	Area     casework.Area
	Group    string
	Resident string // as typed; may be empty
	Absent   string // code of why there is none
	Duties   []casework.Duty
	Reason   string
	Phone    string
}

// Attention is what was done about an urgent order.
type Attention struct {
	Step    string // "opened", "called", "supervisor", "station", "bureau", "exclude", "done"
	At      time.Time
	Officer string // who took the call
	Note    string
	Exclude []casework.WorkerID // with "exclude": they lose sight of it at their next exchange
}

// KeptWork is an operation the district has set aside.
type KeptWork struct {
	Person casework.RecordID
	Name   string
	Reason casework.Reason
	At     time.Time
}

// Status is the truth about her work, for the status line and the page 上传.
type Status struct {
	Enrolled     bool
	District     string
	Address      string
	Online       bool      // the last try reached the district
	Busy         bool      // an exchange is under way
	Pending      int       // visits not at the district yet
	PendingOther int       // other changes not at the district yet
	Received     time.Time // when the district last said it has everything sent
	LastTry      time.Time
	Trouble      error // why the last try failed; nil when there was simply no network
	Kept         int
	Conflicts    int
	LeaseUntil   time.Time
	People       int
	Files        int // photos and files that are on this laptop only
}
