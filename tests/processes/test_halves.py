"""The two halves of the bot in processes of their own: one answers, the other tells."""

from domain.ids import new_id
from domain.writes.record import AddEvent
from tests.conversations.studio import Studio
from tests.processes.product import Product


class TestHalves:
    async def test_answer_and_tell_apart(self, studio: Studio, product: Product) -> None:
        mona, world = studio.phone("mona"), studio.world
        async with product.with_settings(http_port="0").running("--only", "web") as web:
            await mona.starts()
            told = AddEvent(new_id(), world.center_id, "people.merged", studio.cast.owner.id, None, world.clock.now())
            await world.database.apply([told])
            await mona.says("/help")
            assert "knows you by one profile" not in str(await mona.view())
            async with product.with_settings(http_port="0").running("--only", "worker") as worker:
                await worker.logs("takes no updates")
                await mona.reads("knows you by one profile")
                assert await worker.terminate() == 0
            assert await web.terminate() == 0
