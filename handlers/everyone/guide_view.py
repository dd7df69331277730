"""A page of the guide, and the buttons that lead to the pages."""

from domain.permissions import Role
from handlers.buttons.guide import CloseGuide, CloseTopic, OpenTopic
from handlers.callback_data import encode
from handlers.everyone import guide_words
from handlers.guide_topics import TOPICS, GuideTopic
from handlers.i18n import Translator
from handlers.screens import Button, Photo, Rows

_TOPICS_IN_A_ROW = 2


def topic_rows(tr: Translator, role: Role) -> Rows:
    """Return a button for each page that a role has."""
    buttons = [Button(guide_words.title(tr, topic), encode(OpenTopic(topic))) for topic in TOPICS[role]]
    return tuple(tuple(buttons[at : at + _TOPICS_IN_A_ROW]) for at in range(0, len(buttons), _TOPICS_IN_A_ROW))


def page(tr: Translator, topic: GuideTopic, *, role: Role, png: bytes) -> Photo:
    """Return a page: its picture, what it says, and the pages before and after it."""
    topics = TOPICS[role]
    place = topics.index(topic)
    before, after = topics[:place][-1:], topics[place + 1 :][:1]
    turning = [Button(tr.plain("◀️ {page}", page=guide_words.title(tr, each)), encode(OpenTopic(each))) for each in before]
    turning += [Button(tr.plain("{page} ▶️", page=guide_words.title(tr, each)), encode(OpenTopic(each))) for each in after]
    return Photo(
        png,
        tr.lines(
            tr.text("<b>{page}</b>", page=guide_words.title(tr, topic)),
            "",
            *(tr.text("• {sentence}", sentence=each) for each in guide_words.sentences(tr, topic)),
        ),
        (
            tuple(turning),
            (Button(tr.plain("📖 All topics"), encode(CloseTopic())), Button(tr.plain("🏠 Home"), encode(CloseGuide()))),
        ),
    )
