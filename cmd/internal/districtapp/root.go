package districtapp

import (
	"errors"
	"fmt"
	"strings"

	"doorstep/casework"
	"doorstep/cmd/internal/config"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// root is the command with its subcommands.
func (s *shell) root() *cobra.Command {
	root := &cobra.Command{
		Use: "district", Short: s.say("short"), SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs, RunE: s.group,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			c, err := config.ReadDistrict(cmd.Flags())
			if err != nil {
				return wrong(err)
			}
			s.c = c
			return s.speak(c.Lang)
		},
	}
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help", Short: s.say("help.short"), Hidden: true, RunE: func(cmd *cobra.Command, args []string) error {
		about, _, err := cmd.Root().Find(args)
		if err != nil {
			return s.group(cmd, args)
		}
		return about.Help()
	}})
	root.SetHelpFunc(s.help)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return wrong(flagProblem(err)) })
	f := root.PersistentFlags()
	f.String("lang", "zh", s.say("flag.lang"))
	f.String("data", "district-data", s.say("flag.data"))
	f.String("db", "", s.say("flag.db"))
	f.Bool("json", false, s.say("flag.json"))
	f.BoolP("help", "h", false, s.say("flag.help"))
	root.AddCommand(s.initCommand(), s.serveCommand(), s.enrolCommand(), s.areasCommand(), s.importCommand(), s.formCommand(), s.publishCommand(), s.listCommand(), s.deviceCommand(), s.leaseCommand(), s.noticeCommand(), s.receiveCommand(), s.draftCommand(), s.verifyCommand(), s.versionCommand())
	plain(root)
	return root
}

// plain takes the English "[flags]" from all usage lines.
func plain(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	for _, sub := range cmd.Commands() {
		plain(sub)
	}
}

// group answers a command that only has subcommands.
func (s *shell) group(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return wrong(casework.Problem("districtapp.Run", "districtapp.command_unknown", "Name", casework.CleanLine(args[0], 40)))
	}
	return cmd.Help()
}

// exactly checks how many words stand behind a command.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return wrong(casework.Problem("districtapp.Run", "districtapp.arguments", "Use", cmd.UseLine()))
		}
		return nil
	}
}

func flagProblem(err error) error {
	const op = "districtapp.Run"
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	name := func(s string) string { return casework.CleanLine(strings.TrimLeft(s, "-"), 40) }
	switch {
	case errors.As(err, &unknown):
		return casework.Problem(op, "districtapp.flag_unknown", "Name", name(unknown.GetSpecifiedName()))
	case errors.As(err, &missing):
		return casework.Problem(op, "districtapp.flag_value", "Name", name(missing.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return casework.Problem(op, "districtapp.flag_value", "Name", invalid.GetFlag().Name)
	case errors.As(err, &syntax):
		return casework.Problem(op, "districtapp.flag_value", "Name", name(syntax.GetSpecifiedFlag()))
	}
	return casework.Problem(op, "config.flags").Because(err)
}

// needed checks that options were given.
func needed(cmd *cobra.Command, names ...string) error {
	for _, n := range names {
		if !cmd.Flags().Changed(n) {
			return wrong(casework.Problem("districtapp.Run", "districtapp.flag_missing", "Name", n))
		}
	}
	return nil
}

// help prints how a command is used, in the reader's language.
func (s *shell) help(cmd *cobra.Command, _ []string) {
	fmt.Fprintf(s.out, "%s\n\n  %s\n", cmd.Short, cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(s.out, "\n%s\n", s.say("help.commands"))
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(s.out, "  %-10s %s\n", sub.Name(), sub.Short)
			}
		}
	}
	fmt.Fprintf(s.out, "\n%s\n%s", s.say("help.options"), strings.TrimLeft(cmd.Flags().FlagUsages(), "\n"))
}
