"""What an admin's taps on the decision list do."""

from uuid import UUID

from markupsafe import Markup

from domain.enrollments.door_ports import Reach, reach_of
from domain.errors import NotFoundError
from domain.ids import DecisionId
from domain.permissions import Operation, scope_of
from handlers.buttons.decisions import AskAllCases, ConfirmAllCases, DecideCase, ListCases, OpenCase, ShowErrand
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.screens import Answer, Reply, Rows, Screen
from handlers.tap import Taps
from handlers.team import decisions_view

_PAGE = 8
_LAST_PAGE = 255  # what a button has room for


async def home_rows(context: Context) -> Rows:
    """Return the way to the decision list, for whoever decides and has something to decide."""
    if scope_of(context.actor, Operation.DECIDE_ENROLLMENT) is None:
        return ()
    totals = await context.services.door.count_cases(reach=_reach(context))
    return ((decisions_view.home_button(context.tr, totals.number),),) if totals.number else ()


async def list_cases(context: Context, data: ListCases) -> Reply:
    """Show a page of the open cases."""
    return Reply(await case_list_screen(context, data.page))


async def case_list_screen(context: Context, page: int, *, notice: Markup | None = None) -> Screen:
    """Draw the open cases as they are now; the first page, where this one is empty by now."""
    reach = _reach(context)
    cases = await context.services.door.list_cases(reach=reach, limit=_PAGE + 1, offset=page * _PAGE)
    if not cases and page:
        return await case_list_screen(context, 0, notice=notice)
    totals = await context.services.door.count_cases(reach=reach)
    has_more = len(cases) > _PAGE and page < _LAST_PAGE
    return decisions_view.case_list(context.tr, cases[:_PAGE], totals, page=page, has_more=has_more, notice=notice)


async def open_case(context: Context, data: OpenCase) -> Reply:
    """Show a case; one that is closed by now leads to the others."""
    return Reply(await case_screen(context, data.decision_id))


async def case_screen(context: Context, decision_id: DecisionId, *, notice: Markup | None = None) -> Screen:
    """Draw a case as it is now. Raises NotFoundError where it is closed, or never was."""
    case = await context.services.door.find_case(reach=_reach(context), decision_id=decision_id)
    if case is None:
        raise NotFoundError(what="decision")
    return decisions_view.case_card(context.tr, case, notice=notice)


async def decide_case(context: Context, data: DecideCase) -> Reply:
    """Charge or release; where another admin was first, say what they decided."""
    stands = await context.services.decide(actor=context.actor, decision_id=data.decision_id, outcome=data.outcome)
    notice = decisions_view.decided_before(context.tr, stands) if stands is not data.outcome else None
    answer = Answer(notice.striptags() if notice is not None else decisions_view.decided(context.tr, stands))
    return Reply(await case_list_screen(context, 0, notice=notice), answer=answer)


async def ask_all(context: Context, data: AskAllCases) -> Reply:
    """Say what deciding all cases comes to, and ask."""
    until = context.services.clock.now()
    totals = await context.services.door.count_cases(reach=_reach(context))
    if totals.number == 0:
        return Reply(await case_list_screen(context, 0))
    return Reply(decisions_view.ask_all(context.tr, totals, data.outcome, until=until))


async def confirm_all(context: Context, data: ConfirmAllCases) -> Reply:
    """Decide all cases that were there when it was asked."""
    done = await context.services.decide_all(
        actor=context.actor, outcome=data.outcome, until=data.until, message_id=context.message_id
    )
    if isinstance(done, UUID):
        return Reply(await progress_screen(context, done))
    notice = decisions_view.decided_all(context.tr, data.outcome, number=done.number, uncollected=done.uncollected)
    return Reply(await case_list_screen(context, 0, notice=notice))


async def show_errand(context: Context, data: ShowErrand) -> Reply:
    """Show how far the decisions have come."""
    return Reply(await progress_screen(context, data.errand_id))


async def progress_screen(context: Context, errand_id: UUID) -> Screen:
    """Draw how far the decisions have come. Raises NotFoundError."""
    progress = await context.services.errands.find_progress(center_id=_reach(context).center_id, errand_id=errand_id)
    if progress is None:
        raise NotFoundError(what="errand")
    return decisions_view.progress_screen(context.tr, progress)


async def screen_after(context: Context, data: CallbackData, notice: Markup) -> Screen | None:
    """Draw what a refused tap on the decision list was about, under a notice; None for other taps."""
    if scope_of(context.actor, Operation.DECIDE_ENROLLMENT) is None:
        return None
    match data:
        case DecideCase(decision_id=id_):
            return await case_screen(context, id_, notice=notice)
        case OpenCase() | ListCases() | AskAllCases() | ConfirmAllCases():
            return await case_list_screen(context, 0, notice=notice)
        case _:
            return None


def _reach(context: Context) -> Reach:
    return reach_of(context.actor, Operation.DECIDE_ENROLLMENT)


TAPS: Taps = {
    ListCases: list_cases,
    OpenCase: open_case,
    DecideCase: decide_case,
    AskAllCases: ask_all,
    ConfirmAllCases: confirm_all,
    ShowErrand: show_errand,
}
