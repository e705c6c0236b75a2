"""The two cases that the walkthrough plays, with the dates that a clerk would count by hand."""

from server.story import Script

APPLICANT = {
    "applicant_name": "金味餐饮有限公司",
    "applicant_number": "91330700MA29ABCD1G",
    "contact_name": "王敏",
    "contact_phone": "13905790000",
    "contact_address": "人民路一百号三楼",
    "truthful": "true",
}

RESTAURANT = Script(
    process="restaurant",
    answers={
        "has_employees": "true",
        "wants_account": "true",
        "area_m2": "420",
        "invest_wan": "60",
        "has_signboard": "true",
        "discharges_sewage": "true",
        "sells_tobacco": "true",
        "needs_utilities": "true",
        "eia_catalogue_hit": "true",
    },
    form={
        **APPLICANT,
        "applicant_type": "company",
        "shop_name": "金味小馆",
        "shop_address": "人民路一百号一楼",
        "catering_type": "cold",
        "cold_room_m2": "12.5",
        "staff.0.name": "王敏",
        "staff.0.number": "330702198507120022",
        "staff.0.work": "cook",
        "staff.1.name": "周丽",
        "staff.1.number": "330702199203154615",
        "staff.1.work": "safety",
    },
    forgotten={"M03": "租赁合同缺少产权人签字", "M07": "平面图没有标注疏散通道"},
    late="R10",
    paused="R11",
    procedure="水质检测",
    refused="R12",
    #: Complete on 2026-03-04; R12 begins when R01 is granted on 03-05; R11 is frozen four days.
    dates={
        "承诺办结": "2026-03-23",
        "法定上限": "2026-05-11",
        "R08": "2026-03-11",
        "R10": "2026-03-11",
        "R11": "2026-03-17",
        "R12": "2026-03-19",
    },
)

CONSTRUCTION_QUESTIONS = (
    "is_special_fire_project", "is_civil_building", "has_air_defence_works", "is_super_highrise",
    "is_explosive_or_hazard_site", "occupies_road", "road_attached_lines", "bridge_lines",
    "occupies_green", "cuts_trees", "moves_ancient_tree", "construction_discharge",
    "touches_water_main", "touches_sewer", "touches_gas", "dewatering", "eia_report_required",
    "night_work",
)  # fmt: skip

CONSTRUCTION = Script(
    process="construction",
    answers={
        "invest_wan": "52000",
        "area_m2": "86000",
        "disturbed_area_ha": "3.2",
        **dict.fromkeys(CONSTRUCTION_QUESTIONS, "true"),
    },
    form={
        **APPLICANT,
        "project_name": "江滨中心一期",
        "project_code": "2603-330702-04-01-123456",
        "project_address": "江滨路与中山路口东北角",
        "buildings.0.name": "1 号楼",
        "buildings.0.floors": "32",
        "buildings.0.area_m2": "41000.5",
        "buildings.1.name": "2 号楼",
        "buildings.1.floors": "36",
        "buildings.1.area_m2": "44999.5",
        "project_type": "building",
        "contractor": "宏远建设集团",
        "supervisor": "正衡监理公司",
    },
    forgotten={"K04": "勘察报告未盖章", "K21": "缺少消纳合同"},
    late="G10",
    paused="G17",
    procedure="水质检测",
    refused="G14",
    #: As above; thirty days because of the high-rise; G24 begins when G09 is granted on 03-05.
    dates={
        "承诺办结": "2026-04-16",
        "法定上限": "2026-05-11",
        "G04": "2026-04-01",
        "G10": "2026-03-11",
        "G17": "2026-03-17",
        "G24": "2026-03-09",
    },
)

SCRIPTS = {script.process: script for script in (RESTAURANT, CONSTRUCTION)}
