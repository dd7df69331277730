"""The decision list: seats of which an admin says whether they are charged or released."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.door_views import CaseLine, CaseTotals
from domain.enrollments.errand_ports import ErrandProgress
from domain.enrollments.model import DecisionKind, DecisionOutcome
from domain.finance.model import PaymentMethod
from handlers.buttons.decisions import AskAllCases, ConfirmAllCases, DecideCase, ListCases, OpenCase, ShowErrand
from handlers.callback_data import encode
from handlers.i18n import Formatted, Translator
from handlers.screens import Button, Screen, Style
from handlers.student.home_view import home_row


def home_button(tr: Translator, number: int) -> Button:
    """Return the way to the decision list, for the admin's first screen."""
    return Button(tr.nplain("⚖️ {n} decision", "⚖️ {n} decisions", number), encode(ListCases(0)), Style.PRIMARY)


def case_list(
    tr: Translator,
    cases: Sequence[CaseLine],
    totals: CaseTotals,
    *,
    page: int,
    has_more: bool,
    notice: Markup | None = None,
) -> Screen:
    """Return a page of the open cases."""
    if not cases:
        return Screen(
            tr.lines(
                notice,
                "" if notice is not None else None,
                tr.text("<b>Decisions</b>"),
                tr.text("Nothing is to be decided."),
            ),
            (home_row(tr),),
        )
    turning = []
    if page > 0:
        turning.append(Button(tr.plain("◀️ Back"), encode(ListCases(page - 1))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(ListCases(page + 1))))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>Decisions</b>"),
            tr.ntext(
                "{n} seat waits for you to say whether it is charged: {sum}.",
                "{n} seats wait for you to say whether they are charged: {sum}.",
                totals.number,
                sum=_sum(tr, totals),
            ),
        ),
        (
            *((_case_button(tr, case),) for case in cases),
            *((tuple(turning),) if turning else ()),
            (
                Button(tr.plain("💳 Charge all"), encode(AskAllCases(DecisionOutcome.CHARGED))),
                Button(tr.plain("🕊️ Release all"), encode(AskAllCases(DecisionOutcome.RELEASED))),
            ),
            home_row(tr),
        ),
    )


def case_card(tr: Translator, case: CaseLine, *, notice: Markup | None = None) -> Screen:
    """Return one case: what happened, and what each answer does."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("⚖️ <b>{name}</b>", name=case.name),
            tr.text("{title}, {moment}", title=case.class_title, moment=tr.moment(case.starts_at)),
            tr.text("📍 {branch}", branch=case.branch_name),
            "",
            _why(tr, case.kind),
            "",
            tr.text("💳 Charge: {what}", what=_charge(tr, case)),
            tr.text("🕊️ Release: {what}", what=_release(tr, case)),
        ),
        (
            _answers(tr, case),
            (Button(tr.plain("⚖️ All decisions"), encode(ListCases(0))), *home_row(tr)),
        ),
    )


def ask_all(tr: Translator, totals: CaseTotals, outcome: DecisionOutcome, *, until: datetime) -> Screen:
    """Return the question that deciding all cases asks once: how many, and what it comes to."""
    if outcome is DecisionOutcome.CHARGED:
        asked = tr.ntext("Charge {n} seat: {sum}?", "Charge all {n} seats: {sum}?", totals.number, sum=_sum(tr, totals))
        label = tr.plain("💳 Yes, charge all")
    else:
        asked = tr.ntext("Release {n} seat: {sum}?", "Release all {n} seats: {sum}?", totals.number, sum=_sum(tr, totals))
        label = tr.plain("🕊️ Yes, release all")
    return Screen(
        tr.lines(asked, tr.text("This cannot be undone here.")),
        (
            (Button(label, encode(ConfirmAllCases(outcome, until)), Style.DANGER),),
            (Button(tr.plain("⚖️ All decisions"), encode(ListCases(0))),),
        ),
    )


def decided(tr: Translator, outcome: DecisionOutcome) -> str:
    """Return what stands after a decision, for a pop-up."""
    return tr.plain("Charged ✅") if outcome is DecisionOutcome.CHARGED else tr.plain("Released ✅")


def decided_before(tr: Translator, outcome: DecisionOutcome) -> Markup:
    """Say that somebody else was first, and what they decided."""
    if outcome is DecisionOutcome.CHARGED:
        return tr.text("This was decided already: it is charged.")
    return tr.text("This was decided already: it is released.")


def decided_all(tr: Translator, outcome: DecisionOutcome, *, number: int, uncollected: int) -> Markup:
    """Say what deciding all cases came to."""
    if outcome is DecisionOutcome.CHARGED:
        said = tr.ntext("{n} seat is charged.", "{n} seats are charged.", number)
    else:
        said = tr.ntext("{n} seat is released.", "{n} seats are released.", number)
    if not uncollected:
        return said
    short = tr.ntext(
        "{n} wallet still has too little and stays in the list.",
        "{n} wallets still have too little and stay in the list.",
        uncollected,
    )
    return tr.lines(said, short)


def progress_screen(tr: Translator, progress: ErrandProgress) -> Screen:
    """Return how far deciding many cases has come; at the end, what it came to."""
    if not progress.has_ended:
        return Screen(
            tr.lines(
                tr.text("💫 <b>Being charged</b>")
                if progress.outcome is DecisionOutcome.CHARGED
                else tr.text("💫 <b>Being released</b>"),
                tr.text("{done} of {total} are done. It goes on by itself.", done=progress.done, total=progress.total),
            ),
            ((Button(tr.plain("🔄 Refresh"), encode(ShowErrand(progress.id))),),),
        )
    return Screen(
        decided_all(tr, progress.outcome, number=progress.done, uncollected=progress.left),
        ((Button(tr.plain("⚖️ All decisions"), encode(ListCases(0))), *home_row(tr)),),
    )


def _answers(tr: Translator, case: CaseLine) -> tuple[Button, ...]:
    return (
        Button(tr.plain("💳 Charge"), encode(DecideCase(case.decision_id, DecisionOutcome.CHARGED)), Style.DANGER),
        Button(tr.plain("🕊️ Release"), encode(DecideCase(case.decision_id, DecisionOutcome.RELEASED)), Style.SUCCESS),
    )


def _case_button(tr: Translator, case: CaseLine) -> Button:
    label = tr.label(
        tr.plain("{name}", name=case.name),
        _worth(tr, case),
        tr.plain("{title}", title=case.class_title),
        tr.day(case.starts_at),
    )
    return Button(label, encode(OpenCase(case.decision_id)))


def _worth(tr: Translator, case: CaseLine) -> str:
    if case.method is PaymentMethod.PACKAGE:
        return tr.plain("1 credit")
    return tr.money(case.amount_minor, case.currency)


def _sum(tr: Translator, totals: CaseTotals) -> Formatted:
    money = tr.money(totals.money_minor, totals.currency)
    if not totals.credits:
        return money
    counted = tr.nplain("{n} credit", "{n} credits", totals.credits)
    return Formatted(f"{money} + {counted}" if totals.money_minor else counted)


def _why(tr: Translator, kind: DecisionKind) -> Markup:
    match kind:
        case DecisionKind.NO_SHOW:
            return tr.text("Booked, and did not come. In this class an admin decides each case.")
        case DecisionKind.NOBODY_MARKED:
            return tr.text("Nobody was marked in this class, and nobody finished it: did it take place?")
        case DecisionKind.UNCOLLECTED:
            return tr.text("Attended, as was corrected later. The wallet could not pay all of it any more.")


def _charge(tr: Translator, case: CaseLine) -> Markup:
    if case.method is PaymentMethod.PACKAGE:
        return tr.text("the credit stays used.")
    amount = tr.money(case.amount_minor, case.currency)
    if case.kind is DecisionKind.UNCOLLECTED:
        return tr.text("{amount} is taken from the wallet, if it is there by now.", amount=amount)
    return tr.text("the studio gets {amount} from the wallet.", amount=amount)


def _release(tr: Translator, case: CaseLine) -> Markup:
    if case.method is PaymentMethod.PACKAGE:
        return tr.text("the credit goes back to the package.")
    amount = tr.money(case.amount_minor, case.currency)
    if case.kind is DecisionKind.UNCOLLECTED:
        return tr.text("{amount} is not asked for any more.", amount=amount)
    return tr.text("{amount} is free again in the wallet.", amount=amount)
