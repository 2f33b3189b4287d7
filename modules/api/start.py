"""What happens before the first page: database, demo rule, shipped content, heavy libraries."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlmodel import Session

from db import drafts, learned, people, recounting, schema, scrubbing
from db.engine import engine, place, reading, writing
from modules import (
    analysing,
    charts,
    demo,
    enrolling,
    keyfile,
    publishing,
    refreshing,
    snapshots,
    words,
)
from modules.agreement import limits
from modules.agreement.current import in_force
from modules.agreement.files import NotAgreed
from modules.agreement.signing import verify
from modules.basics import BadInput, ContentError, StewardError
from modules.comparing import releasing
from modules.drafts import planning
from modules.evidence import checkpoints, keys
from modules.identity import passphrases, providers
from modules.learn import keeping
from modules.manage import skills
from modules.manage.panels import PANELS
from modules.personal import erasure
from modules.post import running
from modules.settings import settings
from modules.shell import typed
from modules.shell.session import now
from modules.trust import history

log = structlog.get_logger()


def refusal() -> str:
    """Why the program would run outside what was agreed; "" when it would not.

    What only the database knows, whose keys count, is asked when the database answers.
    """
    try:
        of = in_force()
        limits.check(of, settings(), panels=[one.name for one in PANELS])
        with reading() as session:
            if not schema.trouble(session):
                history.check(session, of, settings().pinned_keys)
    except NotAgreed as refused:
        return str(refused)
    except SQLAlchemyError as error:
        log.error("database does not answer", exc_info=error)
    return ""


def trouble() -> str:
    """Why the server cannot work with this database, and what to do; "" when it can."""
    if wrong := providers.trouble():
        return wrong
    if refused := refusal():
        return refused
    try:
        with reading() as session:
            found = schema.trouble(session)
            if not found and settings().demo:
                demo.refuse_unless_invented(session)
            if not found and settings().demo is None:
                found = key_missing(session)
        if not found:
            # A key that cannot be read is told before the first checkpoint goes without.
            keys.own()
        return found
    except StewardError as refused:
        return str(refused)
    except ArgumentError as unfit:
        return str(unfit)
    except SQLAlchemyError as error:
        log.error("database does not answer", exc_info=error)
        return f"The database {place()} does not answer. Is it running, and is DATABASE_URL right?"


def key_missing(session: Session) -> str:
    """Why real people need a key of the installation's own, where processes may share it."""
    shared = session.connection().dialect.name != "sqlite"
    if not shared or settings().secret_key.get_secret_value():
        return ""
    if all(one.invented for one in people.organisations(session)):
        return ""
    return (
        "STEWARD_SECRET_KEY is not set. With real people and a database of its own Steward needs "
        f"one, the same for every process, and it must never be lost. {keyfile.HOW}"
    )


def prepare() -> str:
    """Bring content and statistics up to date; gives the trouble, or ""."""
    found = trouble()
    if found:
        return found
    with writing() as session:
        history.record(session, in_force(), settings().pinned_keys, now=now())
    log.info(
        "agreement",
        state="signed" if verify(in_force()).signed else "unsigned",
        number=in_force().agreement.number,
        sha256=in_force().sha256,
    )
    forget()
    forget_presence()
    try:
        with writing() as session:
            for organisation in people.organisations(session):
                for new in publishing.sync(
                    session, org_id=organisation.id, root=settings().content, now=now()
                ):
                    log.info("published", module=new.module, version=new.version)
    except ContentError as error:
        # Learners keep what is published; trainers read the same on their page of modules.
        log.error("content not published", problems=str(error))
    follow()
    ask_again()
    take_months()
    count()
    compare()
    mark()
    return ""


def take_months() -> None:
    """Take the month-ends that are missing.

    They are decided in a reading session: in a large body that takes half a minute a module, in
    which SQLite would keep everybody's answers waiting.
    """
    with reading() as looked:
        for ready in snapshots.missing(looked, now=now()):
            with writing() as session:
                snapshots.keep(session, ready)


def count_learned() -> None:
    """Count once a day what whole bodies learned: from a million people's answers it takes long."""
    with reading() as looked:
        for org_id, module, counted in skills.uncounted(looked, now=now()):
            with writing() as session:
                learned.keep(session, org_id=org_id, module=module, counted=counted)


def analyse() -> None:
    """Count about once a day how questions, stories and lessons did."""
    with reading() as looked:
        for org_id, module, rows in analysing.uncounted(looked, now=now()):
            with writing() as session:
                analysing.keep(session, org_id=org_id, module=module, rows=rows)


def count() -> None:
    """Count today's placements in the roll-up of completions, where the day has changed."""
    moment = now()
    with reading() as session:
        days = {
            one.id: moment.astimezone(ZoneInfo(one.zone)).date()
            for one in people.organisations(session)
        }
        days = {
            org_id: today
            for org_id, today in days.items()
            if recounting.behind(session, org_id=org_id, today=today)
        }
    for org_id, today in days.items():
        with writing() as session:
            recounting.catch_up(session, org_id=org_id, today=today)


def follow() -> None:
    """Bring every organisation's duties in step with its rules: days pass, and modules come.

    Looked at first in a reading session, so that nobody waits while there is nothing to write.
    """
    with reading() as session:
        bodies = [one.id for one in people.organisations(session)]
    for org_id in bodies:
        with reading() as session:
            if not enrolling.pending(session, org_id=org_id, now=now()):
                continue
        with writing() as session:
            changes = enrolling.refresh(session, org_id=org_id, now=now())
            log.info("duties follow the rules", organisation=str(org_id), **vars(changes))


def ask_again() -> None:
    """Ask those whom a changed rule affects for its part, where content was published."""
    with reading() as session:
        bodies = [one.id for one in people.organisations(session)]
    for org_id in bodies:
        with writing() as session:
            if asked := refreshing.sweep(session, org_id=org_id, now=now()):
                log.info("asked for a changed part again", organisation=str(org_id), people=asked)


def publish_due() -> None:
    """Publish drafts whose time has come, each once, however many processes look."""
    if trouble():
        return
    moment = now()
    with reading() as session:
        due = drafts.due(session, now=moment)
    for org_id, id in due:
        try:
            with writing() as session:
                made = planning.publish_due(
                    session, org_id=org_id, id=id, root=settings().content, now=moment
                )
        except Exception as error:
            # It stays due. What is wrong in one body holds up no other one's.
            log.error("publication at a time failed", draft=str(id), exc_info=error)
            continue
        if isinstance(made, str):
            if made:
                log.warning("not published at its time", draft=str(id), why=made)
        else:
            log.info("published at its time", module=made.module, version=made.version)


def forget_presence() -> None:
    """Who had which draft open is told for minutes, and kept no longer."""
    with writing() as session:
        drafts.forget_presence(session, before=now() - timedelta(minutes=10))


def compare() -> None:
    """Publish the newest quarter of the bodies that take part, once, where enough of them do."""
    with reading() as session:
        if not releasing.due(session, now=now()):
            return
    with writing() as session:
        made = releasing.release(session, now=now())
    if made:
        log.info("comparison published", subject=made.subject, epsilon=made.epsilon)


def mark() -> None:
    """A checkpoint of every organisation's evidence, once a day; what does not hold is an error."""
    with reading() as session:
        bodies = [one.id for one in people.organisations(session)]
    for org_id in bodies:
        try:
            with writing() as session:
                if made := checkpoints.daily(session, org_id=org_id, now=now()):
                    log.info("checkpoint", organisation=str(org_id), number=made.number)
        except BadInput as broken:
            log.error("no checkpoint", organisation=str(org_id), problem=str(broken))


def forget() -> None:
    """Delete what is older than it may be; each kind by itself, so that none waits for another.

    Where somebody was erased, what that left behind in the database's files is overwritten.
    """
    moment, done = now(), {}
    for kind, step in keeping.steps(moment).items():
        with reading() as session:
            if keeping.idle(session, kind, now=moment):
                continue
        with writing() as session:
            if gone := step(session):
                log.info("deleted after its days", kind=kind, count=gone)
                done[kind] = gone
    if done.get("leavers") and not scrubbing.scrub(engine(), erasure.tables()):
        log.warning("free space is not overwritten yet: run `python -m modules scrub`")


def post() -> None:
    """Plan the day's mails, once for all processes, and send what is due; nothing without mail."""
    if not running.ready() and not trouble():
        running.run(clock=now, again=running.EVERY)


def preload() -> None:
    """Load what pages need and would otherwise wait for: libraries, words, fields, charts."""
    import altair
    import pandas
    import pyarrow

    words.of("en")
    typed.use()
    charts.warm()
    # So that the first who mistypes waits no longer than the next.
    passphrases.nobodys()
    passphrases.common()
    log.info(
        "loaded", altair=altair.__version__, pandas=pandas.__version__, arrow=pyarrow.__version__
    )
