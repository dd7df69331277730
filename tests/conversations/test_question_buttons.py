"""Questions that are answered by typing leave no buttons behind: what stands above in the chat cannot be tapped."""

from collections.abc import Callable

from tests.conversations.phone import Bubble, Key, Person, View
from tests.conversations.studio import Studio


async def asked(person: Person, label: str) -> Bubble:
    """Open a question by a button, and return the message that it is on."""
    key = await person.key(label)
    await person.presses(key)
    return next(bubble for bubble in (await person.view()).bubbles if bubble.message_id == key.message_id)


def without_buttons(message_id: int) -> Callable[[View], bool]:
    def holds(view: View) -> bool:
        return not next(bubble for bubble in view.bubbles if bubble.message_id == message_id).keys

    return holds


async def loses_its_buttons(person: Person, question: Bubble) -> None:
    assert question.keys
    await person.wait_until(without_buttons(question.message_id), what="a question without buttons")


class TestQuestion:
    async def test_answered_loses_its_buttons(self, mona: Person) -> None:
        await mona.says("/profile")
        question = await asked(mona, "✏️ Name")
        await mona.says("Mona Adel Fahmy")
        await loses_its_buttons(mona, question)
        assert await mona.labels()  # what is there to be tapped is below the answer

    async def test_asked_again_has_buttons_once(self, mona: Person) -> None:
        await mona.says("/profile")
        question = await asked(mona, "✏️ Name")
        again = await mona.says("x" * 65)
        assert again.keys
        await loses_its_buttons(mona, question)
        await mona.says("Mona Adel Fahmy")
        await loses_its_buttons(mona, again)

    async def test_left_by_a_command_loses_its_buttons(self, mona: Person) -> None:
        await mona.says("/profile")
        question = await asked(mona, "✏️ Name")
        await mona.says("/wallet")
        await loses_its_buttons(mona, question)

    async def test_left_by_a_button_elsewhere_loses_its_buttons(self, mona: Person) -> None:
        await mona.says("/wallet")
        other: Key = (await mona.screen()).keys[-1]
        await mona.says("/profile")
        question = await asked(mona, "✏️ Name")
        await mona.presses(other)
        await loses_its_buttons(mona, question)

    async def test_of_first_contact_loses_its_buttons(self, jack: Person) -> None:
        await jack.starts()
        question = await asked(jack, "English")
        await jack.says("Jack Stone")
        await loses_its_buttons(jack, question)

    async def test_is_asked_once_more_after_a_restart(self, closed_studio: Studio) -> None:
        mona = closed_studio.phone("mona")
        async with closed_studio.bot():
            await mona.says("/profile")
            question = await asked(mona, "✏️ Name")
        async with closed_studio.bot():
            await mona.says("Mona Adel Fahmy")
            await loses_its_buttons(mona, question)


class TestForm:
    async def test_of_several_typed_answers_has_buttons_on_its_last_message_alone(self, studio: Studio) -> None:
        tarek = studio.phone("tarek")
        await tarek.says("/settings")
        await tarek.taps("Branches")
        first = await asked(tarek, "New branch")
        second = await tarek.says("Zamalek")
        await loses_its_buttons(tarek, first)
        if second.keys:
            await tarek.says("12 Nile St.")
            await loses_its_buttons(tarek, second)
