"""A living synthetic regency: people and their families, employers, jobs, sponsors and covers, month by month.

Promises: `make_regency(seed, month=…)` has exactly the wanted number of active members in that month, and they add up to the
published shares of the province (segments, women by segment, scales, payers, JHT, routes; see `shares`); the same arguments
give the same bytes (with the same versions of NumPy and Arrow); 50,000 workers take less than three seconds.
`make_people(seed, count)` makes a million people of the whole nation in batches, for trials of search and import.

Nobody and nothing is real. Every NIK ends in the serial 0000, which is never issued; no two human beings share one. Phone
numbers (+62 800 0…) begin with the freephone prefix, which no mobile number has, and go on as no freephone number does. Bank
accounts begin with 000 and the banks do not exist. Tax numbers have a kind (99) and an office (000) that do not exist.
Villages and districts are invented under codes that no regency uses (districts from 51 on). Every invented place, firm, office
and bank has the word Contoh in its name. What is assumed stands in `assumptions`.

Beside the active members there are those who left, those who died, trainees, people registered twice and pairs that only look
so: `origin` says which. Workers no list has yet stand apart, in `unregistered`.

Spells of work and cover come with what was known when: `recorded_on` and `superseded_on`. A row that holds has no
`superseded_on`; a row that was replaced names the one that holds in `version_of`. Rows that hold never overlap for one person
and employer. Wages belong to rows that hold.

The tables. Kinds: int is int64, month YYYYMM in int32, text, date, bool; a ? marks a column that may be null. The first column
of a table numbers its rows from 1 where it has the table's name; other columns with that name point to it. Regions are
Kemendagri's codes: regency 4 digits, district 6, village 10.

districts: invented sub-districts
    district_code     int     6 digits
    name              text
    office            int     the office that serves it

villages: invented villages
    village_code      int     10 digits
    district_code     int
    name              text
    kind              text    desa, kelurahan
    setting           text    farm, coast, town: what people on own account do there
    invented          bool    always true: no register has it

offices: the branch and the sub-branch
    office            int
    name              text
    kind              text    branch, sub_branch
    regency_code      int

people: everybody who is or was registered
    person            int
    origin            text    member (active, of the plan), former, deceased, trainee, registered_twice, lookalike
    segment           text    pu, non_asn, bpu, construction, migrant, trainee: what the person does, or last did, first of all
    nik               int     16 digits
    name              text    as on the card: single names, degrees, H. and Hj., old spelling
    sex               text    male, female
    birth_date        date
    mother_name       text
    regency_code      int     domicile
    village_code      int?    null outside the regency
    address           text
    phone             text?   +62800…; a few share one
    bank_name         text?
    bank_account      text?   12 digits
    disability_type   text?   physical, sensory, intellectual, mental
    disability_degree text?   mild, moderate, severe
    died_on           date?
    member_since      month   may lie before the books open

relatives: who a person's family is
    relative          int
    person            int
    kind              text    spouse, child, parent, sibling
    name              text
    sex               text    male, female
    birth_date        date
    nik               int     the same only for the same human being: a child of two registered parents stands twice
    relative_person   int?    the relative's own row in people
    from_date         date    wedding; for others the day both lived
    to_date           date?   divorce

moves: changes of domicile
    person            int
    moved_on          date
    from_regency      int
    from_village      int?    null outside the regency
    to_regency        int
    to_village        int?    null outside the regency

spellings: the same person's name as another list has it
    person            int
    name              text
    seen_on           text    employer_list, village_list, old_card

duplicates: the truth about the planted pairs
    person            int     registered first
    twin              int     the second row, also in people
    same_person       bool    false for look-alikes: equal name, birth date, sex and mother, another human being
    difference        text    nik_district, nik_district_and_name, nik_and_birth_date, other_person

employers: who employs
    employer          int
    name              text
    kind              text    company, construction_firm, government_office, village_office
    kbli              text    5 digits (KBLI 2020; its status stands in data/regency_industries.csv)
    industry          text    group.number in law/jkk/industries.csv
    risk_class        text    the class of that line: very_low, low, medium, high, very_high
    scale             text    large, medium, small, micro
    labour_intensive  bool
    npwp              text    15 digits
    regency_code      int
    village_code      int
    office            int
    registered_month  month
    workers           int     who work there in the month, second registrations among them

units: head offices, branches, schools and health posts of employers
    unit              int
    employer          int
    name              text
    is_head_office    bool
    regency_code      int
    village_code      int

projects: construction projects, running and ended
    project           int
    employer          int
    name              text
    owner             text
    regency_code      int
    village_code      int
    basis             text    contract_value, wage: how the contribution is reckoned
    contract_rupiah   int
    from_month        month
    to_month          month

employments: spells of work in every version
    employment        int
    person            int
    employer          int
    segment           text    pu, non_asn, construction, trainee
    unit              int?    null on projects
    project           int?    null elsewhere
    position          text
    from_month        month
    to_month          month?  null while it goes on
    recorded_on       date
    superseded_on     date?
    version_of        int?    the employment that holds now

wages: what an employment pays from a month on
    employment        int
    from_month        month   the first month of the job, then every January
    wage_rupiah       int

sponsors: who pays for others
    sponsor           int
    kind              text    regional_government, village, csr, private
    name              text
    regency_code      int
    village_code      int?    of a village
    employer          int?    the firm behind a csr
    gap_month         month?  a month left unpaid because a grant came late

covers: spans of cover on own account in every version
    cover             int
    person            int
    payer             text    self, sponsor
    sponsor           int?
    sector            text    transport, other
    occupation        text
    income_rupiah     int     as declared
    jht_member        bool
    agent             int?    who enrolled the person
    from_month        month
    to_month          month?  null while the person goes on paying; a sponsor has paid to December
    recorded_on       date
    superseded_on     date?
    version_of        int?    the cover that holds now

placements: contracts of migrants that run in the month
    placement         int
    person            int
    route             text    agency, individual
    agency            text?
    country           text    two letters (ISO 3166)
    contract_start    month
    contract_months   int
    recorded_on       date

agents: PERISAI agents
    agent             int
    code              text
    person            int
    office            int
    from_month        month

unregistered: workers no list has yet
    candidate         int
    nik               int
    name              text
    sex               text    male, female
    birth_date        date
    mother_name       text
    regency_code      int
    village_code      int
    sector            text    transport, other
    occupation        text

users: one demo person for each role, with one grant
    username          text
    name              text
    role              text
    kind              text    self, employer, sponsor, village, agent, office, region, nation
    target            int     a person (an heir's: who died), employer, sponsor, agent, office; village or region code; 0 nation
    person            int?    the user's own row in people
    relative          int?    the heir's own row in relatives

`Regency.roster` holds rows for a month's file of the employer `roster_employer`, texts as a clerk types them: action (join,
leave, wage_change), nik, name, birth_date, sex (L, P), mother_name, phone, position, wage, month, and `expect`: good for sixty
of them, else the fault.
"""

from jamsostek.synth.regency.make import DEFAULT_REGENCY, Regency, make_regency, usual_employers
from jamsostek.synth.regency.many import PEOPLE_SCHEMA, make_people
from jamsostek.synth.regency.schema import SCHEMAS
from jamsostek.synth.regency.users import USERNAMES

__all__ = [
    "DEFAULT_REGENCY",
    "PEOPLE_SCHEMA",
    "SCHEMAS",
    "USERNAMES",
    "Regency",
    "make_people",
    "make_regency",
    "usual_employers",
]
