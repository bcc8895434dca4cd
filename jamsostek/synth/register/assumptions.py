"""How the people of the lists live and were registered: every number is assumed. Shares are permille unless named otherwise."""

from __future__ import annotations

from jamsostek.core.dates import days_from_civil

AS_OF_DAY = int(days_from_civil(2026, 1, 1))
"""Both lists are of this day (days since 1970)."""
AS_OF_YEAR = 2026
OLDEST_YEARS = 95
"""Nobody is older: a NIK writes two digits of the year."""

# ---- who is on which list

POOR_ARE_MEMBERS = 350
"""Of the people of the register."""
POOR_ADULTS_LISTED, POOR_CHILDREN_LISTED = 950, 450
GROWN_YEARS = 17
MEMBER_AGES = (17, 69)
MEMBER_MEN, MEMBER_WOMEN = 720, 440
"""Of the people of these ages in households that have members."""
POOR_WOMEN_TO_MEN = 600
"""How often a poor woman is a member where a thousand poor men are."""

# ---- places

LISTED_PER_VILLAGE = 400
"""People on either list in a village of some 4,900 (East Java: 42 million in 8,494)."""
VILLAGES_PER_DISTRICT = 12
FEWEST_VILLAGES_PER_REGENCY = 16
TOWN_VILLAGES, CITY_VILLAGES = 120, 50
ELSEWHERE = 30
"""Member households that live in another province."""

# ---- households

HEAD_AGES = (
    (20, 40), (25, 90), (30, 115), (35, 125), (40, 125), (45, 120), (50, 110), (55, 90), (60, 70), (65, 50), (70, 35), (75, 20),
    (80, 10),
)  # fmt: skip
"""First of five years, and how frequent."""
WOMEN_AS_HEAD = ((60, 260), (35, 120), (0, 80))
"""From this age on."""
MARRIED_MEN, MARRIED_YOUNG_MEN, MARRIED_WOMEN_AS_HEAD = 900, 700, 120
ALONE_WITH_CHILDREN = 700
"""Heads without a spouse, over 25, who have had children."""
WIFE_YOUNGER_YEARS = (
    (-4, 20), (-2, 50), (-1, 70), (0, 110), (1, 130), (2, 140), (3, 130), (4, 110), (5, 90), (7, 80), (9, 45), (12, 25),
)  # fmt: skip
CHILDREN = ((0, 80), (1, 230), (2, 370), (3, 220), (4, 75), (5, 25))
MOST_CHILDREN = 6
"""One more than the most births: the last may be twins."""
TWINS = 10
"""Of births."""
TWINS_ALIKE = 660
"""Of twins: both of one sex."""
AT_HOME = ((31, 120), (25, 400), (18, 760), (0, 970))
"""Children who live with their parents, from this age on."""
PARENT_AT_HOME, MOTHERS_OF_PARENTS = 90, 700
SIBLING_AT_HOME = 25

# ---- names

NAMED_AS_ELSEWHERE = 60
"""Households whose names are of one of the other cultures of the country."""
NAMING_PROVINCES = (32, 12, 73, 51, 13, 63)
"""West Java, North Sumatra, South Sulawesi, Bali, West Sumatra, South Kalimantan."""
SPOUSE_OF_SAME_NAMING = 900
SCHOOLED, SCHOOLED_POOR = 100, 10
"""Who may have an academic title on the card, and at some age a pilgrim's."""

# ---- official records

DEFAULT_OFFICIAL = ((60, 330), (50, 180), (40, 80), (0, 6))
"""From this age on: a default date in the official record."""
DEFAULT_DAYS = ((1231, 500), (701, 330), (101, 170))
"""Month and day."""
DEFAULT_YEARS_OFF = ((-2, 70), (-1, 150), (0, 560), (1, 150), (2, 70))
REGISTERED = {
    "grown": ((0, 740), (1, 110), (2, 120), (3, 30)),
    "child": ((0, 930), (1, 30), (2, 35), (3, 5)),
    "comer": ((0, 450), (1, 60), (2, 90), (3, 400)),
}
"""Where the NIK was first issued: the home district, its regency, the province, another province. A comer is of a household
with names from elsewhere."""
BORN_WHERE_REGISTERED = 900
SERIAL_STEPS = ((1, 560), (2, 240), (3, 120), (4, 50), (5, 30))
"""From one serial of a district and date to the next: people on neither list hold those between."""
CARD_DAYS = (int(days_from_civil(2008, 1, 1)), AS_OF_DAY - 1)
"""When family cards were issued."""

# ---- what the registry knows of families

FAMILY_KNOWN = 300
"""Of married members."""
RELATIVE_KNOWN = 850
"""Of the family of those."""
