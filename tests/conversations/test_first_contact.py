"""A stranger becomes a student: language, name, phone, home."""

from tests.conversations.ledger import known
from tests.conversations.phone import Person
from tests.conversations.studio import JACK, PIERRE, YASMIN, Studio


class TestLanguage:
    async def test_is_guessed_from_the_client_and_offered_first(self, jack: Person, yasmin: Person) -> None:
        await jack.starts()
        assert await jack.labels() == ["English", "العربية"]
        await jack.reads("Welcome to Nile Studio", "Which language do you prefer?")
        await yasmin.starts()
        assert await yasmin.labels() == ["العربية", "English"]
        await yasmin.reads("أهلًا بك في Nile Studio")

    async def test_of_a_client_that_we_do_not_speak_is_the_centers(self, studio: Studio) -> None:
        pierre = studio.phone("pierre")
        await pierre.starts()
        await pierre.reads("Which language do you prefer?")
        assert (await known(studio.database, PIERRE)).language is None

    async def test_can_be_another_than_the_guess(self, studio: Studio, jack: Person) -> None:
        await jack.starts()
        await jack.taps("العربية")
        await jack.reads("بأي اسم")
        assert (await known(studio.database, JACK)).language == "ar"

    async def test_tapped_wrongly_is_changed_before_the_next_answer(self, studio: Studio, jack: Person) -> None:
        await jack.starts()
        await jack.taps("العربية")
        await jack.reads("بأي اسم")
        await jack.says("/language")
        await jack.taps("English")
        await jack.reads("What name")
        assert (await known(studio.database, JACK)).language == "en"


class TestName:
    async def test_of_the_profile_is_accepted_with_one_tap(self, studio: Studio, jack: Person) -> None:
        await jack.starts()
        await jack.taps("English")
        await jack.taps("I am Jack Reed")
        await jack.reads("your phone number")
        assert (await known(studio.database, JACK)).name == "Jack Reed"

    async def test_can_be_typed(self, studio: Studio, jack: Person) -> None:
        await jack.starts()
        await jack.taps("English")
        await jack.reads("What name")
        await jack.says("  Jacqueline   O'Neill ")
        await jack.reads("your phone number")
        assert (await known(studio.database, JACK)).name == "Jacqueline O'Neill"


class TestPhone:
    async def test_is_shared_with_the_button_and_ends_first_contact(self, studio: Studio, yasmin: Person) -> None:
        await reach_phone(yasmin, "العربية", "أنا")
        assert (await yasmin.view()).reply_keyboard == ("📱 مشاركة رقمي", "تخطي")
        await yasmin.shares_contact("201001234566")  # Telegram leaves the plus sign out
        await yasmin.reads("أهلًا ياسمين فؤاد")
        found = await known(studio.database, YASMIN)
        assert (found.phone, found.role, found.has_joined) == ("+201001234566", "STUDENT", True)

    async def test_is_skipped_with_a_tap(self, studio: Studio, jack: Person) -> None:
        await reach_phone(jack, "English", "I am")
        await jack.says("Skip")
        await jack.reads("Hello Jack Reed!", "Which class")
        view = await jack.wait_until(lambda view: "bookings" in view.commands, what="a student's commands")
        assert view.reply_keyboard == ()
        assert (await known(studio.database, JACK)).phone is None

    async def test_of_somebody_else_is_refused_and_asked_for_again(self, studio: Studio, jack: Person) -> None:
        await reach_phone(jack, "English", "I am")
        await jack.shares_contact("+201009999999", user_id=YASMIN)
        await jack.reads("somebody else's contact", "You may skip it")
        found = await known(studio.database, JACK)
        assert (found.phone, found.has_joined) == (None, False)

    async def test_that_is_none_is_refused_and_asked_for_again(self, studio: Studio, jack: Person) -> None:
        await reach_phone(jack, "English", "I am")
        await jack.shares_contact("12")
        await jack.reads("not a phone number", "You may skip it")
        assert not (await known(studio.database, JACK)).has_joined


class TestEverythingElse:
    async def test_is_answered_with_the_open_question(self, jack: Person) -> None:
        await jack.starts()
        await jack.taps("English")
        for text in ("/start", "/bookings", "/cancel", "/nonsense"):
            answer = await jack.says(text)
            assert "What name" in answer.text

    async def test_does_nothing_to_the_question_when_a_students_button_is_forged(
        self, studio: Studio, jack: Person, omar: Person
    ) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        confirm = await omar.key("Book for")
        await jack.starts()
        before = await studio.kept()
        await jack.forges(confirm.data)
        await jack.reads("Which language")
        assert await studio.kept() == before


async def reach_phone(person: Person, language: str, name: str) -> None:
    await person.starts()
    await person.taps(language)
    await person.taps(name)
    await person.wait_until(lambda view: view.reply_keyboard, what="the contact button")
