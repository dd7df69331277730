"""The drivers' JSON about people and chats: who there is, what they see, and what they do."""

import base64
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import driver_bodies as bodies
from bot.sandbox.actions import PeoplesActions
from bot.sandbox.driver_routes import DriverError, chat_of, json_response, read_body, read_query
from bot.sandbox.presentation import newest_photos, present_chat, present_person
from bot.sandbox.queries import CallbackQuery
from bot.sandbox.schema import Upload
from bot.sandbox.world import World

_SMALL_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_INLINE_TYPES = frozenset({"image/png", "image/gif", "image/jpeg"})


class PeopleDriver:
    """Handlers for `/sandbox/people`, `/sandbox/chats`, `/sandbox/callbacks`, `/sandbox/photos` and `/sandbox/files`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._actions = PeoplesActions(world)

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        router = application.router
        router.add_get("/sandbox/people", self.people)
        router.add_post("/sandbox/people", self.add_person)
        router.add_get("/sandbox/chats/{person}", self.chat)
        router.add_get("/sandbox/callbacks/{query}", self.callback)
        router.add_get("/sandbox/photos", self.photos)
        router.add_get("/sandbox/files/{file}", self.file)
        for action in (
            self.say,
            self.start,
            self.tap,
            self.pay,
            self.contact,
            self.block,
            self.unblock,
            self.photo,
            self.edit,
        ):
            router.add_post(f"/sandbox/people/{{person}}/{action.__name__}", action)
        router.add_post("/sandbox/people/{person}/sticker", self.sticker)

    async def people(self, _request: web.Request) -> web.Response:
        """List everybody, and name the bot."""
        bot = self._world.bot_user
        people = [present_person(chat) for chat in self._world.chats]
        return json_response({"people": people, "bot": {"username": bot["username"], "name": bot["first_name"]}})

    async def add_person(self, request: web.Request) -> web.Response:
        """Let one more person have a phone."""
        body = await read_body(request, bodies.NewPerson)
        try:
            chat = self._world.chats.add(body.as_person(self._world.chats.free_id()))
        except ValueError as error:
            raise DriverError(400, str(error)) from error
        return json_response(present_person(chat), 201)

    async def chat(self, request: web.Request) -> web.Response:
        """Show a chat, at once or when it changes."""
        chat, view = chat_of(request, self._world.chats), read_query(request, bodies.ChatView)
        after = view.after
        if after is not None:
            await chat.changed.until(lambda: chat.revision > after, seconds=view.wait)
        if view.read:
            chat.unread = 0
        return json_response(present_chat(self._world, chat))

    async def say(self, request: web.Request) -> web.Response:
        """Write a text."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Say)
        return _sent(self._actions.say(chat, body.text))

    async def start(self, request: web.Request) -> web.Response:
        """Press Start."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Start)
        return _sent(self._actions.start(chat, body.payload))

    async def tap(self, request: web.Request) -> web.Response:
        """Tap a button; with `?wait` answer when the bot has."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Tap)
        wait = read_query(request, bodies.Wait).wait
        query, update_id = self._actions.tap(chat, body.message_id, body.data, is_forged=body.forge)
        result = {"callback_query_id": query.id, "update_id": update_id}
        if wait:
            await query.answered.until(lambda: query.answer is not None, seconds=wait)
            result["answer"] = query.answer.as_json() if query.answer is not None else None
        return json_response(result)

    async def pay(self, request: web.Request) -> web.Response:
        """Pay an invoice: ask the bot, wait ten seconds for its answer, and let the money move if it agrees."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Pay)
        query, update_id = self._actions.begin_payment(chat, body.message_id)
        asked = {"pre_checkout_query_id": query.id, "pre_checkout_update_id": update_id}
        answer = await self._world.invoices.wait_for_answer(query)
        if answer is None:
            return json_response({"paid": False, "reason": "timeout", "error": "", **asked})
        if not answer.ok:
            return json_response({"paid": False, "reason": "refused", "error": answer.error_message, **asked})
        if body.card_declined:
            return json_response({"paid": False, "reason": "card_declined", "error": "", **asked})
        payment, message_id, update_id = self._actions.finish_payment(chat, query)
        return json_response({"paid": True, "message_id": message_id, "update_id": update_id, **asked, **payment})

    async def callback(self, request: web.Request) -> web.Response:
        """Tell whether and how the bot answered a tap, now or within `?wait`."""
        query: CallbackQuery | None = self._world.queries.find(request.match_info["query"])
        if query is None:
            raise DriverError(404, "there is no such callback query")
        wait = read_query(request, bodies.Wait).wait
        is_answered = await query.answered.until(lambda: query.answer is not None, seconds=wait)
        answer = query.answer.as_json() if query.answer else {"text": "", "show_alert": False, "url": ""}
        return json_response({"answered": is_answered, **answer})

    async def contact(self, request: web.Request) -> web.Response:
        """Share a phone number."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.ShareContact)
        return _sent(self._actions.share_contact(chat, body.phone, body.user_id))

    async def photo(self, request: web.Request) -> web.Response:
        """Send a picture."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Photo)
        picture = Upload("photo.png", "image/png", _SMALL_PICTURE)
        return _sent(self._actions.send_photo(chat, picture, body.caption))

    async def sticker(self, request: web.Request) -> web.Response:
        """Send a sticker."""
        return _sent(self._actions.send_sticker(chat_of(request, self._world.chats)))

    async def edit(self, request: web.Request) -> web.Response:
        """Change a text of one's own."""
        chat, body = chat_of(request, self._world.chats), await read_body(request, bodies.Edit)
        return _sent(self._actions.edit(chat, body.message_id, body.text))

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot."""
        return json_response({"update_id": self._actions.block(chat_of(request, self._world.chats))})

    async def unblock(self, request: web.Request) -> web.Response:
        """Let the bot write again."""
        return json_response({"update_id": self._actions.unblock(chat_of(request, self._world.chats))})

    async def photos(self, _request: web.Request) -> web.Response:
        """List the newest photos of all chats: what somebody could hold before another's camera."""
        return json_response({"photos": newest_photos(self._world.chats)})

    async def file(self, request: web.Request) -> web.Response:
        """Give a file of a chat to the page; only pictures are shown, everything else is saved."""
        stored = self._world.files.find(request.match_info["file"])
        if stored is None:
            raise DriverError(404, "there is no such file")
        is_shown = stored.mime_type in _INLINE_TYPES and stored.pixels is not None
        headers = {
            "Content-Type": stored.mime_type if is_shown else "application/octet-stream",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        if not is_shown:
            headers["Content-Disposition"] = _attachment(stored.file_name)
        return web.Response(body=stored.content, headers=headers)


def _sent(ids: tuple[int, int]) -> web.Response:
    return json_response({"message_id": ids[0], "update_id": ids[1]})


def _attachment(file_name: str) -> str:
    """Return a Content-Disposition that no file name can break out of (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
