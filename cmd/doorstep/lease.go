package main

import (
	"time"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
)

// leaseCommand opens old files again without a network: by a file from the district, or by
// a code that answers the request on the telephone.
func (a *app) leaseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "lease [FILE | --request | --code 12345678]", Short: "没有网时多看几天旧档案 / read old files longer without a network", Args: argsBetween(0, 1),
	}
	request := cmd.Flags().Bool("request", false, "要念给督导员的申请号 / the number to read out on the telephone")
	code := cmd.Flags().String("code", "", "督导员念回来的延期码 / the code that was read back")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		asked := len(given)
		if *request {
			asked++
		}
		if *code != "" {
			asked++
		}
		if asked > 1 {
			return usage{errMissing("FILE | --request | --code")}
		}
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			switch {
			case *request:
				number, err := d.Request(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(map[string]any{"request": number}, a.speaker.Say("cmd.lease.request", "Number", number[:3]+" "+number[3:]))
			case *code != "":
				return a.extended(d.Extend(cmd.Context(), *code))
			case len(given) == 1:
				return a.extended(d.ReadLease(cmd.Context(), given[0]))
			}
			l := d.Lapse()
			if l.Closed {
				return a.print(map[string]any{"lapsed": true, "until": l.Until}, a.speaker.Say("cmd.lease.closed"))
			}
			if l.Until.IsZero() {
				return casework.Problem("doorstep.lease", "laptop.not_enrolled")
			}
			return a.extended(l.Until, nil)
		})
	}
	return cmd
}

// extended says until when old files are open.
func (a *app) extended(until time.Time, err error) error {
	if err != nil {
		return err
	}
	local := until.In(casework.Shanghai)
	return a.print(map[string]any{"lapsed": false, "until": local.Format(time.RFC3339)}, a.speaker.Say("cmd.lease.until", "Until", local.Format("2006-01-02 15:04")))
}
