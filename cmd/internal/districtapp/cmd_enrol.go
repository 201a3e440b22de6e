package districtapp

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/store/sheet"

	"github.com/spf13/cobra"
)

func (s *shell) enrolCommand() *cobra.Command {
	var worker, role, village, id string
	var places []string
	var hours int
	cmd := &cobra.Command{Use: "enrol --worker 张桂芬 --role child_director --area 371002001201", Short: s.say("enrol.short"), Args: exactly(0), RunE: s.with(func(cmd *cobra.Command, _ []string, a *App) error {
		if err := needed(cmd, "worker", "role", "area"); err != nil {
			return err
		}
		in := Invitation{Name: worker, Role: casework.Role(role), For: time.Duration(hours) * time.Hour}
		if hours == 0 {
			in.For = -1 // not "as usual"
		}
		for _, p := range places {
			area, err := casework.ParseArea(p)
			if err != nil {
				return wrong(err)
			}
			in.Areas = append(in.Areas, area)
		}
		if id != "" {
			known, err := casework.ParseID(id)
			if err != nil {
				return wrong(casework.Problem("districtapp.enrol", "districtapp.flag_value", "Name", "id"))
			}
			in.Worker = casework.WorkerID{ID: known}
		}
		if village != "" {
			if len(in.Areas) != 1 {
				return wrong(casework.Problem("districtapp.enrol", "districtapp.flag_value", "Name", "village-name"))
			}
			if err := a.NameAreas(cmd.Context(), map[casework.Area]string{in.Areas[0]: village}); err != nil {
				return err
			}
		}
		until := s.p.Now().Add(in.For)
		code, known, err := a.Invite(cmd.Context(), in)
		switch casework.CodeOf(err) {
		case "districtapp.role", "districtapp.hours":
			return wrong(err)
		}
		if err != nil {
			return err
		}
		return s.invited(in, code, known, until)
	})}
	f := cmd.Flags()
	f.StringVar(&worker, "worker", "", s.say("flag.worker"))
	f.StringVar(&role, "role", "", s.say("flag.role", "Roles", s.roles()))
	f.StringSliceVar(&places, "area", nil, s.say("flag.places"))
	f.StringVar(&village, "village-name", "", s.say("flag.village_name"))
	f.StringVar(&id, "id", "", s.say("flag.id"))
	f.IntVar(&hours, "hours", 72, s.say("flag.hours"))
	return cmd
}

func (s *shell) roles() string {
	var out []string
	for _, r := range Roles {
		out = append(out, string(r)+" "+s.say("role."+string(r)))
	}
	return strings.Join(out, ", ")
}

func (s *shell) invited(in Invitation, code string, known casework.WorkerID, until time.Time) error {
	if s.c.JSON {
		out := map[string]any{"code": code, "worker": in.Name, "role": in.Role, "areas": in.Areas, "until": until.UTC().Truncate(time.Second)}
		if !known.IsZero() {
			out["worker_id"] = known
		}
		return s.document(out)
	}
	s.print("enrol.code", "Code", code)
	s.print("enrol.until", "Name", casework.CleanLine(in.Name, 60), "Until", until.In(casework.Shanghai).Format("2006-01-02 15:04"))
	if !known.IsZero() {
		s.print("enrol.known", "Name", casework.CleanLine(in.Name, 60))
	}
	return nil
}

func (s *shell) areasCommand() *cobra.Command {
	var add []string
	cmd := &cobra.Command{
		Use: "areas [FILE.csv] [--add 371002001201=竹岛村]", Short: s.say("areas.short"),
		Args: func(cmd *cobra.Command, args []string) error { return exactly(min(len(args), 1))(cmd, args) },
		RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
			names := map[casework.Area]string{}
			if len(args) == 1 {
				if err := readAreas(args[0], names); err != nil {
					return err
				}
			}
			for _, pair := range add {
				code, name, _ := strings.Cut(pair, "=")
				area, err := casework.ParseArea(code)
				if err != nil {
					return wrong(err)
				}
				names[area] = name
			}
			if len(names) == 0 {
				return s.areas(cmd, a)
			}
			if err := a.NameAreas(cmd.Context(), names); err != nil {
				return err
			}
			if s.c.JSON {
				return s.document(map[string]any{"saved": len(names)})
			}
			s.print("areas.done", "Count", len(names))
			return nil
		}),
	}
	cmd.Flags().StringArrayVar(&add, "add", nil, s.say("flag.add"))
	return cmd
}

func (s *shell) areas(cmd *cobra.Command, a *App) error {
	all, err := a.Areas(cmd.Context())
	if err != nil {
		return err
	}
	if s.c.JSON {
		return s.document(map[string]any{"areas": all})
	}
	for _, area := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintln(s.out, string(area)+"  "+all[area])
	}
	return nil
}

// readAreas reads a table of two columns, code and name. A first row that holds no code
// is its heading.
func readAreas(file string, into map[casework.Area]string) error {
	book, err := openBook(file)
	if err != nil {
		return err
	}
	for _, g := range book.Sheets {
		if g.Hidden {
			continue
		}
		for row := 1; row <= g.Rows; row++ {
			if g.RowBlank(row) {
				continue
			}
			area, err := casework.ParseArea(g.At(row, 1).Text)
			switch name := g.At(row, 2).Text; {
			case err != nil && row == 1:
			case err != nil || name == "":
				return casework.Problem("districtapp.areas", "districtapp.area_row", "Row", row)
			default:
				into[area] = name
			}
		}
	}
	return nil
}

// openBook reads a table from the disk.
func openBook(file string) (*sheet.Book, error) {
	failed := casework.Problem("districtapp.openBook", "districtapp.file", "File", casework.CleanLine(filepath.Base(file), 80))
	info, err := os.Stat(file)
	if err != nil || info.IsDir() {
		return nil, failed.Because(err)
	}
	if info.Size() > sheet.MaxFileBytes {
		return nil, casework.Problem("districtapp.openBook", "sheet.too_big", "MB", sheet.MaxFileBytes>>20)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, failed.Because(err)
	}
	return sheet.OpenBook(filepath.Base(file), raw)
}
