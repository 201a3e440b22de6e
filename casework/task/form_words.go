package task

import (
	"slices"
	"strconv"

	"doorstep/casework"
	"doorstep/casework/packs"
)

// FormTitle is the key of the sentence by which lists call a form: of a protected one
// nothing that tells what it is, whoever reads the list (people §1.1).
func FormTitle(f casework.FormSummary) string {
	if _, err := packs.FormByID(f.Form); f.Protected || Protected(f.Form) || err != nil {
		return "forms.title.protected"
	}
	return "forms.title." + f.Form
}

// FormAdvises reports whether a form works out a score, a level or a class of people: advice,
// by which nobody is bound (PIPL 24).
func FormAdvises(id string) bool {
	return slices.Contains([]string{packs.AbilityAssessment, packs.TekunSelfCare, packs.Guardianship, packs.HouseholdSurvey}, id)
}

// formResults are the codes of results that have words, by form.
var formResults = map[string][]string{
	packs.HouseholdSurvey:  {"yes", "no", "pending"},
	packs.CardSurvey:       {"NONE", "NO_AGREEMENT", "NOT_FILED", "NOT_GIVEN", "NOT_SEEN"},
	packs.SampleInspection: {"MATCHED", "MISMATCH", "NOT_REACHED"},
	packs.PublicityCheck:   {"1", "0"},
	packs.HomeAdaptation:   {"PASS", "FIX", "1", "0"},
	packs.NoticeConsent:    {"1", "0"},
}

// FormResult is the key of the sentence for a form's result, with its placeholders; "" when
// there is none that its reader may know, or none that has words.
func FormResult(f casework.FormSummary) (key string, args []any) {
	listed := func(list casework.CodeList, more string) (string, []any) {
		if _, ok := list.Of(f.Result); !ok {
			return "", nil
		}
		return "forms.result." + list.Key + "." + f.Result + more, nil
	}
	switch {
	case f.Protected:
		return "", nil
	case f.Form == packs.AbilityAssessment && f.Scale == "screening":
		return listed(casework.AbilityLevels, ".screening")
	case f.Form == packs.AbilityAssessment:
		return listed(casework.AbilityLevels, "")
	case f.Form == packs.TekunSelfCare:
		return listed(casework.CareLevels, "")
	case f.Form == packs.Guardianship:
		return listed(casework.GuardianRatings, "")
	case f.Form == packs.CareRecord && f.Score > 0:
		return "forms.result.care-record", []any{"Hours", strconv.FormatFloat(f.Score/60, 'f', 1, 64)}
	case slices.Contains(formResults[f.Form], f.Result):
		return "forms.result." + f.Form + "." + f.Result, nil
	}
	return "", nil
}
