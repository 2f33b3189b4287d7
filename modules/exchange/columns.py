"""Which column of a staff list means what: guessed from its name, corrected by people."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from modules.basics import BadInput

# Field -> the names that HR systems give it, without case, blanks and signs; the surest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("email", "emailaddress", "workemail", "workemailaddress", "businessemail", "mail"),
        *("officialemail", "primaryemail", "companyemail", "emailwork", "userprincipalname", "upn"),
        *("mailaddress", "login", "loginemail", "contactemail"),
    ),
    "name": (
        *("name", "fullname", "displayname", "employeename", "staffname", "personname"),
        *("preferredname", "legalname", "worker", "workername", "employee", "person"),
    ),
    "given": (
        *("preferredgivenname", "givenname", "firstname", "forename", "given", "first"),
        *("forenames", "givennames", "preferredfirstname", "knownas"),
    ),
    "family": (
        *("preferredfamilyname", "familyname", "lastname", "surname", "family", "last"),
        *("secondname", "preferredlastname"),
    ),
    "unit": (
        *("unit", "unitname", "organisationalunit", "organizationalunit", "orgunit", "department"),
        *("departmentname", "team", "teamname", "division", "directorate", "service", "section"),
        *("unitpath", "organisation", "organization", "office", "businessunit", "department1"),
        *("branch", "group", "costcentrename", "costcentername", "dept"),
    ),
    "unit_code": (
        *("unitcode", "unitid", "orgunitcode", "orgunitid", "departmentcode", "departmentid"),
        *("costcentre", "costcenter", "costcentrecode", "costcentercode", "teamcode", "teamid"),
        *("primaryorgsourcedid", "orgsourcedid", "orgsourcedids", "deptcode", "deptid"),
    ),
    "parent": (
        *("parent", "parentunit", "parentunitname", "parentdepartment", "parentunitcode"),
        *("unitparent", "parentcode", "parentorgunit", "parentsourcedid", "partof", "parentid"),
    ),
    "manager": (
        *("manager", "manageremail", "linemanager", "linemanageremail", "managerid"),
        *("linemanagerid", "managernumber", "manageremployeenumber", "supervisor", "reportsto"),
        *("supervisoremail", "supervisorid", "managersourcedid", "metadatamanagersourcedid"),
        *("manageremployeeid", "managerpersonnelnumber", "linemanagernumber", "reportstoemail"),
        *("manageremailaddress", "linemanageremailaddress", "reportingmanager", "bossemail"),
        *("linemanageremployeenumber", "managerworkemail", "managerstaffid"),
    ),
    "number": (
        *("employeenumber", "employeeid", "personnelnumber", "staffnumber", "staffid", "number"),
        *("payrollnumber", "employeeno", "personnelno", "staffno", "workerid", "personid", "id"),
        *("payrollid", "hrid", "personnumber", "empid", "empno", "employeecode", "identifier"),
        *("assignmentnumber", "payno", "paynumber"),
    ),
    "title": (
        *("jobtitle", "title", "position", "positiontitle", "role", "jobrole", "post", "posttitle"),
        *("job", "jobname", "designation", "occupation", "function"),
    ),
    "path": ("rolepath", "path", "trainingpath", "learningpath", "trainingrole"),
    "joined": (
        *("joined", "joinedon", "joiningdate", "startdate", "hiredate", "dateofhire", "started"),
        *("employmentstartdate", "datejoined", "hired", "commencementdate", "start", "begindate"),
        *("continuousservicedate", "employeestartdate"),
    ),
    "last": (
        *("lastday", "left", "lefton", "leavingdate", "enddate", "terminationdate", "leaver"),
        *("employmentenddate", "dateleft", "lastworkingday", "leavedate", "end", "exitdate"),
        *("dateofleaving", "employeeenddate", "lastdayofservice"),
    ),
    "active": (
        *("active", "enableduser", "enabled", "isactive", "status", "employmentstatus"),
        *("accountenabled", "employeestatus", "workerstatus"),
    ),
    "job_family": (
        *("jobfamily", "jobfamilyname", "jobfamilygroup", "jobgroup", "jobcategory", "jobclass"),
        *("occupationalgroup", "staffgroup", "staffcategory", "profession", "professionalgroup"),
        *("jobfunction", "careerfamily", "workfamily"),
    ),
    "grade": (
        *("grade", "gradename", "paygrade", "jobgrade", "salarygrade", "gradelevel", "gradecode"),
        *("payband", "band", "salaryband", "joblevel", "payscale", "paylevel"),
    ),
    "language": (
        *("language", "preferredlanguage", "languagecode", "lang", "locale", "userlanguage"),
        *("correspondencelanguage", "communicationlanguage", "writtenlanguage"),
    ),
    "zone": ("timezone", "zone", "tz", "timezonename", "timezoneid", "zoneinfo", "olsontimezone"),
}
FIELDS = tuple(NAMES)
IGNORE = "ignore"
# Never read, whatever anybody says: nothing here is hashed or kept during an import.
SECRET = re.compile(r"pass(word|phrase|wd|code)|^pwd|^pin$|secret|kennwort|mdp$")
_SIGNS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """A column's name without case, blanks and signs: "E-Mail Address" is emailaddress."""
    return _SIGNS.sub("", name.casefold())


def secret(name: str) -> bool:
    """Whether a column is about passwords."""
    return bool(SECRET.search(plain(name)))


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Column -> field for the columns whose names are known; each field at most once."""
    known = {plain(name): name for name in reversed(columns) if not secret(name)}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        column = next((known[name] for name in names if known.get(name) is not None), None)
        if column is not None and column not in found:
            found[column] = field
    return found


def head(columns: Sequence[str]) -> str:
    """The key under which a mapping is remembered: SHA-256 of the names, folded and sorted."""
    folded = "\n".join(sorted(name.strip().casefold() for name in columns))
    return hashlib.sha256(folded.encode()).hexdigest()


def check(columns: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping without what is ignored. Raises BadInput for one that cannot be used."""
    chosen = {column: field for column, field in mapping.items() if field != IGNORE}
    twice = [name for name, times in Counter(columns).items() if times > 1 and name in chosen]
    if twice:
        raise BadInput(f"The file has {len(twice)} column names twice: “{twice[0]}”. Rename one.")
    for column, field in chosen.items():
        if column not in columns:
            raise BadInput(
                f"The file has no column “{column}”. It has: {', '.join(columns) or 'none'}."
            )
        if field not in NAMES:
            raise BadInput(f"“{field}” is no field. Choose one of: {', '.join((*FIELDS, IGNORE))}.")
        if secret(column):
            raise BadInput(f"The column “{column}” is about passwords and is never read.")
    for field, times in Counter(chosen.values()).items():
        if times > 1:
            names = "” and “".join(one for one, what in chosen.items() if what == field)
            raise BadInput(f"The columns “{names}” both mean {field}. Keep one of them.")
    fields = set(chosen.values())
    if "email" not in fields:
        raise BadInput(
            "No column holds e-mail addresses, so nobody can be told apart. Say which one does."
        )
    if "name" not in fields and not {"given", "family"} <= fields:
        raise BadInput("No column holds names. Say which one does, or name given and family names.")
    return chosen


def typed(pairs: Sequence[str]) -> dict[str, str]:
    """COLUMN=FIELD as a command takes them. Raises BadInput for anything else."""
    found: dict[str, str] = {}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not sign or not column.strip():
            raise BadInput(f"“{pair}” is not COLUMN=FIELD, such as “Line boss=manager”.")
        found[column.strip()] = field.strip().casefold()
    return found
