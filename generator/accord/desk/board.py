"""The board: what has been promised, what is due, what it is worth."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from accord.desk.pages import desk_of, page, person_of
from accord.services.agenda import agenda, is_open, next_in_words, value_of


def routes() -> list[Route]:
    """The pages of the board."""
    return [Route("/", board)]


def board(request: Request) -> Response:
    """Every letter, those on which something is left to do first."""
    desk, told = desk_of(request), list[str]()
    with desk.records(person_of(request), told.append).opened() as register:
        items = list(agenda(register.histories(), desk.today))
    rows = [
        {
            "item": item,
            "entry": item.history.entry,
            "next": next_in_words(item, desk.today),
            "value": value_of(item),
            "open": is_open(item),
        }
        for item in items
    ]
    return page(request, "board.html", rows=rows, told=told)
