package casework

// RoleNames is what people who work in the district are called (domain §2 and §13).
var RoleNames = CodeList{"role", "岗位", "roles", []Term{
	term(string(RoleChildDirector), "儿童主任", "child director"),
	term(string(RoleAidCoordinator), "村居救助协理员", "assistance coordinator", "救助协理员", "协理员"),
	term(string(RoleElderVisitor), "养老探访人员", "elder visitor", "探访人员"),
	term(string(RoleChildSupervisor), "儿童督导员", "child supervisor", "督导员"),
	term(string(RoleAidClerk), "社会救助经办人员", "assistance clerk", "经办人员"),
	term(string(RoleSocialWorker), "社工", "social worker"),
	term(string(RoleProtectionWorker), "未保站工作人员", "minors' protection worker", "未保站"),
	term(string(RoleChildOfficer), "区里儿童工作人员", "child-welfare officer"),
	term(string(RoleElderOfficer), "区里养老工作人员", "elder-service officer"),
	term(string(RoleAidOfficer), "区里救助工作人员", "assistance officer"),
	term(string(RoleDistrictAdmin), "系统管理员", "administrator"),
}}
