"""Kinds of units."""

from careerpath.policy.codes.code import Code


class UnitKind(Code):
    """What a unit is: the tree from the city down to the grid, and host units beside it."""

    CITY = "city", "市", "city"
    DISTRICT = "district", "区县", "district or county", "区", "县"
    STREET = "street", "街道", "street"
    TOWN = "town", "镇", "town"
    TOWNSHIP = "township", "乡", "township"
    COMMUNITY = "community", "社区", "community"
    VILLAGE = "village", "村", "village"
    COMPOUND = "compound", "小区", "residential compound"
    GRID = "grid", "网格", "grid"
    DEPARTMENT = "department", "街道部门", "street department", "部门"
    AGENCY = "agency", "机关", "agency"
