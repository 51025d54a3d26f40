"""The people of a team's desk: how they come in, what they change of their own, and how an administrator keeps them."""

from collections.abc import Callable
from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord.desk import guard
from accord.desk.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, Accounts, TooOften
from accord.desk.desk import Role
from accord.desk.pages import Page, desk_of, fields_of, needs, own_path, page, person_of
from accord.errors import AccordError
from accord.i18n import N_, _

ROLES: dict[str, str] = {
    "sales": N_("sales: drafts and issues letters"),
    "legal": N_("legal: also approves, reviews, verifies and releases"),
    "admin": N_("administrator: also keeps the house and its people"),
}
ACTS: dict[str, str] = {
    "invited": N_("took in"),
    "linked": N_("gave a link to"),
    "made sales": N_("made a member of sales"),
    "made legal": N_("made a member of legal"),
    "made admin": N_("made an administrator"),
    "let in": N_("let in again"),
    "shut out": N_("let in no longer"),
    "password": N_("chose a password"),
    "signed in": N_("signed in"),
    "signed out": N_("signed out everywhere"),
    "house": N_("changed the house"),
}
"""What the journal says somebody did, in words."""
OF_OWN = frozenset({"password", "signed in", "signed out", "house"})


def routes() -> list[Route]:
    """The pages of people."""
    return [
        Route("/sign-in", _of_team(show_sign_in), methods=["GET"]),
        Route("/sign-in", _of_team(sign_in), methods=["POST"]),
        Route("/sign-out", _of_team(sign_out), methods=["POST"]),
        Route("/invitation/{token}", _of_team(show_invitation), methods=["GET"]),
        Route("/invitation/{token}", _of_team(accept), methods=["POST"]),
        Route("/account", _of_team(show_account), methods=["GET"]),
        Route("/account/password", _of_team(change_password), methods=["POST"]),
        Route("/account/sign-out", _of_team(sign_out_everywhere), methods=["POST"]),
        Route("/people", _of_team(needs("admin", show_people)), methods=["GET"]),
        *(
            Route(address, _of_team(needs("admin", act)), methods=["POST"])
            for address, act in {
                "/people": invite,
                "/people/link": link,
                "/people/role": set_role,
                "/people/active": set_active,
            }.items()
        ),
    ]


def _of_team(answer: Page) -> Page:
    """A page that there is only where people have accounts."""

    def answering(request: Request) -> Response:
        if desk_of(request).alone is not None:
            raise HTTPException(404)
        return answer(request)

    return answering


def accounts_of(request: Request) -> Accounts:
    """The people of the desk that a request came to."""
    return desk_of(request).accounts


# --- Coming in and going -------------------------------------------------------------


def show_sign_in(request: Request) -> Response:
    """The question who one is."""
    if getattr(request.state, "person", None):
        return RedirectResponse(own_path(request.query_params.get("next", "")), 303)
    return page(request, "sign-in.html", next=own_path(request.query_params.get("next", "")), who="")


def sign_in(request: Request) -> Response:
    """Begin a session for a name and its password."""
    form = fields_of(request, most_fields=5)
    name, password, after = (str(form.get(field, "")) for field in ("name", "password", "next"))
    sentence, status = _("The name or the password is not right."), 401
    try:
        session = accounts_of(request).sign_in(name, password, _address(request))
    except TooOften as error:
        session, sentence, status = None, str(error), 429
    if session is None:
        values = {"next": own_path(after), "who": name[:200], "fault": sentence}
        return page(request, "sign-in.html", status=status, **values)
    return _admitted(request, session, own_path(after))


def sign_out(request: Request) -> Response:
    """End this session."""
    accounts_of(request).sign_out(guard.session_of(request))
    answer = RedirectResponse("/sign-in", 303)
    guard.take_leave(request, answer)
    return answer


def show_invitation(request: Request) -> Response:
    """Choose a password; looking at it uses nothing up."""
    account = accounts_of(request).invited(request.path_params["token"])
    if account is None:
        raise HTTPException(
            404, _("This link has been used or has expired; ask an administrator for a new one.")
        )
    return page(request, "invitation.html", account=account, **_lengths())


def accept(request: Request) -> Response:
    """Take the password that is chosen, and begin a session."""
    form, token = fields_of(request, most_fields=5), request.path_params["token"]
    account = accounts_of(request).invited(token)
    try:
        session = accounts_of(request).accept(
            token, str(form.get("password", "")), str(form.get("again", ""))
        )
    except AccordError as error:
        if account is None:
            raise HTTPException(404, str(error)) from None
        return page(request, "invitation.html", status=422, account=account, fault=str(error), **_lengths())
    return _admitted(request, session, "/")


def _admitted(request: Request, session: str, after: str) -> Response:
    """Go on with a session of one's own; one that the browser had ends."""
    if before := guard.session_of(request):
        accounts_of(request).sign_out(before)
    answer = RedirectResponse(after, 303)
    guard.admit(request, answer, session)
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _lengths() -> dict[str, int]:
    return {"shortest": SHORTEST_PASSWORD, "longest": LONGEST_PASSWORD}


# --- One's own account ---------------------------------------------------------------


def show_account(request: Request) -> Response:
    """One's role, and what one may change."""
    return _account_page(request, done="done" in request.query_params)


def change_password(request: Request) -> Response:
    """Choose another password; every other session ends."""
    form, name = fields_of(request, most_fields=5), person_of(request).name
    current, password, again = (str(form.get(field, "")) for field in ("current", "password", "again"))
    try:
        session = accounts_of(request).change_password(name, current, password, again, _address(request))
    except AccordError as error:
        return _account_page(request, fault=str(error), status=429 if isinstance(error, TooOften) else 422)
    answer = RedirectResponse("/account?done=1", 303)
    guard.admit(request, answer, session)
    return answer


def sign_out_everywhere(request: Request) -> Response:
    """End all one's sessions."""
    accounts_of(request).sign_out_everywhere(person_of(request).name)
    answer = RedirectResponse("/sign-in", 303)
    guard.take_leave(request, answer)
    return answer


def _account_page(request: Request, *, done: bool = False, fault: str = "", status: int = 200) -> Response:
    role = _(ROLES[person_of(request).role])
    return page(request, "account.html", status=status, role=role, done=done, fault=fault, **_lengths())


# --- Keeping the people ---------------------------------------------------------------


def show_people(request: Request) -> Response:
    """Everybody, and what was done about them last."""
    return _people_page(request)


def invite(request: Request) -> Response:
    """Take somebody in; their link is shown once."""
    form = fields_of(request, most_fields=5)
    name, role = str(form.get("name", "")), _role(form.get("role"))
    return _people_page(
        request, lambda: accounts_of(request).invite(name, role, person_of(request).name), name
    )


def link(request: Request) -> Response:
    """Give somebody a new link to choose a password by; it is shown once."""
    name = _named(request)
    return _people_page(request, lambda: accounts_of(request).link(name, person_of(request).name), name)


def set_role(request: Request) -> Response:
    """Give somebody another role."""
    form = fields_of(request, most_fields=5)
    name, role = str(form.get("name", "")), _role(form.get("role"))
    accounts_of(request).set_role(name, role, person_of(request).name)
    return RedirectResponse("/people", 303)


def set_active(request: Request) -> Response:
    """Let somebody in again, or no longer."""
    form = fields_of(request, most_fields=5)
    active = form.get("active") == "yes"
    accounts_of(request).set_active(str(form.get("name", "")), person_of(request).name, active=active)
    return RedirectResponse("/people", 303)


def _named(request: Request) -> str:
    return str(fields_of(request, most_fields=5).get("name", ""))


def _role(text: object) -> Role:
    found = next((role for role in get_args(Role) if role == text), None)
    if found is None:
        raise AccordError(_("Choose a role: sales, legal or administrator."))
    return found  # type: ignore[no-any-return]


def _people_page(request: Request, linking: Callable[[], str] | None = None, name: str = "") -> Response:
    """Everybody; with the link that something makes, or why it makes none."""
    address, fault, status = "", "", 200
    if linking:
        try:
            address = f"{request.base_url}invitation/{linking()}"
        except AccordError as error:
            fault, status = str(error), 422
    acts = [
        (act, _(ACTS.get(act.act, act.act)), act.act not in OF_OWN) for act in accounts_of(request).acts()
    ]
    return page(
        request,
        "people.html",
        status=status,
        people=accounts_of(request).people(),
        acts=acts,
        roles={role: _(words) for role, words in ROLES.items()},
        address=address,
        fault=fault,
        who=name,
    )
