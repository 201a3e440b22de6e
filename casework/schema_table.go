package casework

// schema is the one table of every kind and field known in a district; its rows
// stand in one file per kind.
var schema = map[Kind]KindSpec{
	KindPerson:     personSchema,
	KindHousehold:  householdSchema,
	KindVisit:      visitSchema,
	KindTask:       taskSchema,
	KindBenefit:    benefitSchema,
	KindCare:       careSchema,
	KindDevice:     deviceSchema,
	KindAttachment: attachmentSchema,
	KindForm:       formSchema,
	KindCheck:      checkSchema,
}
