from domain.enrollments.model import EnrollmentStatus
from domain.enrollments.ports import BookingFacts
from domain.finance.model import PaymentMethod
from domain.writes.base import Write
from storage.audit import audit
from storage.queries.means import StoredMeansViews
from tests.concurrency.naive import enrollment
from tests.concurrency.race import Contest, outcomes
from tests.concurrency.rows import count_seats_of, wallet_state
from tests.factories import Person, Scheduled, Taught, sql_id

CLASSES = 10
PRICE = 8_000


async def ten_sessions(contest: Contest) -> tuple[Taught, list[Scheduled]]:
    taught = await contest.world.add_class(price_minor=PRICE)
    return taught, [await contest.world.add_session(taught) for _ in range(CLASSES)]


async def credits_left(contest: Contest, student: Person) -> int:
    views = StoredMeansViews(contest.world.database)
    means = await views.find_means(center_id=contest.world.center_id, student_id=student.id)
    return sum(line.credits_left for line in means.credits)


class TestOneCreditOnTenClasses:
    async def test_books_one_and_refuses_the_rest_without_money(self, contest: Contest) -> None:
        taught, sessions = await ten_sessions(contest)
        student = await contest.world.add_student()
        await contest.world.add_package(student, taught, credits_total=1, price_minor=7_000)
        results = await contest.book([student] * CLASSES, sessions)
        assert outcomes(results) == {"Enrollment": 1, "InsufficientFundsError": CLASSES - 1}
        assert await credits_left(contest, student) == 0
        assert await audit(contest.world.database) == []

    async def test_books_one_and_asks_again_where_the_wallet_would_pay(self, contest: Contest) -> None:
        taught, sessions = await ten_sessions(contest)
        student = await contest.world.add_student(money_minor=PRICE * CLASSES)
        await contest.world.add_package(student, taught, credits_total=1, price_minor=7_000)
        results = await contest.book([student] * CLASSES, sessions)
        assert outcomes(results) == {"Enrollment": 1, "TermsChangedError": CLASSES - 1}
        assert (await wallet_state(contest.world.database, student.wallet_id)).locked_minor == 0
        assert await audit(contest.world.database) == []

    async def test_books_all_ten_without_the_guard(self, contest: Contest) -> None:
        taught, sessions = await ten_sessions(contest)
        student = await contest.world.add_student()
        package_id = await contest.world.add_package(student, taught, credits_total=1, price_minor=7_000)
        spend = "credits_left = 0, value_left_minor = 0, status = 'EXHAUSTED'"
        await contest.book_naively(
            [student] * CLASSES,
            sessions,
            may_book=lambda facts: facts.credit is not None,
            writes=lambda person, facts: [enrollment(contest.world.center_id, person, facts)],
            afterwards=lambda facts: f"UPDATE student_packages SET {spend} WHERE id = '{sql_id(package_id)}'",
        )
        assert await count_seats_of(contest.world.database, student.id) == CLASSES
        assert "package_overdrawn" in {each.code for each in await audit(contest.world.database)}


class TestMoneyForOneOfTen:
    async def test_locks_it_once(self, contest: Contest) -> None:
        _, sessions = await ten_sessions(contest)
        student = await contest.world.add_student(money_minor=PRICE + 100)
        results = await contest.book([student] * CLASSES, sessions)
        assert outcomes(results) == {"Enrollment": 1, "InsufficientFundsError": CLASSES - 1}
        wallet = await wallet_state(contest.world.database, student.wallet_id)
        assert (wallet.balance_minor, wallet.locked_minor) == (PRICE + 100, PRICE)
        assert await audit(contest.world.database) == []

    async def test_for_three_of_ten_locks_three(self, contest: Contest) -> None:
        _, sessions = await ten_sessions(contest)
        student = await contest.world.add_student(money_minor=PRICE * 3)
        results = await contest.book([student] * CLASSES, sessions)
        assert outcomes(results) == {"Enrollment": 3, "InsufficientFundsError": CLASSES - 3}
        assert (await wallet_state(contest.world.database, student.wallet_id)).available_minor == 0
        assert await audit(contest.world.database) == []

    async def test_is_promised_ten_times_without_the_guard(self, contest: Contest) -> None:
        _, sessions = await ten_sessions(contest)
        student = await contest.world.add_student(money_minor=PRICE)

        def writes(person: Person, facts: BookingFacts) -> list[Write]:
            return [enrollment(contest.world.center_id, person, facts)]

        def lock_what_was_read(facts: BookingFacts) -> str:
            assert facts.wallet is not None
            locked_minor = facts.wallet.locked_minor + PRICE
            return f"UPDATE wallets SET locked_minor = {locked_minor} WHERE id = '{sql_id(facts.wallet.id)}'"

        await contest.book_naively(
            [student] * CLASSES,
            sessions,
            may_book=lambda facts: facts.wallet is not None and facts.wallet.available_minor >= PRICE,
            writes=writes,
            afterwards=lock_what_was_read,
        )
        assert await count_seats_of(contest.world.database, student.id) == CLASSES
        assert (await wallet_state(contest.world.database, student.wallet_id)).locked_minor == PRICE


class TestCreditsOfTwoPackages:
    async def test_are_used_oldest_first_and_each_once(self, contest: Contest) -> None:
        taught, sessions = await ten_sessions(contest)
        student = await contest.world.add_student()
        for price_minor in (10_000, 20_000):
            await contest.world.add_package(student, taught, credits_total=3, price_minor=price_minor)
        results = await contest.book([student] * CLASSES, sessions)
        booked = [result for result in results if not isinstance(result, Exception)]
        assert sorted(each.amount_minor for each in booked) == [3_333, 3_333, 3_334, 6_666, 6_667, 6_667]
        assert {(each.status, each.method) for each in booked} == {(EnrollmentStatus.PAID, PaymentMethod.PACKAGE)}
        assert outcomes(results)["InsufficientFundsError"] == CLASSES - 6
        assert await audit(contest.world.database) == []
