"""Screens without a picture: those that nobody has photographed yet, and those that cannot be."""  # noqa: INP001 -- a script beside the documents, not a package

NOT_YET: tuple[str, ...] = ()
"""Each is to get a walk and a picture, and leaves this list then."""

UNSEEN = {
    "admin.exports_view.progress": "Looks like export-done; the example center's files are written too fast to be seen.",
    "desk.cashbox_view.drawer_list": "Only for a receptionist of several branches; the example center has none.",
    "team.broadcasts_view.ended_news": "Looks like announce-sent; comes to an author who has gone on to something else.",
    "student.pay_view.invoice": "Telegram draws it itself, where its own payments are used; the demo pays through Paymob.",
    "student.pay_view.gone_back_news": "Looks like pay-news; comes when the gateway's people gave a surplus back by hand.",
    "student.pay_view.refused_refund_news": "Looks like pay-news; comes when a real gateway refuses a refund.",
    "student.waiting_news_view.free_seats_message": "Looks like news-offer, in hours in which no seat is held for anybody.",
    "student.waiting_news_view.standing_message": "Looks like news-booked; comes when the timetable makes a new class.",
    "team.decisions_view.progress_screen": "Shown while hundreds of cases are decided; the example center has a dozen.",
    "team.view.session_card": "Only an old button of another branch's class leads there.",
}
"""Those that cannot be photographed in the demo, each with the reason."""
