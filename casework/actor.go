package casework

import "slices"

// Role is what someone does in the district (domain glossary).
type Role string

// The roles a district knows. Village roles carry a laptop; the others mostly sit at a desk.
const (
	RoleChildDirector    Role = "child_director"    // 儿童主任, village
	RoleAidCoordinator   Role = "aid_coordinator"   // 村居救助协理员, village
	RoleElderVisitor     Role = "elder_visitor"     // 养老探访人员, village
	RoleChildSupervisor  Role = "child_supervisor"  // 儿童督导员, township
	RoleAidClerk         Role = "aid_clerk"         // 社会救助经办人员, township
	RoleSocialWorker     Role = "social_worker"     // 社工, township
	RoleProtectionWorker Role = "protection_worker" // 未保站 staff, township
	RoleChildOfficer     Role = "child_officer"     // child-welfare officer of the bureau
	RoleElderOfficer     Role = "elder_officer"     // elder-service officer of the bureau
	RoleAidOfficer       Role = "aid_officer"       // assistance officer of the bureau
	RoleDistrictAdmin    Role = "district_admin"    // runs the server; sees no case content
)

// Duty is a line of work that decides, with the area, whose files someone holds.
type Duty string

// The duties. A person's register "duties" names those that follow from who she is.
const (
	DutyChild Duty = "child" // children in difficulty, left behind, migrant
	DutyElder Duty = "elder" // elders with special difficulties
	DutyAid   Duty = "aid"   // households on assistance: dibao, tekun, margin …
)

// Sensitivity is how far a value may travel. What is derived from values takes the highest of theirs.
type Sensitivity uint8

// The classes, lowest first.
const (
	Routine    Sensitivity = iota // name, village, promises
	Personal                      // phone, ID number, health, family
	Restricted                    // answers on harm, self-harm and the carer; bank accounts. A village worker may write but not read back
	Sealed                        // HIV status, mandatory reports: bureau officers named for it only
)

// Scope is one area with everything below it, and the duties held there.
type Scope struct {
	Area   Area   `json:"area"`
	Duties []Duty `json:"duties"`
}

// Actor is someone as the merge sees her: who writes, in which role, where.
type Actor struct {
	Worker WorkerID `json:"worker"`
	Role   Role     `json:"role"`
	Scopes []Scope  `json:"scopes"`
}

// Clearance is the highest class a role may read.
func (r Role) Clearance() Sensitivity {
	switch r {
	case RoleChildOfficer:
		return Sealed
	case RoleChildSupervisor, RoleProtectionWorker, RoleElderOfficer, RoleAidOfficer:
		return Restricted
	case RoleDistrictAdmin:
		return Routine
	default:
		return Personal
	}
}

// Duties are what a role works on unless its enrolment says otherwise.
func (r Role) Duties() []Duty {
	switch r {
	case RoleChildDirector, RoleChildSupervisor, RoleProtectionWorker, RoleChildOfficer:
		return []Duty{DutyChild}
	case RoleElderVisitor, RoleElderOfficer:
		return []Duty{DutyElder}
	case RoleAidClerk, RoleAidOfficer:
		return []Duty{DutyAid}
	case RoleAidCoordinator:
		return []Duty{DutyElder, DutyAid}
	case RoleSocialWorker:
		return []Duty{DutyChild, DutyElder, DutyAid}
	}
	return nil
}

// MaySee reports whether the role may read a field of this kind of record.
func (r Role) MaySee(f FieldSpec) bool {
	if f.Sensitivity > r.Clearance() {
		return false
	}
	return len(f.Sees) == 0 || slices.Contains(f.Sees, r)
}

// MayWrite reports whether the role may write a field, which may be one it cannot read back.
func (r Role) MayWrite(k KindSpec, f FieldSpec) bool {
	if r == RoleDistrictAdmin {
		return false
	}
	if len(f.Writes) > 0 {
		return slices.Contains(f.Writes, r)
	}
	return len(k.Writes) == 0 || slices.Contains(k.Writes, r)
}

// Covers reports whether someone in this scope holds files of that area and duty.
func (s Scope) Covers(area Area, duty Duty) bool {
	return s.Area.Contains(area) && slices.Contains(s.Duties, duty)
}

// Holds reports whether any area × duty pair of a person falls in the actor's scopes.
// Areas and duties are unions over open alternatives, so that nobody drops out of everyone's sight.
func (a Actor) Holds(areas []Area, duties []Duty) bool {
	for _, s := range a.Scopes {
		for _, area := range areas {
			for _, d := range duties {
				if s.Covers(area, d) {
					return true
				}
			}
		}
	}
	return false
}
