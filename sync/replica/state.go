package replica

import (
	"time"

	"doorstep/casework"
)

// Kind is what the status line says about the line to the district.
type Kind string

// The states. Their sentences are "replica.state.<kind>".
const (
	Idle        Kind = ""             // enrolled, and nothing was tried yet
	NotEnrolled Kind = "not_enrolled" // the laptop belongs to no district yet
	Offline     Kind = "offline"      // no network, or nobody answers there. Not an error
	Sending     Kind = "sending"      // an exchange is under way
	Received    Kind = "received"     // at At the district had everything
	Busy        Kind = "busy"         // the district asks to come back later
	Refused     Kind = "refused"      // Reason says why; waiting alone will not help
)

// State is what is true of the line now.
type State struct {
	Kind   Kind
	At     time.Time     // of the last complete exchange, whatever Kind is; the laptop's clock
	Reason casework.Code // why it is Offline, Busy or Refused: the code of a problem with a sentence
	Args   casework.Args // what that sentence names
}

// State is what is true now. It never waits.
func (c *Client) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Changes tells of new states: the newest one, when several came at once. There is one
// channel; one listener reads it.
func (c *Client) Changes() <-chan State { return c.changes }

func (c *Client) become(change func(*State)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.state
	change(&c.state)
	if c.state.Kind == before.Kind && c.state.Reason == before.Reason && c.state.At.Equal(before.At) {
		return
	}
	select {
	case <-c.changes: // the one nobody read yet is old now
	default:
	}
	c.changes <- c.state
}

// settle notes how an exchange ended.
func (c *Client) settle(err error) {
	c.become(func(s *State) {
		if err == nil {
			*s = State{Kind: Received, At: c.o.Now()}
			return
		}
		f := failureOf(err)
		s.Kind, s.Reason, s.Args = f.kind, f.code, f.args
	})
}
