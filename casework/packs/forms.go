package packs

import (
	"bytes"
	"slices"

	"doorstep/casework"
	"doorstep/casework/form"
)

// Form is a form of the field beside the two visit questionnaires (domain §6): an
// assessment, a survey, a record. It is not part of Default, so no laptop gets it before a
// district publishes it. Its workbook and what that compiles to lie in the folder forms.
type Form struct {
	ID     string // form_id of the workbook and name of its file
	Zh, En string // title
	// Subject is whom or what one filled-in form is about: "child", "elder", "person",
	// "household", "village" (a posted list) or "case" (an assistance file).
	Subject string
	// FilledBy are the roles that may fill it in.
	FilledBy []casework.Role
	// Source is the standard, law or paper form it follows; Status is how far it is settled.
	Source, Status string
}

// Forms lists them in the order of the domain's paper forms. The caller owns the copy.
func Forms() []Form { return slices.Clone(fieldForms) }

// FormByID is one of Forms. Error: packs.no_form.
func FormByID(id string) (Form, error) {
	for _, f := range fieldForms {
		if f.ID == id {
			return f, nil
		}
	}
	return Form{}, casework.Problem("packs.FormByID", "packs.no_form", "Form", casework.CleanLine(id, 40))
}

// Compiled are the bytes form.Load reads, as a pack carries them. Error: packs.no_form.
func (f Form) Compiled() ([]byte, error) {
	raw, err := embedded.ReadFile("forms/" + f.ID + ".json")
	if err != nil {
		return nil, casework.Problem("packs.Form.Compiled", "packs.no_form", "Form", casework.CleanLine(f.ID, 40))
	}
	return bytes.TrimSpace(raw), nil
}

// Definition is the form, ready to be filled in. Error: packs.no_form.
func (f Form) Definition() (*form.Definition, error) {
	raw, err := f.Compiled()
	if err != nil {
		return nil, err
	}
	return form.Load(raw)
}

// The ids of Forms.
const (
	AbilityAssessment = "ability-assessment"
	TekunSelfCare     = "tekun-selfcare"
	HouseholdSurvey   = "household-survey"
	CardSurvey        = "card-survey"
	CareRecord        = "care-record"
	Guardianship      = "guardianship-assessment"
	MandatoryReport   = "mandatory-report"
	SampleInspection  = "sample-inspection"
	PublicityCheck    = "publicity-check"
	HomeAdaptation    = "home-adaptation"
	NoticeConsent     = "notice-consent"
)

// fieldForms is the table behind Forms.
var fieldForms = []Form{
	{
		ID: AbilityAssessment, Zh: "老年人能力评估（GB/T 42195-2022）", En: "Ability assessment (GB/T 42195-2022)", Subject: "elder",
		FilledBy: []casework.Role{casework.RoleElderVisitor, casework.RoleElderOfficer, casework.RoleSocialWorker},
		Source:   "GB/T 42195-2022, in force 2022-12-30", Status: "national standard; p_level_change_cumulative and p_coma_level are CFG",
	},
	{
		ID: TekunSelfCare, Zh: "特困人员生活自理能力评估", En: "Self-care of a tekun person", Subject: "person",
		FilledBy: []casework.Role{casework.RoleAidClerk, casework.RoleAidOfficer, casework.RoleAidCoordinator},
		Source:   "民发〔2021〕43号, six indicators", Status: "national rule; p_valid_months is CFG",
	},
	{
		ID: HouseholdSurvey, Zh: "入户调查表", En: "Household investigation", Subject: "household",
		FilledBy: []casework.Role{casework.RoleAidClerk, casework.RoleAidOfficer},
		Source:   "民发〔2021〕57号; rigid-expenditure rules of 2024-10-24; 民法典 Art. 1045", Status: "fields from local samples; standard, margin factor and ratio are CFG",
	},
	{
		ID: CardSurvey, Zh: "银行卡（折）持卡排查", En: "Survey of who holds the bank card", Subject: "person",
		FilledBy: []casework.Role{casework.RoleAidClerk, casework.RoleAidOfficer, casework.RoleAidCoordinator},
		Source:   "local practice (环翠区 2024)", Status: "CFG: p_correct_days and who needs an agreement",
	},
	{
		ID: CareRecord, Zh: "特困人员照料服务记录", En: "Care-service record of a tekun person", Subject: "person",
		FilledBy: []casework.Role{casework.RoleAidCoordinator, casework.RoleAidClerk, casework.RoleAidOfficer},
		Source:   "国发〔2016〕14号, care agreement; price of the hour from the standards table", Status: "CFG: price and planned minutes",
	},
	{
		ID: Guardianship, Zh: "监护能力评估", En: "Guardianship assessment", Subject: "child",
		FilledBy: []casework.Role{casework.RoleChildSupervisor, casework.RoleProtectionWorker, casework.RoleSocialWorker, casework.RoleChildOfficer},
		Source:   "未成年人保护法 Art. 22, 92; carer and child tables as in DB32/T 4697-2024", Status: "points and bands are a product proposal, to be signed off by the district",
	},
	{
		ID: MandatoryReport, Zh: "强制报告记录", En: "Mandatory-report record", Subject: "child",
		FilledBy: []casework.Role{casework.RoleChildDirector, casework.RoleChildSupervisor, casework.RoleProtectionWorker, casework.RoleSocialWorker, casework.RoleElderVisitor, casework.RoleAidCoordinator, casework.RoleChildOfficer},
		Source:   "nine bodies' opinions of 2020-05-07; 未成年人保护法 Art. 11; 反家庭暴力法 Art. 14", Status: "situations national; hours and days are CFG",
	},
	{
		ID: SampleInspection, Zh: "百户调查（抽样检查）表", En: "Sample inspection of assistance cases", Subject: "case",
		FilledBy: []casework.Role{casework.RoleAidClerk, casework.RoleAidOfficer},
		Source:   "local practice (长宁区 2024), five heads; 民发〔2021〕57号", Status: "CFG: p_fix_days; heads as practised",
	},
	{
		ID: PublicityCheck, Zh: "救助公示抽查表", En: "Spot check of posted lists", Subject: "village",
		FilledBy: []casework.Role{casework.RoleAidClerk, casework.RoleAidOfficer},
		Source:   "社会救助暂行办法 Art. 9–13, 61; 民发〔2021〕57号, seven days", Status: "seven days national; p_grace_days and p_fix_days are CFG",
	},
	{
		ID: HomeAdaptation, Zh: "居家适老化改造（评估、验收）", En: "Home adaptation: survey and acceptance", Subject: "elder",
		FilledBy: []casework.Role{casework.RoleElderVisitor, casework.RoleElderOfficer, casework.RoleSocialWorker},
		Source:   "民发〔2020〕86号: 7 basic and 23 optional items", Status: "item names to be checked against the print; budget limit is CFG",
	},
	{
		ID: NoticeConsent, Zh: "告知和同意单", En: "Notice and consent", Subject: "person",
		FilledBy: []casework.Role{casework.RoleChildDirector, casework.RoleElderVisitor, casework.RoleAidCoordinator, casework.RoleAidClerk, casework.RoleSocialWorker, casework.RoleChildSupervisor},
		Source:   "个人信息保护法 Art. 13, 17, 23, 28–31", Status: "law; wording to be signed off by the district",
	},
}
