package districtapp

import (
	"context"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/store/district"

	"github.com/spf13/cobra"
)

func (s *shell) deviceCommand() *cobra.Command {
	device := &cobra.Command{Use: "device list|show|freeze|revoke|lost", Short: s.say("device.short"), Args: cobra.ArbitraryArgs, RunE: s.group}
	device.AddCommand(&cobra.Command{Use: "list", Short: s.say("list.devices.short"), Args: exactly(0), RunE: s.with(func(cmd *cobra.Command, _ []string, a *App) error {
		return s.devices(cmd.Context(), a, "")
	})})
	for _, c := range []struct {
		name string
		do   func(context.Context, *App, district.Device) error
	}{
		{"show", s.showDevice}, {"freeze", s.freeze}, {"revoke", s.revoke}, {"lost", s.lost},
	} {
		device.AddCommand(&cobra.Command{Use: c.name + " DEVICE|WORKER", Short: s.say("device." + c.name + ".short"), Args: exactly(1), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
			d, err := a.device(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return c.do(cmd.Context(), a, d)
		})})
	}
	return device
}

// device is the laptop that is meant: by its number, or by the number or name of whoever
// carries it when she has one that is not shut out, or only one.
// Errors: districtapp.device_unknown, districtapp.several_devices.
func (a *App) device(ctx context.Context, which string) (district.Device, error) {
	all, err := a.store.Devices(ctx)
	if err != nil {
		return district.Device{}, err
	}
	which = strings.TrimSpace(which)
	var hers, good []district.Device
	for _, d := range all {
		switch {
		case d.Desk || len(d.PublicKey) == 0:
		case d.ID.String() == strings.ToUpper(which):
			return d, nil
		case d.Name == which || d.Actor.Worker.String() == strings.ToUpper(which):
			hers = append(hers, d)
			if !d.Revoked {
				good = append(good, d)
			}
		}
	}
	switch {
	case len(good) == 1:
		return good[0], nil
	case len(hers) == 1:
		return hers[0], nil
	case len(hers) > 1:
		return district.Device{}, casework.Problem("districtapp.device", "districtapp.several_devices")
	}
	return district.Device{}, casework.Problem("districtapp.device", "districtapp.device_unknown")
}

func standing(d district.Device) string {
	switch {
	case d.Revoked:
		return "revoked"
	case d.Frozen:
		return "frozen"
	}
	return "good"
}

// deviceDocument is one laptop for scripts.
type deviceDocument struct {
	deviceRow
	LeaseUntil time.Time     `json:"lease_until,omitzero"`
	Received   uint64        `json:"operations_received"`
	Loss       *lossDocument `json:"loss,omitempty"`
}

func (s *shell) showDevice(ctx context.Context, a *App, d district.Device) error {
	loss, err := a.store.Loss(ctx, d.ID)
	if err == nil {
		return s.loss(ctx, a, loss)
	}
	if casework.CodeOf(err) != "district.not_lost" {
		return err
	}
	if s.c.JSON {
		return s.document(documentOf(d))
	}
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	s.print("device.who", "Name", d.Name, "Role", s.role(d.Actor.Role), "Area", called(names, areasOf(d.Actor)), "State", s.say("device."+standing(d)))
	s.print("device.contact", "Enrolled", minute(d.Enrolled), "Heard", minute(d.Heard), "Lease", minute(d.LeaseUntil))
	s.print("device.id", "ID", d.ID.String())
	return nil
}

func documentOf(d district.Device) deviceDocument {
	return deviceDocument{
		deviceRow: deviceRow{
			ID: d.ID, Worker: d.Name, WorkerID: d.Actor.Worker, Role: d.Actor.Role, Areas: areasOf(d.Actor),
			Standing: standing(d), Enrolled: d.Enrolled, Heard: d.Heard,
		},
		LeaseUntil: d.LeaseUntil, Received: d.Chain.Seq,
	}
}

func (s *shell) freeze(ctx context.Context, a *App, d district.Device) error {
	return s.changed(ctx, a, d, a.store.Freeze)
}

func (s *shell) revoke(ctx context.Context, a *App, d district.Device) error {
	return s.changed(ctx, a, d, a.store.Revoke)
}

func (s *shell) changed(ctx context.Context, a *App, d district.Device, change func(context.Context, casework.DeviceID) error) error {
	if err := change(ctx, d.ID); err != nil {
		return err
	}
	d, err := a.store.Device(ctx, d.ID)
	if err != nil || s.c.JSON {
		return s.one(err, documentOf(d))
	}
	s.print("device.now."+standing(d), "Name", d.Name)
	return nil
}

// one prints a document, unless something went wrong before.
func (s *shell) one(err error, doc any) error {
	if err != nil {
		return err
	}
	return s.document(doc)
}
